"""outside-root: a used file lies outside the folder of the spec."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="outside-root",
    title="a used file lies outside the folder of the spec",
    severity="error",
    why="A spec may come from a stranger, so it reads only files below its own folder.",
    example="""\
use conv_bn from "../parts.arch"

network net {
  input image[8, 8, 3]
  conv_bn(8)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> batch_norm
}
""",
)
