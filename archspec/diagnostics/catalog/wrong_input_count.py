"""wrong-input-count: the layer takes another number of inputs."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="wrong-input-count",
    title="the layer takes another number of inputs",
    severity="error",
    why=(
        "Most layers take one input; joins take several. A chain that starts from several "
        "values passes them all to its first layer."
    ),
    example="""\
network net {
  input left[8, 8, 3]
  input right[8, 8, 3]
  from left, right -> conv(8, 3)
}
""",
    fix="""\
network net {
  input left[8, 8, 3]
  input right[8, 8, 3]
  from left, right -> concat -> conv(8, 3)
}
""",
)
