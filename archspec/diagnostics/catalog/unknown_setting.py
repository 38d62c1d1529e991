"""unknown-setting: training has no setting of this name."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-setting",
    title="training has no setting of this name",
    severity="error",
    why=(
        "A `train` section has a fixed set of settings. A misspelt one would otherwise leave the "
        "training at its default, and nobody would notice."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:      categorical_crossentropy
  optimizer: sgd(learning_rate=0.1)
  epochs:    10
  batchsize: 32
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
