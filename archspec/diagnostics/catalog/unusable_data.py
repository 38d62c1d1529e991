"""unusable-data: the data cannot be read, or do not fit the network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unusable-data",
    title="the data cannot be read, or do not fit the network",
    severity="error",
    why=(
        "Before training starts, the samples are compared with the network: their shape after "
        "`preprocess` and `augment` with the input, their classes with the output, and the first "
        "sample of each part is read. A missing file, a folder of a class without images, arrays "
        "of different lengths, labels outside of the classes and pickled objects are found here, "
        "and not after an hour. A damaged image is named when it is met."
    ),
    example="""\
network net {
  input image[28, 28, 1]
  flatten -> dense(10) -> softmax
}

train net {
  data:       digits
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.1)
  epochs:     1
  batch_size: 32
}
""",
    fix="""\
network net {
  input image[28, 28, 1]
  flatten -> dense(10) -> softmax
}

train net {
  data:       digits
  preprocess: [resize(28, 28), rescale(1 / 16)]
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.1)
  epochs:     1
  batch_size: 32
}
""",
)
