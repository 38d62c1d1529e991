"""unused-name: a `let` or `layer` is never used."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unused-name",
    title="a `let` or `layer` is never used",
    severity="warning",
    why="A name that nobody uses is a leftover, or another name stands where it was meant.",
    example="""\
network net {
  input image[8, 8, 3]
  let wide = 64
  conv(8, 3)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  let wide = 64
  conv(wide, 3)
}
""",
)
