"""missing-arrow: a statement looks like the rest of the one before it."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="missing-arrow",
    title="a statement looks like the rest of the one before it",
    severity="error",
    why=(
        "White space carries no meaning: two layers without `->` between them are two "
        "statements, and the second continues from the first as if the arrow stood there. Where "
        "the second stands on the line of the first, or indented below it, the arrow was most "
        "likely forgotten, and whoever reads the spec cannot tell."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) relu
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> relu
}
""",
)
