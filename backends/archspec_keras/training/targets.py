"""Targets of the data as the losses of Keras take them."""

from __future__ import annotations

from archspec_keras.training.call import source
from archspec_keras.training.losses import Trained


def wanted(outputs: list[Trained]) -> list[str]:
    """The body of the function that changes targets, nothing where they are right as they are."""
    main = [one for one in outputs if not one.auxiliary]
    if len(main) == 1:
        changed = _changed(main[0], "targets")
        return [] if changed == "targets" else [f"return {changed}"]
    pairs = (f"{source(one.name)}: {_changed(one, f'targets[{i}]')}" for i, one in enumerate(main))
    return [f"return {{{', '.join(pairs)}}}"]


def _changed(one: Trained, name: str) -> str:
    if one.targets == "classes":
        return f'np.eye({one.value.shape[-1]}, dtype="float32")[{name}]'
    return name
