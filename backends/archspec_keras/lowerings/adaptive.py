"""Pooling to a given size."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ir import Node
from archspec_keras.lowerings.lowering import Lowering
from archspec_keras.lowerings.pooling import max_pooling
from archspec_keras.site import Layer, Site, Step, sizes


def _axes(node: Node) -> tuple[tuple[int, int], ...]:
    """Old and new size of each spatial axis."""
    return tuple(zip(node.inputs[0].shape[:-1], node.outputs[0].shape[:-1], strict=True))


def _works(node: Node) -> bool:
    # On TensorFlow the layer also takes windows one cell longer, which must fit: else no graph can
    # be made of an average, and the gradients of a maximum are garbage.
    return len(_axes(node)) < 3 and all(-(-old // new) < old for old, new in _axes(node))


def _regular(node: Node) -> bool:
    """Whether all windows of an axis have one size and do not overlap, or each is of one cell."""
    return all(old % new == 0 or new % old == 0 for old, new in _axes(node))


def _windows(node: Node) -> tuple[int, ...]:
    return tuple(old // new if old % new == 0 else 1 for old, new in _axes(node))


def _factors(node: Node) -> tuple[int, ...]:
    return tuple(new // old if new % old == 0 else 1 for old, new in _axes(node))


def adaptive(kind: str) -> Lowering:
    """Keras' own layer where it works, else windows of one size, and cells that are repeated."""

    def steps(site: Site) -> Sequence[Step]:
        if site.fact(_works, "whether Keras' layer takes the sizes"):
            return (Layer(f"layers.Adaptive{kind}Pooling{site.rank}D", (site.size("size"),)),)
        windows = site.fact(_windows, "the size of windows")
        factors = site.fact(_factors, "how often cells are repeated")
        grows = max(factors) > 1
        made: list[Step] = [site.sized()]
        if max(windows) > 1 or not grows:
            suffix = "_windows" if grows else ""
            pool = f"layers.{kind}Pooling{site.rank}D" if kind != "Max" else max_pooling(site.rank)
            made.append(Layer(pool, (sizes(windows),), suffix))
        if grows:
            made.append(Layer(f"layers.UpSampling{site.rank}D", (sizes(factors),)))
        return made

    def refuses(node: Node) -> str | None:
        if _works(node) or _regular(node):
            return None
        old, new = (", ".join(map(str, some)) for some in zip(*_axes(node), strict=True))
        return f"Keras' adaptive pooling goes wrong on TensorFlow from [{old}] to [{new}] cells"

    return Lowering(steps=steps, refuses=refuses)


LOWERINGS = {
    "adaptive_avg_pool": adaptive("Average"),
    "adaptive_max_pool": adaptive("Max"),
}
