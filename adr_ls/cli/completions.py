"""``adr-ls completions``: what has a shell complete our commands, options and rules."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adr_ls import rules
from adr_ls.cli import main
from adr_ls.cli.printing import OK, put


def options(parser: argparse.ArgumentParser) -> None:
    """Adds what the command can be told."""
    parser.add_argument("shell", choices=tuple(SHELLS), metavar="SHELL", help=", ".join(SHELLS))


def run(options: argparse.Namespace) -> int:
    """Runs the command and returns the status to exit with."""
    commands = {name: Command(summary, _words(name)) for name, (_, summary) in main.COMMANDS.items()}
    put(SHELLS[options.shell](commands))
    return OK


@dataclass(frozen=True)
class Command:
    """What a shell needs to know of a command: what it does, its options, and what may stand behind which of them."""

    summary: str
    options: Mapping[str, tuple[str, tuple[str, ...]]]
    """For each option, its help and its choices; files where it has none."""


_RULES = frozenset({"--select", "--ignore"})
"""The options behind which rules stand."""


def _words(name: str) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for action in main.command(name)._actions:  # noqa: SLF001  # argparse has no other way to ask
        choices = tuple(map(str, action.choices or ()))
        for option in action.option_strings:
            if option.startswith("--"):
                known = tuple(sorted(rules.NAMES)) if option in _RULES else choices
                found[option] = (" ".join((action.help or "").split()), known)
    return found


def _bash(commands: Mapping[str, Command]) -> str:
    cases = []
    for name, command in commands.items():
        inner = [
            f"        {option}) COMPREPLY=($(compgen -W '{' '.join(choices)}' -- \"$word\")); return ;;"
            for option, (_, choices) in command.options.items()
            if choices
        ]
        words = " ".join([*command.options, *(_operands(name))])
        cases += [f"    {name})", "      case $before in", *inner, "      esac", f"      words='{words}' ;;"]
    return "\n".join(
        [
            "# adr-ls completions bash > ~/.local/share/bash-completion/completions/adr-ls",
            "_adr_ls() {",
            "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=",
            "  if ((COMP_CWORD == 1)); then",
            f"    COMPREPLY=($(compgen -W '{' '.join(commands)} --help --version' -- \"$word\")); return",
            "  fi",
            "  case ${COMP_WORDS[1]} in",
            *cases,
            "  esac",
            '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
            "}",
            "complete -o default -F _adr_ls adr-ls",
            "",
        ]
    )


def _zsh(commands: Mapping[str, Command]) -> str:
    lines = ["#compdef adr-ls", "# adr-ls completions zsh > ~/.zfunc/_adr-ls", "_adr_ls() {", "  local -a commands=("]
    lines += [f"    {_quoted(f'{name}:{command.summary}')}" for name, command in commands.items()]
    lines += ["  )", "  if ((CURRENT == 2)); then", "    _describe command commands; return", "  fi", "  case $words[2] in"]
    for name, command in commands.items():
        specs = [
            _quoted(
                f"{option}[{said.replace('[', '(').replace(']', ')')}]" + (f":value:({' '.join(choices)})" if choices else "")
            )
            for option, (said, choices) in command.options.items()
        ]
        operands = _operands(name)
        specs.append(_quoted(f"*:rule:({' '.join(operands)})" if operands else "*:file:_files"))
        lines.append(f"    {name}) shift words; ((CURRENT--)); _arguments {' '.join(specs)} ;;")
    return "\n".join([*lines, "  esac", "}", "compdef _adr_ls adr-ls", ""])


def _fish(commands: Mapping[str, Command]) -> str:
    lines = ["# adr-ls completions fish > ~/.config/fish/completions/adr-ls.fish"]
    for name, command in commands.items():
        lines.append(f"complete -c adr-ls -n __fish_use_subcommand -f -a {name} -d {_quoted(command.summary)}")
        within = f"complete -c adr-ls -n '__fish_seen_subcommand_from {name}'"
        for option, (said, choices) in command.options.items():
            given = f" -x -a '{' '.join(choices)}'" if choices else ""
            lines.append(f"{within} -l {option.removeprefix('--')}{given} -d {_quoted(said)}")
        if operands := _operands(name):
            lines.append(f"{within} -f -a '{' '.join(operands)}'")
    return "\n".join([*lines, ""])


def _operands(name: str) -> tuple[str, ...]:
    """What may stand behind a command itself, where that is no file."""
    match name:
        case "explain":
            return tuple(sorted(rules.NAMES))
        case "completions":
            return tuple(SHELLS)
        case _:
            return ()


def _quoted(text: str) -> str:
    """A text as one word of a shell."""
    return "'" + text.replace("'", "’") + "'"


SHELLS: Mapping[str, Callable[[Mapping[str, Command]], str]] = MappingProxyType({"bash": _bash, "zsh": _zsh, "fish": _fish})
"""The shells, and how each is told."""
