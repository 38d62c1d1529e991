"""Tries tokens on a stack of states without building anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archspec.frontends.dsl.rules import PREPARED
from archspec.frontends.dsl.tables import END_OF_FILE, END_STATE, STATES, TERMINALS


def advance(states: list[int], kind: int) -> bool:
    """Take one token; False, with the stack undefined, when it does not fit."""
    while True:
        action = STATES[states[-1]].get(kind)
        if action is None:
            return False
        if action >= 0:
            states.append(action)
            return True
        origin, length, *_ = PREPARED[~action]
        if length:
            del states[-length:]
        states.append(STATES[states[-1]][origin])
        if kind == END_OF_FILE and states[-1] == END_STATE:
            return True


def fitting(states: Sequence[int], kinds: Iterable[int]) -> int:
    """How many of the tokens fit, one after the other."""
    trial = list(states)
    count = 0
    for kind in kinds:
        if not advance(trial, kind):
            break
        count += 1
    return count


def accepted(states: Sequence[int]) -> list[int]:
    """All tokens that would fit next."""
    candidates = (kind for kind in STATES[states[-1]] if kind < len(TERMINALS))
    return [kind for kind in candidates if advance(list(states), kind)]
