"""duplicate-name: one name stands for two things."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="duplicate-name",
    title="one name stands for two things",
    severity="error",
    why=(
        "Definitions of a file, parameters of a block and names in a body are told apart by "
        "their names, and the names of ops are taken."
    ),
    example="""\
block unit { relu }
block unit { tanh }

network net {
  input image[8, 8, 3]
  unit
}
""",
    fix="""\
block unit { relu }
block unit_tanh { tanh }

network net {
  input image[8, 8, 3]
  unit -> unit_tanh
}
""",
)
