"""recursion: a definition uses itself."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="recursion",
    title="a definition uses itself",
    severity="error",
    why=(
        "A block or function that uses itself, directly or through others, would never come to "
        "an end. Repetition is written with `for` and `repeat`."
    ),
    example="""\
block unit { relu -> unit }

network net {
  input image[8, 8, 3]
  unit
}
""",
    fix="""\
block unit { relu }

network net {
  input image[8, 8, 3]
  repeat 2 { unit }
}
""",
)
