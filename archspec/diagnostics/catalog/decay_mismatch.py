"""decay-mismatch: the weight decay does not fit the weights."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="decay-mismatch",
    title="the weight decay does not fit the weights",
    severity="error",
    why=(
        "Weight decay that is about no weight would be ignored, and a weight that two of the same "
        "form are about would decay twice."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:         categorical_crossentropy
  optimizer:    sgd(learning_rate=0.1)
  epochs:       10
  batch_size:   32
  weight_decay: [l2(0.001, on=kernels), l2(0.01, on=all, layers=[dense])]
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:         categorical_crossentropy
  optimizer:    sgd(learning_rate=0.1)
  epochs:       10
  batch_size:   32
  weight_decay: l2(0.01, on=all)
}
""",
)
