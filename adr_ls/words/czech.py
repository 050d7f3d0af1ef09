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
        "date": ("datum", "datum vytvoření", "datum rozhodnutí"),
        "author": ("autor", "autoři"),
        "superseded_by": ("nahrazeno",),
    },
    relations={
        "superseded_by": ("nahrazeno", "nahrazen", "nahrazena"),
        "supersedes": ("nahrazuje",),
    },
    states=("stav", "stavy"),
    records=("rozhodnutí", "záznam", "záznamy"),
    itself=("toto rozhodnutí", "toto adr", "tento adr", "tento dokument"),
    numbers=("číslo",),
    drafts=("koncept", "návrh"),
    templates=("šablona",),
    in_part=("částečně",),
    none=("žádné", "žádný", "ne", "není"),
    nothing=("žádný", "žádná", "žádné", "nic"),
    yet=("zatím", "dosud"),
    rest=("pouze", "zůstává"),
    parts=("část", "části", "sekce"),
    inside=("z", "ze", "v"),
    whole=("celé", "všechna", "dřívější"),
    in_role=("jako",),
    conditions=("pokud", "když", "jakmile", "dokud"),
    by=("rozhodnutím",),
    optional=("volitelné",),
    auxiliaries=("je", "bylo", "byl", "byla"),
    adverbs=("nyní", "také"),
    conjunctions=("a",),
    listing=("také", "viz"),
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
