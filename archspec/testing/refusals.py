"""Almost-valid networks: all must be refused, at the right line, and for a reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from archspec.testing.compiled import findings
from archspec.testing.mistakes import Mistake, drawn_mistake
from archspec.testing.mistakes.frameworks import Frameworks
from archspec.testing.mistakes.reference import refuses

Say = Callable[[str], None]


@dataclass
class Refusals:
    """`wrong["alarm"]` counts what was refused although NumPy, or all frameworks alike, compute it.

    `strict` counts what is refused on purpose although they do, by the reason that the op gives.
    `asked` and `run` are those that NumPy and the frameworks were asked about. `failures` counts
    errors of ours in what should refuse.
    """

    mistakes: int = 0
    asked: int = 0
    run: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    strict: Counter[str] = field(default_factory=Counter)


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


def refusals(
    seed: int, numbers: Iterable[int], say: Say, frameworks: Frameworks | None = None
) -> Refusals:
    """Plant mistakes and look whether each is found where it stands, and rightly so."""
    tally = Refusals()
    for number in numbers:
        mistake = drawn_mistake(Random(f"{seed}/{number}").randrange)
        tally.mistakes += 1
        tally.kinds[mistake.what] += 1
        tally.asked += mistake.asked is not None and mistake.asked.op.reference is not None
        try:
            found = wrong_with(mistake)
        except Exception as error:
            found = "failure"
            say(f"{type(error).__name__}: {error}")
        said = frameworks.ask(mistake) if frameworks is not None and not found else ""
        tally.run += bool(said)
        if said == "computed" and mistake.strict:
            tally.strict[mistake.strict] += 1
        elif said == "computed":
            found = "alarm"
        if found:
            tally.wrong[found] += 1
            _tell(f"mistake {number} of seed {seed}: {found}", mistake, say)
        if tally.mistakes % 500 == 0:
            say(f"{tally.mistakes} mistakes")
    return tally


def _tell(what: str, mistake: Mistake, say: Say) -> None:
    told = [f"line {one.span.line}: {one.code}" for one in findings(mistake.text)]
    say(f"{what}; {told}{mistake!r}")
