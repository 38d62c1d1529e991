"""limit-exceeded: the spec asks for too much."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="limit-exceeded",
    title="the spec asks for too much",
    severity="error",
    why=(
        "A spec may come from a stranger, so the number of layers, the steps of evaluation, the "
        "size of numbers, lists, values and files, and the depth of nesting are limited. The "
        "limits are far above every published network."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  repeat 10 ** 9 { relu }
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  repeat 9 { relu }
}
""",
)
