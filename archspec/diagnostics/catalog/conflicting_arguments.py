"""conflicting-arguments: two arguments of which one would have to be ignored."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="conflicting-arguments",
    title="two arguments of which one would have to be ignored",
    severity="error",
    why=(
        "Some attributes are two ways to say one thing, such as the `scale` and the `size` of "
        "`resize`. With both, one of them would have to be ignored. Others are about a part that "
        "another one switches off, such as the `bias_init` of a layer with `bias=false`; a line "
        "`default` may give them."
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
