"""reserved-name: names that begin with two underscores are reserved."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="reserved-name",
    title="names that begin with two underscores are reserved",
    severity="error",
    why="Such names have a meaning of their own in Python, which generated code is written in.",
    example="""\
block __init__ { relu }

network net {
  input image[8, 8, 3]
  __init__
}
""",
    fix="""\
block start { relu }

network net {
  input image[8, 8, 3]
  start
}
""",
)
