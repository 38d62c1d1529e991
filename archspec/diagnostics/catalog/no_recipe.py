"""no-recipe: nothing says how to train the network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-recipe",
    title="nothing says how to train the network",
    severity="error",
    why=(
        "A network is trained by the `train` section that bears its name, in the same file. A "
        "variant of a network has a section of its own, and none by inheritance."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10) -> softmax
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
    command="archspec generate model.arch --backend torch --train -o models",
    fixed_command="archspec generate model.arch --backend torch --train -o models",
)
