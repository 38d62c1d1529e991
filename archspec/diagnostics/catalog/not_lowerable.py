"""not-lowerable: the back end cannot express the network exactly."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="not-lowerable",
    title="the back end cannot express the network exactly",
    severity="error",
    why=(
        "A back end either implements the meaning of a spec exactly or refuses. The message "
        "names the layer and the back end."
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
    command="archspec generate model.arch --backend other -o models",
    fixed_command="archspec generate model.arch --backend torch -o models",
)
