"""How generated code draws the initial weights that the spec asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from archspec.ir import Graph, Node, Weight
from archspec.ops.initializer import Initializer
from archspec_torch.lowering import find
from archspec_torch.site import constant

Starts = tuple[Initializer | None, Initializer | None]
"""The initialisers of kernel and bias, None where there is no such weight."""


@dataclass
class Owners:
    """All layers of one PyTorch class: their initialisers."""

    kernels: set[Initializer] = field(default_factory=set)
    biases: set[Initializer | None] = field(default_factory=set)


def starts(node: Node) -> Starts:
    """How the weights of a node start."""
    kernel, bias = node.weights.get("kernel"), node.weights.get("bias")
    return (kernel.initializer if kernel else None, bias.initializer if bias else None)


class Initial:
    """Decides between one function for the whole model and one for each layer.

    Where all layers of a class start alike, the model applies `init_weights` to itself. Else each
    layer passes through a function that is named after its initialiser.
    """

    def __init__(self, graph: Graph) -> None:
        self.owners: dict[str, Owners] = defaultdict(Owners)
        for node in graph.nodes:
            lowering = find(node.op.name)
            if lowering is None or lowering.owner is None or "kernel" not in node.weights:
                continue
            kernel, bias = starts(node)
            owners = self.owners[lowering.owner(node)]
            assert kernel is not None
            owners.kernels.add(kernel)
            owners.biases.add(bias)
        self.alike = all(
            len(one.kernels) == 1 and len(one.biases - {None}) <= 1 for one in self.owners.values()
        )
        self._names: dict[tuple[Starts, bool], str] = {}

    def wrap(self, text: str, found: Starts, owner: str) -> str:
        """The constructor of a layer within the function that starts its weights."""
        if self.alike:
            return text
        turned = "Transpose" in owner and _by_fan(found[0])
        name = self._names.get((found, turned))
        if name is None:
            wanted = found[0].name if found[0] else "initialised"
            taken = set(self._names.values())
            name, number = wanted, 2
            while name in taken:
                name, number = f"{wanted}_{number}", number + 1
            self._names[found, turned] = name
        return f"{name}({text})"

    def names(self) -> tuple[str, ...]:
        """The functions that generated code may define."""
        return () if self.alike else tuple(self._names.values())

    def text(self) -> str:
        """The definitions of the functions in use."""
        if not self.alike:
            return "\n\n\n".join(
                _layer_function(name, found, turned)
                for (found, turned), name in self._names.items()
            )
        return _model_function(self.owners) if self.owners else ""


def _by_fan(initializer: Initializer | None) -> bool:
    return initializer is not None and initializer.name.startswith(("he_", "lecun_"))


def call(initializer: Initializer, tensor: str, turned: bool = False) -> str:
    """The expression that draws a tensor.

    `turned` is for transposed convolutions, whose inputs PyTorch counts as outputs.
    """
    name, numbers = initializer.name, tuple(map(constant, initializer.arguments))
    mode = ', mode="fan_out"' if turned else ""
    match name:
        case "zeros" | "ones":
            return f"nn.init.{name}_({tensor})"
        case "constant":
            return f"nn.init.constant_({tensor}, {numbers[0]})"
        case "normal":
            return f"nn.init.normal_({tensor}, std={numbers[0]})"
        case "truncated_normal":
            bound = constant(2 * initializer.arguments[0])
            return f"nn.init.trunc_normal_({tensor}, std={numbers[0]}, a=-{bound}, b={bound})"
        case "uniform":
            return f"nn.init.uniform_({tensor}, -{numbers[0]}, {numbers[0]})"
        case "glorot_uniform" | "glorot_normal":
            return f"nn.init.xavier_{name.removeprefix('glorot_')}_({tensor})"
    family, kind = name.split("_")
    gain = "relu" if family == "he" else "linear"
    return f'nn.init.kaiming_{kind}_({tensor}{mode}, nonlinearity="{gain}")'


def parameter(weight: Weight, shape: str) -> str:
    """A tensor of this shape with its initial values."""
    name, arguments = weight.initializer.name, weight.initializer.arguments
    if name in ("zeros", "ones"):
        return f"torch.{name}({shape})"
    if name == "constant":
        return f"torch.full(({shape}), {constant(arguments[0])})"
    found = weight.initializer
    if name not in ("normal", "truncated_normal", "uniform"):
        fans = {"glorot": sum(weight.fans) / 2}.get(name.split("_")[0], weight.fans[0])
        variance = (2.0 if name.startswith("he") else 1.0) / fans
        uniform = name.endswith("uniform")
        spread = float(f"{((3 * variance) if uniform else variance) ** 0.5:.6g}")
        found = Initializer("uniform" if uniform else "normal", (spread,))
    return call(found, f"torch.empty({shape})")


def _model_function(owners: dict[str, Owners]) -> str:
    alike: dict[tuple[Starts, bool], list[str]] = defaultdict(list)
    for name, one in sorted(owners.items()):
        (kernel,) = one.kernels
        bias = next(iter(one.biases - {None}), None)
        turned = "Transpose" in name and _by_fan(kernel)
        alike[(kernel, bias), turned].append(name)
    lines = [
        "def init_weights(module: nn.Module) -> None:",
        '    """Draws the initial weights of a layer."""',
    ]
    word = "if"
    for ((kernel_or_none, bias), turned), names in alike.items():
        assert kernel_or_none is not None
        classes = names[0] if len(names) == 1 else f"({', '.join(names)})"
        lines.append(f"    {word} isinstance(module, {classes}):")
        lines.append(f"        {call(kernel_or_none, 'module.weight', turned)}")
        if bias is not None:
            lines.append("        if module.bias is not None:")
            lines.append(f"            {call(bias, 'module.bias')}")
        word = "elif"
    return "\n".join(lines)


def _told(kernel: Initializer, bias: Initializer | None) -> str:
    words = f"Starts the kernel of a layer with `{kernel.name}`"
    return f"{words}." if bias is None else f"{words} and its bias with `{bias.name}`."


def _layer_function(name: str, found: Starts, turned: bool) -> str:
    kernel, bias = found
    assert kernel is not None
    lines = [
        f"def {name}(layer: nn.Module) -> nn.Module:",
        f'    """{_told(kernel, bias)}"""',
    ]
    if bias is None:
        lines += [
            "    for parameter in layer.parameters():",
            f"        {call(kernel, 'parameter', turned)}",
        ]
    else:
        lines += [
            "    for name, parameter in layer.named_parameters():",
            '        if name == "weight":',
            f"            {call(kernel, 'parameter', turned)}",
            "        else:",
            f"            {call(bias, 'parameter')}",
        ]
    return "\n".join([*lines, "    return layer"])
