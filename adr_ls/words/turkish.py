"""The words of Turkish."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
TURKISH = Language(
    "Turkish",
    codes=("tr",),
    statuses={
        "draft": ("taslak",),
        "proposed": ("önerildi", "öneri", "ertelendi", "beklemede"),
        "accepted": ("kabul edildi", "kabul", "onaylandı", "tamamlandı"),
        "rejected": ("reddedildi", "kabul edilmedi", "onaylanmadı"),
        "deprecated": ("kullanımdan kaldırıldı",),
        "superseded": ("yerine geçildi", "değiştirildi"),
    },
    sections={
        "status": ("durum",),
        "context": ("bağlam",),
        "decision": ("karar",),
        "consequences": ("sonuçlar",),
        "alternatives": ("alternatifler",),
        "references": ("referanslar", "kaynaklar"),
        "changelog": ("geçmiş", "değişiklik geçmişi"),
    },
    fields={
        "status": ("durum",),
        "date": ("tarih", "oluşturma tarihi", "karar tarihi", "yayın tarihi", "kayıt tarihi"),
        "governs": ("kapsar", "etkiler", "şunlara uygulanır"),
        "updated": ("son güncelleme",),
    },
    after={
        "superseded_by": ("ile değiştirildi", "tarafından geçersiz kılındı"),
        "supersedes": ("yerine geçer", "kararının yerine geçer"),
        "amended_by": ("ile güncellendi",),
    },
    states=("durum", "durumlar"),
    archives=("arşiv", "eski", "geçmiş", "değişiklikler", "sürüm notları"),
    records=("karar", "kararlar"),
    names=("mimari karar",),
    indexes=("dizin", "içindekiler", "liste"),
    hereby=("işbu", "böylece"),
    remaining=("diğer",),
    itself=("bu karar", "bu adr", "biz"),
    numbers=("numara",),
    drafts=("taslak",),
    addenda=("ek", "zeyilname"),
    templates=("şablon",),
    in_part=("kısmen",),
    none=("yok", "hiçbiri", "değil"),
    nothing=("yok", "hiçbiri"),
    vacant=("ayrıldı", "ayrılmış", "rezerve edildi", "henüz yazılmadı", "silindi", "kaldırıldı", "planlandı", "mevcut değil"),
    homes=("deposundaki", "projesindeki"),
    ours=("bu", "bizim"),
    conditions=("eğer", "ise"),
    conjunctions=("ve",),
    listing=("ile birlikte", "bkz"),
    disjunctions=("veya",),
    contrasts=("ama",),
    see=("bkz",),
    reasons=("çünkü",),
    examples=("örneğin",),
    months=(
        ("Ocak",), ("Şubat",), ("Mart",), ("Nisan",), ("Mayıs",), ("Haziran",), ("Temmuz",), ("Ağustos",), ("Eylül",),
        ("Ekim",), ("Kasım",), ("Aralık",),
    ),
    weekdays=("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
)
