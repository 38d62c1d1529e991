"""missing-argument: an argument that is needed is not given."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="missing-argument",
    title="an argument that is needed is not given",
    severity="error",
    why=(
        "A parameter without a default must be given at each call. Some attributes are needed "
        "only in some cases: padded average pooling must say whether the padding counts, "
        "because the frameworks differ there."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3)
}
""",
)
