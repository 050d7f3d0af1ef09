"""The words of Estonian."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
ESTONIAN = Language(
    "Estonian",
    codes=("et",),
    statuses={
        "draft": ("mustand", "koostamisel"),
        "proposed": ("esitatud", "ettepanek", "kaalumisel", "arutelul"),
        "accepted": ("vastu võetud", "kinnitatud", "heaks kiidetud", "aktsepteeritud", "kehtiv", "jõus", "rakendatud"),
        "rejected": ("tagasi lükatud", "tagasilükatud"),
        "deprecated": ("aegunud", "kehtetu"),
        "superseded": ("asendatud",),
        "amended": ("muudetud", "täiendatud"),
    },
    sections={
        "status": ("olek", "staatus"),
        "summary": ("kokkuvõte",),
        "context": ("taust", "kontekst ja probleem", "probleemi kirjeldus"),
        "decision": ("otsus", "otsused", "lahendus"),
        "consequences": ("tagajärjed", "mõju"),
        "alternatives": ("alternatiivid", "kaalutud alternatiivid", "kaalutud variandid", "variandid"),
        "rationale": ("põhjendus",),
        "references": ("viited", "lingid", "seotud otsused"),
        "title": ("pealkiri",),
        "changelog": ("ajalugu", "muudatuste ajalugu"),
    },
    fields={
        "status": ("olek", "staatus"),
        "date": ("kuupäev", "otsuse kuupäev"),
        "deciders": ("otsustajad",),
        "author": ("autorid",),
        "superseded_by": ("asendatud otsusega",),
        "supersedes": ("asendab",),
        "amends": ("muudab", "täiendab"),
        "amended_by": ("muudetud otsusega",),
        "title": ("pealkiri",),
    },
    relations={
        "superseded_by": ("asendatud otsusega", "asendatud"),
        "supersedes": ("asendab",),
        "amends": ("muudab", "täiendab"),
        "amended_by": ("muudetud otsusega",),
    },
    records=("otsus", "otsused", "otsusega"),
    by=("otsusega",),
    itself=("see otsus", "see adr", "see dokument"),
    templates=("mall",),
    in_part=("osaliselt",),
    none=("ei", "puudub"),
    nothing=("puudub", "puuduvad"),
    conjunctions=("ja", "ning"),
    disjunctions=("või",),
    see=("vaata",),
    months=(
        ("jaanuar",), ("veebruar",), ("märts",), ("aprill",), ("mai",), ("juuni",), ("juuli",), ("august",), ("september",), ("oktoober",),
        ("november",), ("detsember",),
    ),
)
