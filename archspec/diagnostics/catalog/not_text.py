"""not-text: the file is not text in UTF-8."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="not-text",
    title="the file is not text in UTF-8",
    severity="error",
    why=(
        "Specs are text files in UTF-8. This file holds bytes that are not, or a zero byte, so "
        "it is something else."
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
    command="archspec check weights.safetensors",
    fixed_command="archspec check model.arch",
)
