"""missing-setting: the training lacks a setting."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="missing-setting",
    title="the training lacks a setting",
    severity="error",
    why=(
        "How a network is trained is stated, not guessed: the loss, the optimizer, the number of "
        "epochs and the size of a batch have no defaults. `adamw` is nothing but `adam` without "
        "the weight decay that it is made for."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.1)
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
