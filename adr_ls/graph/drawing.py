"""A graph as a picture in SVG, without scripts: time goes from left to right, and each group of records has a lane.

A record is a card at its date, in the first row of its lane where nothing is in its way; one without a date stands where the record
before it does. Lines run behind the cards, from the record that acts to the one that it acts on. The same records always give the
same picture, in light and in dark colours.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from adr_ls.graph.model import By, Edge, Graph, Kind, Node, labelled, plain

CARD, HEIGHT = 196, 74
"""How wide and high a card is, in pixels."""
GAP, PAD, LABEL, TOP, EDGE = 14, 16, 112, 40, 46
"""Pixels between cards, around those of a lane, for the name of a lane, for the dates above, and left of the first card."""
NARROWEST, WIDEST = 640, 2600
"""Pixels for the time between the first and the last record, at least and at most."""
EACH = 160
"""Pixels of that for each date at which something was decided, where that is not too few or too many."""
BESIDE: Mapping[Kind, int] = MappingProxyType({"supersedes": -9, "amends": -3, "relates": 3, "refers": 9})
"""Pixels above or below the middle of a card where the lines of a kind begin and end."""
TICKS = 12
"""How many dates stand above the lanes, at most."""
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between two of them."""

_STYLE = """
svg { --bg: #ffffff; --fg: #1f2328; --dim: #59636e; --line: #d1d9e0; --lane: #f6f8fa; --card: #ffffff; --strong: #1f2328;
  --amends: #9a6700; --accepted: #1a7f37; --proposed: #0969da; --amended: #9a6700; --rejected: #d1242f; --gone: #818b98; }
@media (prefers-color-scheme: dark) {
  svg { --bg: #0d1117; --fg: #e6edf3; --dim: #9198a1; --line: #3d444d; --lane: #151b23; --card: #0d1117; --strong: #e6edf3;
    --amends: #d29922; --accepted: #3fb950; --proposed: #4493f8; --amended: #d29922; --rejected: #f85149; --gone: #656c76; }
}
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--fg); }
.ground { fill: var(--bg); } .lane { fill: var(--lane); } .tick { stroke: var(--line); stroke-dasharray: 2 3; }
.dim, .date, .state { fill: var(--dim); font-size: 10.5px; } .name { font-weight: 600; } .id { font-size: 10.5px; font-weight: 600; }
.card { fill: var(--card); stroke: var(--line); } .band { fill: var(--gone); }
.accepted .band { fill: var(--accepted); } .proposed .band, .draft .band { fill: var(--proposed); }
.amended .band { fill: var(--amended); } .rejected .band { fill: var(--rejected); }
.accepted .state { fill: var(--accepted); } .proposed .state, .draft .state { fill: var(--proposed); }
.amended .state { fill: var(--amended); } .rejected .state { fill: var(--rejected); }
.proposed .card, .draft .card { stroke-dasharray: 4 3; }
.superseded .title, .deprecated .title, .rejected .title { fill: var(--dim); text-decoration: line-through; }
a:hover .card, a:focus .card { stroke: var(--fg); }
.edge { fill: none; stroke: var(--gone); stroke-width: 1.2; } .supersedes { stroke: var(--strong); stroke-width: 1.8; }
.amends { stroke: var(--amends); stroke-width: 1.6; } .relates { stroke-dasharray: 6 4; } .refers { stroke-dasharray: 1.5 3.5; }
.tip-supersedes { fill: var(--strong); } .tip-amends { fill: var(--bg); stroke: var(--amends); } .tip-refers { fill: var(--gone); }
"""
_TIPS: Mapping[Kind, str] = MappingProxyType(
    {"supersedes": "M0 0 9 4.5 0 9z", "amends": "M1 1 8 4.5 1 8z", "refers": "M2 2 8 4.5 2 7z"}
)
"""The shapes at the ends of lines."""


@dataclass(frozen=True)
class _Card:
    node: Node
    x: float
    y: float

    @property
    def right(self) -> float:
        return self.x + CARD

    @property
    def middle(self) -> float:
        return self.y + HEIGHT / 2


@dataclass(frozen=True)
class _Lane:
    name: str
    top: float
    height: float


def render(graph: Graph, by: By, link: Callable[[str], str]) -> str:
    """The picture; `link` gives the address of the record at a path."""
    scale = _Scale(graph)
    cards, lanes = _placed(graph, by, scale)
    bottom = lanes[-1].top + lanes[-1].height if lanes else TOP
    width, height = LABEL + EDGE + scale.width + CARD + PAD, bottom + 34
    size = f'width="{_px(width)}" height="{_px(height)}"'
    view = f'viewBox="0 0 {_px(width)} {_px(height)}" role="group" aria-label={_attribute(_summary(graph))}'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>',
        f"<style>{_STYLE}</style>",
        "<defs>",
        *(_marker(kind, shape) for kind, shape in _TIPS.items()),
        "</defs>",
        f'<rect class="ground" {size}/>',
        *(_band(lane, width) for lane in lanes),
        *(_tick(x, name, bottom) for x, name in scale.ticks),
        *(line for lane in lanes for line in _label(lane)),
        *(_path(edge, cards) for edge in graph.edges),
        *(line for card in cards.values() for line in _drawn(card, link(card.node.path))),
        *_legend(graph, bottom + 22),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def lanes_of(graph: Graph) -> By:
    """By what the lanes are best told apart, where nobody says: areas where there are several, else statuses."""
    return "area" if len({node.area for node in graph.nodes if node.area}) > 1 else "status"


class _Scale:
    """Where on the axis a month lies; records without a date lie where the one before them does."""

    def __init__(self, graph: Graph) -> None:
        known = {node.path: at for node in graph.nodes if (at := _month(node.date)) is not None}
        first = min(known.values(), default=0.0)
        self._at: dict[str, float] = {}
        last = first
        for node in graph.nodes:
            last = known.get(node.path, last)
            self._at[node.path] = last
        self._first, self._span = first, max(known.values(), default=0.0) - first
        self.width = min(max(NARROWEST, EACH * len(set(known.values()))), WIDEST) if self._span else 0.0

    def x(self, node: Node) -> float:
        """Where the card of a record begins."""
        return self._place(self._at[node.path])

    def _place(self, month: float) -> float:
        return LABEL + EDGE + (month - self._first) / self._span * self.width if self._span else LABEL + EDGE

    @property
    def ticks(self) -> Iterator[tuple[float, str]]:
        """Months at even distances, with their names."""
        if not self._span:
            return
        step = next((step for step in _STEPS if self._span / step < TICKS), _STEPS[-1])
        month = math.ceil(self._first / step) * step
        while month <= self._first + self._span:
            yield self._place(month), str(month // 12) if step % 12 == 0 else f"{month // 12}-{month % 12 + 1:02}"
            month += step


def _month(date: str | None) -> float | None:
    """How many months after the beginning of the calendar a date of ISO 8601 is."""
    match = re.match(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", date or "")
    if match is None:
        return None
    return int(match["year"]) * 12 + int(match["month"] or 1) - 1 + (int(match["day"] or 1) - 1) / 31


def _placed(graph: Graph, by: By, scale: _Scale) -> tuple[Mapping[str, _Card], Sequence[_Lane]]:
    """The cards by their records' paths, and the lanes."""
    cards: dict[str, _Card] = {}
    lanes: list[_Lane] = []
    top: float = TOP
    for name, nodes in graph.groups(by).items():
        ends: list[float] = []
        for node in sorted(nodes, key=scale.x):
            x = scale.x(node)
            row = next((row for row, end in enumerate(ends) if end + GAP <= x), len(ends))
            ends[row : row + 1] = [x + CARD]
            cards[node.path] = _Card(node, x, top + PAD + row * (HEIGHT + GAP))
        height = 2 * PAD + len(ends) * (HEIGHT + GAP) - GAP
        lanes.append(_Lane(name, top, height))
        top += height + 6
    return {node.path: cards[node.path] for node in graph.nodes}, lanes


def _summary(graph: Graph) -> str:
    records, edges = len(graph.nodes), len(graph.edges)
    return f"{records} decision record{'s' * (records != 1)} over time, and {edges} connection{'s' * (edges != 1)} between them"


def _marker(kind: Kind, shape: str) -> str:
    return (
        f'<marker id="tip-{kind}" viewBox="0 0 9 9" refX="8" refY="4.5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse"'
        f' orient="auto"><path class="tip-{kind}" d="{shape}"/></marker>'
    )


def _band(lane: _Lane, width: float) -> str:
    return f'<rect class="lane" x="6" y="{_px(lane.top)}" width="{_px(width - 12)}" height="{_px(lane.height)}" rx="6"/>'


def _tick(x: float, name: str, bottom: float) -> str:
    return (
        f'<line class="tick" x1="{_px(x)}" y1="{TOP - 8}" x2="{_px(x)}" y2="{_px(bottom)}"/>'
        f'<text class="dim" x="{_px(x)}" y="{TOP - 16}">{name}</text>'
    )


def _label(lane: _Lane) -> Iterator[str]:
    for at, line in enumerate(wrapped(lane.name, LABEL - 8, 12.5, 4)):
        yield f'<text class="name" x="16" y="{_px(lane.top + 24 + 16 * at)}">{_text(line)}</text>'


def _path(edge: Edge, cards: Mapping[str, _Card]) -> str:
    source, target = cards[edge.source], cards[edge.target]
    high, low = source.middle + BESIDE[edge.kind], target.middle + BESIDE[edge.kind]
    if target.right + 8 <= source.x or source.right + 8 <= target.x:
        is_back = target.x < source.x
        begin, end = (source.x, target.right) if is_back else (source.right, target.x)
        bend = max(26.0, abs(begin - end) / 2) * (-1 if is_back else 1)
        bends = begin + bend, end - bend
    else:  # one above the other
        begin, end = source.x, target.x
        bends = (min(begin, end) - 28,) * 2
    way = f"M{_px(begin)} {_px(high)}C{_px(bends[0])} {_px(high)} {_px(bends[1])} {_px(low)} {_px(end)} {_px(low)}"
    tip = f' marker-end="url(#tip-{edge.kind})"' if edge.kind in _TIPS else ""
    said = f"{source.node.id} {labelled(edge)} {target.node.id}"
    return f'<path class="edge {edge.kind}" d="{way}"{tip}><title>{_text(said)}</title></path>'


def _drawn(card: _Card, address: str) -> Iterator[str]:
    node, x, y = card.node, card.x, card.y
    said = " · ".join(filter(None, (node.name, node.state, node.dated)))
    yield f'<a href={_attribute(address)} class="{node.standing}"><title>{_text(said)}</title>'
    yield f'<rect class="card" x="{_px(x)}" y="{_px(y)}" width="{CARD}" height="{HEIGHT}" rx="5"/>'
    yield f'<path class="band" d="M{_px(x + 5)} {_px(y)}h-1a4 4 0 0 0 -4 4v{HEIGHT - 8}a4 4 0 0 0 4 4h1z"/>'
    room = CARD - 26 - width_of(node.dated, 10.5)
    for line in wrapped(node.id, room, 10.5, 1):
        yield f'<text class="id" x="{_px(x + 12)}" y="{_px(y + 17)}">{_text(line)}</text>'
    if node.dated:
        yield f'<text class="date" x="{_px(x + CARD - 8)}" y="{_px(y + 17)}" text-anchor="end">{_text(node.dated)}</text>'
    for at, line in enumerate(wrapped(node.title, CARD - 22, 12, 2)):
        yield f'<text class="title" x="{_px(x + 12)}" y="{_px(y + 33 + 15 * at)}">{_text(line)}</text>'
    for line in wrapped(node.state, CARD - 22, 10.5, 1):
        yield f'<text class="state" x="{_px(x + 12)}" y="{_px(y + HEIGHT - 8)}">{_text(line)}</text>'
    yield "</a>"


def _legend(graph: Graph, y: float) -> Iterator[str]:
    x: float = LABEL + EDGE
    for kind in graph.kinds:
        tip = f' marker-end="url(#tip-{kind})"' if kind in _TIPS else ""
        name = labelled(Edge("", "", kind))
        yield f'<path class="edge {kind}" d="M{_px(x)} {_px(y - 4)}h34"{tip}/><text class="dim" x="{_px(x + 42)}" y="{_px(y)}">{name}</text>'
        x += 42 + width_of(name, 10.5) + 24


_NARROW = frozenset((*"iljtfrI", *" .,:;'!|()[]{}·-/\\\""))
_BROAD = frozenset("mwMW@%—…")


def width_of(text: str, size: float) -> float:
    """About how many pixels wide a text is in a common sans-serif of that size: no font is at hand to measure it by."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.88
    return 0.68 if character.isupper() else 0.57


def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The lines of a text, as many as `most`, none wider than so many pixels; what is left out is told by an ellipsis."""
    lines: list[str] = []
    words = [piece for word in plain(text).split() for piece in _cut(word, width, size)]
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(f"{last}…", size) > width:
            last = last[:-1]
        lines[most - 1 :] = [f"{last.rstrip()}…"]
    return tuple(lines)


def _cut(word: str, width: float, size: float) -> Iterator[str]:
    """A word in pieces that are no wider than a line."""
    piece = ""
    for character in word:
        if piece and width_of(piece + character, size) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _px(value: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(plain(text))


def _attribute(text: str) -> str:
    return quoteattr(plain(text))
