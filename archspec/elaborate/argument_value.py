"""argument_value: what the text gives for an attribute of an op."""

from __future__ import annotations

from typing import Any

from archspec import syntax
from archspec.elaborate.evaluate_layer import chosen
from archspec.elaborate.frame import MISSING, Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.types import PADDINGS, with_words
from archspec.elaborate.values import UNKNOWN, Refused
from archspec.ops.attribute import Attribute
from archspec.ops.initializer import KNOWN, Initializer, OutOfRange
from archspec.source import Span


class Written:
    """One attribute that the text gives: the argument, and the place to evaluate it in.

    `words` are those that stand for themselves there.
    """

    __slots__ = ("argument", "attribute", "source", "words")

    def __init__(self, attribute: Attribute, argument: syntax.Argument, source: int) -> None:
        self.attribute = attribute
        self.argument = argument
        self.source = source
        self.words = words_of(attribute)


def words_of(attribute: Attribute) -> tuple[str, ...]:
    """The words that stand for themselves where the attribute is given."""
    if attribute.kind == "padding":
        return PADDINGS
    if attribute.kind == "initializer":
        return tuple(KNOWN)
    return attribute.choices


def argument_value(written: Written, frames: tuple[Frame, ...]) -> Any:
    """The value of an argument, as it is written."""
    attribute, expression = written.attribute, written.argument.value
    frame = frames[written.source]
    if expression.__class__ is syntax.Name:
        # Most arguments hand on a parameter; this is the way through `evaluate`, made short.
        found = frame.bindings.get(expression.name, UNKNOWN)
        if found is not UNKNOWN and expression.name not in written.words:
            return found
    if attribute.kind == "initializer":
        expression = chosen(expression, frame)
        if isinstance(expression, syntax.Call):
            return _initializer(expression, frame)
    words = written.words
    if not words:
        found = frame.run.evaluate(expression, frame)
        if found.__class__ is tuple:
            frame.run.count(len(found), frame, expression)
        return found
    if isinstance(expression, syntax.Name) and expression.name not in words:
        name = expression.name
        if frame.lookup(name) is MISSING and frame.module.find(name) is None:
            raise _unknown_word(attribute, expression, frame)
    return with_words(expression, words, frame)


def _unknown_word(attribute: Attribute, expression: syntax.Name, frame: Frame) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    return refuse(
        frame,
        "unknown-name",
        expression.span,
        f"`{expression.name}` is no value for `{attribute.name}`",
        help=did_you_mean(expression.name, words_of(attribute)),
    )


def _initializer(expression: syntax.Call, frame: Frame) -> Initializer:
    name, span = expression.function, expression.span
    if name not in KNOWN:
        from archspec.diagnostics.suggest import did_you_mean

        place = Span(span.source, span.start, span.start + len(name))
        message = f"no initialiser is called `{name}`"
        raise refuse(frame, "unknown-name", place, message, help=did_you_mean(name, KNOWN))
    given: dict[str, Any] = {}
    for argument in expression.arguments:
        if argument.name is None:
            known = ", ".join(f"{one}=…" for one in KNOWN[name])
            wanted = f"needs the names of its arguments: `{name}({known})`"
            message = f"`{name}` {wanted if known else 'takes no arguments'}"
            raise refuse(frame, "unknown-argument", argument.span, message)
        if argument.name in given:
            message = f"`{argument.name}` is given twice"
            raise refuse(frame, "repeated-argument", argument.span, message)
        given[argument.name] = frame.run.evaluate(argument.value, frame)
    try:
        return Initializer.make(name, given)
    except ValueError as problem:
        code = "out-of-range" if isinstance(problem, OutOfRange) else "wrong-type"
        raise refuse(frame, code, span, str(problem)) from None
