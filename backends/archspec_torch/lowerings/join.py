"""Ops that join several values."""

from __future__ import annotations

from collections.abc import Callable

from archspec.ir import Node
from archspec_torch.form import Form, atom, factor, term
from archspec_torch.lowering import Lowering
from archspec_torch.site import Site


def _add(site: Site) -> Form:
    return Form((), lambda *values: " + ".join(map(term, values)))


def _average(site: Site) -> Form:
    def function(*values: str) -> str:
        if len(values) == 1:
            return values[0]
        return f"({' + '.join(map(term, values))}) / {len(values)}"

    return Form((), function)


def _maximum(site: Site) -> Form:
    def function(*values: str) -> str:
        found = values[0]
        for value in values[1:]:
            found = f"torch.maximum({found}, {value})"
        return found

    return Form((), function)


def _concat(site: Site) -> Form:
    def function(*values: str) -> str:
        return f"torch.cat(({', '.join(values)}), dim=1)" if len(values) > 1 else values[0]

    return Form((), function)


def _multiply(site: Site) -> Form:
    missing: tuple[int, ...] = site.apply.fact(_missing_axes, "rank")

    def function(*values: str) -> str:
        return " * ".join(map(_aligned, values, missing))

    return Form((), function)


def _missing_axes(node: Node) -> tuple[int, ...]:
    rank = max(len(value.shape) for value in node.inputs)
    return tuple(rank - len(value.shape) for value in node.inputs)


def _aligned(value: str, missing: int) -> str:
    """Missing leading places stand behind the channels here."""
    return f"{atom(value)}[:, :{', None' * missing}]" if missing else factor(value)


def _stacked(method: str) -> Callable[[str], str]:
    return lambda values: f"torch.stack({values}).{method}(dim=0)"


LOWERINGS = {
    "add": Lowering(_add, stretches=True, new=True, accumulates="+=", listed=_stacked("sum")),
    "average": Lowering(_average, stretches=True, listed=_stacked("mean")),
    "concat": Lowering(_concat, listed=lambda values: f"torch.cat({values}, dim=1)"),
    "maximum": Lowering(_maximum, stretches=True, listed=_stacked("amax")),
    "multiply": Lowering(_multiply, stretches=True, listed=_stacked("prod")),
}
