"""weights-unreadable: a file of weights cannot be read or written."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="weights-unreadable",
    title="a file of weights cannot be read or written",
    severity="error",
    why=(
        "The file is not what its ending says, it is cut off, or it holds more than tensors. "
        "Nothing in a file of weights is ever executed: a `.pth` with Python objects in it is "
        "refused. Nothing was written."
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
    command="archspec weights import model.arch --from whole_model.pth -o model.safetensors",
    fixed_command="archspec weights import model.arch --from state_dict.pth -o model.safetensors",
)
