"""Optimizers: the class that computes the record's update, and its arguments."""

from __future__ import annotations

from archspec.lowering.python import number
from archspec.ops.attributes import Attributes
from archspec.recipes import Recipe
from archspec_torch.training.decay import Decays
from archspec_torch.training.optimizer_classes import Own, decoupled_class, rmsprop, sgd
from archspec_torch.training.schedule import changes


def optimizer(recipe: Recipe, decay: Decays) -> tuple[str, dict[str, str], Own | None]:
    """The constructor, its arguments besides weights and rate, and its class where it is ours.

    PyTorch's own classes are taken where they compute the same. They do not where the velocity
    holds a rate that changes, where epsilon is inside the root, and where they have no decoupled
    weight decay.
    """
    name = recipe.optimizer.name
    given = recipe.optimizer.attributes
    arguments = _ARGUMENTS[name](given)
    own: Own | None = None
    if name == "sgd" and (decay.decoupled or (given.momentum and changes(recipe))):
        own = sgd(bool(given.momentum), given.nesterov, decay)
        arguments.pop("nesterov", None)
    elif name == "rmsprop":
        own = rmsprop(bool(given.momentum), decay)
    elif name in ("adagrad", "adadelta") and decay.decoupled:
        own = decoupled_class(_CLASSES[name])
    if own is not None:
        return own.name, arguments, own
    if name == "nadam" and decay.decoupled:
        arguments["decoupled_weight_decay"] = "True"
    if name in ("adam", "adamw"):
        return f"torch.optim.{'AdamW' if decay.decoupled else 'Adam'}", arguments, None
    return f"torch.optim.{_CLASSES[name]}", arguments, None


_CLASSES = {"sgd": "SGD", "nadam": "NAdam", "adagrad": "Adagrad", "adadelta": "Adadelta"}


def _sgd(given: Attributes) -> dict[str, str]:
    found = {"momentum": number(given.momentum)} if given.momentum else {}
    if given.nesterov and given.momentum:
        found["nesterov"] = "True"
    return found


def _adam(given: Attributes) -> dict[str, str]:
    betas = f"({number(given.beta_1)}, {number(given.beta_2)})"
    return {"betas": betas, "eps": number(given.epsilon)}


def _nadam(given: Attributes) -> dict[str, str]:
    return {**_adam(given), "momentum_decay": "1.0"}


def _rmsprop(given: Attributes) -> dict[str, str]:
    found = {"rho": number(given.rho), "eps": number(given.epsilon)}
    return {**found, "momentum": number(given.momentum)} if given.momentum else found


def _adagrad(given: Attributes) -> dict[str, str]:
    start = given.initial_accumulator
    found = {"initial_accumulator_value": number(start)} if start else {}
    return {**found, "eps": number(given.epsilon)}


def _adadelta(given: Attributes) -> dict[str, str]:
    return {"rho": number(given.rho), "eps": number(given.epsilon)}


_ARGUMENTS = {
    "sgd": _sgd,
    "adam": _adam,
    "adamw": _adam,
    "nadam": _nadam,
    "rmsprop": _rmsprop,
    "adagrad": _adagrad,
    "adadelta": _adadelta,
}
NAMES = frozenset(_ARGUMENTS)
