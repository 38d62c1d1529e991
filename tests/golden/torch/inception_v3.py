import torch
import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, nn.Conv2d):
        nn.init.xavier_uniform_(module.weight)
    elif isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class ConvBn(nn.Module):
    """A convolution without a bias, batch normalisation and a rectifier."""

    def __init__(
        self,
        in_channels: int,
        filters: int,
        kernel: int | tuple[int, int],
        stride: int = 1,
        padding: str = "same",
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            in_channels, filters, kernel, stride=stride, padding=padding, bias=False
        )
        self.batch_norm = nn.BatchNorm2d(filters, eps=1e-5, momentum=0.1)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.batch_norm(self.conv(x)), inplace=True)


class PoolConv(nn.Module):
    """The mean of a 3 x 3 window, and a convolution over its channels."""

    def __init__(self, in_channels: int, filters: int) -> None:
        super().__init__()
        self.conv_bn = ConvBn(in_channels, filters, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv_bn(F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False))


class InceptionA(nn.Module):
    """35 x 35: two 3 x 3 windows see as much as one of 5 x 5 (figure 5)."""

    def __init__(self, in_channels: int, pool: int) -> None:
        super().__init__()
        self.branch1x1 = ConvBn(in_channels, 64, 1)
        self.branch5x5 = nn.Sequential(ConvBn(in_channels, 48, 1), ConvBn(48, 64, 5))
        self.branch3x3dbl = nn.Sequential(
            ConvBn(in_channels, 64, 1), ConvBn(64, 96, 3), ConvBn(96, 96, 3)
        )
        self.branch_pool = PoolConv(in_channels, pool)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            (self.branch1x1(x), self.branch5x5(x), self.branch3x3dbl(x), self.branch_pool(x)), dim=1
        )


class ReductionA(nn.Module):
    """From 35 x 35 to 17 x 17 (Inception-v4, figure 7).

    The first three widths are those of the double 3 x 3, and the last that of the single one:
    k, l, m and n of table 1.
    """

    def __init__(
        self, in_channels: int, squeeze: int, first: int, second: int, single: int
    ) -> None:
        super().__init__()
        self.branch_2 = ConvBn(in_channels, single, 3, stride=2, padding="valid")
        self.branch_3 = nn.Sequential(
            ConvBn(in_channels, squeeze, 1),
            ConvBn(squeeze, first, 3),
            ConvBn(first, second, 3, stride=2, padding="valid"),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat((F.max_pool2d(x, 3, stride=2), self.branch_2(x), self.branch_3(x)), dim=1)


class InceptionB(nn.Module):
    """17 x 17: 1 x 7 and 7 x 1 windows see as much as one of 7 x 7 (figure 6)."""

    def __init__(self, in_channels: int, width: int) -> None:
        super().__init__()
        self.branch1x1 = ConvBn(in_channels, 192, 1)
        self.branch7x7 = nn.Sequential(
            ConvBn(in_channels, width, 1), ConvBn(width, width, (1, 7)), ConvBn(width, 192, (7, 1))
        )
        self.branch7x7dbl = nn.Sequential(
            ConvBn(in_channels, width, 1),
            ConvBn(width, width, (7, 1)),
            ConvBn(width, width, (1, 7)),
            ConvBn(width, width, (7, 1)),
            ConvBn(width, 192, (1, 7)),
        )
        self.branch_pool = PoolConv(in_channels, 192)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            (self.branch1x1(x), self.branch7x7(x), self.branch7x7dbl(x), self.branch_pool(x)), dim=1
        )


class ReductionB(nn.Module):
    """From 17 x 17 to 8 x 8, without a bottleneck (figure 10)."""

    def __init__(self, in_channels: int) -> None:
        super().__init__()
        self.branch3x3 = nn.Sequential(
            ConvBn(in_channels, 192, 1), ConvBn(192, 320, 3, stride=2, padding="valid")
        )
        self.branch7x7x3 = nn.Sequential(
            ConvBn(in_channels, 192, 1),
            ConvBn(192, 192, (1, 7)),
            ConvBn(192, 192, (7, 1)),
            ConvBn(192, 192, 3, stride=2, padding="valid"),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            (self.branch3x3(x), self.branch7x7x3(x), F.max_pool2d(x, 3, stride=2)), dim=1
        )


class Fork(nn.Module):
    """1 x 3 and 3 x 1 side by side."""

    def __init__(self, in_channels: int, filters: int) -> None:
        super().__init__()
        self.branch = ConvBn(in_channels, filters, (1, 3))
        self.branch_2 = ConvBn(in_channels, filters, (3, 1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat((self.branch(x), self.branch_2(x)), dim=1)


class InceptionC(nn.Module):
    """8 x 8: wide, for many features at few places (figure 7)."""

    def __init__(self, in_channels: int) -> None:
        super().__init__()
        self.branch1x1 = ConvBn(in_channels, 320, 1)
        self.branch3x3 = nn.Sequential(ConvBn(in_channels, 384, 1), Fork(384, 384))
        self.branch3x3dbl = nn.Sequential(
            ConvBn(in_channels, 448, 1), ConvBn(448, 384, 3), Fork(384, 384)
        )
        self.branch_pool = PoolConv(in_channels, 192)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            (self.branch1x1(x), self.branch3x3(x), self.branch3x3dbl(x), self.branch_pool(x)), dim=1
        )


class AuxiliaryHead(nn.Module):
    """A classifier on the last 17 x 17 value, batch-normalised (figure 8); training only."""

    def __init__(self, in_channels: int, classes: int) -> None:
        super().__init__()
        self.conv_bn = ConvBn(in_channels, 128, 1)
        self.conv_bn_2 = ConvBn(128, 768, 5, padding="valid")
        self.dense = nn.Linear(768, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = F.avg_pool2d(x, 5, stride=3)
        x = self.conv_bn(x)
        x = self.conv_bn_2(x)
        x = x.flatten(1)
        x = self.dense(x)
        return F.softmax(x, dim=1)


class InceptionV3(nn.Module):
    """Inception-v3 (Szegedy et al., 2015, table 1), with the widths of the released network.

    Table 1 has a strided 3 x 3 convolution where the released network has its second pooling.

    Input: `image` (N, 3, 299, 299), channels first. In training mode more outputs follow:
    `auxiliary_1` (N, 1000).
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.conv_bn = ConvBn(3, 32, 3, stride=2, padding="valid")
        self.conv_bn_2 = ConvBn(32, 32, 3, padding="valid")
        self.conv_bn_3 = ConvBn(32, 64, 3)
        self.conv_bn_4 = ConvBn(64, 80, 1)
        self.conv_bn_5 = ConvBn(80, 192, 3, padding="valid")
        self.mixed_5b = InceptionA(192, 32)
        self.mixed_5c = InceptionA(256, 64)
        self.mixed_5d = InceptionA(288, 64)
        self.mixed_6a = ReductionA(288, 64, 96, 96, 384)
        self.mixed_6b = InceptionB(768, 128)
        self.mixed_6c = InceptionB(768, 160)
        self.mixed_6d = InceptionB(768, 160)
        self.mixed_6e = InceptionB(768, 192)
        self.mixed_7a = ReductionB(768)
        self.mixed_7b = InceptionC(1280)
        self.mixed_7c = InceptionC(2048)
        self.result = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Dropout(0.2),
            nn.Linear(2048, classes),
            nn.Softmax(dim=1),
        )
        self.auxiliary_1 = AuxiliaryHead(768, classes)
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        x = self.conv_bn(image)  # (N, 32, 149, 149)
        x = self.conv_bn_2(x)  # (N, 32, 147, 147)
        x = self.conv_bn_3(x)  # (N, 64, 147, 147)
        x = F.max_pool2d(x, 3, stride=2)  # (N, 64, 73, 73)
        x = self.conv_bn_4(x)  # (N, 80, 73, 73)
        x = self.conv_bn_5(x)  # (N, 192, 71, 71)
        x = F.max_pool2d(x, 3, stride=2)  # (N, 192, 35, 35)
        x = self.mixed_5b(x)  # (N, 256, 35, 35)
        x = self.mixed_5c(x)  # (N, 288, 35, 35)
        x = self.mixed_5d(x)
        x = self.mixed_6a(x)  # (N, 768, 17, 17)
        x = self.mixed_6b(x)
        x = self.mixed_6c(x)
        x = self.mixed_6d(x)
        mixed_6e = self.mixed_6e(x)
        x = self.mixed_7a(mixed_6e)  # (N, 1280, 8, 8)
        x = self.mixed_7b(x)  # (N, 2048, 8, 8)
        x = self.mixed_7c(x)
        x = self.result(x)  # (N, 1000)
        if self.training:
            return x, self.auxiliary_1(mixed_6e)
        return x
