"""Runs the LALR tables over tokens and builds the tree on the way."""

from __future__ import annotations

from typing import Any

from archspec.frontends.dsl.context import Context
from archspec.frontends.dsl.rules import PREPARED
from archspec.frontends.dsl.tables import END_OF_FILE, END_STATE, START_STATE, STATES
from archspec.source import limits

_HIGHEST = 20 * limits.NESTING
"""No tree within the limit of nesting needs a stack so high; mending it would take too long."""

_NONE: list[Any] = []
"""The parts of a rule without any."""

_LEVELS: dict[tuple[int, int, int], int] = {}
"""What `_level` found for each place of the grammar, which has about a thousand."""


def _level(below: int, state: int, kind: int) -> int:
    """The state after all rules in a row that hand on their only part.

    A number in brackets passes a dozen levels of precedence in this way.
    """
    place = below, state, kind
    while True:
        action = STATES[state].get(kind)
        if action is None or action >= 0 or PREPARED[~action][2] is not None:
            _LEVELS[place] = state
            return state
        state = STATES[below][PREPARED[~action][0]]


class Driver:
    """One parse: stacks of states, values and first offsets, and the next token.

    A value is a node, a list, a tuple of nodes, None, or for a token its index.
    """

    __slots__ = (
        "begins",
        "context",
        "ends",
        "kinds",
        "last_end",
        "left",
        "next",
        "starts",
        "states",
        "values",
    )

    def __init__(self, context: Context) -> None:
        tokens = context.tokens
        self.context = context
        self.kinds, self.starts, self.ends = tokens.kinds, tokens.starts, tokens.ends
        self.next = 0
        self.last_end = 0
        self.left = limits.PARTS_OF_TREE
        self.states = [START_STATE]
        self.values: list[Any] = []
        self.begins: list[int] = []

    def run(self) -> bool:
        """Go on until the end (True), a token that does not fit, or too deep a nesting (False)."""
        table, rules, states = STATES, PREPARED, self.states
        values, begins, context = self.values, self.begins, self.context
        kinds, starts, ends, levels = self.kinds, self.starts, self.ends, _LEVELS
        position, last, left = self.next, self.last_end, self.left
        kind = kinds[position]
        try:
            while True:
                action = table[states[-1]].get(kind)
                if action is None:
                    return False
                if action >= 0:
                    if len(states) > _HIGHEST:
                        context.stop(position)
                        return False
                    states.append(action)
                    values.append(position)
                    begins.append(starts[position])
                    last = ends[position]
                    position += 1
                    kind = kinds[position]
                    continue
                origin, length, make = rules[~action]
                if make is None:
                    place = states[-2], states[-1], kind
                    states[-1] = levels.get(place) or _level(*place)
                    continue
                parts, begin = _NONE, starts[position]
                if length:
                    parts, begin = values[-length:], begins[-length]
                    del states[-length:], values[-length:], begins[-length:]
                values.append(make(context, parts, begin, last))
                begins.append(begin)
                left -= 1
                if left < 0:
                    context.too_many_parts(position)
                if context.refused:
                    return False
                states.append(table[states[-1]][origin])
                if kind == END_OF_FILE and states[-1] == END_STATE:
                    return True
        finally:
            self.next, self.last_end, self.left = position, last, left
