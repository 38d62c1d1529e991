"""Writes one definition as a function."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.lowering.plan import Definition
from archspec_keras.writer.arguments import signature_names
from archspec_keras.writer.body import write_body
from archspec_keras.writer.bound_names import bound_names
from archspec_keras.writer.context import Context
from archspec_keras.writer.counters import shorten_counters
from archspec_keras.writer.elements import for_training, write
from archspec_keras.writer.frame import Frame, Place
from archspec_keras.writer.lines import (
    Line,
    mentions,
    with_conditionals,
    with_return,
    without_unused,
)
from archspec_keras.writer.liveness import conditional, kept, read
from archspec_keras.writer.signature import described, head, input_shape
from archspec_keras.writer.starts import with_starts
from archspec_keras.writer.training import with_one_training_block

WIDTH = 100


def function(context: Context, definition: Definition) -> list[Line]:
    """The lines of a block's function."""
    first = set(definition.inputs[:1]) & kept(definition)
    reads = bool(first) or _written(context, definition, "x").reads_input
    frame = _written(context, definition, "inputs" if reads else "x")
    _drop_parameters(frame)
    taken = [_inputs(frame)[number] for number in context.inputs[definition]]
    return [Line(0, head(frame, taken)), *described(definition), *frame.lines]


def network(context: Context, definition: Definition) -> list[Line]:
    """The lines of the function that makes the model."""
    frame = _frame(context, definition)
    frame.is_root = True
    for variable in definition.inputs:
        assert variable.label is not None
        text = frame.names.python(variable.label)
        frame.bind(variable, text, owned=True)
        shape = input_shape(frame, variable)
        frame.emit(f'{text} = keras.Input({shape}, name="{variable.label}")')
    frame.anchor = frame.texts[definition.inputs[0]]
    _gather_heads(frame)
    results = _body(frame)
    _return_model(frame, results)
    frame.lines = with_one_training_block(frame.lines)
    _tidy(frame)
    _drop_parameters(frame)
    return [Line(0, head(frame, [])), *described(definition), *frame.lines]


def _frame(context: Context, definition: Definition) -> Frame:
    names = signature_names(definition, context.names)
    names.declare(bound_names(definition))
    shorten_counters(definition, names)
    later = kept(definition) | context.order.awaited()
    return Frame(context, definition, names, write, used=read(definition), kept=later)


def _written(context: Context, definition: Definition, first: str) -> Frame:
    frame = _frame(context, definition)
    for number, variable in enumerate(definition.inputs):
        text = first if number == 0 else frame.names.fresh(f"{first}_{number + 1}")
        if variable.label is not None:
            text = frame.names.python(variable.label)
        frame.bind(variable, text, owned=number > 0 or text != "x")
    frame.anchor = frame.texts[definition.inputs[0]]
    results = _body(frame)
    _tidy(frame)
    if len(results) == 1:
        with_return(frame.lines, results[0])
    else:
        frame.emit(f"return {', '.join(results)}")
    return frame


def _tidy(frame: Frame) -> None:
    with_starts(frame.lines, frame.context.starts)
    frame.lines = with_conditionals(without_unused(frame.lines), WIDTH)


def _drop_parameters(frame: Frame) -> None:
    """Values that nothing reads are not taken, nor parameters that stand there as constants."""
    frame.context.inputs[frame.definition] = [
        number
        for number, one in enumerate(frame.definition.inputs)
        if one in frame.used
        or (number == 0 and frame.reads_input)
        or (one.label is not None and mentions(frame.lines, frame.texts[one]))
    ]
    frame.context.dropped[frame.definition] = {
        one.name
        for one in frame.definition.parameters
        if not mentions(frame.lines, frame.names.python(one.name))
    }


def _body(frame: Frame) -> list[str]:
    body = frame.definition.body
    return write_body(frame, body, _inputs(frame), Place(_prefix(frame), "x"))


def _prefix(frame: Frame) -> str:
    return "" if frame.is_root else "{name}"


def _inputs(frame: Frame) -> list[str]:
    return [frame.texts[one] for one in frame.definition.inputs]


def _gather_heads(frame: Frame) -> None:
    """Training outputs that exist under a condition only are gathered as they are made."""
    definition = frame.definition
    heads = [one.variable for one in definition.training_results]
    if set(heads) & conditional(definition):
        names = frame.context.plan.graph.training_output_names
        frame.heads = dict(zip(heads, names, strict=True))
        frame.emit("heads: dict[str, KerasTensor] = {}")


def _return_model(frame: Frame, results: list[str]) -> None:
    definition = frame.definition
    inputs = _inputs(frame)
    taken = inputs[0] if len(inputs) == 1 else f"[{', '.join(inputs)}]"
    graph = frame.context.plan.graph
    pairs = _pairs(graph.output_names, results)
    if definition.training_results:
        texts = [frame.read(one) for one in definition.training_results]
        more = ["**heads"] if frame.heads else _pairs(graph.training_output_names, texts)
        for_training(frame)
        with frame.indented():
            everything = f"{{{', '.join([*pairs, *more])}}}"
            frame.emit(f'return keras.Model({taken}, {everything}, name="{definition.name}")')
    plain = results[0] if len(results) == 1 else f"{{{', '.join(pairs)}}}"
    frame.emit(f'return keras.Model({taken}, {plain}, name="{definition.name}")')


def _pairs(names: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [f'"{name}": {text}' for name, text in zip(names, texts, strict=True)]
