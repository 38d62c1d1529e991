"""What a class returns, and what it returns besides while training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archspec.lowering.plan import Choice, Definition, Element, Reference
from archspec_torch.writing.lines import Lines
from archspec_torch.writing.place import Place
from archspec_torch.writing.values import is_name

if TYPE_CHECKING:
    from archspec_torch.writing.forward import Forward


def write_results(forward: Forward, definition: Definition, place: Place) -> None:
    """The `return` statements."""
    results = definition.body.results
    texts = [forward.expanded(one, forward.read(one)) for one in results]
    if definition.training_results:
        texts = _kept(forward, results, texts, place)
        _training(forward, definition, texts, place)
    comment = ""
    if len(results) == 1:
        comment = forward.shape(results[0].variable, place)
    place.forward.add(f"return {_together(texts)}{comment}")


def _together(texts: Sequence[str]) -> str:
    return ", ".join(texts)


def _kept(
    forward: Forward, results: Sequence[Reference], texts: Sequence[str], place: Place
) -> list[str]:
    found: list[str] = []
    for number, (reference, text) in enumerate(zip(results, texts, strict=True)):
        others = [*found, *texts[number + 1 :]]
        kept = text if is_name(text) else forward.assign(reference.variable, text, place, others)
        forward.values.hold(reference.variable)
        found.append(kept)
    return found


def _training(forward: Forward, definition: Definition, texts: Sequence[str], place: Place) -> None:
    only = [one for one in definition.body.elements if one.training_only]
    lines, forward.training = Lines(), True
    condition = "self.training"
    if len(only) == 1 and isinstance(only[0], Choice) and _optional(only[0]):
        known, flag = forward.writer.flag(place, only[0], only[0].condition, "auxiliary")
        condition = f"self.training and {flag}"
        elements: Sequence[Element] = only[0].then.elements
        forward.enter(only[0].inputs, only[0].then)
        with place.init.indented(f"if {known}:"):
            _elements(forward, elements, replace(place, forward=lines))
    else:
        _elements(forward, only, replace(place, forward=lines))
    more = [forward.read(one) for one in definition.training_results]
    with place.forward.indented(f"if {condition}:"):
        place.forward.extend(lines)
        place.forward.add(f"return {_together([*texts, *more])}")


def _optional(choice: Choice) -> bool:
    return not choice.otherwise.elements


def _elements(forward: Forward, elements: Sequence[Element], place: Place) -> None:
    for element in elements:
        forward.element(element, place)
