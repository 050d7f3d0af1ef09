"""The words of Hebrew."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
HEBREW = Language(
    "Hebrew",
    codes=("he",),
    statuses={
        "draft": ("טיוטה",),
        "proposed": ("הוצע", "מוצע", "הצעה", "בדיון"),
        "accepted": ("התקבל", "התקבלה", "אושר", "אושרה", "מאושר", "בתוקף"),
        "rejected": ("נדחה", "נדחתה"),
        "deprecated": ("בוטל", "בוטלה", "מיושן"),
        "superseded": ("הוחלף", "הוחלפה"),
        "amended": ("תוקן", "תוקנה"),
    },
    sections={
        "status": ("סטטוס", "מצב"),
        "summary": ("תקציר", "סיכום"),
        "context": ("הקשר", "רקע", "הבעיה"),
        "decision": ("החלטה", "ההחלטה"),
        "consequences": ("השלכות", "תוצאות"),
        "alternatives": ("חלופות", "חלופות שנשקלו", "אפשרויות"),
        "rationale": ("נימוקים",),
        "references": ("מקורות", "קישורים"),
        "title": ("כותרת",),
    },
    fields={
        "status": ("סטטוס", "מצב"),
        "date": ("תאריך",),
        "author": ("מחבר",),
        "superseded_by": ("הוחלף על ידי", "הוחלפה על ידי"),
        "supersedes": ("מחליף את", "מחליפה את"),
        "title": ("כותרת",),
        "amends": ("מתקן את",),
        "amended_by": ("תוקן על ידי",),
    },
    relations={
        "superseded_by": ("הוחלף על ידי", "הוחלפה על ידי"),
        "supersedes": ("מחליף את", "מחליפה את"),
        "amends": ("מתקן את",),
        "amended_by": ("תוקן על ידי",),
    },
    records=("החלטה", "החלטות"),
    itself=("החלטה זו", "מסמך זה"),
    templates=("תבנית",),
    none=("אין", "לא"),
    nothing=("אין",),
    disjunctions=("או",),
    see=("ראה",),
    months=(
        ("ינואר",), ("פברואר",), ("מרץ",), ("אפריל",), ("מאי",), ("יוני",), ("יולי",), ("אוגוסט",), ("ספטמבר",), ("אוקטובר",), ("נובמבר",),
        ("דצמבר",),
    ),
)
