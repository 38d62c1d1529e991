"""metric-mismatch: the metric cannot be measured."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="metric-mismatch",
    title="the metric cannot be measured",
    severity="error",
    why=(
        "Accuracy and its like count right answers, so they need a loss whose targets are "
        "classes; errors need targets that are numbers. What would always be 1, or has nothing to "
        "look at, is refused too."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       mean_squared_error
  optimizer:  sgd(learning_rate=0.1)
  epochs:     10
  batch_size: 32
  metrics:    [accuracy]
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       mean_squared_error
  optimizer:  sgd(learning_rate=0.1)
  epochs:     10
  batch_size: 32
  metrics:    [mean_absolute_error]
}
""",
)
