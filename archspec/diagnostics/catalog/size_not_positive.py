"""size-not-positive: a size would be zero or negative."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="size-not-positive",
    title="a size would be zero or negative",
    severity="error",
    why=(
        "A window that is larger than the value, or too much cropping, leaves nothing. The "
        "error stands at the layer that makes the size, not where it is noticed later."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  max_pool(4) -> conv(8, 5)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  max_pool(4) -> conv(8, 2)
}
""",
)
