"""Draws single ops with their attributes, and names that are awkward in generated code."""

from __future__ import annotations

from random import Random

KEEPING = (
    "relu",
    "relu6",
    "leaky_relu(0.1)",
    "elu",
    "elu(0.5)",
    "selu",
    "gelu",
    "gelu(approximate=true)",
    "silu",
    "tanh",
    "sigmoid",
    "hard_sigmoid",
    "hard_swish",
    "softplus",
    "softmax",
    "identity",
    "scale(0.5)",
    "batch_norm",
    "batch_norm(epsilon=1e-3, momentum=0.8)",
    "batch_norm(scale=false)",
    "batch_norm(offset=false, scale=false)",
    "layer_norm",
    "layer_norm(epsilon=1e-3, offset=false)",
    "dropout(0.5)",
    "stochastic_depth(0.2)",
)
"""Ops that take any value and keep its shape."""

ACTIVATIONS = ("relu", "tanh", "identity", "leaky_relu(0.2)", "gelu", "silu", "elu(alpha=0.7)")

INITIALIZERS = ("he_normal", "zeros", "glorot_normal", "normal(stddev=0.1)", "constant(value=0.3)")

PARAMETERS = ("name", "x", "self", "in_channels", "forward", "train_", "channels", "width", "torch")
BLOCKS = ("layers", "nn", "keras", "unit", "Tensor", "conv_bn", "super", "net_2", "residual")
LABELS = ("weight", "parameters", "class_", "skip", "modules", "x", "layers", "main", "type", "out")
DOCS = (
    "One line.",
    'A "quoted" text, it\'s one with \\ and \\n in it.',
    'Three quotes """ and {{ braces }} and {% more %}',
    'Größe, 大きさ, and a trailing quote"',
    "Two lines.\n##\n## The second paragraph is long enough to be wrapped when it is indented, "
    "or so one hopes.",
    "trailing backslash \\",
)


def sizes(random: Random, rank: int, most: int) -> str:
    """A number, or a list with one for each axis."""
    if random.random() < 0.7:
        return str(random.randint(1, most))
    return "[" + ", ".join(str(random.randint(1, most)) for _ in range(rank)) + "]"


def padding(random: Random, rank: int) -> str:
    kind = random.randrange(6)
    if kind < 4:
        return ("same", "half", "valid", str(random.randint(0, 2)))[kind]
    if kind == 4:
        return "[" + ", ".join(str(random.randint(0, 2)) for _ in range(rank)) + "]"
    pairs = [f"[{random.randint(0, 2)}, {random.randint(0, 2)}]" for _ in range(rank)]
    return "[" + ", ".join(pairs) + "]"


def pairs(random: Random, rank: int) -> str:
    if random.random() < 0.4:
        return str(random.randint(0, 2))
    parts = [
        f"[{random.randint(0, 1)}, {random.randint(0, 2)}]"
        if random.random() < 0.5
        else str(random.randint(0, 1))
        for _ in range(rank)
    ]
    return "[" + ", ".join(parts) + "]"


def _some(random: Random, *options: str) -> str:
    """The first option, and each of the others now and then."""
    chosen = [options[0], *(one for one in options[1:] if random.random() < 0.35)]
    return "(" + ", ".join(chosen) + ")"


def _window(random: Random, rank: int) -> tuple[str, ...]:
    """Stride or dilation, and a padding."""
    moved = (
        f"stride={sizes(random, rank, 2)}"
        if random.random() < 0.6
        else f"dilation={sizes(random, rank, 2)}"
    )
    return (f"padding={padding(random, rank)}", moved)


def _weighted(random: Random) -> tuple[str, ...]:
    start = random.choice(INITIALIZERS)
    return (f"kernel_init={start}", "bias=false" if random.random() < 0.5 else "bias_init=ones")


def spatial(random: Random, rank: int, filters: str) -> str:
    """An op for a value with spatial axes; it may change every size."""
    kernel = sizes(random, rank, 4)
    window = _window(random, rank)
    weighted = _weighted(random)
    whole = pairs(random, rank)
    pooling = (f"stride={sizes(random, rank, 3)}", f"padding={padding(random, rank)}")
    return random.choice(
        (
            "conv" + _some(random, f"{filters}, {kernel}", *window, *weighted),
            "conv" + _some(random, f"{filters}, {kernel}, groups=2", *window, *weighted),
            "conv" + _some(random, f"{filters}, {kernel}, groups=.channels", *window),
            "depthwise_conv" + _some(random, kernel, *window, "multiplier=2", *weighted),
            "separable_conv" + _some(random, f"{filters}, {kernel}", *window, "multiplier=2"),
            "transposed_conv" + _some(random, f"{filters}, {kernel}", window[0], *pooling[:1]),
            "transposed_conv" + _some(random, f"{filters}, {kernel}, stride=2", window[0]),
            "max_pool" + _some(random, sizes(random, rank, 3), *pooling),
            "avg_pool" + _some(random, f"{sizes(random, rank, 3)}", pooling[0]),
            f"avg_pool({kernel}, {pooling[1]}, count_padding={random.choice(('true', 'false'))})",
            f"pad({whole})",
            f"pad({whole}, value={random.choice(('1.5', '-2', '0'))})",
            f"crop({whole})",
            f"resize(scale={sizes(random, rank, 2)}, method={random.choice(METHODS)})",
            f"resize(size={sizes(random, rank, 7)}, method={random.choice(METHODS)})",
            "local_response_norm" + random.choice(("", "(3)", "(size=1, alpha=0.1, beta=0.5)")),
            "spatial_dropout(0.3)",
            "global_avg_pool(keep=true)",
            "global_max_pool(keep=true)",
            f"dense({filters})",
        )
    )


METHODS = ("nearest", "bilinear")


def preserving(random: Random, filters: str) -> str:
    """An op that keeps the spatial sizes and makes `filters` channels."""
    kernel = random.choice(("1", "3", "3", "5"))
    return random.choice(
        (
            f"conv({filters}, {kernel}, padding=same)",
            f"conv({filters}, {kernel}, padding=half, bias=false)",
            f"conv({filters}, 2, padding=same)",
            f"conv({filters}, 3, padding=half, dilation=2)",
            f"separable_conv({filters}, {kernel}, padding=same)",
            f"transposed_conv({filters}, {kernel}, padding=same)",
            f"dense({filters}, bias=false)",
        )
    )


def keeping(random: Random) -> str:
    return random.choice(KEEPING)
