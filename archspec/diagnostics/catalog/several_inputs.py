"""several-inputs: a chain does not say from which input it starts."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="several-inputs",
    title="a chain does not say from which input it starts",
    severity="error",
    why="With several inputs there is no value that the first chain could continue from.",
    example="""\
network net {
  input left[8, 8, 3]
  input right[8, 8, 3]
  conv(8, 3)
}
""",
    fix="""\
network net {
  input left[8, 8, 3]
  input right[8, 8, 3]
  from left, right -> concat -> conv(8, 3)
}
""",
)
