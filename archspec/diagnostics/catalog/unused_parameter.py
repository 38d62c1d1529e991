"""unused-parameter: a parameter is never used."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unused-parameter",
    title="a parameter is never used",
    severity="warning",
    why=(
        "Whoever calls the block believes that the parameter does something. Often a number in "
        "the body was meant to be the parameter."
    ),
    example="""\
block unit(filters: int, stride: int = 1) { conv(filters, 3) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
    fix="""\
block unit(filters: int, stride: int = 1) { conv(filters, 3, stride=stride) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
)
