"""conflicting-arguments: two arguments that exclude each other."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="conflicting-arguments",
    title="two arguments exclude each other",
    severity="error",
    why=(
        "Both arguments decide the same thing, so at most one of them can be right. Taking one"
        " silently could build another network than the one that was meant."
    ),
    example="""\
network n {
  input image[4, 4, 3]
  resize(2, size=[8, 8], method=nearest)
}
""",
    fix="""\
network n {
  input image[4, 4, 3]
  resize(size=[8, 8], method=nearest)
}
""",
)
