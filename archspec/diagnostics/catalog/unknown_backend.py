"""unknown-backend: no back end of this name is installed."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-backend",
    title="no back end of this name is installed",
    severity="error",
    why=(
        "Back ends are found through the entry-point group `archspec.backends`. The built-in "
        "ones are `torch` and `keras`; others come with their own distributions."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
}
""",
    command="archspec generate model.arch --backend torsh -o models",
    fixed_command="archspec generate model.arch --backend torch -o models",
)
