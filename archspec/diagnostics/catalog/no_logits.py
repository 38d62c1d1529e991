"""no-logits: the function that makes probabilities cannot be taken out of the network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-logits",
    title="the function that makes probabilities cannot be taken out of the network",
    severity="error",
    why=(
        "A cross-entropy is computed from logits: the logarithm of a probability that was rounded "
        "to 0 is lost, and its gradient with it. For training, the softmax or sigmoid at the end "
        "of an output is therefore left to the loss. That needs a step that makes this output and "
        "nothing else."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
  scores: softmax
  halves: scale(0.5)
  output scores, halves
}

train net {
  loss:       categorical_crossentropy(output=scores)
  optimizer:  sgd(learning_rate=0.1)
  epochs:     1
  batch_size: 8
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
  epochs:     1
  batch_size: 8
}
""",
    command="archspec generate model.arch --backend torch --train -o models",
    fixed_command="archspec generate model.arch --backend torch --train -o models",
)
