"""shape-mismatch: the shapes do not fit together."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="shape-mismatch",
    title="the shapes do not fit together",
    severity="error",
    why=(
        "`add`, `maximum` and `average` need branches of equal shapes, `concat` needs all axes "
        "but the channels to be equal, and `multiply` broadcasts only missing leading axes and "
        "axes of size 1."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  add {
    | conv(16, 1)
    | identity
  }
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  add {
    | conv(16, 1)
    | conv(16, 1)
  }
}
""",
)
