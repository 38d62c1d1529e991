"""no-network: the file defines no network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="no-network",
    title="the file defines no network",
    severity="error",
    why="A command that builds a network was given a file with blocks or functions only.",
    example="""\
block unit { relu }
""",
    fix="""\
block unit { relu }

network net {
  input image[8, 8, 3]
  unit
}
""",
    command="archspec summary model.arch",
    fixed_command="archspec summary model.arch",
)
