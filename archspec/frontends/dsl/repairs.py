"""Finds the change of a text that lets parsing go on after a token that does not fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from archspec.diagnostics.suggest import nearest
from archspec.frontends.dsl.brackets import CLOSING, OPENING, begins_line, open_brackets
from archspec.frontends.dsl.driver import Driver
from archspec.frontends.dsl.simulate import accepted, advance, fitting
from archspec.frontends.dsl.tables import (
    END_OF_FILE,
    KINDS,
    NAME,
    NUMBER,
    STATES,
    STRING,
    TERMINALS,
)
from archspec.frontends.dsl.tokens import Tokens

WINDOW = 6
"""So many tokens should fit after a change for it to count."""
_LEAST = 3
"""So many of them at least, where a further mistake may follow close by."""
_TRIALS = 3000
_REPLAYED = 10_000
_DEFINITIONS = {KINDS[word] for word in ("block", "network", "use", "default", "train")}
_CONFUSED = {
    (KINDS[wrong], KINDS[right])
    for wrong, right in ("=:", ":=", (":", "{"), ("==", "="), ("=", "=="), ("->", "="), "([", "[(")
} | {(KINDS["]"], KINDS[")"])}
_GLUE = {KINDS[sign]: 3 for sign in (":", "=", "{", "(", "in", "then", "else")}
_SPELLED = ("block", "network", "train", "let", "default")
"""Words before the name of a definition."""
_BRACE, _CLOSE, _ARROW, _BAR = (KINDS[sign] for sign in ("{", "}", "->", "|"))
_UNLIKELY = 10
_NEVER = 99


class Repair(NamedTuple):
    """Go back to a stack height and a token, drop tokens at the misfit and insert others."""

    height: int
    start: int
    skip: int
    insert: tuple[int, ...] = ()


class Misfit(NamedTuple):
    """A token that does not fit, and the stack of states as it was before that token.

    The tables reduce before they see that a token does not fit, so what could have stood there
    is lost from the driver's stack; `states` is rebuilt from the last intact part (of `height`
    states) and the tokens from `start`.
    """

    tokens: Tokens
    at: int
    states: list[int]
    height: int
    start: int


def find_misfit(driver: Driver) -> Misfit:
    """The misfit at which a driver stands."""
    tokens, at = driver.context.tokens, driver.next
    height = len(driver.states)
    while height > 1 and driver.begins[height - 2] >= tokens.starts[at]:
        height -= 1
    if height > 1:
        height -= 1
        start = bisect_left(tokens.starts, driver.begins[height - 1], hi=at)
        if at - start <= _REPLAYED:
            states = driver.states[:height]
            if all(advance(states, kind) for kind in tokens.kinds[start:at]):
                return Misfit(tokens, at, states, height, start)
    return Misfit(tokens, at, driver.states, len(driver.states), at)


def find_repair(misfit: Misfit, reduced: Sequence[int]) -> Repair | None:
    """The cheapest small change that lets the next tokens fit, else a place further on.

    `reduced` is the driver's own stack; what is left of it can be gone on from.
    """
    tokens, at = misfit.tokens, misfit.at
    best: tuple[int, Repair] | None = None
    for cost, repair in _small(misfit):
        following = tokens.kinds[at + repair.skip : at + repair.skip + WINDOW]
        wanted = [*repair.insert, *following]
        missing = len(wanted) - fitting(misfit.states, wanted)
        cost += 2 * missing
        least = 1 if repair.insert == (_ARROW,) else _LEAST
        enough = missing == 0 or len(following) - missing >= least
        if enough and cost < _NEVER and (best is None or cost < best[0]):
            best = cost, repair
    return best[1] if best else _skip_ahead(tokens, at, reduced)


def _small(misfit: Misfit) -> Iterator[tuple[int, Repair]]:
    """Changes of a token or two, each with its price."""
    tokens, at, states, height, start = misfit
    found = tokens.kinds[at]
    choices = accepted(states)
    arrow = _written_arrow(tokens, at)
    if arrow:
        yield 0, Repair(height, start, arrow, (_ARROW,))
    for word in _misspelt(tokens, at, choices):
        yield 0, Repair(height, start, 1, (KINDS[word],))
    for kind in choices:
        if kind == _BRACE and {NAME, _ARROW} & set(choices) and TERMINALS[found] != "|":
            continue
        # Two statements in a branch are likelier than the end of the join.
        penalty = _UNLIKELY if kind == _CLOSE and _BAR in choices else 0
        yield penalty + _insertion_cost(tokens, at, kind), Repair(height, start, 0, (kind,))
        if (found, kind) in _CONFUSED:
            yield 0, Repair(height, start, 1, (kind,))
    if NAME in choices and _is_keyword(found) and not begins_line(tokens, at):
        yield 1, Repair(height, start, 1, (NAME,))
    brackets = open_brackets(tokens, at)
    closings = [OPENING[tokens.kinds[index]] for index in reversed(brackets)]
    for count in range(2, len(closings) + 1):
        yield 6 + count, Repair(height, start, 0, tuple(closings[:count]))
    if found != END_OF_FILE:
        yield _deletion_cost(tokens, at, bool(brackets)), Repair(height, start, 1)


def _misspelt(tokens: Tokens, at: int, choices: Sequence[int]) -> Iterator[str]:
    """What the first of two names at the start of a line may have been meant for."""
    if tokens.kinds[at : at + 2] == [NAME, NAME] and begins_line(tokens, at):
        text = tokens.text(at)
        near = nearest(text, _SPELLED) or next(
            (word for word in _SPELLED if sorted(word) == sorted(text)), None
        )
        if near is not None and KINDS[near] in choices:
            yield near


def _is_keyword(kind: int) -> bool:
    return TERMINALS[kind].isalpha() and kind not in (NAME, NUMBER, STRING)


def _written_arrow(tokens: Tokens, at: int) -> int:
    """How many tokens from here look like an arrow of another language."""
    pair = tokens.source.text[tokens.starts[at] : tokens.starts[at] + 3].replace(" ", "")
    return 2 if pair[:2] in ("=>", "|>", "->") and tokens.kinds[at] != _ARROW else 0


def _insertion_cost(tokens: Tokens, at: int, kind: int) -> int:
    found, text = tokens.kinds[at], TERMINALS[kind]
    new_line = begins_line(tokens, at) or found == END_OF_FILE
    if kind in CLOSING:
        return _closing_cost(found, text, new_line)
    if text == ",":
        return 5 if found == _BRACE else 3 if new_line else 2
    if text == "->":
        return 2
    if text == "|":
        return 2 if new_line else 4
    if kind in _GLUE:
        return _GLUE[kind]
    return 5 if kind in (NAME, NUMBER) else _NEVER


def _closing_cost(found: int, text: str, new_line: bool) -> int:
    if found == END_OF_FILE or found in _DEFINITIONS or found in CLOSING:
        return 1
    if text == "}":
        return 5
    return 1 if new_line or found in OPENING or TERMINALS[found] in ("->", "|") else 6


def _deletion_cost(tokens: Tokens, at: int, inside: bool) -> int:
    found = tokens.kinds[at]
    twice = at and tokens.kinds[at - 1] == found and found not in (NAME, NUMBER, STRING)
    if twice and found not in OPENING:
        return 1
    if found in CLOSING and not inside:
        return 1
    return 8 if found in _DEFINITIONS or found in CLOSING or found in OPENING else 4


def _skip_ahead(tokens: Tokens, at: int, states: Sequence[int]) -> Repair | None:
    """The first later token from which the text fits some open construct again."""
    depth = 0
    trials = 0
    for index in range(at, len(tokens.kinds)):
        kind = tokens.kinds[index]
        if kind in CLOSING and depth:
            depth -= 1
            continue
        if _could_begin(tokens, index, depth):
            following = tokens.kinds[index : index + WINDOW]
            trials += 1
            for height in range(len(states), 0, -1):
                if kind not in STATES[states[height - 1]]:
                    continue
                trials += 1
                if fitting(states[:height], following) >= min(_LEAST, len(following)):
                    return Repair(height, at, index - at)
        if trials > _TRIALS:
            return None
        if kind in OPENING:
            depth += 1
    return None


def _could_begin(tokens: Tokens, index: int, depth: int) -> bool:
    kind = tokens.kinds[index]
    if kind == END_OF_FILE or (kind in _DEFINITIONS and begins_line(tokens, index)):
        return True
    if depth:
        return False
    return TERMINALS[kind] in ("}", "|") or begins_line(tokens, index)
