"""The shipped networks are the published ones: no findings, exact counts, both frameworks agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import archspec
from archspec.cli.main import main
from archspec.source import shipped

# name: parameters, running statistics, multiply-adds. The VGG and ResNet rows are those of
# torchvision 0.29.2; those of the other classic networks are derived in test_classic_layers.py.
# Inception-v3, v4, Xception and both MobileNets have the counts of the official implementations of
# that form. The others of the Inception family were counted a second time from lists of their
# convolutions; without its head and factors, and with a bias in place of its first batch
# normalisation, inception_v2 has the 10,173,112 numbers that TensorFlow's own test expects of the
# released one.
COUNTS = {
    "lenet5": (61_706, 0, 416_520),
    "lenet5_32": (61_706, 0, 416_520),
    "alexnet": (62_381_096, 2_752, 1_135_256_096),
    "alexnet_2012": (60_965_224, 0, 724_406_816),
    "alexnet_plain": (62_378_344, 0, 1_135_256_096),
    "zfnet": (62_357_608, 0, 1_168_032_896),
    "vgg_a": (132_863_336, 0, 7_609_090_048),
    "vgg_a_lrn": (132_863_336, 0, 7_609_090_048),
    "vgg_b": (133_047_848, 0, 11_308_466_176),
    "vgg_c": (133_638_952, 0, 11_770_888_192),
    "vgg_d": (138_357_544, 0, 15_470_264_320),
    "vgg_e": (143_667_240, 0, 19_632_062_464),
    "vgg11": (132_863_336, 0, 7_609_090_048),
    "vgg13": (133_047_848, 0, 11_308_466_176),
    "vgg16": (138_357_544, 0, 15_470_264_320),
    "vgg19": (143_667_240, 0, 19_632_062_464),
    "inception_naive": (403_424, 0, 412_876_800),
    "inception_reduced": (165_360, 0, 168_951_808),
    "googlenet": (13_378_280, 0, 1_582_671_872),
    "resnet18": (11_689_512, 9_600, 1_814_073_344),
    "resnet34": (21_797_672, 17_024, 3_663_761_408),
    "resnet50": (25_557_032, 53_120, 4_089_184_256),
    "resnet101": (44_549_160, 105_344, 7_801_405_440),
    "resnet152": (60_192_808, 151_424, 11_513_626_624),
    "resnet50_course": (25_583_592, 53_120, 77_545_472),
    "fashion_mnist_cnn": (1_413_834, 0, 89_466_496),
    "math_symbols_cnn": (6_895_626, 0, 1_651_160_576),
    "cats_dogs_cnn": (1_212_513, 0, 89_192_000),
    "tdnn": (518, 0, 6_072),
    "unet": (481_762, 0, 143_851_520),
    "siamese": (11_681, 0, 656_416),
    "inception_v2": (11_188_288, 19_904, 1_934_857_216),
    "inception_v3": (27_161_264, 36_224, 5_713_216_096),
    "inception_v4": (42_679_816, 63_168, 12_253_974_624),
    "inception_resnet_v1": (22_756_328, 27_040, 6_206_361_696),
    "inception_resnet_v2": (32_433_928, 32_864, 9_257_953_632),
    "xception": (22_855_952, 54_528, 8_357_403_496),
    "mobilenet": (4_231_976, 21_888, 568_740_352),
    "mobilenet_v2": (3_504_872, 34_112, 300_774_272),
}

# Official implementations have folders, and a test, of their own.
OWN = [name for name in shipped.names() if "/" not in name]
BUILDABLE = [name for name in OWN if archspec.load(name).graph() is not None]


@pytest.mark.parametrize("path", shipped.files(), ids=lambda path: path.stem)
def test_a_shipped_spec_has_no_findings(path: Path) -> None:
    assert not archspec.load(path).check()


def test_every_shipped_network_is_counted_here() -> None:
    assert sorted(BUILDABLE) == sorted(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_counts(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", name, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    parameters, statistics, macs = COUNTS[name]
    assert made["parameters"] == parameters
    assert made["trainable_parameters"] == parameters
    assert made["running_statistics"] == statistics
    assert made["macs"] == macs
    assert sum(layer["parameters"] for layer in made["layers"]) == parameters
    assert sum(layer["macs"] for layer in made["layers"]) == macs


def test_the_auxiliary_heads_of_googlenet_can_be_switched_off() -> None:
    with_heads = archspec.load("googlenet").summary()
    without = archspec.load("googlenet").summary(overrides={"auxiliary": False})
    assert with_heads is not None
    assert without is not None
    assert with_heads.macs == without.macs
    assert (with_heads.parameters, without.parameters) == (13_378_280, 6_998_552)
    assert sum(port.training_only for port in with_heads.outputs) == 2
    assert not any(port.training_only for port in without.outputs)


@pytest.mark.parametrize(
    ("width", "resolution", "macs", "parameters"),
    [
        (1.0, 224, 569, 4.2),
        (0.75, 224, 325, 2.6),
        (0.5, 224, 149, 1.3),
        (0.25, 224, 41, 0.5),
        (1.0, 192, 418, 4.2),
        (1.0, 160, 290, 4.2),
        (1.0, 128, 186, 4.2),
    ],
)
def test_mobilenet_shrinks_as_its_paper_says(
    width: float, resolution: int, macs: int, parameters: float
) -> None:
    """Howard et al. (2017), tables 6 and 7, in millions; most multiply-adds are rounded down."""
    settings = {"width": width, "resolution": resolution}
    found = archspec.load("mobilenet").summary(overrides=settings)
    assert found is not None
    assert macs - 0.5 <= found.macs / 1e6 < macs + 1
    assert round(found.parameters / 1e6, 1) == parameters


@pytest.mark.parametrize(
    "name", ["lenet5", "unet", "siamese", "resnet18", "googlenet", "alexnet", "tdnn"]
)
def test_both_frameworks_agree(name: str) -> None:
    report = archspec.load(name).verify()
    assert report is not None
    assert report.passed, report.text()
    dtypes = {row.dtype for row in report.comparisons}
    kinds = {row.kind for row in report.comparisons}
    assert dtypes == {"float64", "float32"}
    assert {"outputs", "input_gradients", "weight_gradients"} <= kinds


@pytest.mark.full
@pytest.mark.parametrize("name", COUNTS)
def test_both_frameworks_agree_at_the_networks_own_size(name: str) -> None:
    report = archspec.load(name).verify(size="full")
    assert report is not None
    assert report.passed, report.text()
