"""not-supported: this part of the language has no meaning yet."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="not-supported",
    title="this part of the language has no meaning yet",
    severity="error",
    why=(
        "`load` and `freeze` have their places in the language, but this version cannot act on "
        "them. Ignoring them would be worse than refusing."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
  freeze dense
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
}
""",
)
