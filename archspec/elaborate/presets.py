"""base_of: the network behind a variant, with the arguments that variants on the way give."""

from __future__ import annotations

from archspec import syntax
from archspec.elaborate.binding import match
from archspec.elaborate.module import Module
from archspec.elaborate.names_declared import base_place
from archspec.elaborate.run import refuse
from archspec.elaborate.values import Refused
from archspec.source import limits

Presets = dict[str, tuple[syntax.Argument, Module]]
"""Arguments of variants by parameter, each with the file that it stands in."""


def base_of(
    definition: syntax.Network | syntax.Variant, home: Module
) -> tuple[syntax.Network, Module, Presets]:
    """The network, its file, and the presets; those of outer variants win."""
    way: list[tuple[syntax.Variant, Module]] = []
    while isinstance(definition, syntax.Variant):
        if any(definition is before for before, _ in way):
            message = f"`{definition.name}` is a variant of itself"
            raise refuse(home.frame, "recursion", definition.name_span, message)
        if len(way) == limits.NESTING:
            message = f"a variant lies more than {limits.NESTING} variants away from its network"
            help = "make it a variant of the network itself"
            raise refuse(home.frame, "limit-exceeded", way[0][0].name_span, message, help=help)
        way.append((definition, home))
        found = home.find(definition.base)
        base = None if found is None else found[0]
        if found is None or not isinstance(base, syntax.Network | syntax.Variant):
            raise _unknown(definition, home)
        definition, home = base, found[1]
    names = [parameter.name for parameter in definition.parameters]
    presets: Presets = {}
    for variant, module in reversed(way):
        what = f"network `{definition.name}`"
        given = match(module.frame, what, names, ((variant.arguments, 0),))
        presets.update((name, (argument, module)) for name, (argument, _) in given.items())
    return definition, home, presets


def _unknown(definition: syntax.Variant, home: Module) -> Refused:
    from archspec.diagnostics.suggest import did_you_mean

    if home.unresolved(definition.base):
        return Refused()
    known = [
        name for name, one in home.own.items() if isinstance(one, syntax.Network | syntax.Variant)
    ]
    return refuse(
        home.frame,
        "unknown-network",
        base_place(definition),
        f"no network is called `{definition.base}`",
        help=did_you_mean(definition.base, known),
    )
