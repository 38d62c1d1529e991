"""not-a-join: branches follow a layer that is no join."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="not-a-join",
    title="branches follow a layer that is no join",
    severity="error",
    why=(
        "Only joins take several branches. For other layers, several results have to be joined "
        "first."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 1) { | relu | tanh }
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 1) -> concat { | relu | tanh }
}
""",
)
