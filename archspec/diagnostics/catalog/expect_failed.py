"""expect-failed: the network is not as expected."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="expect-failed",
    title="the network is not as expected",
    severity="error",
    why=(
        "`expect` states a fact about the finished network at its own defaults, usually the "
        "number of parameters that the paper or an official implementation gives. Either a "
        "layer differs from the original, or the expectation does."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
  expect parameters == 1_920
}
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
  expect parameters == 1_930
}
""",
)
