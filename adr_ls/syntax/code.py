"""Where comments and strings stand in source code: enough to tell what people wrote for people from what a machine reads.

A language is data: by which characters its comments and strings begin and end. One pass over a text finds these, in time that grows with
the text alone, whatever that is; none of it is executed, and no more of a language is understood. What stands in other places than
these is code, and of a file in no language that is known here nobody can tell: it is ``unknown``. Where a text is no valid program, or
has one of the rarer shapes of its language, such as a comment within a comment, a part of it may be taken for code.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from adr_ls.syntax import lazy
from adr_ls.syntax.lazy import cached_property
from adr_ls.syntax.text import Span

Kind = Literal["comment", "docstring", "string", "code", "unknown"]
"""What a place in a source file belongs to; a ``docstring`` is a string over several lines that begins one, as documentation does."""


class Passage(NamedTuple):
    """A stretch of a source file that is one thing: all of a comment or a string with its marks."""

    kind: Kind
    span: Span


@dataclass(frozen=True)
class Language:
    """How source code of a family of languages writes comments and strings.

    `line` are patterns of what begins a comment up to the end of its line, `block` pairs of what a longer one begins and ends with.
    `strings` are the marks of strings within a line, `long` those of strings over several lines. `skipped` are patterns of what has such
    a mark in it and is no string. `mark` is how a comment is begun, and ended, where one is written. What is in none of these is `rest`.
    """

    endings: tuple[str, ...]
    line: tuple[str, ...] = ()
    block: tuple[tuple[str, str], ...] = ()
    strings: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    mark: tuple[str, str] = ("", "")
    rest: Kind = "code"
    names: tuple[str, ...] = ()
    """Files that are in it whatever ending they have, by their names in lower case."""

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        """What begins anything that is no code; the group tells what, the longest marks being tried first."""
        marks = [(re.escape(mark), f"long{at}") for at, mark in enumerate(self.long)]
        marks += [(re.escape(begin), f"block{at}") for at, (begin, _) in enumerate(self.block)]
        marks += [(pattern, f"line{at}") for at, pattern in enumerate(self.line)]
        marks += [(pattern, f"skipped{at}") for at, pattern in enumerate(self.skipped)]
        marks += [(re.escape(mark), f"string{at}") for at, mark in enumerate(self.strings)]
        return re.compile("|".join(f"(?P<{name}>{pattern})" for pattern, name in marks) or "(?!)", re.IGNORECASE)

    @cached_property
    def _closing(self) -> dict[str, re.Pattern[str]]:
        """For each kind of opening what reaches from behind it to its end; all of them match, be it nothing."""
        found = {f"line{at}": _REST_OF_LINE for at in range(len(self.line))}
        found |= {f"skipped{at}": _NOTHING for at in range(len(self.skipped))}
        found |= {f"string{at}": _short(mark) for at, mark in enumerate(self.strings)}
        return found

    def passages(self, text: str) -> Iterator[Passage]:
        """The comments and strings of a text, in order."""
        at = 0
        while (match := self._opening.search(text, at)) is not None:
            name = match.lastgroup or ""
            if name.startswith("block"):
                end = self.block[int(name.removeprefix("block"))][1]
                found = text.find(end, match.end())
                at = len(text) if found < 0 else found + len(end)
            elif name.startswith("long"):
                at = _end_of_long(text, match.end(), match[0])
            else:
                closing = self._closing[name].match(text, match.end())
                at = closing.end() if closing is not None else match.end()
            span = Span(match.start(), at)
            if name.startswith(("block", "line")):
                yield Passage("comment", span)
            elif not name.startswith("skipped"):
                yield Passage("docstring" if name.startswith("long") and _begins_line(text, span.start) else "string", span)


_REST_OF_LINE = lazy.regex(r"[^\r\n]*")
_NOTHING = lazy.regex("")
_BLANK = " \t"


def _short(mark: str) -> re.Pattern[str]:
    """What reaches to the end of a string within its line; a string that is not ended ends with its line."""
    mark = re.escape(mark)
    return re.compile(rf"[^\\\r\n{mark}]*(?:\\[^\r\n][^\\\r\n{mark}]*)*{mark}?")


def _end_of_long(text: str, at: int, mark: str) -> int:
    """Where a string over several lines ends whose text begins at a place: behind its mark, or with the text."""
    while (found := text.find(mark, at)) >= 0:
        before = text[at:found]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return found + len(mark)
        at = found + 1
    return len(text)


def _begins_line(text: str, at: int) -> bool:
    """Whether nothing stands before a place in its line."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return not text[max(start, at - LONGEST_INDENT) : at].strip(_BLANK)


LONGEST_INDENT = 200
"""How many characters before a string are looked at; whatever is deeper is no documentation."""

_SLASHES, _C_BLOCK = ("//",), (("/*", "*/"),)
_HASH = (r"(?<![^\s;])#",)
"""A hash where no word goes on: ``$#`` and ``a#b`` are no comments."""
_QUOTES = ('"', "'")
_TRIPLE = ('"""', "'''")

LANGUAGES: tuple[Language, ...] = (
    Language((".py", ".pyi", ".pyx", ".pxd", ".bzl", ".bazel", ".star"), ("#",), (), _QUOTES, _TRIPLE, mark=("# ", ""),
             names=("sconstruct", "sconscript", "build", "workspace", "tiltfile")),
    Language((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".go", ".dart", ".groovy", ".gradle", ".gvy"),
             _SLASHES, _C_BLOCK, _QUOTES, ("`", *_TRIPLE), mark=("// ", ""), names=("jenkinsfile",)),
    Language((".java", ".kt", ".kts", ".scala", ".sc", ".cs", ".csx", ".swift", ".d", ".proto", ".thrift", ".jsonc", ".json5",
              ".sol", ".hx", ".as", ".v", ".sv", ".svh", ".cue", ".prisma", ".zig", ".vala", ".mm"),
             _SLASHES, _C_BLOCK, _QUOTES, ('"""',), mark=("// ", "")),
    Language((".c", ".h", ".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx", ".ino", ".m", ".cu", ".cuh", ".glsl", ".hlsl", ".wgsl",
              ".metal", ".idl", ".ld"), _SLASHES, _C_BLOCK, _QUOTES, skipped=(r"(?<=\d)'(?=\d)",), mark=("// ", "")),
    Language((".rs",), _SLASHES, _C_BLOCK, ('"',), skipped=(r"'\\[^\r\n']{1,9}'", r"'[^\\'\r\n]'", "'"), mark=("// ", "")),
    Language((".php", ".phtml", ".php5"), ("//", r"#(?!\[)"), (*_C_BLOCK, ("<!--", "-->")), _QUOTES, mark=("// ", "")),
    Language((".css", ".pcss"), (), _C_BLOCK, _QUOTES, mark=("/* ", " */")),
    Language((".scss", ".sass", ".less", ".styl"), (r"(?<!:)//",), _C_BLOCK, _QUOTES, mark=("// ", "")),
    Language((".rb", ".rake", ".gemspec", ".ru", ".cr", ".pl", ".pm", ".t"), _HASH, (), _QUOTES, mark=("# ", ""),
             names=("rakefile", "gemfile", "vagrantfile", "podfile", "fastfile", "brewfile", "dangerfile")),
    Language((".ex", ".exs", ".jl", ".nim", ".coffee"), ("#",), (("#=", "=#"),), _QUOTES, _TRIPLE, mark=("# ", "")),
    Language((".r", ".rmd", ".gd", ".tcl", ".awk", ".sed"), ("#",), (), _QUOTES, mark=("# ", "")),
    Language((".sh", ".bash", ".zsh", ".ksh", ".fish", ".bats"), _HASH, (), _QUOTES, mark=("# ", ""), rest="unknown",
             names=("makefile", "gnumakefile", "dockerfile", "containerfile", "justfile", "codeowners", "procfile", ".envrc")),
    Language((".mk", ".mak", ".dockerfile", ".cmake", ".nix", ".just", ".graphql", ".gql", ".rego", ".bicep", ".dhall"),
             _HASH, (), _QUOTES, mark=("# ", ""), rest="unknown", names=("cmakelists.txt",)),
    Language((".yml", ".yaml", ".toml", ".properties", ".env", ".conf", ".cfg", ".editorconfig", ".gitignore", ".gitattributes",
              ".dockerignore"), _HASH, (), ('"',), mark=("# ", ""), rest="unknown"),
    Language((".ini", ".desktop", ".service", ".reg"), (r"(?<!\S)[;#]",), (), ('"',), mark=("; ", ""), rest="unknown"),
    Language((".tf", ".tfvars", ".hcl", ".nomad"), ("//", "#"), _C_BLOCK, ('"',), mark=("# ", "")),
    Language((".ps1", ".psm1", ".psd1"), _HASH, (("<#", "#>"),), _QUOTES, mark=("# ", "")),
    Language((".sql", ".psql", ".ddl", ".plsql", ".pks", ".pkb"), ("--",), _C_BLOCK, _QUOTES, mark=("-- ", "")),
    Language((".lua",), (r"--(?!\[\[)",), (("--[[", "]]"), ("[[", "]]")), _QUOTES, mark=("-- ", "")),
    Language((".hs", ".lhs", ".elm", ".purs", ".idr", ".agda"), (r"--(?![!#$%&*+./<=>?@\\^|~:])",), (("{-", "-}"),), ('"',),
             ('"""',), mark=("-- ", "")),
    Language((".adb", ".ads", ".vhd", ".vhdl"), ("--",), (), ('"',), mark=("-- ", "")),
    Language((".ml", ".mli"), (), (("(*", "*)"),), ('"',), mark=("(* ", " *)")),
    Language((".fs", ".fsi", ".fsx"), ("//",), (("(*", "*)"),), ('"',), ('"""',), mark=("// ", "")),
    Language((".pas", ".pp", ".dpr", ".lpr"), ("//",), (("(*", "*)"), ("{", "}")), ("'",), mark=("// ", "")),
    Language((".clj", ".cljs", ".cljc", ".edn", ".lisp", ".lsp", ".cl", ".el", ".scm", ".ss", ".rkt"), (";",), (("#|", "|#"),), (),
             ('"',), skipped=(r"\\[\"';]",), mark=(";; ", "")),
    Language((".erl", ".hrl", ".tex", ".sty", ".bib", ".m4"), (r"(?<!\\)%",), (), (), mark=("% ", "")),
    Language((".f90", ".f95", ".f03", ".f08"), ("!",), (), _QUOTES, mark=("! ", "")),
    Language((".vb", ".vbs", ".bas", ".cls", ".frm"), ("'", r"(?<!\S)rem[ \t]"), (), ('"',), mark=("' ", "")),
    Language((".bat", ".cmd"), (r"(?<!\S)rem[ \t]", r"(?<!\S)::"), (), (), mark=("rem ", ""), rest="unknown"),
    Language((".html", ".htm", ".xhtml", ".xml", ".xsd", ".xsl", ".xslt", ".svg", ".xaml", ".csproj", ".fsproj", ".vbproj", ".props",
              ".targets", ".plist", ".jsp", ".wsdl"), (), (("<!--", "-->"),), (), mark=("<!-- ", " -->"), rest="unknown"),
    Language((".vue", ".svelte", ".astro", ".cshtml", ".razor"), (r"(?<!:)//",), (("<!--", "-->"), *_C_BLOCK, ("@*", "*@")), _QUOTES, ("`",),
             mark=("", ""), rest="unknown"),
    Language((".jinja", ".jinja2", ".j2", ".twig", ".liquid", ".njk"), (), (("{#", "#}"), ("<!--", "-->")), (), mark=("{# ", " #}"),
             rest="unknown"),
)  # fmt: skip
"""The languages, in families that write comments and strings alike."""

_BY_ENDING = MappingProxyType({ending: language for language in LANGUAGES for ending in language.endings})
_BY_NAME = MappingProxyType({name: language for language in LANGUAGES for name in language.names})


def language_of(path: str) -> Language | None:
    """The family of languages that a file is in, by its name; None for one that is not known."""
    base = posixpath.basename(path).casefold()
    if base in _BY_NAME:
        return _BY_NAME[base]
    stem, ending = posixpath.splitext(base)
    return _BY_ENDING.get(ending or stem) or _BY_NAME.get(stem)
