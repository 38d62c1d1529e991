"""The metrics of a script. They are given logits where the loss applies the last function."""

from __future__ import annotations

import math

from archspec.recipes import Choice, Recipe
from archspec.recipes.record import Metric
from archspec_keras.training.call import Source, call, source
from archspec_keras.training.losses import Trained

_COUNTS = '''\
class Counts(keras.metrics.Metric):
    """Mean over classes of a score from what was found rightly, found wrongly and missed.

    Classes that neither occur nor are predicted are left out.
    """

    def __init__(self, score, classes: int, name: str):
        super().__init__(name=name)
        self.score = score
        self.classes = classes
        self.counts = self.add_weight(shape=(3, classes), initializer="zeros", name="counts")

    def update_state(self, y_true, y_pred, sample_weight=None):
        {chosen}
        {truth}
        chosen = ops.reshape(ops.cast(chosen, self.dtype), (-1, self.classes))
        truth = ops.reshape(ops.cast(truth, self.dtype), (-1, self.classes))
        found = [chosen * truth, chosen * (1 - truth), (1 - chosen) * truth]
        self.counts.assign_add(ops.sum(ops.stack(found), axis=1))

    def result(self):
        counts = ops.convert_to_tensor(self.counts)
        there = ops.cast(ops.sum(counts, axis=0) > 0, self.dtype)
        scores = self.score(counts[0], counts[1], counts[2])
        return ops.divide_no_nan(ops.sum(scores * there), ops.sum(there))
'''

_SCORES = {
    "precision": '''\
def precision(right, wrong, missed):
    """Rightly found / all found."""
    return ops.divide_no_nan(right, right + wrong)
''',
    "recall": '''\
def recall(right, wrong, missed):
    """Rightly found / all that should have been found."""
    return ops.divide_no_nan(right, right + missed)
''',
    "f1": '''\
def f1(right, wrong, missed):
    """Harmonic mean of precision and recall."""
    return ops.divide_no_nan(2 * right, 2 * right + wrong + missed)
''',
}

_OF_PROBABILITIES = '''\
class {name}(keras.metrics.{name}):
    """Of probabilities, where the network gives logits."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        return super().update_state(y_true, ops.{ending}(y_pred), sample_weight)
'''

_AREA = '''\
class AUC(keras.metrics.Metric):
    """The exact area under the curve, a mean over the classes that some samples have and some not.

    It keeps the answers to all samples of a pass, of which `counts` has the possible numbers, and
    gives the area once it has them all; until then it is 0.
    """

    def __init__(self, classes: int, counts: list[int], name: str):
        super().__init__(name=name)
        self.classes = classes
        self.counts = counts
        shape = (max(counts), classes)
        self.scores = self.add_weight(shape=shape, initializer="zeros", name="scores")
        self.truths = self.add_weight(shape=shape, initializer="zeros", name="truths")
        self.seen = self.add_weight(shape=(), initializer="zeros", dtype="int32", name="seen")

    def update_state(self, y_true, y_pred, sample_weight=None):
        {scores}
        {truth}
        for kept, new in ((self.scores, scores), (self.truths, truth)):
            rows = ops.reshape(ops.cast(new, self.dtype), (-1, self.classes))
            places = ops.expand_dims(self.seen + ops.arange(ops.shape(rows)[0]), 1)
            kept.assign(ops.scatter_update(ops.convert_to_tensor(kept), places, rows))
        self.seen.assign_add(ops.shape(rows)[0])

    def result(self):
        complete = ops.any(ops.equal(self.seen, ops.convert_to_tensor(self.counts)))
        return ops.cond(complete, self.area, lambda: ops.zeros((), self.dtype))

    def area(self):
        """The share of pairs in the right order, where equal ones count half."""
        there = ops.arange(self.scores.shape[0]) < self.seen

        def of_one(pair):
            scores, truths = pair
            yes = ops.logical_and(there, truths > 0)
            no = ops.logical_and(there, truths <= 0)
            others = ops.sort(ops.where(no, scores, float("inf")))
            below = [ops.searchsorted(others, scores, side=side) for side in ("left", "right")]
            share = ops.cast(below[0] + below[1], self.dtype) / 2
            many = [ops.sum(ops.cast(one, self.dtype)) for one in (yes, no)]
            share = ops.divide_no_nan(share, many[1])
            found = ops.divide_no_nan(ops.sum(ops.where(yes, share, 0.0)), many[0])
            return found, ops.cast(many[0] * many[1] > 0, self.dtype)

        pairs = (ops.transpose(self.scores), ops.transpose(self.truths))
        areas, known = ops.map(of_one, pairs)
        return ops.divide_no_nan(ops.sum(areas * known), ops.sum(known))
'''

ERRORS = {"mean_squared_error": "MeanSquaredError", "mean_absolute_error": "MeanAbsoluteError"}
METRICS = frozenset(("accuracy", "auc", "top_k", *_SCORES, *ERRORS))


def of(metric: Choice, outputs: list[Trained]) -> Trained:
    """The output that a metric is about."""
    wanted = metric.attributes.output
    return next(one for one in outputs if wanted in (None, one.name))


def label(metric: Choice) -> str:
    """The name of the metric in tables."""
    assert isinstance(metric.record, Metric)
    return str(metric.record.label.format(**dict(metric.attributes.items())))


def metric(metric: Choice, one: Trained) -> str:
    """The metric as an expression."""
    name = label(metric)
    if metric.name in _SCORES:
        return call("Counts", metric.name, str(one.value.shape[-1]), name=name)
    if metric.name == "auc":
        places = math.prod(one.value.shape[:-1])
        counts = "samples" if places == 1 else f"[{places} * count for count in samples]"
        return call("AUC", str(one.value.shape[-1]), counts, name=name)
    if metric.name in ERRORS:
        module = "" if one.ending else "keras.metrics."
        return call(f"{module}{ERRORS[metric.name]}", name=name)
    if metric.name == "top_k":
        sparse = "Sparse" if one.targets == "labels" else ""
        kind = f"keras.metrics.{sparse}TopKCategoricalAccuracy"
        return call(kind, k=metric.attributes.k, name=name)
    if one.targets == "labels":
        return call("keras.metrics.SparseCategoricalAccuracy", name=name)
    if one.targets in ("classes", "distributions"):
        return call("keras.metrics.CategoricalAccuracy", name=name)
    threshold = Source(_threshold(metric, one))
    return call("keras.metrics.BinaryAccuracy", threshold=threshold, name=name)


def definitions(recipe: Recipe, outputs: list[Trained]) -> list[str]:
    """The metrics that Keras does not have."""
    found: dict[str, str] = {}
    for one in recipe.metrics:
        output = of(one, outputs)
        if one.name in _SCORES:
            found[one.name] = _SCORES[one.name]
            found["Counts"] = _counts(one, output)
        elif one.name == "auc":
            found["AUC"] = _area(output)
        elif one.name in ERRORS and output.ending:
            name = ERRORS[one.name]
            found[name] = _OF_PROBABILITIES.format(name=name, ending=output.ending)
    return list(found.values())


def counts(metric: Choice) -> bool:
    """Whether the metric must know how many samples a pass has."""
    return metric.name == "auc"


def _counts(metric: Choice, one: Trained) -> str:
    if one.targets == "bits":
        chosen = f"chosen = y_pred > {_threshold(metric, one)}"
    else:
        chosen = "chosen = ops.one_hot(ops.argmax(y_pred, axis=-1), self.classes)"
    return _COUNTS.format(chosen=chosen, truth=_truth(one))


def _area(one: Trained) -> str:
    ending = "sigmoid" if one.targets == "bits" else "softmax"
    scores = "y_pred" if one.probabilities else f"ops.{ending}(y_pred)"
    return _AREA.format(scores=f"scores = {scores}", truth=_truth(one))


def _truth(one: Trained) -> str:
    if one.targets == "labels":
        return 'truth = ops.one_hot(ops.cast(y_true, "int32"), self.classes)'
    if one.targets == "distributions":
        return "truth = ops.one_hot(ops.argmax(y_true, axis=-1), self.classes)"
    return "truth = y_true"


def _threshold(metric: Choice, one: Trained) -> str:
    """The threshold of a probability, for outputs that are what goes into the sigmoid."""
    threshold = float(metric.attributes.threshold)
    if one.probabilities:
        return source(threshold)
    if threshold == 0:
        return 'float("-inf")'
    return source(math.log(threshold / (1 - threshold)))
