"""unknown-name: nothing has this name here."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-name",
    title="nothing has this name here",
    severity="error",
    why=(
        "An expression can use the parameters of its block or network, `let` names, loop "
        "variables, named values, and the functions and constants of the file. Words such as "
        "`same` mean something only for attributes that know them."
    ),
    example="""\
block unit(filters: int) { conv(filter, 3) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
    fix="""\
block unit(filters: int) { conv(filters, 3) }

network net {
  input image[8, 8, 3]
  unit(8)
}
""",
)
