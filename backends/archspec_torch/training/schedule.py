"""The learning rate of a step as a function of generated code."""

from __future__ import annotations

from dataclasses import dataclass

from archspec.lowering.python import number
from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Schedule

NAMES = frozenset(
    {
        "constant",
        "cosine",
        "exponential",
        "piecewise",
        "polynomial",
        "reduce_on_plateau",
        "step",
        "warmup",
    }
)
BASE = "LEARNING_RATE"
EPOCH = "epoch"
TIME = "t"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression for the rate; `needs` are those of `epoch` and `t` that it is made of."""

    text: str
    needs: frozenset[str] = frozenset()


def record(choice: Choice) -> Schedule:
    """The record of a schedule."""
    assert isinstance(choice.record, Schedule)
    return choice.record


def follows(recipe: Recipe) -> Choice:
    """The schedule itself, behind a warm-up where there is one."""
    schedule = recipe.schedule
    return schedule.then or schedule if record(schedule).leads else schedule


def base(recipe: Recipe) -> float:
    """The rate that the schedule starts from."""
    stated = follows(recipe)
    start = record(stated).start
    found: float = (
        recipe.optimizer.attributes.learning_rate if start is None else start(stated.attributes)
    )
    return found


def changes(recipe: Recipe) -> bool:
    """Whether the rate is ever another than at the start."""
    return recipe.schedule.name != "constant"


def plateau(recipe: Recipe) -> Choice | None:
    """The schedule that looks at results, if it is one."""
    found = follows(recipe)
    return found if record(found).react is not None else None


def warm_up(recipe: Recipe) -> int:
    """How many epochs the warm-up takes, 0 without one."""
    return int(recipe.schedule.attributes.epochs) if record(recipe.schedule).leads else 0


def formula(recipe: Recipe) -> list[str] | None:
    """The lines of the body of `learning_rate(step, steps_per_epoch)`; None where it is constant.

    What a plateau does to the rate is not part of it, its warm-up is.
    """
    if plateau(recipe) is not None and not warm_up(recipe):
        return None
    if not changes(recipe):
        return None
    first = recipe.schedule
    if not record(first).leads:
        found = _formula(first, recipe, TIME)
        return [*_variables(found.needs, 0), f"return {found.text}"]
    length, start = warm_up(recipe), first.attributes.start
    rise = f"{TIME} / {length}"
    if start:
        rise = f"({number(start)} + {number(1 - start)} * {rise})"
    found = _formula(follows(recipe), recipe, f"({TIME} - {length})")
    return [
        f"{TIME} = step / steps_per_epoch",
        f"if {TIME} < {length}:",
        f"    return {BASE} * {rise}",
        *_variables(found.needs - {TIME}, length),
        f"return {found.text}",
    ]


def _variables(needs: frozenset[str], after: int) -> list[str]:
    lines = []
    if TIME in needs:
        lines.append(f"{TIME} = step / steps_per_epoch")
    if EPOCH in needs:
        behind = f" - {after}" if after else ""
        lines.append(f"{EPOCH} = step // steps_per_epoch{behind}")
    return lines


def _formula(choice: Choice, recipe: Recipe, time: str) -> Formula:
    """The closed form of a schedule that starts at `time` 0."""
    given, rate = choice.attributes, BASE
    match choice.name:
        case "piecewise":
            return Formula(_table(given.epochs, given.values), frozenset({EPOCH}))
        case "step":
            rounds = f"{EPOCH} // {given.epochs}" if given.epochs > 1 else EPOCH
            power = f"({rounds})" if given.epochs > 1 else rounds
            return Formula(f"{rate} * {_power(given.factor, power)}", frozenset({EPOCH}))
        case "exponential":
            power = time if given.epochs == 1 else f"({time} / {number(given.epochs)})"
            return Formula(f"{rate} * {_power(given.factor, power)}", frozenset({TIME}))
        case "polynomial" | "cosine":
            length = _length(choice, recipe)
            done = f"min({time} / {number(length)}, 1)" if length != 1 else f"min({time}, 1)"
            part = f"0.5 * (1 + math.cos(math.pi * {done}))"
            if choice.name == "polynomial":
                power = "" if given.power == 1 else f" ** {_short(given.power)}"
                part = f"(1 - {done}){power}"
            if given.end == 0:
                return Formula(f"{rate} * {part}", frozenset({TIME}))
            end = number(given.end)
            return Formula(f"{end} + ({rate} - {end}) * {part}", frozenset({TIME}))
    return Formula(rate)


def _power(factor: float, power: str) -> str:
    """Formatters leave out the spaces between a number and a name."""
    space = "" if power.isidentifier() else " "
    return f"{number(factor)}{space}**{space}{power}"


def _short(value: float) -> str:
    return number(int(value) if value == int(value) else value)


def _length(choice: Choice, recipe: Recipe) -> float:
    """Epochs that a schedule takes: all behind the warm-up where it does not say."""
    given: float | None = choice.attributes.epochs
    found = recipe.epochs - warm_up(recipe) if given is None else given
    return int(found) if found == int(found) else found


def _table(epochs: tuple[int, ...], values: tuple[float, ...]) -> str:
    rates = ", ".join(map(number, values))
    if len(epochs) == 1:
        return f"{number(values[0])} if {EPOCH} < {epochs[0]} else {number(values[1])}"
    starts = ", ".join(map(str, epochs))
    return f"({rates})[bisect.bisect(({starts}), {EPOCH})]"
