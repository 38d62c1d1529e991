"""unknown-argument: the layer takes no such argument."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-argument",
    title="the layer takes no such argument",
    severity="error",
    why=(
        "Arguments go to the parameters of a block or the attributes of an op, by name or by "
        "place. One that has nowhere to go is an error rather than ignored."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, strides=2)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, stride=2)
}
""",
)
