"""unknown-network: there is no such network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="unknown-network",
    title="there is no such network",
    severity="error",
    why=(
        "A network is named by `--network`, by a variant, or as a shipped one, and no network "
        "has this name."
    ),
    example="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
}

network small = nett()
""",
    fix="""\
network net {
  input image[8, 8, 3]
  flatten -> dense(10)
}

network small = net()
""",
)
