"""loss-mismatch: the loss does not fit the output."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="loss-mismatch",
    title="the loss does not fit the output",
    severity="error",
    why=(
        "A cross-entropy is about probabilities: a softmax that chooses one class, or a sigmoid "
        "that answers yes or no for each number. With another ending its numbers mean nothing, "
        "and training would go wrong without a word. Each output has one loss."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       binary_crossentropy
  optimizer:  sgd(learning_rate=0.1)
  epochs:     10
  batch_size: 32
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.1)
  epochs:     10
  batch_size: 32
}
""",
)
