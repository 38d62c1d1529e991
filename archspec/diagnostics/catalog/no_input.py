"""no-input: a network has no input."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-input",
    title="a network has no input",
    severity="error",
    why="The shapes of a network follow from its input, which it must declare with its sizes.",
    example="""\
network net {
  conv(8, 3)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3)
}
""",
)
