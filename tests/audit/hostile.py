"""A repository that tries everything: to have something run, to have something outside of it read or written, to call somebody.

Whatever is run leaves a file whose name begins with `bitten`. What lies outside says UNSAID, and whatever shows that has read it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.cli.test_reports import BAITED
from tests.lsp.timeless import lay

UNSAID = "UNSAID"
MARK = "TRAP"

MODULES = (
    *("sitecustomize", "usercustomize", "conftest", "adr_ls", "adr_ls_plugin", "setup", "tasks", "noxfile"),
    *("yaml", "frontmatter", "mistune", "pygls", "lsprotocol", "cattrs", "attr", "attrs", "pathspec", "platformdirs", "tomli"),
    *("json", "re", "random", "secrets", "logging", "subprocess", "asyncio", "typing_extensions", "queue", "token"),
)
"""The names of Python files that shadow what is imported, or that tools import."""

_RECORD = "# {0}. {1}\n\nDate: 2020-01-0{0}\n\n## Status\n\n{2}\n\n## Context\n\n{3}\n\n## Decision\n\nWe do.\n\n## Consequences\n\nNone.\n"
_RECORDS = {
    "docs/adr/0001-use-a-queue.md": (
        1,
        "Use a queue",
        "Superseded by [2. Ask twice](0002-ask-twice.md)",
        "See [out](../../../outside/records/0001-secret.md), ![x](http://127.0.0.1:9/x.png), <file:///etc/passwd>, ADR-2, ADR-0007.",
    ),
    "docs/adr/0002-ask-twice.md": (
        2,
        "Ask twice",
        "Acepted",
        "{% include '../../../outside/secret.md' %} <!-- adr-ls: ignore -->",
    ),
    "docs/adr/0003-ask-thrice.md": (
        3,
        "Ask thrice",
        "Proposed",
        "!include ../../../outside/secret.md and `$(touch bitten-prose)`",
    ),
}
_FILES = """
-- docs/adr/0004-yaml.md --
---
status: !!python/object/apply:os.system ["touch bitten-yaml"]
date: 2020-01-04
tags: [a, b]
---
# Yaml

## Context and Problem Statement

X

## Considered Options

* A
* B

## Decision Outcome

Chosen option: "A", because.
-- docs/adr/README.md --
# Decisions

- [1. Use a queue](0001-use-a-queue.md)
- [9. Out](../../../outside/records/0001-secret.md)
- [8. Gone](0008-gone.md)
-- docs/adr/template.md --
# NUMBER. TITLE

Date: DATE

## Status

Proposed

## Context

{% include "../../../outside/secret.md" %}

## Decision

## Consequences
-- docs/guide.md --
# Guide

See [1. Use a queue](adr/0001-use-a-queue.md) and [lost](adr/0099-lost.md).
-- .adr-dir --
../outside/records
-- .log4brains.yml --
project:
  name: x
  adrFolder: ../outside/records
  packages:
    - name: p
      path: ABSOLUTE
      adrFolder: ABSOLUTE/records
-- adr-ls.toml --
directories = ["docs/adr", "../outside/records", "ABSOLUTE/records", "docs/linked", "~/x"]
exclude = ["../outside/**", "!/docs/**"]
update-index-on-save = true
title-hints = true

[[overrides]]
paths = ["../**", "ABSOLUTE/**"]
profile = "strict"
-- mkdocs.yml --
site_name: x
docs_dir: ../outside
hooks: [adr_ls_plugin.py]
plugins:
  - !!python/name:adr_ls_plugin.Plugin
nav:
  - !ENV [HOME, ../outside/secret.md]
  - Secret: ../../outside/secret.md
  - !!python/object/apply:os.system ["touch bitten-mkdocs"]
-- pyproject.toml --
[build-system]
requires = []
build-backend = "setup"
backend-path = ["."]

[project.entry-points."adr_ls"]
plugin = "adr_ls_plugin"

[tool.adr-ls]
plugins = ["adr_ls_plugin"]
-- radr.toml --
records-dir = "../outside/records"
-- .python-version --
../outside/python
-- .env --
PYTHONSTARTUP=adr_ls_plugin.py
-- .vscode/settings.json --
{"adr-ls.path": ["./bait.sh"], "adr-ls.interpreter": ["./bait.sh"]}
-- .gitattributes --
*.md diff=bait filter=bait merge=bait
-- .gitmodules --
[submodule "x"]
path = x
url = ext::./bait.sh
update = !./bait.sh
"""


@dataclass(frozen=True)
class Hostile:
    """The repository at `root`, the folder `outside` of it that it leads to, and the user's own `home` and `cache`."""

    root: Path
    outside: Path
    home: Path
    cache: Path

    def bitten(self) -> list[str]:
        """What was run."""
        return sorted(str(path) for path in self.root.parent.rglob("bitten*"))


def build(base: Path) -> Hostile:
    """Makes the repository in an empty folder."""
    base = base.resolve()
    root, outside = base / "repository", base / "outside"
    for folder in (root, outside, base / "home", base / "cache"):
        folder.mkdir(parents=True)
    _lay_outside(base, outside)
    lay(root, _FILES.replace("ABSOLUTE", outside.as_posix()))
    for path, (number, title, status, context) in _RECORDS.items():
        (root / path).write_text(_RECORD.format(number, title, status, context), "utf-8")
    bait = f"#!/bin/sh\ntouch '{base}/bitten-by-a-program'\n"
    for name in ("bait.sh", "git", "python", "python3", "sh", "adr-ls", "docs/adr/git"):
        _program(root / name, bait)
    for name in MODULES:
        text = f"# {MARK}\nopen({str(base / f'bitten-{name}')!r}, 'w').close()\n"
        (root / f"{name}.py").write_text(text, "utf-8")
    (root / "bait.pth").write_text(f"import adr_ls_plugin # {MARK}\n", "utf-8")
    _begin_git(root, bait)
    _link(root, outside)  # last, since git waits for pipes
    return Hostile(root, outside, base / "home", base / "cache")


def _lay_outside(base: Path, outside: Path) -> None:
    record = f"# 1. {UNSAID}\n\n## Status\n\nAccepted\n"
    for path in (
        *("records/0001-secret.md", "records/0002-secret.md", "records/README.md", "records/template.md", "secret.md"),
        *("../0001-secret.md", "../README.md", "../docs/adr/0001-secret.md", "../template.md"),
    ):
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / path).write_text(record, "utf-8")
    (outside / "mailmap").write_text(f"{UNSAID} <a@example.org>\n", "utf-8")
    (base / "adr-ls.toml").write_text(f'required-sections = ["{UNSAID}"]\n', "utf-8")
    (base / "home" / "adr-ls.toml").write_text(f'required-sections = ["{UNSAID}"]\n', "utf-8")


def _program(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def _link(root: Path, outside: Path) -> None:
    """Links that lead outside, in circles and to nothing; what is no file."""
    adr = root / "docs/adr"
    for name, target in {
        "0005-linked.md": outside / "secret.md",
        "0006-device.md": Path("/dev/zero"),
        "0007-nowhere.md": outside / "nowhere.md",
        "0009-circle.md": adr / "0009-circle.md",
        "0010-process.md": Path("/proc/self/environ"),
        "0011-relative.md": Path("../../../outside/secret.md"),
        "linked": outside / "records",
        "up": Path(".."),
        "templates": outside / "records",
    }.items():
        (adr / name).symlink_to(target)
    (root / "docs/linked").symlink_to(outside / "records")
    (root / ".adr-ls.toml").symlink_to(outside.parent / "adr-ls.toml")
    os.mkfifo(adr / "0012-pipe.md")
    os.mkfifo(root / "docs/.gitignore")
    (adr / "0013-folder.md").mkdir()
    (adr / "0014-twice.md").hardlink_to(adr / "0003-ask-thrice.md")


def _begin_git(root: Path, bait: str) -> None:
    git = git_in(root)
    git("init", "-q", "-b", "main")
    git("add", "docs/adr/0001-use-a-queue.md", "docs/adr/README.md")
    changing = root / "docs/adr/0002-ask-twice.md"
    last = changing.read_text("utf-8")
    for text in (last.replace("Acepted", "Proposed"), last):  # with a past, of which a part is missing
        changing.write_text(text, "utf-8")
        git("add", str(changing))
        git("commit", "-qm", "x")
    lost = subprocess.run(
        ["git", "rev-parse", f"HEAD~1:{changing.relative_to(root)}"], cwd=root, capture_output=True, check=True
    )
    name = lost.stdout.decode().strip()
    (root / ".git/objects" / name[:2] / name[2:]).unlink()
    for key in BAITED:
        git("config", key, str(root / "bait.sh"))
    git("config", "core.hooksPath", str(root / "hooks"))
    git("config", "remote.origin.url", f"ext::{root / 'bait.sh'}")
    git("config", "remote.origin.promisor", "true")
    git("config", "extensions.partialClone", "origin")
    git("config", "core.repositoryFormatVersion", "1")
    git("config", "protocol.ext.allow", "always")
    git("config", "log.showSignature", "true")
    git("config", "mailmap.file", "../outside/mailmap")
    git("config", "include.path", "../../outside/gitconfig")
    for name in ("post-index-change", "pre-commit", "post-checkout", "reference-transaction"):
        for folder in (root / "hooks", root / ".git/hooks"):
            folder.mkdir(exist_ok=True)
            _program(folder / name, bait)
    # One that travels with a clone, as nothing but plain files
    nested = root / "docs/adr/proposed"
    (nested / "refs/heads").mkdir(parents=True)
    (nested / "objects").mkdir()
    (nested / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    config = f"[core]\nbare = false\nworktree = .\nfsmonitor = {root / 'bait.sh'}\n"
    (nested / "config").write_text(config, "utf-8")


def git_in(root: Path) -> Callable[..., None]:
    """What runs the user's own git there, before anything bites."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")

    def git(*arguments: str) -> None:
        subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)

    return git
