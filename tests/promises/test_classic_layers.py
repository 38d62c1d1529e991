"""Layer by layer, the classic networks have the sizes that their papers and tables print.

The figures are derived here by hand: a layer with a window of `cells` that goes from `into` to
`out` channels has cells * into * out + out parameters, and multiplies cells * into * out times at
each of its `places`. Nothing is read from the specs.
"""

from __future__ import annotations

import pytest

import archspec
from archspec.analyses.summary import Summary


def conv(cells: int, into: int, out: int, places: int, groups: int = 1) -> tuple[int, int]:
    """Parameters, bias included, and multiply-adds of a convolution."""
    kernel = cells * into // groups * out
    return kernel + out, kernel * places


def dense(into: int, out: int) -> tuple[int, int]:
    return conv(1, into, out, 1)


def vgg(*stages: list[int]) -> list[tuple[int, int]]:
    """A column of VGG's table 1: cells of the windows of each stage."""
    found, into = [], 3
    for side, width, stage in zip(
        (224, 112, 56, 28, 14), (64, 128, 256, 512, 512), stages, strict=True
    ):
        for cells in stage:
            found.append(conv(cells, into, width, side * side))
            into = width
    return [*found, *CLASSIFIER]


TOP = [dense(4096, 4096), dense(4096, 1000)]
CLASSIFIER = [dense(7 * 7 * 512, 4096), *TOP]

LENET = [
    conv(25, 1, 6, 28 * 28),
    conv(25, 6, 16, 10 * 10),
    conv(25, 16, 120, 1),
    dense(120, 84),
    dense(84, 10),
]
ONE_COLUMN = [
    conv(11 * 11, 3, 96, 55 * 55),
    conv(25, 96, 256, 27 * 27),
    conv(9, 256, 384, 13 * 13),
    conv(9, 384, 384, 13 * 13),
    conv(9, 384, 256, 13 * 13),
    dense(6 * 6 * 256, 4096),
    *TOP,
]
TWO_COLUMNS = [
    conv(11 * 11, 3, 96, 55 * 55),
    conv(25, 96, 256, 27 * 27, groups=2),
    conv(9, 256, 384, 13 * 13),
    conv(9, 384, 384, 13 * 13, groups=2),
    conv(9, 384, 256, 13 * 13, groups=2),
    dense(6 * 6 * 256, 4096),
    *TOP,
]
ZFNET = [
    conv(7 * 7, 3, 96, 110 * 110),
    conv(25, 96, 256, 26 * 26),
    *ONE_COLUMN[2:],
]
VGG_A = vgg([9], [9], [9, 9], [9, 9], [9, 9])

LAYERS = {
    "lenet5": LENET,
    "lenet5_32": LENET,
    "alexnet_2012": TWO_COLUMNS,
    "alexnet_plain": ONE_COLUMN,
    "zfnet": ZFNET,
    "vgg_a": VGG_A,
    "vgg_a_lrn": VGG_A,
    "vgg_b": vgg([9, 9], [9, 9], [9, 9], [9, 9], [9, 9]),
    "vgg_c": vgg([9, 9], [9, 9], [9, 9, 1], [9, 9, 1], [9, 9, 1]),
    "vgg_d": vgg([9, 9], [9, 9], [9, 9, 9], [9, 9, 9], [9, 9, 9]),
    "vgg_e": vgg([9, 9], [9, 9], [9, 9, 9, 9], [9, 9, 9, 9], [9, 9, 9, 9]),
    "inception_naive": [
        conv(1, 200, 64, 32 * 32),
        conv(9, 200, 128, 32 * 32),
        conv(25, 200, 32, 32 * 32),
    ],
    "inception_reduced": [
        conv(1, 200, 64, 32 * 32),
        conv(1, 200, 96, 32 * 32),
        conv(9, 96, 128, 32 * 32),
        conv(1, 200, 16, 32 * 32),
        conv(25, 16, 32, 32 * 32),
        conv(1, 200, 32, 32 * 32),
    ],
    "fashion_mnist_cnn": [
        conv(7 * 7, 1, 64, 28 * 28),
        conv(9, 64, 128, 14 * 14),
        conv(9, 128, 128, 14 * 14),
        conv(9, 128, 256, 7 * 7),
        conv(9, 256, 256, 7 * 7),
        dense(3 * 3 * 256, 128),
        dense(128, 64),
        dense(64, 10),
    ],
    "math_symbols_cnn": [
        conv(9, 1, 64, 298 * 298),
        conv(9, 64, 128, 147 * 147),
        dense(73 * 73 * 128, 10),
    ],
    "cats_dogs_cnn": [
        conv(9, 3, 32, 148 * 148),
        conv(9, 32, 32, 72 * 72),
        conv(9, 32, 64, 34 * 34),
        dense(18_496, 64),
        dense(64, 1),
    ],
    "tdnn": [conv(3, 16, 8, 13), conv(5, 8, 3, 9), (3, 0)],
}

# Totals that the sources print, in thousands or millions where they do.
PRINTED = {
    "lenet5": (61_706, 1),
    "alexnet_2012": (60_965_224, 1),
    "vgg_a": (133, 10**6),
    "vgg_b": (133, 10**6),
    "vgg_c": (134, 10**6),
    "vgg_d": (138, 10**6),
    "vgg_e": (144, 10**6),
    "fashion_mnist_cnn": (1_413_834, 1),
}


def summary_of(name: str) -> Summary:
    found = archspec.load(name).summary()
    assert found is not None
    return found


@pytest.mark.parametrize("name", LAYERS)
def test_layers_are_those_of_the_paper(name: str) -> None:
    layers = summary_of(name).layers
    assert [(one.parameters, one.macs) for one in layers if one.parameters] == LAYERS[name]


@pytest.mark.parametrize("name", PRINTED)
def test_the_figures_here_are_the_printed_ones(name: str) -> None:
    printed, unit = PRINTED[name]
    assert round(sum(parameters for parameters, _ in LAYERS[name]) / unit) == printed


@pytest.mark.parametrize("name", ["lenet5", "lenet5_32"])
def test_lenet_is_tabled_with_its_poolings(name: str) -> None:
    layers = [one for one in summary_of(name).layers if one.op not in ("tanh", "softmax")]
    tabled = [156, 0, 2_416, 0, 48_120, 0, 10_164, 850]
    assert [one.parameters for one in layers] == tabled


def cost(name: str, *parts: str) -> int:
    """Multiply-adds of what is called, or stands below, one of the paths."""
    layers = summary_of(name).layers
    return sum(one.macs for one in layers if one.path.split(".")[0] in parts)


def test_a_reduction_saves_nine_tenths_of_the_5_x_5_branch() -> None:
    assert cost("inception_naive", "five") == 32 * 32 * 32 * 5 * 5 * 200 == 163_840_000
    reduction, convolution = 32 * 32 * 16 * 200, 32 * 32 * 32 * 5 * 5 * 16
    assert cost("inception_reduced", "five") == reduction + convolution == 16_384_000


def test_googlenet_takes_the_operations_of_its_table_1() -> None:
    # In millions, as printed. The table's 34 for the first convolution and 54 for 5a do not
    # follow from the sizes in it, which give 118 and 51.
    printed = {"3a": 128, "3b": 304, "4a": 73, "4b": 88, "4c": 100, "4d": 119, "4e": 170, "5b": 71}
    found = {label: cost("googlenet", f"inception_{label}") for label in printed}
    printed |= {"convolution": 360, "linear": 1}
    found |= {
        "convolution": cost("googlenet", "conv_2", "conv_3"),
        "linear": cost("googlenet", "result"),
    }
    assert found == pytest.approx({key: one * 10**6 for key, one in printed.items()}, abs=10**6)


def test_resnet50_course_differs_from_torchvisions_by_its_biases() -> None:
    # He et al. (2015), table 1: the widths of a stage's units, which all convolutions have thrice.
    depths, widths = (3, 4, 6, 3), (64, 128, 256, 512)
    units = sum(depth * (2 + 4) * width for depth, width in zip(depths, widths, strict=True))
    filters = 64 + units + sum(4 * width for width in widths)
    assert filters == 26_560
    made = summary_of("resnet50_course")
    assert made.parameters == 25_557_032 + filters == 25_583_592
    assert made.running_statistics == 2 * filters == 53_120
