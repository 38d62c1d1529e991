"""The order in which official models make their layers, told from the layers' names.

State dicts of `torch.save` have that order anyway; safetensors files are sorted by name. A
family is a list of patterns of the parts of names in the order of construction. It is
recognised by its names: every part of every name must fit.
"""

from __future__ import annotations

from collections.abc import Sequence

from archspec.weights.order import Key, key

FAMILIES: dict[str, str] = {
    "torchvision alexnet, vgg, mobilenet_v2": "features conv # classifier",
    "torchvision resnet": "conv1 bn1 conv2 bn2 conv3 bn3 downsample layer* # fc",
    "torchvision googlenet": "conv* inception* branch* aux* conv bn fc1 fc2 fc #",
    "torchvision inception_v3": "Conv2d_* Mixed_5* Mixed_6* AuxLogits Mixed_7* branch1x1 branch5x5*"
    " branch3x3 branch3x3_* branch7x7_* branch3x3dbl* branch7x7dbl* branch7x7x3* branch_pool"
    " conv0 conv1 conv bn fc",
    "timm inception_v4": "features branch* conv bn # last_linear",
    "timm inception_resnet_v2": "conv2d_1a conv2d_2* conv2d_3b conv2d_4a mixed_5b repeat mixed_6a"
    " repeat_1 mixed_7a repeat_2 block8 branch* conv2d conv2d_7b conv bn # classif",
    "timm legacy_xception": "conv1 bn1 conv2 bn2 block* skip skipbn rep # conv3 bn3 conv4 bn4"
    " pointwise fc",
}


def official_order(layers: Sequence[str]) -> list[str] | None:
    """The layers in the order of the family that they belong to; None where none fits.

    >>> official_order(["bn1", "conv1", "fc", "layer1.10.conv1", "layer1.9.conv1"])
    ['conv1', 'bn1', 'layer1.9.conv1', 'layer1.10.conv1', 'fc']
    """
    for family in FAMILIES.values():
        keys = _keys(layers, family.split())
        if keys is not None:
            return sorted(layers, key=keys.__getitem__)
    return None


def _keys(layers: Sequence[str], patterns: Sequence[str]) -> dict[str, Key] | None:
    """What sorts each layer; None at the first that fits no pattern."""
    found = {}
    for layer in layers:
        place = key(layer.split("."), patterns)
        if not place:
            return None
        found[layer] = place
    return found
