import torch
import torch.nn.functional as F
from torch import Tensor, nn


def he_normal(layer: nn.Module) -> nn.Module:
    """Starts the kernel of a layer with `he_normal` and its bias with `zeros`."""
    for name, parameter in layer.named_parameters():
        if name == "weight":
            nn.init.kaiming_normal_(parameter, nonlinearity="relu")
        else:
            nn.init.zeros_(parameter)
    return layer


def glorot_uniform(layer: nn.Module) -> nn.Module:
    """Starts the kernel of a layer with `glorot_uniform` and its bias with `zeros`."""
    for name, parameter in layer.named_parameters():
        if name == "weight":
            nn.init.xavier_uniform_(parameter)
        else:
            nn.init.zeros_(parameter)
    return layer


class DoubleConv(nn.Module):
    def __init__(self, in_channels: int, filters: int) -> None:
        super().__init__()
        self.conv = he_normal(nn.Conv2d(in_channels, filters, 3, padding=1))
        self.conv_2 = he_normal(nn.Conv2d(filters, filters, 3, padding=1))

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.conv(x), inplace=True)
        return F.relu(self.conv_2(x), inplace=True)


class Unet(nn.Module):
    """U-Net (Ronneberger et al., 2015, figure 1), a small one.

    `depth` steps down and up again; "same" padding, so that every copy across fits without
    cropping and the map of classes is as large as the image.

    Input: `image` (N, 1, 64, 64), channels first.
    """

    def __init__(self, depth: int = 3, width: int = 16, classes: int = 2) -> None:
        super().__init__()
        self.depth = depth
        channels = 1
        self.down = nn.ModuleList()
        for i in range(depth):
            self.down.append(DoubleConv(channels, width * 2**i))
            channels = width * 2**i
        self.bottom = DoubleConv(channels, width * 2**depth)
        channels = width * 2**depth
        self.transposed_conv = nn.ModuleList()
        self.double_conv = nn.ModuleList()
        for i in reversed(range(depth)):
            self.transposed_conv.append(
                glorot_uniform(nn.ConvTranspose2d(channels, width * 2**i, 2, stride=2))
            )
            self.double_conv.append(DoubleConv(2 * width * 2**i, width * 2**i))
            channels = width * 2**i
        self.conv = glorot_uniform(nn.Conv2d(channels, classes, 1))

    def forward(self, image: Tensor) -> Tensor:
        downs: list[Tensor] = []
        x = image
        for down in self.down:
            x = down(x)
            downs.append(x)
            x = F.max_pool2d(x, 2)
        x = self.bottom(x)
        for i, transposed_conv, double_conv in zip(
            reversed(range(self.depth)), self.transposed_conv, self.double_conv, strict=True
        ):
            x = transposed_conv(x)
            x = double_conv(torch.cat((downs[i], x), dim=1))
        x = self.conv(x)  # (N, 2, 64, 64)
        return F.softmax(x, dim=1)
