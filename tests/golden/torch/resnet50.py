from collections.abc import Callable, Sequence

import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
    elif isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class ConvBn(nn.Module):
    def __init__(
        self,
        in_channels: int,
        filters: int,
        kernel: int,
        stride: int = 1,
        act: Callable[..., nn.Module] = nn.ReLU,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            in_channels, filters, kernel, stride=stride, padding=kernel // 2, bias=False
        )
        self.batch_norm = nn.BatchNorm2d(filters, eps=1e-5, momentum=0.1)
        self.act = act(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.batch_norm(self.conv(x)))


class Bottleneck(nn.Module):
    """1 x 1 reduce, 3 x 3, 1 x 1 expand, and a shortcut (figure 5, right)."""

    def __init__(self, in_channels: int, filters: int, stride: int = 1) -> None:
        super().__init__()
        self.main = nn.Sequential(
            ConvBn(in_channels, filters, 1),
            ConvBn(filters, filters, 3, stride=stride),
            ConvBn(filters, 4 * filters, 1, act=nn.Identity),
        )
        self.shortcut = (
            nn.Identity()
            if stride == 1 and in_channels == 4 * filters
            else ConvBn(in_channels, 4 * filters, 1, stride=stride, act=nn.Identity)
        )

    def forward(self, x: Tensor) -> Tensor:
        out = self.main(x)
        out += self.shortcut(x)
        return F.relu(out, inplace=True)


class Resnet50(nn.Module):
    """Deep residual learning (He et al., 2015), as torchvision builds it.

    The stride stands on the 3 x 3 convolution of a bottleneck.

    Input: `image` (N, 3, 224, 224), channels first.
    """

    def __init__(self, depths: Sequence[int] = (3, 4, 6, 3), classes: int = 1000) -> None:
        super().__init__()
        self.stem = nn.Sequential(ConvBn(3, 64, 7, stride=2), nn.MaxPool2d(3, stride=2, padding=1))
        stages: list[nn.Module] = []
        channels = 64
        for i, depth in enumerate(depths):
            stages.append(
                nn.Sequential(
                    Bottleneck(channels, 64 * 2**i, stride=1 if i == 0 else 2),
                    *[Bottleneck(256 * 2**i, 64 * 2**i) for _ in range(depth - 1)],
                )
            )
            channels = 256 * 2**i
        self.stage = nn.Sequential(*stages)
        self.head = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes), nn.Softmax(dim=1)
        )
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)  # (N, 64, 56, 56)
        x = self.stage(x)  # (N, 2048, 7, 7)
        return self.head(x)  # (N, 1000)
