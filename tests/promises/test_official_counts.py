"""The specs of official implementations have the counts of the official classes."""

from __future__ import annotations

from functools import cache

import pytest

import archspec
from archspec.analyses.summary import Summary
from archspec.source import shipped

# name: parameters, running statistics, multiply-adds. The numbers of torchvision 0.29.2 and timm
# 1.0.31 are those of the classes, auxiliary heads included, those of keras.applications 3.15.1 what
# its functions make; the multiply-adds are those of inference (torchvision publishes them as
# `_ops`, in thousands of millions).
COUNTS = {
    "torchvision/alexnet": (61_100_840, 0, 714_188_480),
    "torchvision/vgg11": (132_863_336, 0, 7_609_090_048),
    "torchvision/vgg11_bn": (132_868_840, 5_504, 7_609_090_048),
    "torchvision/vgg13": (133_047_848, 0, 11_308_466_176),
    "torchvision/vgg13_bn": (133_053_736, 5_888, 11_308_466_176),
    "torchvision/vgg16": (138_357_544, 0, 15_470_264_320),
    "torchvision/vgg16_bn": (138_365_992, 8_448, 15_470_264_320),
    "torchvision/vgg19": (143_667_240, 0, 19_632_062_464),
    "torchvision/vgg19_bn": (143_678_248, 11_008, 19_632_062_464),
    "torchvision/googlenet": (13_004_888, 15_072, 1_498_376_192),
    "torchvision/inception_v3": (27_161_264, 36_224, 5_713_216_096),
    "torchvision/resnet18": (11_689_512, 9_600, 1_814_073_344),
    "torchvision/resnet34": (21_797_672, 17_024, 3_663_761_408),
    "torchvision/resnet50": (25_557_032, 53_120, 4_089_184_256),
    "torchvision/resnet101": (44_549_160, 105_344, 7_801_405_440),
    "torchvision/resnet152": (60_192_808, 151_424, 11_513_626_624),
    "torchvision/resnext50_32x4d": (25_028_904, 68_224, 4_230_479_872),
    "torchvision/resnext101_32x8d": (88_791_336, 202_880, 16_414_015_488),
    "torchvision/wide_resnet50_2": (68_883_240, 68_224, 11_398_021_120),
    "torchvision/wide_resnet101_2": (126_886_696, 137_856, 22_753_050_624),
    "torchvision/mobilenet_v2": (3_504_872, 34_112, 300_774_272),
    "timm/inception_v4": (42_679_816, 63_168, 12_253_974_624),
    "timm/inception_resnet_v2": (55_843_464, 60_544, 13_155_794_016),
    "timm/legacy_xception": (22_855_952, 54_528, 8_357_403_496),
    "keras/Xception": (22_855_952, 54_528, 8_357_403_496),
    "keras/VGG16": (138_357_544, 0, 15_470_264_320),
    "keras/VGG19": (143_667_240, 0, 19_632_062_464),
    "keras/ResNet50": (25_583_592, 53_120, 3_857_973_248),
    "keras/ResNet101": (44_601_832, 105_344, 7_570_194_432),
    "keras/ResNet152": (60_268_520, 151_424, 11_282_415_616),
    "keras/ResNet50V2": (25_568_360, 45_440, 3_482_255_360),
    "keras/InceptionV3": (23_817_352, 34_432, 5_713_216_096),
    "keras/InceptionResNetV2": (55_813_192, 60_544, 13_155_794_016),
    "keras/MobileNet": (4_231_976, 21_888, 568_740_352),
}

# The same without auxiliary heads.
HEADLESS = {
    "torchvision/googlenet": (6_624_904, 1_498_376_192),
    "torchvision/inception_v3": (23_834_568, 5_713_216_096),
}


@cache
def summary(name: str) -> Summary | None:
    return archspec.load(name).summary()


def test_every_official_network_is_counted_here() -> None:
    official = [name for name in shipped.names() if "/" in name]
    assert {name for name in official if summary(name) is not None} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_counts_are_those_of_the_official_class(name: str) -> None:
    found = summary(name)
    assert found is not None
    assert (found.parameters, found.running_statistics, found.macs) == COUNTS[name]
    assert found.trainable_parameters == found.parameters


@pytest.mark.parametrize("name", HEADLESS)
def test_auxiliary_heads_can_be_left_out(name: str) -> None:
    found = archspec.load(name).summary(overrides={"auxiliary": False})
    assert found is not None
    assert (found.parameters, found.macs) == HEADLESS[name]
    assert len(found.outputs) == 1


def test_logits_come_out() -> None:
    """Official classes of PyTorch end without a softmax."""
    for name in COUNTS:
        found = summary(name)
        assert found is not None
        if not name.startswith("keras/"):
            assert "softmax" not in {layer.op for layer in found.layers}, name
