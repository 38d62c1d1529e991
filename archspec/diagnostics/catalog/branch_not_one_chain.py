"""branch-not-one-chain: a branch has several statements."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="branch-not-one-chain",
    title="a branch has several statements",
    severity="error",
    why=(
        "A branch of a join is one chain. Several statements go into braces of their own, which "
        "make them one step."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  add {
    | conv(3, 1)
      relu
    | identity
  }
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  add {
    | conv(3, 1) -> relu
    | identity
  }
}
""",
)
