"""schedule-mismatch: the schedule does not fit the training."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="schedule-mismatch",
    title="the schedule does not fit the training",
    severity="error",
    why=(
        "A rate for an epoch that never comes would be ignored, and a table needs one rate more "
        "than it has changes."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       categorical_crossentropy
  optimizer:  sgd
  epochs:     10
  batch_size: 32
  schedule:   piecewise(epochs=[5, 10], values=[0.1, 0.01, 0.001])
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       categorical_crossentropy
  optimizer:  sgd
  epochs:     10
  batch_size: 32
  schedule:   piecewise(epochs=[5, 8], values=[0.1, 0.01, 0.001])
}
""",
)
