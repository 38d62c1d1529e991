"""The settings of a section by their key, and the values of the plain ones."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from archspec import syntax
from archspec.diagnostics import Label
from archspec.diagnostics.suggest import did_you_mean
from archspec.elaborate.argument_value import Written, argument_value
from archspec.elaborate.frame import Frame
from archspec.elaborate.recipe.sections import name_place
from archspec.elaborate.recipe.values import stored
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ops.attribute import REQUIRED
from archspec.recipes.recipe import Choice
from archspec.recipes.settings import SETTINGS
from archspec.source import Span

Settings = dict[str, syntax.Setting]
"""The settings as written, by key."""

Parts = dict[str, tuple[Choice, ...]]
"""The parts that each setting names; a setting that is wrong is absent."""

KNOWN = {one.name: one for one in SETTINGS}


def key_place(setting: syntax.Setting) -> Span:
    """The place of the key."""
    span = setting.span
    return Span(span.source, span.start, min(span.end, span.start + len(setting.key)))


def read_settings(train: syntax.Train, frame: Frame) -> Settings:
    """The settings by key, without those that are unknown or repeated, which are reported."""
    found: Settings = {}
    for one in train.settings:
        place = key_place(one)
        if one.key not in KNOWN:
            refuse(
                frame,
                "unknown-setting",
                place,
                f"training has no setting `{one.key}`",
                label="not known",
                help=did_you_mean(one.key, KNOWN),
            )
        elif one.key in found:
            refuse(
                frame,
                "repeated-argument",
                place,
                f"`{one.key}` is given twice",
                label="given again",
                labels=[Label(key_place(found[one.key]), "given here first")],
                help="a setting that takes several parts takes them as a list"
                if KNOWN[one.key].many
                else "remove one of them",
            )
        else:
            found[one.key] = one
    _check_missing(train, found, frame)
    return found


def _check_missing(train: syntax.Train, found: Settings, frame: Frame) -> None:
    written = {one.key for one in train.settings}
    missing = [one for one in SETTINGS if one.required and one.name not in written]
    if missing and not _misspelt(missing[0].name, written):
        listed = [f"`{one.name}`" for one in missing]
        text = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
        refuse(
            frame,
            "missing-setting",
            name_place(train),
            f"training `{train.network}` needs {text}",
            help=f"`{missing[0].name}`: {missing[0].doc}",
        )
    elif missing:
        frame.run.failed = True


def _misspelt(name: str, written: set[str]) -> bool:
    """Whether an unknown setting seems to be this one, which has been told then."""
    from archspec.diagnostics.suggest import nearest

    return any(one not in KNOWN and nearest(one, KNOWN) == name for one in written)


def read_values(written: Settings, frame: Frame) -> dict[str, Any]:
    """The plain settings with their values, the defaults where nothing is written.

    What is wrong or missing has no value.
    """
    found: dict[str, Any] = {}
    for one in SETTINGS:
        attribute = one.value
        if attribute is None:
            continue
        setting = written.get(one.name)
        if setting is None:
            if attribute.default is not REQUIRED:
                found[one.name] = attribute.default
            continue
        with suppress(Refused):
            argument = syntax.Argument(one.name, setting.value, setting.value.span)
            value = argument_value(Written(attribute, argument, 0), (frame,))
            found[one.name] = stored(attribute, value, argument, frame)
    return found
