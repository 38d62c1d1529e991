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


class SeparableConv(nn.Module):
    def __init__(self, in_channels: int, filters: int, kernel: int, bias: bool = True) -> None:
        super().__init__()
        self.depthwise_conv = nn.Conv2d(
            in_channels, in_channels, kernel, padding=kernel // 2, groups=in_channels, bias=False
        )
        self.conv = nn.Conv2d(in_channels, filters, 1, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(self.depthwise_conv(x))


class SeparableBn(nn.Module):
    def __init__(self, in_channels: int, filters: int) -> None:
        super().__init__()
        self.separable_conv = SeparableConv(in_channels, filters, 3, bias=False)
        self.batch_norm = nn.BatchNorm2d(filters, eps=1e-5, momentum=0.1)

    def forward(self, x: Tensor) -> Tensor:
        return self.batch_norm(self.separable_conv(x))


class Downsample(nn.Module):
    """Two separable convolutions at half the resolution, beside a strided projection."""

    def __init__(self, in_channels: int, first: int, second: int, activate: bool = True) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        if activate:
            layers.append(nn.ReLU())
        layers += [
            SeparableBn(in_channels, first),
            nn.ReLU(inplace=True),
            SeparableBn(first, second),
            nn.MaxPool2d(3, stride=2, padding=1),
        ]
        self.main = nn.Sequential(*layers)
        self.shortcut = nn.Sequential(
            nn.Conv2d(in_channels, second, 1, stride=2, bias=False),
            nn.BatchNorm2d(second, eps=1e-5, momentum=0.1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.main(x) + self.shortcut(x)


class Middle(nn.Module):
    """Three separable convolutions beside the value itself."""

    def __init__(self, in_channels: int, filters: int) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = in_channels
        for _ in range(3):
            layers += [nn.ReLU(), SeparableBn(channels, filters)]
            channels = filters
        self.main = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.main(x)


class Xception(nn.Module):
    """Xception (Chollet, 2017, figure 5).

    Every convolution is batch-normalised, which the figure leaves out; the dropout is that of
    section 4.3. Strided windows are padded by half on both sides.

    Input: `image` (N, 3, 299, 299), channels first.
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.entry_flow = nn.Sequential(
            nn.Conv2d(3, 32, 3, stride=2, bias=False),
            nn.BatchNorm2d(32, eps=1e-5, momentum=0.1),
            nn.ReLU(inplace=True),
            nn.Conv2d(32, 64, 3, bias=False),
            nn.BatchNorm2d(64, eps=1e-5, momentum=0.1),
            nn.ReLU(inplace=True),
            Downsample(64, 128, 128, activate=False),
            Downsample(128, 256, 256),
            Downsample(256, 728, 728),
        )
        self.middle_flow = nn.Sequential(*[Middle(728, 728) for _ in range(8)])
        self.exit_flow = nn.Sequential(
            Downsample(728, 728, 1024),
            SeparableBn(1024, 1536),
            nn.ReLU(inplace=True),
            SeparableBn(1536, 2048),
            nn.ReLU(inplace=True),
        )
        self.dropout = nn.Dropout(0.5)
        self.dense = nn.Linear(2048, classes)
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor:
        x = self.entry_flow(image)  # (N, 728, 19, 19)
        x = self.middle_flow(x)
        x = self.exit_flow(x)  # (N, 2048, 10, 10)
        x = x.mean(dim=(2, 3))  # (N, 2048)
        x = self.dropout(x)
        x = self.dense(x)  # (N, 1000)
        return F.softmax(x, dim=1)
