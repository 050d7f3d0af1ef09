"""Dates as people write them: read, and written like another."""

from __future__ import annotations

import pytest

from adr_ls.words import dates

TODAY = "2026-03-09"


@pytest.mark.parametrize(
    ("text", "iso", "form"),
    [
        ("2024-01-02", "2024-01-02", "iso"),
        ("2024-01-02 (revised)", "2024-01-02", "iso"),
        ("“2024/1/2”", "2024-01-02", "numeric"),
        ("20240102", "2024-01-02", "numeric"),
        ("2.1.2024", "2024-01-02", "ambiguous"),
        ("13/1/2024", "2024-01-13", "numeric"),
        ("1/13/2024", "2024-01-13", "numeric"),
        ("2 January 2024", "2024-01-02", "written"),
        ("2nd of Jan. 2024", "2024-01-02", "written"),
        ("Jan 2nd, 2024", "2024-01-02", "written"),
        ("Tuesday, January 2 2024", "2024-01-02", "written"),
        ("2. Januar 2024", "2024-01-02", "written"),
        ("2 de enero de 2024", "2024-01-02", "written"),
        ("2024年1月2日", "2024-01-02", "numeric"),
        ("2024년 1월 2일", "2024-01-02", "numeric"),
        ("2024-01-02 - 3 votes", "2024-01-02", "iso"),
        ("2024-01 - 2025-02", "2024-01", "month"),
        ("March 2024", "2024-03", "month"),
        ("2024-03", "2024-03", "month"),
        ("2024-13", None, "impossible"),
        ("2023-02-29", None, "impossible"),
        ("31.11.2024", None, "impossible"),
        ("32 January 2024", None, "impossible"),
        ("5 MAYIS 2024", "2024-05-05", "written"),
        ("5 Kasim 2024", "2024-11-05", "written"),
        ("5 ARALIK 2024", "2024-12-05", "written"),
        ("2024. 03. 05.", "2024-03-05", "numeric"),
        ("2024-03. 5 votes", "2024-03", "month"),
        ("2021/12. 3 of them", "2021-12", "month"),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, iso: str | None, form: str) -> None:
    found = dates.read(text)
    assert found
    assert (found.iso, found.form) == (iso, form)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("02-Jan-2021", "2021-01-02"),
        ("2021, January 2", "2021-01-02"),
        ("2021 Jan 2nd", "2021-01-02"),
        ("Tue, 2 Mar 2021", "2021-03-02"),
        ("2 января 2021", "2021-01-02"),
        ("3. desember 2021", "2021-12-03"),
        ("12 maj 2021", "2021-05-12"),
        ("1er mars 2021", "2021-03-01"),
        ("5 března 2024", "2024-03-05"),
        ("5 березня 2024", "2024-03-05"),
        ("lundi 5 février 2024", "2024-02-05"),
        ("Montag, 5. Februar 2024", "2024-02-05"),
        ("el 5 de marzo del 2024", "2024-03-05"),
        ("den 5 mars 2024", "2024-03-05"),
        ("op 5 maart 2024", "2024-03-05"),
        ("Today 5 May 2024", None),
        ("Monday the 2nd", None),
        ("2021-13-01", None),
    ],
)
def test_dates_in_other_spellings_and_languages(text: str, iso: str | None) -> None:
    found = dates.read(text)
    assert (found and found.iso) == iso


@pytest.mark.parametrize("text", ["", "TBD", "soon", "1.2.3", "ADR-2024", "12", "in 2024-01-02"])
def test_what_is_no_date(text: str) -> None:
    assert dates.read(text) is None


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("2024-01-02", "2026-03-09"),
        ("2024/1/2", "2026/3/9"),
        ("2024年1月2日", "2026年3月9日"),
        ("2024년 1월 2일", "2026년 3월 9일"),
        ("2024년1월2일", "2026년3월9일"),
        ("20240102", "20260309"),
        ("31.12.2024", "09.03.2026"),
        ("12/31/2024", "03/09/2026"),
        ("1/2/2024", "9/3/2026"),
        ("3 May 2024", "9 March 2026"),
        ("03 may 2024", "09 march 2026"),
        ("Dec 31, 2024", "Mar 9, 2026"),
        ("12. Dezember 2024", "9. März 2026"),
        ("2 de enero de 2024", "9 de marzo de 2026"),
        ("12 sept 2024", "2026-03-09"),
        ("5 ОКТЯБРЯ 2024", "9 МАРТА 2026"),
        ("5 ledna 2024", "9 března 2026"),
        # what two languages write alike is that one's that writes it so
        ("12. Januar 2024", "9. März 2026"),
        ("12. januar 2024", "9. mars 2026"),
        ("3rd May 2024", "9th March 2026"),
        ("May 1st, 2024", "March 9th, 2026"),
        ("1er août 2025", "9 mars 2026"),
        ("1º de mayo de 2024", "9 de marzo de 2026"),
        ("January 2024", "2026-03-09"),
    ],
)
def test_a_date_is_written_like_another(example: str, expected: str) -> None:
    assert dates.like(example, TODAY) == expected
    read = dates.read(expected)
    assert read is not None
    assert TODAY in (read.iso, read.other)


@pytest.mark.parametrize(
    ("text", "iso", "form"),
    [
        ("13/02/26", "2026-02-13", "numeric"),
        ("4/28/22", "2022-04-28", "numeric"),
        ("12.02.26", "2026-02-12", "ambiguous"),
        ("2025-11- 04", None, "impossible"),
        ("[2025-01-2025]", None, "impossible"),
        ("202-10-13", None, "impossible"),
        ("2018-07-018", None, "impossible"),
        ("20244-01-02", None, "impossible"),
        ("2025-11 -04", None, "impossible"),
        ("2025 -11-04", None, "impossible"),
    ],
)
def test_short_and_spoiled_dates(text: str, iso: str | None, form: str) -> None:
    found = dates.read(text)
    assert found is not None
    assert (found.iso, found.form) == (iso, form)


def test_a_month_that_languages_share_is_that_of_the_one_in_which_the_others_are() -> None:
    assert dates.like("4. April 2026", "2026-12-01", beside=["24. Dezember 2025", "3. Mai 2024"]) == "1. Dezember 2026"
    assert dates.like("4 April 2026", "2026-12-01", beside=["24 December 2025", "3 May 2024"]) == "1 December 2026"
    assert dates.like("1st April 2026", "2026-12-22") == "22nd December 2026"
