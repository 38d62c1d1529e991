"""unknown-type: no type has this name."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-type",
    title="no type has this name",
    severity="error",
    why=(
        "Parameters have the types `int`, `float`, `bool`, `str`, `size`, `padding`, `layer`, "
        "`value` and `list[…]`, whose rows are written `(int, str)`."
    ),
    example="""\
block unit(filters: integer) { conv(filters, 3) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
    fix="""\
block unit(filters: int) { conv(filters, 3) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
)
