"""The order in which official models make their layers, told from the layers' names.

Files have layers in the order of Keras' graph, in which parallel branches are mixed. The order
of construction is known where all names are automatic ones, which Keras numbers, and for the
families of keras.applications.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archspec.weights.order import key, natural

AUTOMATIC = re.compile(
    r"(conv[123]d(_transpose)?|depthwise_conv[123]d|separable_conv[123]d|dense|embedding|(batch|layer|group)_normalization)(_\d+)?"
)

FAMILIES: dict[str, str] = {
    "VGG": "block* fc1 fc2 predictions",
    "ResNet and ResNetV2": "conv1_* conv?_block* post_bn predictions",
    "Xception": "block* predictions",
    "InceptionV3": "conv2d* batch_normalization* predictions",
    "InceptionResNetV2": "conv2d* batch_normalization* block35_* block17_* block8_* conv_7b*"
    " predictions",
    "MobileNet": "conv1* conv_block* conv_preds",
}
"""Patterns of names, after `_renamed`, in the order of construction."""

SHORTCUTS = (2, 3, 4, 13)
"""The blocks of Xception whose shortcuts are convolutions, which have automatic names there."""

OUTPUTS = {"fc1000": "predictions", "probs": "predictions", "prediction": "predictions"}
"""What older files call the last layer."""


def official_order(layers: Sequence[str]) -> list[str] | None:
    """The layers in the order of construction; None where it is not known.

    >>> official_order(["conv_pw_2_bn", "conv_dw_10_bn", "conv_dw_2_bn", "conv1_bn"])
    ['conv1_bn', 'conv_dw_2_bn', 'conv_pw_2_bn', 'conv_dw_10_bn']
    """
    if all(AUTOMATIC.fullmatch(layer) for layer in layers):
        return sorted(layers, key=natural)
    names = _renamed(layers)
    for family in FAMILIES.values():
        keys = {layer: key([names[layer]], family.split()) for layer in layers}
        if all(keys.values()):
            return sorted(layers, key=lambda layer: keys[layer] or [])
    return None


def _renamed(layers: Sequence[str]) -> dict[str, str]:
    """Names that sort as the layers were made."""
    found = {layer: _simple(layer) for layer in layers}
    if "block13_sepconv1" in found:
        for stem in ("conv2d", "batch_normalization"):
            automatic = (one for one in layers if re.fullmatch(rf"{stem}(_\d+)?", one))
            for block, layer in zip(SHORTCUTS, sorted(automatic, key=natural), strict=False):
                found[layer] = f"block{block}_0_{stem}"
    return found


def _simple(layer: str) -> str:
    """ResNet-v2 normalises before its blocks; MobileNet's numbers stand behind the kind."""
    layer = OUTPUTS.get(layer, layer).replace("_preact_", "_0_")
    return re.sub(r"^conv_(dw|pw)_(\d+)", r"conv_block\2_\1", layer)
