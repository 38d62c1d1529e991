"""Layers with settings that are passed as arguments, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.contents import all_bodies
from archspec.lowering.plan import (
    Apply,
    CallParameter,
    Definition,
    Disagreement,
    LayerArgument,
    Plan,
)
from archspec.lowering.python import python
from archspec_keras.lowerings import LOWERINGS
from archspec_keras.site import Layer, Site
from archspec_keras.writer.names import Names


def factories(plan: Plan, module: Names) -> dict[str, str]:
    """The names of the module for factories that are the same everywhere, by their code."""
    found: dict[str, str] = {}
    for element, axes in _passed(plan):
        site = Site(plan, element, python, axes)
        if not all(site.constant(name) for name in element.attributes):
            continue
        code = factory(site)
        if code.startswith(("partial(", "lambda ")) and code not in found:
            found[code] = module.fresh(element.op.name)
    return found


def factory(site: Site) -> str:
    """A callable that makes the layer, given its name.

    `Disagreement` where it takes more than layers, which can stand at the place of use only.
    """
    steps = layers_of(site)
    if steps is None:
        raise Disagreement(site.element, lambda _: None, "a layer that is made in advance")
    if not steps:
        return "layers.Identity"
    if len(steps) == 1:
        (step,) = steps
        inside = ", ".join(step.arguments)
        return f"partial({step.call}, {inside})" if inside else step.call
    calls = [f"{one.call}({', '.join(one.arguments)})" for one in steps]
    return f"lambda name: keras.Sequential([{', '.join(calls)}], name=name)"


def layers_of(site: Site) -> list[Layer] | None:
    """The layers that make the op, None if it takes anything else or needs to see its input."""
    steps = LOWERINGS[site.element.op.name].steps(site)
    found = [one for one in steps if isinstance(one, Layer) and _unbound(one)]
    return found if len(found) == len(steps) else None


def _unbound(step: Layer) -> bool:
    return step.when is None and not any("{x}" in one for one in step.arguments)


def declared(found: dict[str, str]) -> tuple[list[str], list[str]]:
    """The statements that give factories their names: assignments, and functions."""
    assigned = [f"{name} = {code}" for code, name in found.items() if code.startswith("partial(")]
    functions = [
        f"def {name}(name: str) -> keras.Sequential:\n    return {code.partition(': ')[2]}"
        for code, name in found.items()
        if code.startswith("lambda ")
    ]
    return assigned, functions


def axes_of(definition: Definition, parameter: str) -> int:
    """The number of spatial axes of what a layer parameter is applied to; 2 if to nothing."""
    for body in all_bodies(definition):
        for element in body.elements:
            if isinstance(element, CallParameter) and element.parameter == parameter:
                return len(element.inputs[0].shapes[0]) - 1
    return 2


def _passed(plan: Plan) -> Iterator[tuple[Apply, int]]:
    for argument, axes in _arguments(plan):
        for element in argument.body.elements:
            if isinstance(element, Apply):
                yield element, axes


def _arguments(plan: Plan) -> Iterator[tuple[LayerArgument, int]]:
    for definition in plan.definitions:
        for parameter in definition.parameters:
            if isinstance(parameter.default, LayerArgument):
                yield parameter.default, axes_of(definition, parameter.name)
        for body in all_bodies(definition):
            for element in body.elements:
                for one in getattr(element, "arguments", {}).values():
                    if isinstance(one, LayerArgument):
                        yield one, 2
