"""The words of Persian."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
PERSIAN = Language(
    "Persian",
    codes=("fa",),
    sections={
        "status": ("وضعیت",),
        "context": ("زمینه",),
        "decision": ("تصمیم",),
        "consequences": ("نتایج",),
    },
    fields={
        "status": ("وضعیت",),
        "date": ("تاریخ",),
    },
    none=("هیچ", "ندارد"),
    nothing=("ندارد", "هیچ"),
    addenda=("پیوست", "ضمیمه"),
    indexes=("فهرست",),
    prompts=("توضیح دهید", "شرح دهید"),
    templates=("قالب",),
)
