"""unknown-layer: no op, block, network or layer parameter has this name."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-layer",
    title="no op, block, network or layer parameter has this name",
    severity="error",
    why=(
        "A step of a chain names a layer: a built-in op, a block or network of this file or one "
        "that it uses, a parameter of type `layer`, or a `layer` instance. Numbers, functions "
        "and named values are none of these."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> reluu
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> relu
}
""",
)
