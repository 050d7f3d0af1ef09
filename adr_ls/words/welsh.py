"""The words of Welsh."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
WELSH = Language(
    "Welsh",
    codes=("cy",),
    sections={
        "status": ("statws",),
        "context": ("cyd-destun",),
        "decision": ("penderfyniad",),
        "consequences": ("canlyniadau",),
    },
    fields={
        "status": ("statws",),
        "date": ("dyddiad",),
    },
    nothing=("dim",),
    months=(
        ("Ionawr",), ("Chwefror",), ("Mawrth",), ("Ebrill",), ("Mai",), ("Mehefin",), ("Gorffennaf",), ("Awst",), ("Medi",),
        ("Hydref",), ("Tachwedd",), ("Rhagfyr",),
    ),
    addenda=("atodiad",),
)
