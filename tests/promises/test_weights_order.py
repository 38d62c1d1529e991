"""Official models' layers are put in the order of construction by their names alone."""

from __future__ import annotations

from random import Random

import pytest

from archspec_keras.official.order import official_order as keras_order
from archspec_torch.official.order import official_order as torch_order

TORCH = {
    "resnet": "conv1 bn1 layer1.0.conv1 layer1.0.bn1 layer1.0.conv2 layer1.0.bn2"
    " layer1.0.downsample.0 layer1.0.downsample.1 layer1.2.conv1 layer1.10.conv1 layer2.0.conv1 fc",
    "vgg": "features.0 features.3 features.10 classifier.0 classifier.3",
    "googlenet": "conv1.conv conv1.bn conv2.conv inception3a.branch1.conv"
    " inception3a.branch2.0.conv inception3b.branch1.conv inception4a.branch1.conv"
    " aux1.conv.conv aux1.fc1 aux2.conv.conv fc",
    "inception_v3": "Conv2d_1a_3x3.conv Conv2d_4a_3x3.conv Mixed_5b.branch1x1.conv"
    " Mixed_5b.branch5x5_1.conv Mixed_5b.branch3x3dbl_1.conv Mixed_5b.branch_pool.conv"
    " Mixed_6a.branch3x3.conv Mixed_6e.branch7x7_3.conv Mixed_6e.branch7x7dbl_1.conv"
    " AuxLogits.conv0.conv AuxLogits.fc Mixed_7a.branch3x3_1.conv Mixed_7a.branch7x7x3_1.conv"
    " Mixed_7b.branch3x3_2a.conv Mixed_7b.branch3x3_2b.conv Mixed_7b.branch3x3dbl_1.conv fc",
    "inception_resnet_v2": "conv2d_1a.conv conv2d_2b.conv conv2d_4a.conv mixed_5b.branch0.conv"
    " repeat.0.branch0.conv repeat.0.conv2d repeat.9.branch0.conv mixed_6a.branch0.conv"
    " repeat_1.0.branch1.2.conv repeat_1.0.conv2d mixed_7a.branch0.0.conv repeat_2.0.conv2d"
    " block8.conv2d conv2d_7b.conv classif",
    "legacy_xception": "conv1 bn1 conv2 bn2 block1.skip block1.skipbn block1.rep.0.conv1"
    " block1.rep.0.pointwise block2.skip block10.rep.1.conv1 conv3.conv1 conv3.pointwise bn3"
    " conv4.conv1 fc",
}
# Layers of two kinds may stand in any order between each other: each kind is matched by itself.
KERAS = {
    "automatic": "conv2d conv2d_2 conv2d_10",
    "ResNetV2": "conv1_conv conv2_block1_preact_bn conv2_block1_0_conv conv2_block1_1_bn"
    " conv2_block1_1_conv conv2_block2_preact_bn conv3_block10_1_conv post_bn predictions",
    "Xception": "block1_conv1 block1_conv2 conv2d_7 block2_sepconv1 conv2d_8 block3_sepconv1"
    " conv2d_9 block4_sepconv1 block12_sepconv1 conv2d_10 block13_sepconv1 block14_sepconv1"
    " predictions",
    "InceptionResNetV2": "conv2d_4 conv2d_30 batch_normalization_4 block35_1_conv block35_10_conv"
    " block17_1_conv block8_1_conv conv_7b conv_7b_bn predictions",
    "MobileNet": "conv1 conv1_bn conv_dw_1 conv_dw_1_bn conv_pw_1 conv_pw_1_bn conv_dw_2 conv_pw_2"
    " conv_dw_10 conv_preds",
}


@pytest.mark.parametrize("family", TORCH)
def test_torch_families(family: str) -> None:
    expected = TORCH[family].split()
    assert torch_order(Random(0).sample(expected, len(expected))) == expected


@pytest.mark.parametrize("family", KERAS)
def test_keras_families(family: str) -> None:
    expected = KERAS[family].split()
    assert keras_order(Random(0).sample(expected, len(expected))) == expected


def test_other_names_have_no_known_order() -> None:
    assert torch_order(["features.0", "attention.1"]) is None
    assert keras_order(["conv2d", "mine"]) is None
