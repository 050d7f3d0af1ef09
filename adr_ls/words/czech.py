"""The words of Czech."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
CZECH = Language(
    "Czech",
    statuses={
        "draft": ("koncept", "návrh"),
        "proposed": ("navrženo", "navrhováno"),
        "accepted": ("přijato", "schváleno"),
        "rejected": ("zamítnuto", "odmítnuto"),
        "deprecated": ("zastaralé", "zastaráno"),
        "superseded": ("nahrazeno",),
    },
    sections={
        "status": ("stav",),
        "context": ("kontext", "kontext a problém"),
        "decision": ("rozhodnutí",),
        "consequences": ("důsledky", "dopady"),
        "alternatives": ("alternativy", "zvažované možnosti", "zvažované alternativy"),
        "references": ("odkazy", "reference"),
    },
    fields={
        "status": ("stav",),
        "date": ("datum",),
        "author": ("autor", "autoři"),
        "superseded_by": ("nahrazeno",),
    },
    relations={
        "superseded_by": ("nahrazeno",),
        "supersedes": ("nahrazuje",),
    },
    states=("stav", "stavy"),
    records=("rozhodnutí", "záznam", "záznamy"),
    itself=("toto rozhodnutí", "toto adr"),
    numbers=("číslo",),
    drafts=("koncept", "návrh"),
    templates=("šablona",),
    none=("žádné", "žádný", "ne", "není"),
    nothing=("žádný", "žádná", "žádné", "nic"),
    yet=("zatím", "dosud"),
    rest=("pouze", "zůstává"),
    parts=("část",),
    inside=("z", "ze", "v"),
    vacant=(
        "rezervováno", "rezervovaný", "vyhrazeno", "nenapsáno", "smazáno", "odstraněno", "vynecháno", "plánováno",
        "neexistuje",
    ),
    homes=("repozitáře", "repozitáři", "projektu", "týmu"),
    ours=("tohoto", "tomto", "našeho", "našem"),
    by=("rozhodnutím",),
    optional=("volitelné",),
    conjunctions=("a",),
    disjunctions=("nebo",),
    contrasts=("ale",),
    see=("viz",),
    reasons=("protože", "neboť"),
    examples=("např.", "například"),
    months=(
        ("ledna",), ("února",), ("března",), ("dubna",), ("května",), ("června",), ("července",), ("srpna",), ("září",),
        ("října",), ("listopadu",), ("prosince",),
    ),
    weekdays=("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"),
    on=("dne",),
    since=("od",),
)
