"""join-without-branches: a join has nothing to join."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="join-without-branches",
    title="a join has nothing to join",
    severity="error",
    why=(
        "A join takes its inputs from branches, separated by `|`, or from named values. With "
        "one chain in its braces and no `|`, or with only absent branches, there is nothing to "
        "join."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  concat { conv(8, 1) }
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  concat { conv(8, 1) | identity }
}
""",
)
