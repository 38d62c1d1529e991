"""no-output: a network results in nothing."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-output",
    title="a network results in nothing",
    severity="error",
    why=(
        "The result of a network is its last value, unless `output` names others. Here the last "
        "value is absent, because the branch or `if` that would make it is `none`."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  none
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  identity
}
""",
)
