"""misplaced-statement: a statement stands where it has no meaning."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="misplaced-statement",
    title="a statement stands where it has no meaning",
    severity="error",
    why=(
        "`input` and `expect` belong directly into the body of a network. A block "
        "starts from the value that it is applied to, takes others as `value` parameters, and "
        "results in its last value."
    ),
    example="""\
block unit {
  input image[8, 8, 3]
  relu
}

network net {
  input image[8, 8, 3]
  unit
}
""",
    fix="""\
block unit {
  relu
}

network net {
  input image[8, 8, 3]
  unit
}
""",
)
