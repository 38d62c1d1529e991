"""network-is-template: the network needs arguments."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="network-is-template",
    title="the network needs arguments",
    severity="error",
    why=(
        "A network with a parameter that has no default is a template: variants and other "
        "networks use it, and it cannot be built before the parameter has a value."
    ),
    example="""\
network net(classes: int) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    fix="""\
network net(classes: int) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    command="archspec summary model.arch",
    fixed_command="archspec summary model.arch --set classes=10",
)
