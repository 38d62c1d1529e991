"""choose: which network of a file is to be built."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archspec import syntax
from archspec.diagnostics import Report
from archspec.source import NOWHERE

Definitions = Sequence[syntax.Network | syntax.Variant]


def required(definition: syntax.Network | syntax.Variant) -> list[str]:
    """The parameters that must be given before the network can be built."""
    if isinstance(definition, syntax.Variant):
        return []
    return [one.name for one in definition.parameters if one.default is None]


def choose(
    target: str, definitions: Definitions, name: str | None, given: Collection[str], report: Report
) -> str | None:
    """The network called `name`, or the only one; None after reporting why there is none.

    `target` is what the user calls the file, `given` the parameters that have values.
    """
    if name is None:
        found = _only(target, definitions, given, report)
    else:
        found = next((one for one in definitions if one.name == name), None)
        if found is None:
            from archspec.diagnostics.suggest import did_you_mean

            help = did_you_mean(name, [one.name for one in definitions])
            report.add("unknown-network", NOWHERE, f"{target} has no network `{name}`", help=help)
    missing = [] if found is None else [one for one in required(found) if one not in given]
    if found is None or not missing:
        return None if found is None else found.name
    listed = ", ".join(f"`{one}`" for one in missing)
    variants = [one.name for one in definitions if getattr(one, "base", None) == found.name]
    ready = f", or choose a variant: {', '.join(variants)}" if variants else ""
    report.add(
        "network-is-template",
        found.name_span,
        f"network `{found.name}` needs {listed}, so it cannot be built by itself",
        label="a template",
        help=f"give it with `--set {missing[0]}=…`{ready}",
    )
    return None


def _only(
    target: str, definitions: Definitions, given: Collection[str], report: Report
) -> syntax.Network | syntax.Variant | None:
    """The one network that can be built, where there is just one."""
    ready = [one for one in definitions if not set(required(one)) - set(given)]
    if len(ready) == 1:
        return ready[0]
    if len(ready) > 1:
        names = [one.name for one in ready]
        report.add(
            "several-networks",
            NOWHERE,
            f"{target} has several networks: {', '.join(names)}",
            help=f"choose one, such as `--network {names[0]}`",
        )
        return None
    if definitions:
        return definitions[0]
    if not report.failed:
        message = f"{target} defines no network"
        report.add("no-network", NOWHERE, message, help="add `network name { … }`")
    return None
