"""The learning rate: schedules against the epochs, and against the optimizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from archspec.diagnostics import Label
from archspec.elaborate.frame import Frame
from archspec.elaborate.recipe.settings import Parts
from archspec.elaborate.run import refuse
from archspec.recipes.recipe import Choice
from archspec.recipes.record import Schedule

RATE = "learning_rate"


def starting(schedule: tuple[Choice, ...] | None) -> Mapping[str, Any]:
    """The optimizer's rate, where it follows from the schedule."""
    if schedule is None:
        # What the schedule would have said is not known, so a missing rate is no mistake yet.
        return {RATE: 1.0}
    stated = _stated(schedule)
    return {} if stated is None else {RATE: stated[0]}


def _stated(schedule: tuple[Choice, ...]) -> tuple[float, Choice] | None:
    """The rate that the schedule begins with where it states rates, and the part that does."""
    for choice in schedule:
        while choice.then is not None:
            choice = choice.then
        record = choice.record
        if isinstance(record, Schedule) and record.start is not None:
            return record.start(choice.attributes), choice
    return None


def resolve_schedule(choice: Choice, epochs: int, frame: Frame) -> Choice:
    """The schedule with its length, where that is what is left of `epochs`; reports what is not."""
    record, left = choice.record, epochs
    assert isinstance(record, Schedule)
    if record.length is not None and choice.attributes[record.length] is None:
        return choice.having(**{record.length: float(left)})
    if record.bounds is not None:
        _check_bounds(choice, record.bounds, left, record.length is not None, frame)
    if choice.then is None:
        return choice
    left = max(left - choice.attributes.epochs, 1)
    return replace(choice, then=resolve_schedule(choice.then, left, frame))


def _check_bounds(choice: Choice, name: str, left: int, inclusive: bool, frame: Frame) -> None:
    value = choice.attributes[name]
    latest = max(value, default=0) if isinstance(value, tuple) else value
    if latest < left or (inclusive and latest == left):
        return
    if isinstance(value, tuple):
        message = f"epoch {latest} never begins: epochs 0 to {left - 1} are all there are"
        help = "epochs are counted from 0, after a warm-up from its end"
    else:
        rest = f"{left} are left" if latest > left else "nothing comes after them"
        message = f"`{choice.name}` takes {latest:g} epochs, and {rest}"
        help = "train for more epochs, or make the schedule shorter"
    refuse(frame, "schedule-mismatch", choice.place(name), message, help=help)


def check_rate(parts: Parts, frame: Frame) -> None:
    """Report a rate of the optimizer that is not the one with which the schedule begins."""
    stated = _stated(parts.get("schedule", ()))
    for optimizer in parts.get("optimizer", ()):
        if stated is None or RATE not in optimizer.places:
            continue
        first, schedule = stated
        given = optimizer.attributes.learning_rate
        if given != first:
            refuse(
                frame,
                "conflicting-arguments",
                optimizer.place(RATE),
                f"`{optimizer.name}` begins with a rate of {given:g}, the schedule with {first:g}",
                labels=[Label(schedule.place("values"), f"begins with {first:g}")],
                help=f"leave out `{RATE}`: `{schedule.name}` states all rates",
            )
