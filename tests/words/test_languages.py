"""What each of the later languages is read in: a record as somebody writes it, once with accents and once without."""

from __future__ import annotations

import pytest

from adr_ls.ide.completion import people
from adr_ls.record.record import Record
from adr_ls.words import dates, lookup

RECORDS = {
    # Catalan
    "# 9. Cua de missatges\n\n**Estat:** aprovada\n**Data:** 5 de març de 2024\n\n## Context\n\nX.\n\n## Decisió\n\nX.\n\n## Conseqüències\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Cua\n\n- Estat: Substituida per ADR-12\n- Data: 5 d'abril de 2024\n\n## Decisio\n\nX.\n\n## Consequencies\n\nX.\n": (
        "superseded 2024-04-05 decision consequences superseded_by:12"
    ),
    # Romanian
    "# 9. Coadă de mesaje\n\n**Stare:** acceptată\n**Data:** 5 martie 2024\n\n## Context\n\nX.\n\n## Decizie\n\nX.\n\n## Consecințe\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Coada\n\n- Stare: Inlocuita de ADR-12\n- Data: 2024-04-05\n\n## Decizie\n\nX.\n\n## Consecinţe\n\nX.\n": (
        "superseded 2024-04-05 decision consequences superseded_by:12"
    ),
    # Finnish
    "# 9. Viestijono\n\n**Tila:** hyväksytty\n**Päivämäärä:** 5. maaliskuuta 2024\n\n## Konteksti\n\nX.\n\n## Päätös\n\nX.\n\n## Seuraukset\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Jono\n\n- Tila: Korvattu ADR-12:lla\n- Pvm: 25.4.2024\n\n## Tausta\n\nX.\n\n## Paatos\n\nX.\n\n## Vaihtoehdot\n\nX.\n": (
        "superseded 2024-04-25 context decision alternatives superseded_by:12"
    ),
    # Hungarian
    "# 9. Üzenetsor\n\n**Állapot:** elfogadva\n**Dátum:** 2024. március 5.\n\n## Kontextus\n\nX.\n\n## Döntés\n\nX.\n\n## Következmények\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Sor\n\n- Allapot: Felvaltotta az ADR-12\n- Datum: 2024.04.05.\n\n## Hatter\n\nX.\n\n## Dontes\n\nX.\n\n## Kovetkezmenyek\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    # Indonesian
    "# 9. Antrean pesan\n\n**Status:** Disetujui\n**Tanggal:** 5 Maret 2024\n\n## Konteks\n\nX.\n\n## Keputusan\n\nX.\n\n## Konsekuensi\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Antrean\n\n- Status: Digantikan oleh ADR-12\n- Tanggal: 2024-04-05\n\n## Latar Belakang\n\nX.\n\n## Keputusan\n\nX.\n\n## Alternatif yang Dipertimbangkan\n\nX.\n": (
        "superseded 2024-04-05 context decision alternatives superseded_by:12"
    ),
    # Vietnamese
    "# 9. Hàng đợi\n\n**Trạng thái:** Đã chấp nhận\n**Ngày:** 5 tháng 3 năm 2024\n\n## Bối cảnh\n\nX.\n\n## Quyết định\n\nX.\n\n## Hệ quả\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Hang doi\n\n- Trang thai: Bi thay the boi ADR-12\n- Ngay: 2024-04-05\n\n## Boi canh\n\nX.\n\n## Quyet dinh\n\nX.\n\n## He qua\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    # Slovak
    "# 9. Fronta správ\n\n**Stav:** schválené\n**Dátum:** 5. marca 2024\n\n## Kontext\n\nX.\n\n## Rozhodnutie\n\nX.\n\n## Dôsledky\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Fronta\n\n- Stav: Nahradene rozhodnutim ADR-12\n- Datum: 2024-04-05\n\n## Kontext\n\nX.\n\n## Rozhodnutie\n\nX.\n\n## Zvazovane moznosti\n\nX.\n": (
        "superseded 2024-04-05 context decision alternatives superseded_by:12"
    ),
    # Greek
    "# 9. Ουρά μηνυμάτων\n\n**Κατάσταση:** Αποδεκτή\n**Ημερομηνία:** 5 Μαρτίου 2024\n\n## Πλαίσιο\n\nX.\n\n## Απόφαση\n\nX.\n\n## Συνέπειες\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Ουρά\n\n- ΚΑΤΑΣΤΑΣΗ: Αντικαταστάθηκε από το ADR-12\n- Ημερομηνια: 2024-04-05\n\n## ΠΛΑΙΣΙΟ\n\nX.\n\n## ΑΠΟΦΑΣΗ\n\nX.\n\n## ΣΥΝΕΠΕΙΕΣ\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    # Serbian, Croatian
    "# 9. Red poruka\n\n**Status:** Prihvaćeno\n**Datum:** 5. ožujka 2024.\n\n## Kontekst\n\nX.\n\n## Odluka\n\nX.\n\n## Posljedice\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    "# 9. Ред порука\n\n- Статус: Замењено одлуком ADR-12\n- Датум: 2024-04-05\n\n## Контекст\n\nX.\n\n## Одлука\n\nX.\n\n## Последице\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    # Bulgarian
    "# 9. Опашка\n\n**Статус:** Прието\n**Дата:** 5 март 2024\n\n## Контекст\n\nX.\n\n## Решение\n\nX.\n\n## Последици\n\nX.\n": (
        "accepted 2024-03-05 context decision consequences"
    ),
    # Slovene
    "# 9. Vrsta\n\n**Status:** Sprejeto\n**Datum:** 5. marca 2024\n\n## Ozadje\n\nX.\n\n## Odločitev\n\nX.\n\n## Obravnavane možnosti\n\nX.\n": (
        "accepted 2024-03-05 context decision alternatives"
    ),
    # Lithuanian, Latvian, Estonian
    "# 9. Eilė\n\n- Būsena: Priimta\n- Data: 2024-04-05\n\n## Kontekstas\n\nX.\n\n## Sprendimas\n\nX.\n\n## Pasekmės\n\nX.\n": (
        "accepted 2024-04-05 context decision consequences"
    ),
    "# 9. Rinda\n\n- Statuss: Aizstāts ar ADR-12\n- Datums: 2024-04-05\n\n## Konteksts\n\nX.\n\n## Lēmums\n\nX.\n\n## Sekas\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    "# 9. Järjekord\n\n- Olek: Vastu võetud\n- Kuupäev: 2024-04-05\n\n## Taust\n\nX.\n\n## Otsus\n\nX.\n\n## Tagajärjed\n\nX.\n": (
        "accepted 2024-04-05 context decision consequences"
    ),
    # Arabic, Hebrew, Thai
    "# 9. طابور\n\n**الحالة**: مقبول\n**التاريخ**: 2024-04-05\n\n## السياق\n\nX.\n\n## القرار\n\nX.\n\n## العواقب\n\nX.\n": (
        "accepted 2024-04-05 context decision consequences"
    ),
    "# 9. תור\n\n**סטטוס**: הוחלף על ידי ADR-12\n**תאריך**: 2024-04-05\n\n## רקע\n\nX.\n\n## החלטה\n\nX.\n\n## השלכות\n\nX.\n": (
        "superseded 2024-04-05 context decision consequences superseded_by:12"
    ),
    "# 9. คิว\n\n**สถานะ**: ยอมรับแล้ว\n**วันที่**: 2024-04-05\n\n## บริบท\n\nX.\n\n## การตัดสินใจ\n\nX.\n\n## ผลที่ตามมา\n\nX.\n": (
        "accepted 2024-04-05 context decision consequences"
    ),
}


@pytest.mark.parametrize(("text", "expected"), RECORDS.items())
def test_a_record_is_read(text: str, expected: str) -> None:
    record = Record("docs/adr/0009-x.md", text)
    status = record.status.canonical if record.status else "none"
    date = (record.date.iso if record.date else None) or "undated"
    sections = [one.role for one in record.sections if one.role]
    relations = [f"{one.relation}:{one.mention.number}" for one in record.relations]
    assert " ".join((status, date, *sections, *relations)) == expected


STATEMENTS = {
    # Catalan
    "Estat: Substituïda per l'ADR-2": ["superseded_by 2 declared"],
    "Estat: Acceptada. Substitueix l'ADR-2 i l'ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Substitueix: ADR-2": ["supersedes 2 declared"],
    "Modificada per: ADR-2": ["amended_by 2 declared"],
    # Romanian
    "Stare: Înlocuită de ADR-2": ["superseded_by 2 declared"],
    "Stare: Inlocuit prin ADR-2": ["superseded_by 2 declared"],
    "Stare: Acceptată. Înlocuieşte ADR-2 și ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Înlocuiește: ADR-2": ["supersedes 2 declared"],
    "Completată de: ADR-2": ["amended_by 2 declared"],
    # Finnish
    "Tila: Korvattu päätöksellä ADR-2": ["superseded_by 2 declared"],
    "Tila: Hyväksytty. Korvaa ADR-2:n ja ADR-3:n": ["supersedes 2 declared", "supersedes 3 declared"],
    "Korvaa: ADR-2": ["supersedes 2 declared"],
    "Korvaava päätös: ADR-2": ["superseded_by 2 declared"],
    "Täydentää: ADR-2": ["amends 2 declared"],
    # Hungarian
    "Állapot: Felváltotta az ADR-2": ["superseded_by 2 declared"],
    "Státusz: ADR-2 által felváltva": ["superseded_by 2 declared"],
    "Állapot: Elfogadva. Felváltja az ADR-2-t és az ADR-3-et": ["supersedes 2 declared", "supersedes 3 declared"],
    "Felváltja: ADR-2": ["supersedes 2 declared"],
    "Módosította: ADR-2": ["amended_by 2 declared"],
    # Indonesian
    "Status: Digantikan oleh ADR-2": ["superseded_by 2 declared"],
    "Status: Diterima. Menggantikan ADR-2 dan ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Menggantikan: ADR-2": ["supersedes 2 declared"],
    "Diubah oleh: ADR-2": ["amended_by 2 declared"],
    # Vietnamese
    "Trạng thái: Được thay thế bởi ADR-2": ["superseded_by 2 declared"],
    "Trạng thái: Thay thế bởi ADR-2": ["superseded_by 2 declared"],
    "Trạng thái: Đã chấp nhận. Thay thế ADR-2 và ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Thay thế: ADR-2": ["supersedes 2 declared"],
    "Sửa đổi bởi: ADR-2": ["amended_by 2 declared"],
    # Slovak
    "Stav: Nahradené rozhodnutím ADR-2": ["superseded_by 2 declared"],
    "Stav: Prijaté. Nahrádza ADR-2 a ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Nahrádza: ADR-2": ["supersedes 2 declared"],
    "Doplnené rozhodnutím: ADR-2": ["amended_by 2 declared"],
    # Greek
    "Κατάσταση: Αντικαταστάθηκε από το ADR-2": ["superseded_by 2 declared"],
    "Κατάσταση: Αποδεκτή. Αντικαθιστά το ADR-2 και το ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Αντικαθιστά: ADR-2": ["supersedes 2 declared"],
    "Τροποποιήθηκε από: ADR-2": ["amended_by 2 declared"],
    # Serbian, Croatian
    "Status: Zamijenjeno odlukom ADR-2": ["superseded_by 2 declared"],
    "Status: Prihvaćeno. Zamjenjuje ADR-2 i ADR-3": ["supersedes 2 declared", "supersedes 3 declared"],
    "Замењује: ADR-2": ["supersedes 2 declared"],
    "Dopunjeno odlukom: ADR-2": ["amended_by 2 declared"],
    # Bulgarian, Slovene
    "Статус: Заменено от ADR-2": ["superseded_by 2 declared"],
    "Заменя: ADR-2": ["supersedes 2 declared"],
    "Status: Nadomeščeno z ADR-2": ["superseded_by 2 declared"],
    "Nadomešča: ADR-2": ["supersedes 2 declared"],
    # Lithuanian, Latvian, Estonian
    "Pakeičia: ADR-2": ["supersedes 2 declared"],
    "Statuss: Aizstāts ar ADR-2": ["superseded_by 2 declared"],
    "Asendab: ADR-2": ["supersedes 2 declared"],
    # Arabic, Hebrew, Thai
    "الحالة: مستبدل بـ ADR-2": ["superseded_by 2 declared"],
    "סטטוס: הוחלף על ידי ADR-2": ["superseded_by 2 declared"],
    "สถานะ: ถูกแทนที่ด้วย ADR-2": ["superseded_by 2 declared"],
}


@pytest.mark.parametrize(("line", "relations"), STATEMENTS.items())
def test_how_a_record_stands_to_others(line: str, relations: list[str]) -> None:
    key, _, value = line.partition(": ")
    record = Record("docs/adr/0009-x.md", f"# 9. X\n\n- **{key}:** {value}\n\n## Context\n\nX.\n")
    assert [f"{one.relation} {one.mention.number} {one.evidence}" for one in record.relations] == relations


@pytest.mark.parametrize(
    ("language", "meaning", "words"),
    [
        ("Catalan", "draft", "esborrany"),
        ("Catalan", "proposed", "proposada, proposat, pendent, ajornada"),
        ("Catalan", "accepted", "acceptada, acceptat, acceptades, aprovada, vigent"),
        ("Catalan", "rejected", "rebutjada, rebutjat, no aprovada, cancel·lada, retirada"),
        ("Catalan", "deprecated", "obsolet, anul·lada, derogat"),
        ("Catalan", "superseded", "substituïda, substituida, substituït, reemplaçada"),
        ("Romanian", "draft", "ciornă, ciorna, în lucru, in lucru"),
        ("Romanian", "proposed", "propus, propusă, propusa, în așteptare, în aşteptare, in asteptare"),
        ("Romanian", "accepted", "acceptat, acceptată, acceptata, aprobată, adoptată, în vigoare"),
        ("Romanian", "rejected", "respins, respinsă, refuzată, retrasă"),
        ("Romanian", "deprecated", "învechit, invechit, depășită, anulată, abrogat"),
        ("Romanian", "superseded", "înlocuit, înlocuită, inlocuita"),
        ("Finnish", "draft", "luonnos, työn alla, tyon alla"),
        ("Finnish", "proposed", "ehdotettu, ehdotus, lykätty"),
        ("Finnish", "accepted", "hyväksytty, hyvaksytty, hyväksytyt, päätetty, voimassa"),
        ("Finnish", "rejected", "hylätty, hylatty, ei hyväksytty, peruttu"),
        ("Finnish", "deprecated", "vanhentunut, kumottu, poistunut käytöstä"),
        ("Finnish", "superseded", "korvattu, korvatut"),
        ("Hungarian", "draft", "vázlat, vazlat, tervezet, piszkozat"),
        ("Hungarian", "proposed", "javasolt, javasolva, függőben, elhalasztva"),
        ("Hungarian", "accepted", "elfogadva, elfogadott, jóváhagyva, jovahagyva, hatályos"),
        ("Hungarian", "rejected", "elutasítva, elutasított, elvetve, visszavonva"),
        ("Hungarian", "deprecated", "elavult, hatálytalan"),
        ("Hungarian", "superseded", "felváltva, felvaltva, leváltva, helyettesítve"),
        ("Indonesian", "draft", "draf, konsep"),
        ("Indonesian", "proposed", "diusulkan, usulan, ditunda"),
        ("Indonesian", "accepted", "diterima, disetujui, berlaku"),
        ("Indonesian", "rejected", "ditolak, dibatalkan, tidak disetujui"),
        ("Indonesian", "deprecated", "usang, dicabut, tidak berlaku lagi"),
        ("Indonesian", "superseded", "digantikan, diganti"),
        ("Vietnamese", "draft", "bản nháp, ban nhap, nháp"),
        ("Vietnamese", "proposed", "đề xuất, de xuat, đang chờ"),
        ("Vietnamese", "accepted", "đã chấp nhận, da chap nhan, đã phê duyệt, có hiệu lực"),
        ("Vietnamese", "rejected", "đã từ chối, từ chối, không được chấp nhận"),
        ("Vietnamese", "deprecated", "lỗi thời, loi thoi, hết hiệu lực"),
        ("Vietnamese", "superseded", "đã thay thế, được thay thế, bị thay thế"),
        ("Slovak", "draft", "koncept, návrh, rozpracované"),
        ("Slovak", "proposed", "navrhnuté, navrhnute, odložené"),
        ("Slovak", "accepted", "prijaté, prijatá, prijate, schválené, schválený"),
        ("Slovak", "rejected", "zamietnuté, zamietnute, neschválené"),
        ("Slovak", "deprecated", "zastarané, zrušené, zrusene"),
        ("Slovak", "superseded", "nahradené, nahradene"),
        ("Greek", "draft", "πρόχειρο, προσχέδιο"),
        ("Greek", "proposed", "προτεινόμενη, πρόταση, ΠΡΟΤΑΣΗ, σε εκκρεμότητα"),
        ("Greek", "accepted", "αποδεκτή, αποδεκτη, εγκρίθηκε, σε ισχύ"),
        ("Greek", "rejected", "απορρίφθηκε, ακυρώθηκε"),
        ("Greek", "deprecated", "παρωχημένη, καταργήθηκε"),
        ("Greek", "superseded", "αντικαταστάθηκε, ΑΝΤΙΚΑΤΑΣΤΑΘΗΚΕ"),
    ],
)
def test_states_are_known(language: str, meaning: str, words: str) -> None:
    assert language in [one.name for one in lookup.LANGUAGES]
    found = {word: lookup.STATUS_WORDS.get(lookup.fold(word)) for word in words.split(", ")}
    assert found == dict.fromkeys(found, meaning)


@pytest.mark.parametrize(
    ("written", "next_written"),
    [
        ("5 de febrer de 2024", "9 de març de 2026"),
        ("5 d'abril de 2024", "9 de març de 2026"),
        ("5 febrer 2024", "9 març 2026"),
        ("5 februarie 2024", "9 martie 2026"),
        ("5. helmikuuta 2024", "9. maaliskuuta 2026"),
        ("5. helmikuu 2024", "9. maaliskuu 2026"),
        ("2024. február 5", "2026. március 9"),
        ("2024. 02. 05", "2026. 03. 09"),
        ("5 Februari 2024", "9 Maret 2026"),
        ("5 tháng 2 năm 2024", "9 tháng 3 năm 2026"),
        ("5 tháng 02 năm 2024", "9 tháng 03 năm 2026"),
        ("5. februára 2024", "9. marca 2026"),
        ("5 Φεβρουαρίου 2024", "9 Μαρτίου 2026"),
        ("5 Φεβρουάριος 2024", "9 Μάρτιος 2026"),
    ],
)
def test_dates_are_read_and_written(written: str, next_written: str) -> None:
    found = dates.read(written)
    assert found is not None
    assert found.iso in ("2024-02-05", "2024-04-05")
    assert dates.like(written, "2026-03-09") == next_written


@pytest.mark.parametrize(
    ("value", "expected"),
    [("Dan Brown, Ann Lee and Dan Ng", ["Dan Brown", "Ann Lee", "Dan Ng"]), ("Budi dan Sari", ["Budi", "Sari"])],
)
def test_a_name_with_a_capital_joins_nobody(value: str, expected: list[str]) -> None:
    assert list(people.names(value)) == expected
