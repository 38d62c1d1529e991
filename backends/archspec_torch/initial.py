"""How generated code draws the initial weights that the spec asks for."""

from __future__ import annotations

from collections import Counter, defaultdict
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


@dataclass
class Function:
    """A function of generated code that starts the weights of a layer.

    It sets biases where one of its layers is `biased`, and takes their value where one of these
    values is not 0 (`levelled`); `bias` draws them at random. It takes the `setting` of its
    initialiser where layers differ in that.
    """

    name: str
    kernel: Initializer
    bias: Initializer | None
    turned: bool
    setting: str | None = None
    biased: bool = False
    levelled: bool = False

    def text(self) -> str:
        """The definition."""
        more = f", {self.setting}: float" if self.setting else ""
        more += ", bias: float = 0.0" if self.levelled else ""
        head = f"def {self.name}(layer: nn.Module{more}) -> nn.Module:"
        told = f"Starts the kernel of a layer with `{self.kernel.name}`"
        draw = _VARIED.get(self.kernel.name) if self.setting else None
        draw = draw or call(self.kernel, "parameter", self.turned)
        if not self.biased:
            body = ["for parameter in layer.parameters():", f"    {draw}"]
        else:
            bias = self.bias or Initializer("zeros")
            told += " and its bias with " + ("a number" if self.levelled else f"`{bias.name}`")
            other = call(bias, "parameter")
            if self.levelled:
                other = "nn.init.constant_(parameter, bias)"
            body = [
                "for name, parameter in layer.named_parameters():",
                '    if name == "weight":',
                f"        {draw}",
                "    else:",
                f"        {other}",
            ]
        lines = [f'"""{told}."""', *body, "return layer"]
        return "\n    ".join([head, *lines])


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
        kernels = {kernel for one in self.owners.values() for kernel in one.kernels}
        told = Counter(one.name for one in kernels)
        self._varied = {name for name, count in told.items() if count > 1}
        self._functions: dict[tuple[Initializer, Initializer | None, bool], Function] = {}

    def wrap(self, text: str, found: Starts, owner: str) -> str:
        """The constructor of a layer within the function that starts its weights."""
        kernel, bias = found
        if self.alike or kernel is None:
            return text
        turned = "Transpose" in owner and _by_fan(kernel)
        level = _level(bias)
        setting = _SETTINGS[kernel.name] if kernel.name in self._varied else None
        given = f", {setting}={constant(kernel.arguments[0])}" if setting else ""
        if setting:
            kernel = Initializer(kernel.name)
        key = kernel, bias if level is None else None, turned
        made = Function(self._free(kernel.name), *key, setting)
        function = self._functions.setdefault(key, made)
        function.biased |= bias is not None
        function.levelled |= bool(level)
        given += f", bias={constant(level)}" if level else ""
        return f"{function.name}({text}{given})"

    def _free(self, wanted: str) -> str:
        taken = self.names()
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        return name

    def names(self) -> tuple[str, ...]:
        """The functions that generated code may define."""
        return tuple(one.name for one in self._functions.values())

    def text(self) -> str:
        """The definitions of the functions in use."""
        if not self.alike:
            return "\n\n\n".join(one.text() for one in self._functions.values())
        return _model_function(self.owners) if self.owners else ""


_SETTINGS = {"constant": "value", "normal": "std", "truncated_normal": "std", "uniform": "limit"}
"""What the functions of initialisers with an argument call it."""

_VARIED = {
    "constant": "nn.init.constant_(parameter, value)",
    "normal": "nn.init.normal_(parameter, std=std)",
    "truncated_normal": "nn.init.trunc_normal_(parameter, std=std, a=-2 * std, b=2 * std)",
    "uniform": "nn.init.uniform_(parameter, -limit, limit)",
}
"""How they draw, where layers differ in it."""


def _level(bias: Initializer | None) -> float | None:
    """The constant that a bias starts from, None where it is drawn at random."""
    if bias is None:
        return 0.0
    return {"zeros": 0.0, "ones": 1.0, "constant": (*bias.arguments, None)[0]}.get(bias.name)


def _by_fan(initializer: Initializer | None) -> bool:
    return initializer is not None and initializer.name.startswith(("he_", "lecun_"))


def call(initializer: Initializer, tensor: str, turned: bool = False) -> str:
    """The expression that draws a tensor.

    `turned` is for transposed convolutions, whose inputs PyTorch counts as outputs.
    """
    name, numbers = initializer.name, tuple(map(constant, initializer.arguments))
    mode = ', mode="fan_out"' if turned != name.startswith("he_out") else ""
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
    family, kind = name.split("_")[0], name.split("_")[-1]
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
        fans: float = weight.fans[1] if name.startswith("he_out") else weight.fans[0]
        if name.startswith("glorot"):
            fans = sum(weight.fans) / 2
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
