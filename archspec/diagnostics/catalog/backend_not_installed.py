"""backend-not-installed: the framework of the back end cannot be imported."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="backend-not-installed",
    title="the framework of the back end cannot be imported",
    severity="error",
    why=(
        "Checking and generating need no framework, but building and verifying run the "
        "generated code. The framework has to be installed for that."
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
    command="archspec verify model.arch",
    fixed_command='pip install "archspec-nn[torch,keras]"',
)
