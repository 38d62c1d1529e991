"""Almost-valid networks: all must be refused, at the right line, and for a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from archspec.testing.compiled import findings
from archspec.testing.mistakes import Mistake, drawn_mistake
from archspec.testing.mistakes.reference import refuses


@dataclass
class Refusals:
    """`alarms` counts calls that NumPy computes as well as any, though they were refused."""

    mistakes: int = 0
    accepted: int = 0
    elsewhere: int = 0
    asked: int = 0
    alarms: int = 0
    kinds: Counter[str] = field(default_factory=Counter)


def wrong_with(mistake: Mistake) -> str:
    """`accepted`, `elsewhere` (told of another line or code), `alarm`, or nothing."""
    found = findings(mistake.text)
    if not found:
        return "accepted"
    if not any(one.code in mistake.codes and one.span.line in mistake.lines for one in found):
        return "elsewhere"
    if mistake.asked is not None and refuses(mistake.asked) is False:
        return "alarm"
    return ""


def refusals(seed: int, numbers: Iterable[int], say: Callable[[str], None]) -> Refusals:
    """Plant mistakes and look whether each is found where it stands."""
    tally = Refusals()
    for number in numbers:
        mistake = drawn_mistake(Random(f"{seed}/{number}").randrange)
        tally.mistakes += 1
        tally.kinds[mistake.what] += 1
        tally.asked += mistake.asked is not None
        found = wrong_with(mistake)
        if found:
            tally.accepted += found == "accepted"
            tally.elsewhere += found == "elsewhere"
            tally.alarms += found == "alarm"
            told = [f"line {one.span.line}: {one.code}" for one in findings(mistake.text)]
            say(f"mistake {number} of seed {seed}: {found}; {told}{mistake!r}")
        if tally.mistakes % 500 == 0:
            say(f"{tally.mistakes} mistakes")
    return tally
