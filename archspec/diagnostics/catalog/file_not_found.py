"""file-not-found: there is no such file."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="file-not-found",
    title="there is no such file",
    severity="error",
    why=(
        "The file of a `use`, or the one given to a command, cannot be found or read, or it is "
        "a folder. The path in a `use` is relative to the file that it stands in."
    ),
    example="""\
use conv_bn from "part.arch"

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
