"""unknown-part: no loss, optimizer or the like has this name."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-part",
    title="no loss, optimizer or the like has this name",
    severity="error",
    why=(
        "Losses, optimizers, schedules, metrics and the other parts of a recipe have fixed names; "
        "`docs/reference/recipes.md` lists them."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
}

train net {
  loss:       categorical_crossentropy
  optimizer:  sdg(learning_rate=0.1)
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
