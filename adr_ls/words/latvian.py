"""The words of Latvian."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
LATVIAN = Language(
    "Latvian",
    codes=("lv",),
    statuses={
        "draft": ("melnraksts", "izstrādē"),
        "proposed": ("ierosināts", "piedāvāts", "priekšlikums", "izskatīšanā"),
        "accepted": ("pieņemts", "apstiprināts", "spēkā", "ieviests"),
        "rejected": ("noraidīts", "atcelts"),
        "deprecated": ("novecojis",),
        "superseded": ("aizstāts",),
        "amended": ("grozīts", "papildināts"),
    },
    sections={
        "status": ("statuss", "stāvoklis"),
        "summary": ("kopsavilkums",),
        "context": ("konteksts", "konteksts un problēma", "problēmas apraksts", "motivācija"),
        "decision": ("lēmums", "lēmumi", "risinājums"),
        "consequences": ("sekas", "ietekme"),
        "alternatives": ("alternatīvas", "apsvērtās alternatīvas", "apsvērtie varianti", "varianti"),
        "rationale": ("pamatojums",),
        "references": ("atsauces", "saites", "saistītie lēmumi"),
        "title": ("nosaukums",),
        "changelog": ("vēsture", "izmaiņu vēsture"),
    },
    fields={
        "status": ("statuss", "stāvoklis"),
        "date": ("datums", "lēmuma datums"),
        "deciders": ("lēmēji",),
        "author": ("autors",),
        "superseded_by": ("aizstāts ar",),
        "supersedes": ("aizstāj",),
        "amends": ("groza", "papildina"),
        "amended_by": ("grozīts ar", "papildināts ar"),
        "title": ("nosaukums",),
    },
    relations={
        "superseded_by": ("aizstāts ar",),
        "supersedes": ("aizstāj",),
        "amends": ("groza", "papildina"),
        "amended_by": ("grozīts ar", "papildināts ar"),
    },
    records=("lēmums", "lēmumi", "lēmumu"),
    itself=("šis lēmums", "šis adr", "šis dokuments"),
    templates=("veidne",),
    in_part=("daļēji",),
    none=("nav", "neviens"),
    nothing=("nav",),
    disjunctions=("vai",),
    see=("skatīt",),
    months=(
        ("janvāris", "janvārī"), ("februāris", "februārī"), ("marts", "martā"), ("aprīlis", "aprīlī"), ("maijs", "maijā"), ("jūnijs", "jūnijā"),
        ("jūlijs", "jūlijā"), ("augusts", "augustā"), ("septembris", "septembrī"), ("oktobris", "oktobrī"), ("novembris", "novembrī"),
        ("decembris", "decembrī"),
    ),
)
