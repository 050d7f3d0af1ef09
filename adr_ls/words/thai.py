"""The words of Thai."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
THAI = Language(
    "Thai",
    codes=("th",),
    statuses={
        "draft": ("ร่าง", "ฉบับร่าง"),
        "proposed": ("เสนอ", "เสนอแล้ว", "รอพิจารณา", "อยู่ระหว่างพิจารณา"),
        "accepted": ("ยอมรับ", "ยอมรับแล้ว", "อนุมัติ", "อนุมัติแล้ว", "ใช้งานอยู่", "ตัดสินใจแล้ว"),
        "rejected": ("ปฏิเสธ", "ไม่อนุมัติ"),
        "deprecated": ("เลิกใช้", "ยกเลิก", "ยกเลิกแล้ว"),
        "superseded": ("ถูกแทนที่", "ถูกแทนที่แล้ว"),
    },
    sections={
        "status": ("สถานะ",),
        "summary": ("สรุป",),
        "context": ("บริบท", "ที่มา", "ปัญหา", "บริบทและปัญหา"),
        "decision": ("การตัดสินใจ", "ผลการตัดสินใจ"),
        "consequences": ("ผลที่ตามมา", "ผลกระทบ"),
        "alternatives": ("ทางเลือก", "ทางเลือกที่พิจารณา", "ทางเลือกอื่น"),
        "rationale": ("เหตุผล",),
        "references": ("อ้างอิง", "เอกสารอ้างอิง", "ลิงก์"),
    },
    fields={
        "status": ("สถานะ",),
        "date": ("วันที่", "วันที่ตัดสินใจ"),
        "deciders": ("ผู้ตัดสินใจ",),
        "author": ("ผู้เขียน",),
        "superseded_by": ("ถูกแทนที่ด้วย", "ถูกแทนที่โดย"),
        "supersedes": ("แทนที่",),
        "amends": ("แก้ไข",),
        "amended_by": ("ถูกแก้ไขโดย",),
    },
    relations={
        "superseded_by": ("ถูกแทนที่ด้วย", "ถูกแทนที่โดย"),
        "supersedes": ("แทนที่",),
        "amends": ("แก้ไข",),
        "amended_by": ("ถูกแก้ไขโดย",),
    },
    records=("การตัดสินใจ",),
    templates=("แม่แบบ",),
    none=("ไม่มี",),
    nothing=("ไม่มี",),
    conjunctions=("และ",),
    disjunctions=("หรือ",),
    see=("ดู",),
)
