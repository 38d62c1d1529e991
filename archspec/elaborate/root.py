"""root_network: elaborate the network that is asked for."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from archspec import syntax
from archspec.elaborate.default_values import check_defaults
from archspec.elaborate.frame import Frame
from archspec.elaborate.literal import literal
from archspec.elaborate.module import Module, module_of
from archspec.elaborate.outputs import result_name
from archspec.elaborate.presets import Presets, base_of
from archspec.elaborate.run import Run, refuse
from archspec.elaborate.segments import name_sites
from archspec.elaborate.types import convert
from archspec.elaborate.unused import check_unused
from archspec.elaborate.values import ABSENT, UNKNOWN, Refused, Values
from archspec.ir import Graph, Value


def root_network(run: Run, name: str, overrides: dict[str, Any]) -> Graph | None:
    """The graph, or None after errors."""
    module = module_of(run, run.program.main)
    definition = module.own.get(name)
    if not isinstance(definition, syntax.Network | syntax.Variant):
        raise _unknown(name, module)
    run.name = name
    check_defaults(module)
    network, home, presets = base_of(definition, module)
    root = Frame("network", network, None, None, home, run)
    root.definition = network
    graph = run.graph = Graph(name, network, {}, root, doc=definition.doc or network.doc)
    name_sites(network.body, run)
    _bind(root, network, presets, overrides, module, definition)
    graph.arguments = {one.name: root.bindings[one.name] for one in network.parameters}
    last = run.body(root, network.body, ())
    if not root.incoming:
        message = f"network `{network.name}` has no input"
        raise refuse(root, "no-input", network.name_span, message)
    unknown = [one for one in run.sizes if not isinstance(root.bindings.get(one), Value)]
    if unknown:
        message = f"network `{name}` has no input `{unknown[0]}`"
        raise refuse(root, "unknown-name", network.name_span, message)
    _results(graph, root, last)
    if not run.failed:
        check_unused(graph, root)
    return None if run.failed else graph


def _bind(
    root: Frame,
    network: syntax.Network,
    presets: Presets,
    overrides: dict[str, Any],
    main: Module,
    definition: syntax.Network | syntax.Variant,
) -> None:
    """Bind the parameters: values from outside win over those of variants, these over defaults."""
    known = [parameter.name for parameter in network.parameters]
    for name in overrides:
        if name not in known:
            raise _unknown_parameter(root, name, known, definition)
    given: dict[str, tuple[syntax.Expression, Frame]] = {
        one.name: (one.default, root) for one in network.parameters if one.default is not None
    }
    given |= {name: (one.value, where.frame) for name, (one, where) in presets.items()}
    given |= {name: (literal(value), main.frame) for name, value in overrides.items()}
    missing = [name for name in known if name not in given]
    if missing:
        raise _template(root, missing, definition)
    for parameter in network.parameters:
        name, type = parameter.name, parameter.type
        if type.name == "layer":
            root.run.layer_names.add(name)
        root.bindings[name] = UNKNOWN
        with suppress(Refused):
            root.bindings[name] = convert(type, *given[name])
    if any(root.bindings[name] is UNKNOWN for name in known):
        raise Refused


def _results(graph: Graph, root: Frame, last: Values) -> None:
    run = root.run
    graph.inputs = root.incoming
    # An input that nothing changes may get more names; its own comes first.
    bound = reversed(root.bindings.items())
    names = {value: name for name, value in bound if value in root.incoming}
    graph.input_names = tuple(names.get(value, "") for value in root.incoming)
    results = run.results.get(root, [])
    if any(value is UNKNOWN for _, value, _ in results):
        raise Refused
    graph.training_outputs = tuple(value for _, value, training in results if training)
    graph.training_output_names = tuple(name for name, _, training in results if training)
    graph.outputs = tuple(value for _, value, training in results if not training)
    graph.output_names = tuple(name for name, _, training in results if not training)
    if not graph.outputs:
        if not last or last[0] is ABSENT:
            message = f"network `{graph.definition.name}` results in nothing"
            raise refuse(root, "no-output", graph.definition.name_span, message)
        for value, name in zip(graph.training_outputs, graph.training_output_names, strict=True):
            if value in last:
                message = f"network `{graph.definition.name}` results in `{name}` in training only"
                help = f"write `output {name}`, or name another value in an `output`"
                raise refuse(root, "no-output", graph.definition.name_span, message, help=help)
        first = result_name(graph.definition.body)
        graph.outputs = last
        graph.output_names = (
            (first,) if len(last) == 1 else tuple(f"{first}_{k}" for k in range(len(last)))
        )
    root.outgoing = graph.outputs


def _template(
    root: Frame, missing: list[str], definition: syntax.Network | syntax.Variant
) -> Refused:
    if isinstance(definition, syntax.Variant) and root.run.report.failed:
        # The variant that leaves the parameters open has been reported.
        return Refused()
    listed = ", ".join(f"`{name}`" for name in missing)
    return refuse(
        root,
        "network-is-template",
        definition.name_span,
        f"network `{definition.name}` needs {listed}, so it cannot be built by itself",
        label="a template",
        help=f"give it with `--set {missing[0]}=…`, or name one of its variants",
    )


def _unknown(name: str, module: Module) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    known = [
        one
        for one, found in module.own.items()
        if isinstance(found, syntax.Network | syntax.Variant)
    ]
    span = module.run.program.main.span
    message = f"there is no network `{name}`"
    return refuse(module.frame, "unknown-network", span, message, help=did_you_mean(name, known))


def _unknown_parameter(
    root: Frame, name: str, known: list[str], definition: syntax.Network | syntax.Variant
) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    return refuse(
        root,
        "unknown-parameter",
        definition.name_span,
        f"network `{definition.name}` has no parameter `{name}`",
        help=did_you_mean(name, known),
    )
