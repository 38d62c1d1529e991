"""The command line that makes a verification again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archspec.elaborate.frame import Frame
from archspec.elaborate.overrides import literal
from archspec.frontends.dsl.printer import print_expression
from archspec.ir import Graph

BACKENDS = ("torch", "keras")


def command(
    file: str,
    network: str | None = None,
    overrides: Sequence[str] = (),
    size: Sequence[int] | str | None = None,
    backends: Sequence[str] = BACKENDS,
) -> list[str]:
    """The words of a command line, without the seed.

    >>> command("lenet5", size=(9, 8))
    ['archspec', 'verify', 'lenet5', '--size', '9x8']
    """
    words = ["archspec", "verify", file]
    if network:
        words += ["--network", network]
    for one in overrides:
        words += ["--set", one]
    if size == "full":
        words.append("--full")
    elif size is not None:
        words += ["--size", "x".join(map(str, size))]
    if tuple(backends) != BACKENDS:
        words += ["--backends", ",".join(backends)]
    return words


def texts(overrides: Mapping[str, object] | Sequence[str]) -> list[str]:
    """Values of parameters as `--set` takes them.

    >>> texts({"classes": 10, "depths": [3, 4], "act": "relu"})
    ['classes=10', 'depths=[3, 4]', 'act=relu']
    """
    if not isinstance(overrides, Mapping):
        return list(overrides)
    known = {name: literal(value) for name, value in overrides.items()}
    return [f"{name}={print_expression(one)}" for name, one in known.items() if one is not None]


def command_of(graph: Graph, backends: Sequence[str]) -> list[str]:
    """The words for a network that was verified without a command line."""
    overrides: Mapping[str, object] = {}
    size: Sequence[int] | None = None
    if isinstance(graph.root, Frame):
        overrides = graph.root.run.overrides
        if graph.root.run.sizes:
            # The one with most axes gives the size of the others too.
            size = max((one.shape[:-1] for one in graph.inputs), key=len)
    file = graph.definition.span.source.name
    return command(file, graph.name, texts(overrides), size or None, backends)
