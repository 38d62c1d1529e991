"""The official models that shipped networks reproduce, with the counts that are published.

Parameters are the trainable ones (with auxiliary heads where the model has them), multiply-adds
those of the main path; both were counted on the models themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One model: `spec` reproduces it. `auxiliary` heads are compared in training mode.

    `quick` ones run with every test, the others with `make official`.
    """

    library: str
    model: str
    parameters: int
    macs: int
    size: int = 224
    auxiliary: bool = False
    quick: bool = False

    @property
    def spec(self) -> str:
        return f"{self.library}/{self.model}"


ROWS = (
    Row("torchvision", "alexnet", 61100840, 714188480),
    Row("torchvision", "vgg11", 132863336, 7609090048),
    Row("torchvision", "vgg11_bn", 132868840, 7609090048),
    Row("torchvision", "vgg13", 133047848, 11308466176),
    Row("torchvision", "vgg13_bn", 133053736, 11308466176),
    Row("torchvision", "vgg16", 138357544, 15470264320),
    Row("torchvision", "vgg16_bn", 138365992, 15470264320),
    Row("torchvision", "vgg19", 143667240, 19632062464),
    Row("torchvision", "vgg19_bn", 143678248, 19632062464),
    Row("torchvision", "googlenet", 13004888, 1498376192, auxiliary=True, quick=True),
    Row("torchvision", "inception_v3", 27161264, 5713216096, 299, auxiliary=True),
    Row("torchvision", "resnet18", 11689512, 1814073344, quick=True),
    Row("torchvision", "resnet34", 21797672, 3663761408),
    Row("torchvision", "resnet50", 25557032, 4089184256),
    Row("torchvision", "resnet101", 44549160, 7801405440),
    Row("torchvision", "resnet152", 60192808, 11513626624),
    Row("torchvision", "resnext50_32x4d", 25028904, 4230479872),
    Row("torchvision", "resnext101_32x8d", 88791336, 16414015488),
    Row("torchvision", "wide_resnet50_2", 68883240, 11398021120),
    Row("torchvision", "wide_resnet101_2", 126886696, 22753050624),
    Row("torchvision", "mobilenet_v2", 3504872, 300774272, quick=True),
    Row("timm", "inception_v4", 42679816, 12253974624, 299),
    Row("timm", "inception_resnet_v2", 55843464, 13155794016, 299),
    Row("timm", "legacy_xception", 22855952, 8357403496, 299),
    Row("keras", "Xception", 22855952, 8357403496, 299),
    Row("keras", "VGG16", 138357544, 15470264320),
    Row("keras", "VGG19", 143667240, 19632062464),
    Row("keras", "ResNet50", 25583592, 3857973248),
    Row("keras", "ResNet101", 44601832, 7570194432),
    Row("keras", "ResNet152", 60268520, 11282415616),
    Row("keras", "ResNet50V2", 25568360, 3482255360),
    Row("keras", "InceptionV3", 23817352, 5713216096, 299),
    Row("keras", "InceptionResNetV2", 55813192, 13155794016, 299),
    Row("keras", "MobileNet", 4231976, 568740352, quick=True),
)


def find(spec: str) -> Row:
    """The row of a spec."""
    return next(row for row in ROWS if row.spec == spec)
