"""The optimizer of a script: the class of Keras, or a subclass where Keras computes otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from archspec.ops.attributes import Attributes
from archspec.recipes import Recipe
from archspec_keras.training.call import Source, call, source
from archspec_keras.training.decays import Pull

CLIPS = {"global_norm": "global_clipnorm", "norm": "clipnorm", "value": "clipvalue"}

_ADAM = '''\
class Adam(keras.optimizers.Adam):
    """Adam as Kingma and Ba (2015) have it in algorithm 1.

    epsilon is added to the corrected root; Keras adds it to the one before the correction.
    """

    def update_step(self, gradient, variable, learning_rate):
        rate = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        step = ops.cast(self.iterations + 1, variable.dtype)
        index = self._get_variable_index(variable)
        mean, square = self._momentums[index], self._velocities[index]
        self.assign_add(mean, ops.subtract(gradient, mean) * (1 - self.beta_1))
        self.assign_add(square, ops.subtract(ops.square(gradient), square) * (1 - self.beta_2))
        root = ops.sqrt(square / (1 - self.beta_2**step)) + self.epsilon
        self.assign_sub(variable, rate * (mean / (1 - self.beta_1**step)) / root)
'''

_ADAGRAD = '''\
class Adagrad(keras.optimizers.Adagrad):
    """Adagrad as Duchi et al. (2011) have it: epsilon is added to the root.

    Keras adds it to the sum under the root.
    """

    def update_step(self, gradient, variable, learning_rate):
        rate = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        total = self._accumulators[self._get_variable_index(variable)]
        self.assign_add(total, ops.square(gradient))
        self.assign_sub(variable, rate * gradient / (ops.sqrt(total) + self.epsilon))
'''

CLASSES = {"adam": _ADAM, "adamw": _ADAM, "adagrad": _ADAGRAD}
"""What Keras computes otherwise than the recipe means it."""

NAMES = {
    "sgd": "keras.optimizers.SGD",
    "adam": "Adam",
    "adamw": "Adam",
    "nadam": "keras.optimizers.Nadam",
    "rmsprop": "keras.optimizers.RMSprop",
    "adagrad": "Adagrad",
    "adadelta": "keras.optimizers.Adadelta",
}


_WARMED_UP = '''\
class WarmedUp({base}):
    """Comes up to its learning rate in so many steps; callbacks may change that rate."""

    def __init__(self, learning_rate: float, steps: int, **options):
        super().__init__(learning_rate, **options)
        self.steps = steps

    @property
    def learning_rate(self):
        done = ops.cast(self.iterations, keras.config.floatx()) / self.steps
        return super().learning_rate * (1 - {missing} * (1 - ops.minimum(done, 1.0)))

    @learning_rate.setter
    def learning_rate(self, rate):
        {base}.learning_rate.fset(self, rate)
'''


_DECAYING = '''\
def decay(weight) -> float:
    """The part that a weight loses at each step, times the learning rate."""
{rates}
    return 0.0


class Decaying({base}):
    """Takes parts of weights away besides its step; Keras has one part for all weights."""

    def build(self, variables):
        super().build(variables)
        self.decays = [decay(one) for one in variables]

    def update_step(self, gradient, variable, learning_rate):
        part = self.decays[self._get_variable_index(variable)]
        self.assign_sub(variable, ops.cast(part * learning_rate, variable.dtype) * variable)
        super().update_step(gradient, variable, learning_rate)
'''


def classes(recipe: Recipe, decays: Sequence[Pull]) -> list[str]:
    """The optimizers that Keras does not have; `decays` are those that are decoupled."""
    name = recipe.optimizer.name
    base, found = NAMES[name], []
    if name in CLASSES:
        found.append(CLASSES[name])
    if len(decays) > 1:
        rates = "\n".join(
            f"    if {' and '.join(one.conditions)}:\n        return {source(one.strength)}"
            for one in decays
        )
        found.append(_DECAYING.format(base=base, rates=rates))
        base = "Decaying"
    if warmed_up(recipe):
        missing = source(round(1 - recipe.schedule.attributes.start, 12))
        found.append(_WARMED_UP.format(base=base, missing=missing))
    return found


def optimizer(recipe: Recipe, given: Sequence[str], decays: Sequence[Pull]) -> str:
    """The optimizer as an expression with its first arguments."""
    name = recipe.optimizer.name
    options: dict[str, object] = {**_options(name, recipe.optimizer.attributes)}
    if recipe.clip is not None:
        options[CLIPS[recipe.clip.name]] = recipe.clip.attributes.limit
    options["weight_decay"] = decays[0].strength if len(decays) == 1 else None
    options["gradient_accumulation_steps"] = Source("ACCUMULATE") if recipe.accumulate > 1 else None
    kind = "Decaying" if len(decays) > 1 else NAMES[name]
    return call("WarmedUp" if warmed_up(recipe) else kind, *given, **options)


def warmed_up(recipe: Recipe) -> bool:
    """Whether the rate is warmed up before a callback changes it, which no schedule can do."""
    then = recipe.schedule.then
    return then is not None and then.name == "reduce_on_plateau"


def _options(name: str, attributes: Attributes) -> dict[str, object]:
    if name == "sgd":
        momentum = attributes.momentum or None
        return {
            "momentum": momentum,
            "nesterov": (attributes.nesterov and momentum and True) or None,
        }
    if name == "rmsprop":
        return {
            "rho": attributes.rho,
            "momentum": attributes.momentum or None,
            "epsilon": attributes.epsilon,
        }
    if name == "adagrad":
        return {
            "initial_accumulator_value": attributes.initial_accumulator,
            "epsilon": attributes.epsilon,
        }
    return {one: value for one, value in attributes.items() if one != "learning_rate"}
