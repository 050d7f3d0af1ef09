"""Makes the pictures of the README from programs really at work: runs them in a terminal of their own and draws its screen as SVG.

Run ``python docs/images/make.py`` in the project's environment, with pyte installed.
"""

from __future__ import annotations

import html
import os
import pty
import re
import select
import shutil
import struct
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pyte

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CELL, LINE = 8.4, 19
PALETTE = {
    "default": "#d8dee9", "black": "#2e3440", "red": "#e06c75", "green": "#98c379", "brown": "#e5c07b", "blue": "#61afef",
    "magenta": "#c678dd", "cyan": "#56b6c2", "white": "#d8dee9", "brightblack": "#7b8394",
}  # fmt: skip


class Terminal:
    """A program in a terminal of so many columns and lines."""

    def __init__(self, command: list[str], columns: int, lines: int, cwd: Path) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.chdir(cwd)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LC_ALL="C.UTF-8")
            os.execvp(command[0], command)  # noqa: S606  # the editor and ourselves
        ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def until(self, *words: str, seconds: float = 20) -> None:
        """Waits until the screen shows all the words and has come to rest."""
        deadline, quiet = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < deadline:
            if select.select([self._fd], [], [], 0.05)[0]:
                try:
                    data = os.read(self._fd, 1 << 16)
                except OSError:
                    break
                if not data:
                    break
                self._stream.feed(data)
                quiet = time.monotonic()
            shown = "\n".join(self.screen.display)
            if all(word in shown for word in words) and time.monotonic() - quiet > 0.5:
                return
        missing = [word for word in words if word not in "\n".join(self.screen.display)]
        if missing:
            raise SystemExit(f"the screen lacks {missing}:\n" + "\n".join(self.screen.display))

    def type(self, keys: str) -> None:
        """Types the keys."""
        os.write(self._fd, keys.encode())

    def svg(self, title: str) -> str:
        """The screen as a picture."""
        width, height = self.screen.columns * CELL + 24, self.screen.lines * LINE + 44
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{html.escape(title)}">',
            f"<title>{html.escape(title)}</title>",
            "<style>text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}</style>",
            '<rect width="100%" height="100%" rx="8" fill="#1e222a"/>',
            *(
                f'<circle cx="{20 + 18 * n}" cy="18" r="6" fill="{c}"/>'
                for n, c in enumerate(("#e06c75", "#e5c07b", "#98c379"))
            ),
        ]
        for row in range(self.screen.lines):
            parts += self._row(row)
        return "\n".join([*parts, "</svg>"]) + "\n"

    def _row(self, row: int) -> list[str]:
        cells = [self.screen.buffer[row][column] for column in range(self.screen.columns)]
        y = 34 + row * LINE
        found, column = [], 0
        while column < len(cells):
            style = _style(cells[column])
            end = column
            while end < len(cells) and _style(cells[end]) == style:
                end += 1
            text = "".join(cell.data for cell in cells[column:end])
            fg, bg, bold, underline = style
            x = 12 + column * CELL
            if bg:
                found.append(f'<rect x="{x:.1f}" y="{y}" width="{(end - column) * CELL:.1f}" height="{LINE}" fill="{bg}"/>')
            blank = len(text) - len(text.lstrip())
            text, x = text.strip(), x + blank * CELL
            if text:
                extra = (' font-weight="bold"' if bold else "") + (' text-decoration="underline"' if underline else "")
                found.append(
                    f'<text x="{x:.1f}" y="{y + 14}" fill="{fg}" textLength="{len(text) * CELL:.1f}"{extra}>{html.escape(text)}</text>'
                )
            column = end
        return found

    def end(self) -> None:
        """Waits for the program to end."""
        os.close(self._fd)
        os.waitpid(self._pid, 0)


def _colour(name: str) -> str:
    return f"#{name}" if re.fullmatch(r"[0-9a-f]{6}", name) else PALETTE.get(name, PALETTE["default"])


def _style(cell: pyte.screens.Char) -> tuple[str, str, bool, bool]:
    fg, bg = _colour(cell.fg), "" if cell.bg == "default" else _colour(cell.bg)
    if cell.reverse:
        fg, bg = bg or "#1e222a", fg
    return fg, bg, cell.bold, cell.underscore


INIT = """
vim.o.termguicolors = true
vim.o.number = true
vim.o.laststatus = 2
vim.o.wrap = true
vim.o.hlsearch = false
vim.o.statusline = ' %t %=%l:%c '
vim.o.swapfile = false
vim.o.shortmess = vim.o.shortmess .. 'I'
vim.diagnostic.config({ virtual_text = true })
vim.lsp.config('adr_ls', { cmd = { vim.env.ADR_LS }, filetypes = { 'markdown' }, root_markers = { '.git' } })
vim.lsp.enable('adr_ls')
"""


def neovim(work: Path) -> str:
    """Neovim on the example log: two records with problems, and a card."""
    (work / "init.lua").write_text(INIT, encoding="utf-8")
    (work / "log" / ".git").mkdir()
    os.environ["ADR_LS"] = str(Path(sys.executable).with_name("adr-ls"))
    program = str(Path(sys.executable).with_name("nvim"))
    terminal = Terminal(
        [program, "--clean", "-u", str(work / "init.lua"), "docs/adr/001-keep-orders-in-mysql.md"], 124, 37, work / "log"
    )
    terminal.until("supersedes this record")
    terminal.type(":belowright 18split docs/adr/002-search-with-elasticsearch.md\r")
    terminal.until("did you mean")
    terminal.type("/ADR-001\rK")
    terminal.until("Referred to by")
    picture = terminal.svg("Neovim on the example log")
    terminal.type("\x1b:qa!\r")
    terminal.end()
    return picture


def main() -> None:
    """Draws all pictures."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copytree(ROOT / "examples" / "bookshop", work / "log")
        (HERE / "neovim.svg").write_text(neovim(work), encoding="utf-8")
        terminal = Terminal([str(Path(sys.executable).with_name("adr-ls")), "check"], 128, 36, work / "log")
        terminal.until("mends")
        (HERE / "check.svg").write_text(terminal.svg("adr-ls check on the example log"), encoding="utf-8")
        terminal.end()


if __name__ == "__main__":
    main()
