"""unused-value: a value reaches no output."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unused-value",
    title="a value reaches no output",
    severity="error",
    why=(
        "A layer whose result reaches no output of the network is computed for nothing, and its "
        "weights are never trained. Usually a chain starts at the wrong value, or an `output` "
        "is missing."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  stem: conv(8, 3)
  side: conv(16, 3)
  from stem -> relu
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  stem: conv(8, 3)
  side: from stem -> conv(8, 1)
  add(stem, side)
}
""",
)
