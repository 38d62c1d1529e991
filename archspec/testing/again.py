"""The same network after the frameworks' own detours: torch.compile, and a saved Keras model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archspec.ir import Graph
from archspec.lowering.backend import Model, Outcome
from archspec.testing.parts import Parts
from archspec.testing.wrong import Wrong
from archspec.verification.kinds import compare64
from archspec.verification.tensors import KINDS
from archspec.verification.trial import Trial

Known = Mapping[bool, Outcome]
"""What the model makes of the trial, by whether it is training."""


def detours(
    graph: Graph, model: Model, trial: Trial, known: Known, compiler: str
) -> Iterator[Wrong]:
    """What the detours change that the model's framework has.

    Compiled code is compared in float64, since it may round otherwise in float32. A saved model
    runs the same layers, so it is compared bit for bit, in the precision that users have.
    """
    double = all(one.dtype == "float64" for one in known[False].outputs.values())
    if hasattr(model.native, "named_buffers") and double:
        yield from compiled(model, trial, known, compiler)
    elif hasattr(model.native, "non_trainable_weights") and not double:
        yield from reloaded(graph, model, trial)


def compiled(model: Model, trial: Trial, known: Known, compiler: str) -> Iterator[Wrong]:
    """What differs after `torch.compile` with that back end of it."""
    dynamo: Any = import_module("torch._dynamo")
    native = model.native
    native.compile(backend=compiler)
    try:
        for training, before in known.items():
            model.load(trial.weights)
            wanted = {name: trial.cotangents[name] for name in before.outputs}
            after = model.run(trial.inputs, wanted, training)
            yield from _compared(before, after, f"torch.compile with {compiler}")
    finally:
        native._compiled_call_impl = None
        dynamo.reset()


def _compared(before: Outcome, after: Outcome, what: str) -> Iterator[Wrong]:
    for kind in KINDS:
        left, right = Parts(before), Parts(after)
        names = sorted({*left.names(kind), *right.names(kind)})
        for name, found in compare64(kind, names, left, right).over.items():
            shown = found.why or f"{found.left!r} and {found.right!r} at {list(found.index)}"
            yield Wrong("detour", f"{what} changes {kind} {name}: {shown}")


def reloaded(graph: Graph, model: Model, trial: Trial) -> Iterator[Wrong]:
    """What differs in a Keras model that was saved in a file and loaded from it."""
    model.load(trial.weights)
    load: Any = import_module("keras").saving.load_model
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.native.save(path)
        loaded = load(path)
    pairs = list(zip(model.native.weights, loaded.weights, strict=True))
    for before, after in pairs:
        # A model inside a model leaves its name out of the paths after loading.
        named = before.path.endswith(after.path)
        if not named or _differ(before.value, after.value):
            yield Wrong("detour", f"saving and loading changes the weight {before.path}")
    given = [trial.inputs[name].astype("float32") for name in graph.input_names]
    left, right = (_named(one, given) for one in (model.native, loaded))
    for name in left:
        if name not in right or _differ(left[name], right[name]):
            yield Wrong("detour", f"saving and loading changes the output {name}")


def _named(native: Any, given: list[Any]) -> dict[str, Any]:
    found = native(given[0] if len(given) == 1 else given)
    return found if isinstance(found, dict) else {"": found}


def _differ(left: Any, right: Any) -> bool:
    """Bit for bit: the same layers run on the same numbers."""
    one, other = left.numpy(), right.numpy()
    return bool(one.dtype != other.dtype or one.tobytes() != other.tobytes())
