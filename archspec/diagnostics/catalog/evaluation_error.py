"""evaluation-error: an expression has no value."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="evaluation-error",
    title="an expression has no value",
    severity="error",
    why=(
        "A division by zero, an index behind the end of a list, or a comparison of things that "
        "cannot be compared has no value."
    ),
    example="""\
network net(widths: list[int] = [8, 16]) {
  input image[8, 8, 3]
  conv(widths[2], 1)
}
""",
    fix="""\
network net(widths: list[int] = [8, 16]) {
  input image[8, 8, 3]
  conv(widths[1], 1)
}
""",
)
