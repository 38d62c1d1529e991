"""wrong-rank: the layer does not take values with so many axes."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="wrong-rank",
    title="the layer does not take values with so many axes",
    severity="error",
    why=(
        "A convolution needs one to three spatial axes besides the channels, and a list for "
        "such an attribute one number for each. After `flatten` there are no spatial axes left."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> conv(8, 3)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> flatten
}
""",
)
