"""Layers with settings that are passed as arguments, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator

from archspec.lowering.plan import Apply, CallDefinition, LayerArgument, Plan
from archspec.lowering.python import python
from archspec_keras.lowerings import LOWERINGS
from archspec_keras.site import Layer, Site
from archspec_keras.writer.liveness import all_bodies
from archspec_keras.writer.names import Names


def factories(plan: Plan, module: Names) -> dict[str, str]:
    """The names of the module for factories that are the same everywhere, by their code."""
    found: dict[str, str] = {}
    for element in _passed(plan):
        site = Site(plan, element, python)
        if not all(site.constant(name) for name in element.attributes):
            continue
        code = factory(site)
        if code.startswith("partial(") and code not in found:
            found[code] = module.fresh(element.op.name)
    return found


def factory(site: Site) -> str:
    """A callable that makes the layer, given its name."""
    steps = LOWERINGS[site.element.op.name].steps(site)
    if not steps:
        return "layers.Identity"
    (step,) = steps
    assert isinstance(step, Layer)
    return f"partial({step.call}, {', '.join(step.arguments)})" if step.arguments else step.call


def _passed(plan: Plan) -> Iterator[Apply]:
    for argument in _arguments(plan):
        for element in argument.body.elements:
            if isinstance(element, Apply):
                yield element


def _arguments(plan: Plan) -> Iterator[LayerArgument]:
    for definition in plan.definitions:
        given = [one.default for one in definition.parameters]
        for body in all_bodies(definition):
            for element in body.elements:
                if isinstance(element, CallDefinition):
                    given += element.arguments.values()
        for one in given:
            if isinstance(one, LayerArgument):
                yield one
