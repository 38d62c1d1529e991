"""unknown-parameter: the network has no such parameter."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-parameter",
    title="the network has no such parameter",
    severity="error",
    why=(
        "A value was given for a parameter of the network, on the command line or by a variant, "
        "and the network does not have it."
    ),
    example="""\
network net(classes: int = 10) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    fix="""\
network net(classes: int = 10) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    command="archspec summary model.arch --set clases=5",
    fixed_command="archspec summary model.arch --set classes=5",
)
