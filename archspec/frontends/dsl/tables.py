"""The tables that run: `tables.json`, made from `grammar.lark`, in the form the driver wants.

A terminal is known by a number; `TERMINALS[number]` is its text (`"->"`, `"network"`) or, for
names, numbers and strings, the name of its pattern. `KINDS` is the way back.
"""

from __future__ import annotations

import json
from pathlib import Path

_DATA = json.loads(Path(__file__).with_name("tables.json").read_bytes())
_SETS: list[list[int]] = _DATA["sets"]

TERMINALS: list[str] = _DATA["terminals"]
PATTERNS: dict[str, str] = _DATA["patterns"]
KINDS: dict[str, int] = {text: kind for kind, text in enumerate(TERMINALS)}
NAME, NUMBER, STRING = KINDS["NAME"], KINDS["NUMBER"], KINDS["STRING"]
LITERALS: dict[str, int] = {
    text: kind for text, kind in KINDS.items() if text not in PATTERNS and text != "$END"
}
END_OF_FILE = 0
START_STATE = 0
END_STATE: int = _DATA["end"]

RULES: list[tuple[int, int, str, list[int | None], list[int]]] = _DATA["rules"]
"""Origin, length, builder, positions of the children (None: absent), positions of lists."""


def _row(packed: list[int | list[int]]) -> dict[int, int]:
    keys, targets, *reductions = packed
    row = dict(zip(_SETS[keys], targets, strict=True))  # type: ignore[index,arg-type]
    for position in range(0, len(reductions), 2):
        lookaheads, reduction = reductions[position : position + 2]
        row |= dict.fromkeys(_SETS[lookaheads], reduction)  # type: ignore[index,arg-type]
    return row


STATES: list[dict[int, int]] = [_row(packed) for packed in _DATA["states"]]
"""For each state: symbol to next state (shift, goto), or to `~rule` (reduce)."""
