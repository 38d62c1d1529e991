"""wrong-type: the value has the wrong type."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="wrong-type",
    title="the value has the wrong type",
    severity="error",
    why=(
        "Every parameter and attribute has a type. A whole number is accepted where any number "
        "is wanted; nothing else is converted."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8.5, 3)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3)
}
""",
)
