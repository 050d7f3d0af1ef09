"""The words of Lithuanian."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
LITHUANIAN = Language(
    "Lithuanian",
    codes=("lt",),
    statuses={
        "draft": ("juodraštis", "rengiamas"),
        "proposed": ("pasiūlytas", "pasiūlyta", "siūloma", "svarstoma", "svarstomas"),
        "accepted": ("priimtas", "priimta", "patvirtintas", "patvirtinta", "galioja", "įgyvendinta", "įgyvendintas"),
        "rejected": ("atmestas", "atmesta", "atšauktas", "atšaukta"),
        "deprecated": ("pasenęs", "pasenusi", "nebegalioja"),
        "superseded": ("pakeistas", "pakeista"),
        "amended": ("pataisytas", "pataisyta", "papildytas", "papildyta"),
    },
    sections={
        "status": ("būsena", "statusas"),
        "summary": ("santrauka",),
        "context": ("kontekstas", "kontekstas ir problema", "problemos aprašymas", "motyvacija"),
        "decision": ("sprendimas", "sprendimai", "priimtas sprendimas"),
        "consequences": ("pasekmės", "pasekmes", "poveikis"),
        "alternatives": ("alternatyvos", "svarstytos alternatyvos", "svarstyti variantai", "variantai"),
        "rationale": ("pagrindimas",),
        "references": ("nuorodos", "šaltiniai", "susiję sprendimai"),
        "title": ("pavadinimas",),
        "changelog": ("istorija", "pakeitimų istorija"),
    },
    fields={
        "status": ("būsena", "statusas"),
        "date": ("sprendimo data",),
        "deciders": ("sprendėjai",),
        "author": ("autorius", "autoriai"),
        "superseded_by": ("pakeistas sprendimu", "pakeista sprendimu"),
        "supersedes": ("pakeičia",),
        "amends": ("papildo",),
        "amended_by": ("papildytas sprendimu", "papildyta sprendimu"),
        "title": ("pavadinimas",),
    },
    relations={
        "superseded_by": ("pakeistas sprendimu", "pakeista sprendimu", "pakeistas", "pakeista"),
        "supersedes": ("pakeičia",),
        "amends": ("papildo",),
        "amended_by": ("papildytas sprendimu", "papildyta sprendimu"),
    },
    records=("sprendimas", "sprendimai", "sprendimu"),
    by=("sprendimu",),
    itself=("šis sprendimas", "šis adr", "šis dokumentas"),
    templates=("šablonas",),
    in_part=("iš dalies",),
    none=("nėra", "joks"),
    nothing=("nėra",),
    conjunctions=("ir",),
    disjunctions=("arba",),
    see=("žiūrėti",),
    months=(
        ("sausio", "sausis"), ("vasario", "vasaris"), ("kovo", "kovas"), ("balandžio", "balandis"), ("gegužės", "gegužė"), ("birželio", "birželis"),
        ("liepos", "liepa"), ("rugpjūčio", "rugpjūtis"), ("rugsėjo", "rugsėjis"), ("spalio", "spalis"), ("lapkričio", "lapkritis"),
        ("gruodžio", "gruodis"),
    ),
)
