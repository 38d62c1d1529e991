"""no-validation: what is monitored needs validation data."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-validation",
    title="what is monitored needs validation data",
    severity="error",
    why=(
        "Early stopping, the best checkpoint and a schedule that looks at results compare epochs "
        "on data that is not trained on. A share of the training data, or data of its own, must "
        "be set apart for that."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:           categorical_crossentropy
  optimizer:      sgd(learning_rate=0.1)
  epochs:         10
  batch_size:     32
  early_stopping: patience(5)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:           categorical_crossentropy
  optimizer:      sgd(learning_rate=0.1)
  epochs:         10
  batch_size:     32
  early_stopping: patience(5)
  validation:     0.1
}
""",
)
