"""resolve_losses: which output each loss is about, and whether the output fits it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from archspec.diagnostics import Label
from archspec.diagnostics.suggest import did_you_mean
from archspec.dimensions import show
from archspec.elaborate.frame import Frame
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.ir import Graph, Value
from archspec.recipes.recipe import Choice
from archspec.recipes.record import Loss
from archspec.recipes.registry import find, names

KIND = "losses"


def outputs_of(graph: Graph) -> dict[str, Value]:
    """All outputs by name, those of training only at the end."""
    named = zip(graph.output_names, graph.outputs, strict=True)
    training = zip(graph.training_output_names, graph.training_outputs, strict=True)
    return dict([*named, *training])


def resolve_losses(losses: tuple[Choice, ...], graph: Graph, frame: Frame) -> tuple[Choice, ...]:
    """The losses with their outputs, in the order of the outputs."""
    outputs = outputs_of(graph)
    found: dict[str, Choice] = {}
    for loss in _with_outputs(losses, outputs, frame):
        output = loss.attributes.output
        if output in found:
            refuse(
                frame,
                "conflicting-arguments",
                loss.span,
                f"output `{output}` has two losses",
                labels=[Label(found[output].span, "the first")],
                help="each output has one loss",
            )
        found.setdefault(output, loss)
        with suppress(Refused):
            _check_ending(loss, output, outputs[output], frame)
    missing = [f"`{one}`" for one in outputs if one not in found]
    if missing and len(found) == len(losses):
        refuse(
            frame,
            "loss-mismatch",
            losses[-1].span,
            f"output{'s' if len(missing) > 1 else ''} {' and '.join(missing)} would have no loss",
            help="give each output a loss: `loss: [first(output=…), second(output=…)]`",
        )
    if frame.run.failed:
        raise Refused
    return tuple(found[one] for one in outputs)


def _with_outputs(
    losses: Sequence[Choice], outputs: dict[str, Value], frame: Frame
) -> list[Choice]:
    """The losses whose output is clear; one that names none takes the only one left."""
    left = [one for one in outputs if one not in {loss.attributes.output for loss in losses}]
    found = []
    for loss in losses:
        named = loss.attributes.output
        if named is None and len(left) == 1:
            found.append(loss.having(output=left[0]))
        elif named is None:
            listed = ", ".join(f"`{one}`" for one in outputs)
            message = f"the outputs are {listed}, and `{loss.name}` does not say which it is about"
            help = f"write `{loss.name}(output={next(iter(outputs))})`"
            refuse(frame, "missing-argument", loss.span, message, help=help)
        elif named not in outputs:
            message, help = f"the network has no output `{named}`", did_you_mean(named, outputs)
            refuse(frame, "unknown-name", loss.place("output"), message, help=help)
        else:
            found.append(loss)
    return found


def _check_ending(loss: Choice, output: str, value: Value, frame: Frame) -> None:
    """Report a loss that needs another ending or shape than the output has."""
    record = loss.record
    assert isinstance(record, Loss)
    ending = value.node.op.name if value.node is not None else "input"
    facts = [Label(value.span, f"`{output}` is {show(value.shape)}, from `{ending}`")]

    def wrong(message: str, help: str) -> Refused:
        return refuse(frame, "loss-mismatch", loss.span, message, labels=facts, help=help)

    if record.signed and value.non_negative:
        message = f"`{loss.name}` needs outputs that can be negative, and `{output}` is never"
        raise wrong(message, "end the network in `dense` or `tanh`")
    if record.ending is None:
        return
    if loss.attributes.logits and ending == record.ending:
        message = f"`logits=true` says that `{output}` is a logit, and it ends in `{ending}`"
        raise wrong(message, f"leave out `logits`: training takes the `{ending}` away by itself")
    if not loss.attributes.logits and ending != record.ending:
        message = f"`{loss.name}` needs an output that ends in `{record.ending}`, and"
        raise wrong(f"{message} `{output}` ends in `{ending}`", _help(loss, ending))
    if record.targets in ("classes", "labels") and value.shape[-1] < 2:
        message = f"`{loss.name}` chooses between classes, and `{output}` has only one"
        raise wrong(message, "a yes-or-no answer ends in `sigmoid`, and has a loss for that")


def _help(loss: Choice, ending: str) -> str:
    """The losses that fit the ending, or how to say that the output is a logit."""
    fitting = []
    for name in names(KIND):
        record = find(KIND, name)
        if isinstance(record, Loss) and record.ending == ending:
            fitting.append(f"`{name}`")
    if fitting:
        return f"losses for a `{ending}`: {', '.join(fitting)}"
    assert isinstance(loss.record, Loss)
    return f"end the network in `{loss.record.ending}`; a network that gives logits: `logits=true`"
