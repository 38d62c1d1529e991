"""syntax-error: the text is not written in the language."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="syntax-error",
    title="the text is not written in the language",
    severity="error",
    why=(
        "The parser met a sign or word that cannot stand at this place. It goes on at the next "
        "statement or definition, so that one run shows as many mistakes as it can."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  conv(8, 3 -> relu
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  conv(8, 3) -> relu
}
""",
)
