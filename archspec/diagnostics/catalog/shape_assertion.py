"""shape-assertion: the shape is not the asserted one."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="shape-assertion",
    title="the shape is not the asserted one",
    severity="error",
    why=(
        "A bracketed shape in a chain states what the author believes of the value at this "
        "point; `_` stands for any size. It is compared with the computed shape."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> [8, 8, 8]
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3, padding=same) -> [8, 8, 8]
}
""",
)
