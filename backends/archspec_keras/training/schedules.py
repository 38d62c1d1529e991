"""The learning rate of a script: a number, or schedules of Keras and two small ones around them."""

from __future__ import annotations

from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Schedule
from archspec_keras.training.call import Source, call, source

_WARM_UP = '''\
class WarmUp(keras.optimizers.schedules.LearningRateSchedule):
    """A straight way up to the first rate of a schedule, which then follows."""

    def __init__(self, schedule, steps: int, start: float):
        self.schedule = schedule
        self.steps = steps
        self.start = start

    def __call__(self, step):
        done = ops.cast(step, keras.config.floatx()) / self.steps
        first = self.schedule(0) * (self.start + (1 - self.start) * done)
        return ops.where(step < self.steps, first, self.schedule(ops.maximum(step - self.steps, 0)))
'''

_CONSTANT = '''\
class Constant(keras.optimizers.schedules.LearningRateSchedule):
    """One rate throughout."""

    def __init__(self, rate: float):
        self.rate = rate

    def __call__(self, step):
        return ops.convert_to_tensor(self.rate, keras.config.floatx())
'''

_PER_UPDATE = '''\
class PerUpdate(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule by updates of the weights, where Keras counts batches."""

    def __init__(self, schedule):
        self.schedule = schedule

    def __call__(self, step):
        return self.schedule(step // ACCUMULATE)
'''


def classes(recipe: Recipe) -> list[str]:
    """The schedules that Keras does not have."""
    found = []
    schedule = recipe.schedule
    if schedule.then is not None and not _reacts(schedule):
        found += [_CONSTANT] if schedule.then.name == "constant" else []
        found.append(_WARM_UP)
    if recipe.accumulate > 1 and not _reacts(schedule) and schedule.name != "constant":
        found.append(_PER_UPDATE)
    return found


def rate(recipe: Recipe) -> str:
    """The rate as an expression; `steps_per_epoch` counts updates of the weights."""
    schedule, base = recipe.schedule, float(recipe.optimizer.attributes.learning_rate)
    if schedule.name == "constant" or _reacts(schedule):
        return source(base)
    if schedule.then is None:
        made = _keras(schedule, base, recipe.epochs)
    else:
        attributes = schedule.attributes
        left = recipe.epochs - attributes.epochs
        then = _keras(schedule.then, base, left)
        made = call("WarmUp", then, steps(attributes.epochs), source(float(attributes.start)))
    return call("PerUpdate", made) if recipe.accumulate > 1 else made


def _reacts(schedule: Choice) -> bool:
    last = schedule.then or schedule
    assert isinstance(last.record, Schedule)
    return last.record.react is not None


def steps(epochs: float) -> str:
    """So many epochs as a number of steps."""
    if epochs == 1:
        return "steps_per_epoch"
    whole = int(epochs) if float(epochs).is_integer() else epochs
    return f"{source(whole)} * steps_per_epoch"


def _keras(schedule: Choice, base: float, epochs: int) -> str:
    attributes, first = schedule.attributes, source(base)
    kind = "keras.optimizers.schedules."
    if schedule.name == "constant":
        return call("Constant", first)
    if schedule.name == "piecewise":
        # Keras changes the rate after a boundary, which is the last step with the rate before.
        many = source(tuple(attributes.epochs))
        ends = f"[epoch * steps_per_epoch - 1 for epoch in {many}]"
        return call(f"{kind}PiecewiseConstantDecay", ends, source(list(attributes.values)))
    if schedule.name in ("step", "exponential"):
        return call(
            f"{kind}ExponentialDecay",
            first,
            steps(attributes.epochs),
            source(attributes.factor),
            staircase=True if schedule.name == "step" else None,
        )
    length = Source(steps(epochs if attributes.epochs is None else attributes.epochs))
    if schedule.name == "cosine":
        end = attributes.end
        share = Source(f"{source(end)} / {first}") if end else None
        return call(f"{kind}CosineDecay", first, length, alpha=share)
    assert schedule.name == "polynomial"
    return call(
        f"{kind}PolynomialDecay",
        first,
        length,
        end_learning_rate=attributes.end,
        power=attributes.power,
    )


NAMES = frozenset(
    ("constant", "cosine", "exponential", "piecewise", "polynomial", "reduce_on_plateau", "step")
)
