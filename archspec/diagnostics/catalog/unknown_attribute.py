"""unknown-attribute: values have no such size."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-attribute",
    title="values have no such size",
    severity="error",
    why=(
        "Of a value one can ask its sizes by the names of its axes: `channels` (or `features`), "
        "`height`, `width`, `time` and `depth`. Which of them there are depends on the number "
        "of axes."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(2 * .chanels, 3)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(2 * .channels, 3)
}
""",
)
