"""How a record is shown: one body in, HTML out."""

from __future__ import annotations

import pytest

from adr_ls.site import markup
from adr_ls.site.book import Book
from tests.fixture import fixture

OTHER = "-- docs/adr/0002-use-kafka.md --\n# 2. Use Kafka\n\n## Status\n\nAccepted\n\n## Why not\n\nSo.\n"
PICTURE = b"\x89PNG"


def book_of(source: str, name: str = "0001-a.md", *, is_single: bool = False, source_at: str = "") -> Book:
    given = fixture(f"-- docs/adr/{name} --\n{source}\n{OTHER}")
    there = {"/w/docs/adr/images/flow.png": PICTURE, "/w/docs/logo.svg": b"<svg/>"}
    return Book(given.workspace, tuple(given.workspace.records), "Decisions", is_single, source_at, there.get)


def body(text: str, *, source_at: str = "") -> str:
    book = book_of(f"# 1. A\n\n{text}\n", source_at=source_at)
    file = book.workspace.file("/w/docs/adr/0001-a.md")
    assert file is not None
    return markup.written(file, book.links(file.path), 2).strip()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Some *fine* **text** with `a < b`.", "<p>Some <em>fine</em> <strong>text</strong> with <code>a &lt; b</code>.</p>"),
        ("\\*no\\* &amp; &copy; & <", "<p>*no* &amp; © &amp; &lt;</p>"),
        ("one  \ntwo\\\nthree\nfour", "<p>one<br>\ntwo<br>\nthree\nfour</p>"),
        (
            "**Status**: Accepted\n**Date**: 2024-01-02",
            "<p><strong>Status</strong>: Accepted<br>\n<strong>Date</strong>: 2024-01-02</p>",
        ),
        ("---", "<hr>"),
        ("> said\n> so", "<blockquote>\n<p>said\nso</p>\n</blockquote>"),
        (
            "> [!NOTE]\n> Mind *this*.",
            '<div class="alert note">\n<p class="label">Note</p>\n<p>Mind <em>this</em>.</p>\n</div>',
        ),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("- a\n\n- b", "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("1. a\n   - b", "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ol>"),
        (
            "- [ ] a\n- [x] b",
            (
                '<ul>\n<li class="task"><span class="box" role="img" aria-label="To do">☐</span> a</li>\n'
                '<li class="task"><span class="box" role="img" aria-label="Done">☑</span> b</li>\n</ul>'
            ),
        ),
        (
            "| a | b | c |\n|---|--:|:-:|\n| 1 | *2* | `x` |",
            (
                '<div class="wide" tabindex="0" role="group" aria-label="Table"><table><thead><tr><th>a</th><th align="right">b</th>'
                '<th align="center">c</th></tr></thead><tbody><tr><td>1</td><td align="right"><em>2</em></td><td align="center"><code>x</code></td></tr>'
                "</tbody></table></div>"
            ),
        ),
        ("~~old~~ new ~~", "<p><del>old</del> new ~~</p>"),
        ("~~*all* of it~~", "<p><del><em>all</em> of it</del></p>"),
    ],
)
def test_markdown_is_shown_as_it_is_written(written: str, shown: str) -> None:
    assert body(written) == shown


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("```py\nif a < b:\n    c\n\n    d\n```", "if a &lt; b:\n    c\n\n    d"),
        ("- a\n\n  ```\n  x\n    y\n  ```", "x\n  y"),
        ("> ```\n> x\n>   y\n> ```", "x\n  y"),
        ("    x\n      y\n\n    z", "x\n  y\n\nz"),
        ("      x\n    y", "  x\ny"),
        ("- a\n\n        x\n      y", "  x\ny"),
        ("```\n    x\n  y\n```", "    x\n  y"),
        ("  ```\n  x\n    y\n  ```", "x\n  y"),
        ("> ```\n>     x\n>   y\n> ```", "    x\n  y"),
        ("- a\n\n  ```\n  x\n\t  y\n  ```", "x\n    y"),
        ("\t\tx\n\ty", "\tx\ny"),
        ("~~~\n\n x\n\n~~~", "\n x\n"),
        ("```\n<script>alert(1)</script>\nADR-2 ~~no~~\n```", "&lt;script&gt;alert(1)&lt;/script&gt;\nADR-2 ~~no~~"),
    ],
)
def test_code_keeps_its_lines_and_nothing_else(written: str, code: str) -> None:
    shown = body(written)
    assert shown.partition("<code>")[2].partition("\n</code>")[0] == code


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See ADR-0002.", 'See <a href="0002-use-kafka.html">ADR-0002</a>.'),
        ("See [it](0002-use-kafka.md).", 'See <a href="0002-use-kafka.html">it</a>.'),
        ("[it](./0002-use-kafka.md#why-not)", '<a href="0002-use-kafka.html#why-not">it</a>'),
        ("[it](0002-use-kafka.md#nowhere)", '<a href="0002-use-kafka.html">it</a>'),
        ("[it](/docs/adr/0002-use-kafka.md)", '<a href="0002-use-kafka.html">it</a>'),
        ("[it][k]\n\n[k]: 0002-use-kafka.md", '<a href="0002-use-kafka.html">it</a>'),
        ("[[0002-use-kafka]]", '<a href="0002-use-kafka.html">0002-use-kafka</a>'),
        ("[[0002-use-kafka|the queue]]", '<a href="0002-use-kafka.html">the queue</a>'),
        ("`0002-use-kafka.md`", '<a href="0002-use-kafka.html"><code>0002-use-kafka.md</code></a>'),
        ('<a href="0002-use-kafka.md">it</a>', '<a href="0002-use-kafka.html">it</a>'),
        ("[ADR-0002](https://example.org/x)", '<a href="https://example.org/x">ADR-0002</a>'),
        (
            "https://example.org/a_(b)?c=1&d.",
            '<a href="https://example.org/a_(b)?c=1&amp;d">https://example.org/a_(b)?c=1&amp;d</a>.',
        ),
        (
            "[ADR-0002](https://example.org/o/r/blob/main/docs/adr/0002-use-kafka.md)",
            '<a href="0002-use-kafka.html">ADR-0002</a>',
        ),
        ("<https://example.org>", '<a href="https://example.org">https://example.org</a>'),
        ("[mail](mailto:a@b.c)", '<a href="mailto:a@b.c">mail</a>'),
        ("[log](./)", '<a href="../../index.html">log</a>'),
        ("[see ADR-0002](https://example.org)", '<a href="https://example.org">see ADR-0002</a>'),
        (
            '<a href="https://example.org">see ADR-0002 `0002-use-kafka.md`</a>',
            '<a href="https://example.org">see ADR-0002 <code>0002-use-kafka.md</code></a>',
        ),
        ('[a <a href="https://example.org">b</a>](0002-use-kafka.md)', '<a href="0002-use-kafka.html">a b</a>'),
        ("ADR-0001 and ADR-77", "ADR-0001 and ADR-77"),
    ],
)
def test_references_lead_to_pages(written: str, shown: str) -> None:
    assert body(written) == f"<p>{shown}</p>"


@pytest.mark.parametrize("url", ["../../src/main.py", "../other.md", "/LICENSE"])
def test_what_is_on_no_page_is_text_or_leads_to_where_files_are_shown(url: str) -> None:
    assert body(f"[it]({url})") == f'<p><span class="out" title="{url}">it</span></p>'
    name = {"../../src/main.py": "src/main.py", "../other.md": "docs/other.md", "/LICENSE": "LICENSE"}[url]
    at = "https://example.org/o/r/blob/main"
    assert body(f"[it]({url})", source_at=at) == f'<p><a href="{at}/{name}">it</a></p>'


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "../../../etc/passwd",
        ),
        *("java&#10;script:alert(1)", "&#1;javascript:alert(1)", "#nowhere", "adr-ls:x"),
    ],
)
def test_no_link_does_or_leads_anywhere_else(url: str) -> None:
    for written in (f"[it]({url})", f'<a href="{url}">it</a>', f"<{url}>", f"![it]({url})", f'<img src="{url}" alt="it">'):
        shown = body(written, source_at="")
        assert "href" not in shown
        assert "src=" not in shown.replace("&lt;", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![Flow](images/flow.png)", '<img src="../../files/docs/adr/images/flow.png" alt="Flow" loading="lazy">'),
        ("![](images/flow.png)", '<img src="../../files/docs/adr/images/flow.png" alt="flow.png" loading="lazy">'),
        (
            '<img src="../logo.svg" width="90" onerror="x()" alt="Us">',
            '<img src="../../files/docs/logo.svg" alt="Us" width="90" loading="lazy">',
        ),
        ("![Far](https://example.org/x.png)", '<a class="picture" href="https://example.org/x.png">Far</a>'),
        ("![Dot](data:image/gif;base64,R0lGOD==)", '<img src="data:image/gif;base64,R0lGOD==" alt="Dot" loading="lazy">'),
        ("![](https://example.org/a%20b.png)", '<a class="picture" href="https://example.org/a%20b.png">a b.png</a>'),
        ("![](https://example.org/?x)", '<a class="picture" href="https://example.org/?x">picture</a>'),
        ("![Lost](images/lost.png)", '<span class="picture">Lost</span>'),
        (
            "[![Badge](https://example.org/x.svg)](https://example.org)",
            '<a href="https://example.org"><span class="picture">Badge</span></a>',
        ),
    ],
)
def test_pictures_are_those_of_the_repository(written: str, shown: str) -> None:
    assert body(written) in (shown, f"<p>{shown}</p>")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("H<sub>2</sub>O, <kbd>Ctrl</kbd><br/>so", "<p>H<sub>2</sub>O, <kbd>Ctrl</kbd><br>so</p>"),
        (
            "<details open>\n<summary>More</summary>\n\nIt is *so*.\n\n</details>",
            '<details open="">\n<summary>More</summary>\n<p>It is <em>so</em>.</p>\n</details>',
        ),
        ("a <script>alert(1)</script>", "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<script>\nalert(1)\n</script>", "&lt;script&gt;\nalert(1)\n&lt;/script&gt;"),
        ('<iframe src="https://x"></iframe>', "&lt;iframe src=&quot;https://x&quot;&gt;&lt;/iframe&gt;"),
        ('<b onclick="x()" style="color:red" class="y">b</b>', "<p><b>b</b></p>"),
        ("<!-- a note -->\n\ntext<!-- and one -->", "<p>text</p>"),
        ("a <b>b\n\nc", "<p>a <b>b</b></p>\n<p>c</p>"),
        ("</article></main> a </p>", "&lt;/article&gt;&lt;/main&gt; a"),
        ("- <div>a\n- b", "<ul>\n<li><div>a\n</div></li>\n<li>b</li>\n</ul>"),
        ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>"),
        ('<p align="center"><b>so</p>', '<p align="center"><b>so</b></p>'),
        ("a <td>b</td> <li>c", "<p>a b c</p>"),
        ('<a name="early"></a>\n\n[to](#early)', '<p><a id="early"></a></p>\n<p><a href="#early">to</a></p>'),
        (
            '<picture><source srcset="x"><img src="images/lost.png" alt="Us"></picture>',
            '<p><span class="picture">Us</span></p>',
        ),
        ("a < b > c <https>", "<p>a &lt; b &gt; c &lt;https&gt;</p>"),
    ],
)
def test_of_html_only_what_is_inert_is_left(written: str, shown: str) -> None:
    assert "\n".join(line for line in body(written).split("\n") if line.strip()).strip() == shown.strip()


def test_headings_have_the_anchors_of_a_forge_and_leave_no_level_out() -> None:
    shown = body("### Why us\n\n# And so on\n\n###### Deep\n\n## Why us")
    assert shown.split("\n") == [
        '<h2 id="why-us">Why us</h2>',
        '<h2 id="and-so-on">And so on</h2>',
        '<h3 id="deep">Deep</h3>',
        '<h3 id="why-us-1">Why us</h3>',
    ]


def test_notes_stand_at_the_end_and_lead_there_and_back() -> None:
    shown = body("A[^x] b[^2] c[^x] d[^none].\n\n[^2]: The *other*, ADR-0002.\n[^x]: https://example.org\n")
    assert shown.split("\n") == [
        (
            '<p>A<sup><a id="note:1:ref" href="#note:1" aria-label="Note 1">1</a></sup>'
            ' b<sup><a id="note:2:ref" href="#note:2" aria-label="Note 2">2</a></sup>'
            ' c<sup><a id="note:1:ref-2" href="#note:1" aria-label="Note 1">1</a></sup> d[^none].</p>'
        ),
        '<div class="notes"><ol>',
        (
            '<li id="note:1"><a href="https://example.org">https://example.org</a>'
            ' <a href="#note:1:ref" aria-label="Back to where note 1 is referred to">↩</a></li>'
        ),
        (
            '<li id="note:2">The <em>other</em>, <a href="0002-use-kafka.html">ADR-0002</a>.'
            ' <a href="#note:2:ref" aria-label="Back to where note 2 is referred to">↩</a></li>'
        ),
        "</ol></div>",
    ]


def test_front_matter_is_a_table() -> None:
    front = "---\nstatus: accepted\ntags: [a, b & c]\nsupersedes: ADR-0002\nempty:\nmore:\n  a: 1\n  b: <x>\n---\n# 1. A\n"
    book = book_of(front)
    file = book.workspace.file("/w/docs/adr/0001-a.md")
    assert file is not None
    assert markup.metadata(file, book.links(file.path)) == (
        '<table class="front"><caption>Front matter</caption><tbody>'
        '<tr><th scope="row">status</th><td>accepted</td></tr>'
        '<tr><th scope="row">tags</th><td>a, b &amp; c</td></tr>'
        '<tr><th scope="row">supersedes</th><td><a href="0002-use-kafka.html">ADR-0002</a></td></tr>'
        '<tr><th scope="row">empty</th><td>–</td></tr>'
        '<tr><th scope="row">more</th><td><pre tabindex="0">a: 1\nb: &lt;x&gt;</pre></td></tr>'
        "</tbody></table>\n"
    )
    assert markup.written(file, book.links(file.path), 2).strip() == ""


def test_asciidoc_is_shown_as_it_is_with_its_references() -> None:
    book = book_of("= 1. A\n\n== Status\n\nAccepted\n\nSee ADR-0002, <b>.\n", "0001-a.adoc")
    file = book.workspace.file("/w/docs/adr/0001-a.adoc")
    assert file is not None
    assert markup.written(file, book.links(file.path), 2) == (
        '<pre class="as-is" tabindex="0">= 1. A\n\n== Status\n\nAccepted\n\nSee <a href="0002-use-kafka.html">ADR-0002</a>, &lt;b&gt;.\n\n</pre>\n'
    )
