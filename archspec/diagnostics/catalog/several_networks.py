"""several-networks: the file has several networks and none is chosen."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="several-networks",
    title="the file has several networks and none is chosen",
    severity="error",
    why="`check` looks at all networks of a file, but a summary or generated code is about one.",
    example="""\
network a {
  input image[8, 8, 3]
  relu
}

network b {
  input image[8, 8, 3]
  tanh
}
""",
    fix="""\
network a {
  input image[8, 8, 3]
  relu
}

network b {
  input image[8, 8, 3]
  tanh
}
""",
    command="archspec summary model.arch",
    fixed_command="archspec summary model.arch --network a",
)
