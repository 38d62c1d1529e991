"""weights-mismatch: a file of weights does not fit the network."""

from archspec.diagnostics.rule import Rule

RULE = Rule(
    code="weights-mismatch",
    title="a file of weights does not fit the network",
    severity="error",
    why=(
        "Every tensor of the file must become exactly one weight of the network, and every weight "
        "must come from one tensor: what is left over on either side would be computed with wrong "
        "numbers. Tensors are matched by the names of their layers; where the file has other "
        "names, by the kind of layer, the order in which its network was made, and the shapes. "
        "`--report` lists every pair and every leftover."
    ),
    example="""\
network net(classes: int = 10) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    fix="""\
network net(classes: int = 10) {
  input image[8, 8, 3]
  flatten -> dense(classes)
}
""",
    command="archspec weights import model.arch --from five_classes.pth -o model.safetensors",
    fixed_command=(
        "archspec weights import model.arch --from five_classes.pth --set classes=5"
        " -o model.safetensors"
    ),
)
