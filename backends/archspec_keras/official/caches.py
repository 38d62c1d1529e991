"""Where keras.applications keeps the pretrained files that it has downloaded."""

from __future__ import annotations

import os
from pathlib import Path

from archspec.diagnostics.suggest import did_you_mean
from archspec.lowering.native_file import NotFound

FILES = {
    "Xception": "xception_weights_tf_dim_ordering_tf_kernels.h5",
    "VGG16": "vgg16_weights_tf_dim_ordering_tf_kernels.h5",
    "VGG19": "vgg19_weights_tf_dim_ordering_tf_kernels.h5",
    "ResNet50": "resnet50_weights_tf_dim_ordering_tf_kernels.h5",
    "ResNet101": "resnet101_weights_tf_dim_ordering_tf_kernels.h5",
    "ResNet152": "resnet152_weights_tf_dim_ordering_tf_kernels.h5",
    "ResNet50V2": "resnet50v2_weights_tf_dim_ordering_tf_kernels.h5",
    "InceptionV3": "inception_v3_weights_tf_dim_ordering_tf_kernels.h5",
    "InceptionResNetV2": "inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5",
    "MobileNet": "mobilenet_1_0_224_tf.h5",
}
"""The files of the networks with their top layers, by the name of the function that makes them."""


def find(model: str) -> Path:
    """The pretrained file of a model of keras.applications."""
    if model not in FILES:
        hint = did_you_mean(model, FILES)
        raise NotFound(f"no file is known for {model!r} of keras.applications; {hint}")
    home = Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser()
    file = home / "models" / FILES[model]
    if not file.is_file():
        raise NotFound(f"keras:{model} is not on this machine: there is no file {file}")
    return file
