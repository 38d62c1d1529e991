"""conflicting-arguments: two arguments say the same thing differently."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="conflicting-arguments",
    title="two arguments say the same thing differently",
    severity="error",
    why=(
        "Some attributes are two ways to say one thing, such as the `scale` and the `size` of "
        "`resize`. With both, one of them would have to be ignored."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  resize(scale=2, size=[16, 16], method=nearest)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  resize(scale=2, method=nearest)
}
""",
)
