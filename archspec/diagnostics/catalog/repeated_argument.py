"""repeated-argument: an argument is given twice."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="repeated-argument",
    title="an argument is given twice",
    severity="error",
    why=(
        "Each parameter takes one value. The second one is given by name after the first was "
        "given by its place, or by a recipe and again where it is used."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, filters=16)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(16, 3)
}
""",
)
