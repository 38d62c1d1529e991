"""not-divisible: a size cannot be divided evenly."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="not-divisible",
    title="a size cannot be divided evenly",
    severity="error",
    why=(
        "Groups and parts are equal, so the number of channels must be a multiple of their number."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, groups=2)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(9, 3, groups=3)
}
""",
)
