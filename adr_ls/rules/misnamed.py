"""What dead links have in common: the file that one evidently means, addresses without a scheme, and links that have one cause."""

from __future__ import annotations

import posixpath
import re

from adr_ls.log import discovery
from adr_ls.log.resolve import digits_in
from adr_ls.record import filename
from adr_ls.record.mentions import Mention
from adr_ls.rules.model import Subject
from adr_ls.syntax import lazy
from adr_ls.words.lookup import fold
from adr_ls.words.similar import distance, is_of_letters, is_slip

HOST = lazy.regex(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[a-z0-9-]+(?:\.[a-z0-9-]+){0,3}\.(?:com|org|net|io|dev|edu|gov|app|info|eu|au|be|br|ca|ch|cn|cz|de|dk|es|fi|fr|it|jp|nl|no|nz|se|uk))(?:/.*)?"
)
"""An address without its scheme: ``www.example.de``, ``example.org/x``."""
LONG = 5
"""How many letters a word of a name has at least of which one may be wrong."""


def misnamed(subject: Subject, mention: Mention) -> str:
    """The file that a dead relative path evidently means: in its directory the one that is called so but for a slip, or the one template there."""
    record, names = subject.record, subject.workspace.names
    path = (mention.path or "").partition("?")[0]
    folder, base = posixpath.split(posixpath.normpath(posixpath.join(posixpath.dirname(record.path), path)))
    if not path.casefold().endswith(filename.READ) or path.startswith("/") or "//" in path:
        return ""
    bases = names.by_digits.get((folder, digits_in(base)), ())
    if base in bases:
        return ""
    found = [other for other in bases if _is_misspelt(base, other)]
    if not found and discovery.is_template(path):
        found = [posixpath.basename(one.path) for one in subject.log.templates if posixpath.dirname(one.path) == folder]
    near = posixpath.join(folder, found[0]) if len(found) == 1 else ""
    return near if near != record.path else ""


def is_of_one_cause(subject: Subject, path: str, causes: set[str], meant: str = "") -> bool:
    """Whether a dead path leads to a file, or into a folder, that is missing for one dead before it, too; if not, it becomes one of them.

    So it is with those of one folder that are `meant` to lead into another one, to which its files were moved.
    """
    there = posixpath.normpath(posixpath.join(posixpath.dirname(subject.record.path), path))
    folder = posixpath.dirname(there)
    has_moved = meant and posixpath.basename(meant) == posixpath.basename(there)
    cause = (
        f"{folder} {posixpath.dirname(meant)}" if has_moved else there if folder in subject.workspace.names.folders else folder
    )
    if cause in causes:
        return True
    causes.add(cause)
    return False


def _is_misspelt(base: str, other: str) -> bool:
    """Whether the name of a file is another one's but for capitals, what stands between its words, or a slip in one of these."""
    if posixpath.splitext(base)[1].casefold() != posixpath.splitext(other)[1].casefold():
        return False
    # No digit is a slip, so that only names with the same ones are looked at
    one, right = (re.findall(r"[^\W\d_]+|\d+", fold(filename.strip_suffix(name))) for name in (base, other))
    if len(one) != len(right):
        return "".join(one) == "".join(right)
    wrong = [(word, meant) for word, meant in zip(one, right, strict=True) if word != meant]
    return not wrong or (len(wrong) == 1 and wrong[0][0].isalpha() and _is_slip(*wrong[0]))


def _is_slip(word: str, meant: str) -> bool:
    """Whether a word of a file's name is another one with a letter too few or too many, or two in the wrong order."""
    is_wrong = is_slip(word, meant) or (len(word) != len(meant) and distance(word, meant) == 1)
    return is_wrong and len(word) >= LONG and is_of_letters(word + meant)
