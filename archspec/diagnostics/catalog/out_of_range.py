"""out-of-range: the value is outside its range."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="out-of-range",
    title="the value is outside its range",
    severity="error",
    why=(
        "Attributes have ranges: a stride is at least 1, a dropout rate less than 1. A value "
        "outside has no meaning."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, stride=0)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, stride=1)
}
""",
)
