"""The metrics that Keras does not have, or has for probabilities only, as classes of a script.

Targets have their form by the loss, so two outputs may need two classes of one kind.
"""

from __future__ import annotations

from archspec.recipes import Choice
from archspec_keras.training.losses import Trained

_COUNTS = '''\
class {name}(keras.metrics.Metric):
    """Mean over classes of a score from what was found rightly, found wrongly and missed.

    Classes that neither occur nor are predicted are left out.
    """

    def __init__(self, score, classes: int, {parameter}name: str):
        super().__init__(name=name)
        self.score = score
        self.classes = classes
        {kept}
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
class {name}(keras.metrics.{base}):
    """Of probabilities, where the network gives logits."""

    def update_state(self, y_true, y_pred, sample_weight=None):
        return super().update_state(y_true, ops.{ending}(y_pred), sample_weight)
'''

_AREA = '''\
class {name}(keras.metrics.Metric):
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
            if keras.backend.backend() == "tensorflow":
                # In place, where `assign` would make a copy of all rows for each batch.
                kept.value.scatter_nd_update(places, rows)
            else:
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
SCORES = frozenset(_SCORES)
_FORMS = {"bits": "Answer", "labels": "Label"}


def counts_class(one: Trained) -> str:
    """The name of the class that counts the answers of an output."""
    return f"{_FORMS.get(one.targets, '')}Counts"


def area_class(one: Trained) -> str:
    """The name of the class for the area under the curve."""
    return f"{_FORMS.get(one.targets, '')}AUC"


def error_class(metric: Choice, one: Trained) -> str:
    """The name of the class for an error: our own where the network gives logits."""
    base = ERRORS[metric.name]
    return f"{one.ending.capitalize()}{base}" if one.ending else f"keras.metrics.{base}"


def classes_of(metric: Choice, one: Trained) -> dict[str, str]:
    """What the script defines for a metric of an output, by name."""
    if metric.name in _SCORES:
        return {metric.name: _SCORES[metric.name], counts_class(one): _counts(one)}
    if metric.name == "auc":
        return {area_class(one): _area(one)}
    if metric.name in ERRORS and one.ending:
        name, base = error_class(metric, one), ERRORS[metric.name]
        return {name: _OF_PROBABILITIES.format(name=name, base=base, ending=one.ending)}
    return {}


def _counts(one: Trained) -> str:
    chosen, parameter, kept = "ops.one_hot(ops.argmax(y_pred, axis=-1), self.classes)", "", ""
    if one.targets == "bits":
        chosen, parameter = "y_pred > self.threshold", "threshold: float, "
        kept = "self.threshold = threshold"
    text = _COUNTS.format(
        name=counts_class(one),
        chosen=f"chosen = {chosen}",
        truth=f"truth = {_truth(one)}",
        parameter=parameter,
        kept=kept,
    )
    return text.replace("        \n", "")


def _area(one: Trained) -> str:
    ending = "sigmoid" if one.targets == "bits" else "softmax"
    scores = "y_pred" if one.probabilities else f"ops.{ending}(y_pred)"
    truth = f"truth = {_truth(one)}"
    return _AREA.format(name=area_class(one), scores=f"scores = {scores}", truth=truth)


def _truth(one: Trained) -> str:
    """The targets as 0 or 1 for each class."""
    if one.targets == "labels":
        return 'ops.one_hot(ops.cast(y_true, "int32"), self.classes)'
    if one.targets == "distributions":
        return "ops.one_hot(ops.argmax(y_true, axis=-1), self.classes)"
    return "y_true"
