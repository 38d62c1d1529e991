import torch
import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Inception(nn.Module):
    """Four views of one value side by side (figure 2b).

    1 x 1 convolutions reduce the channels before the large windows: `r3` and `r5` are the
    columns "#3 x 3 reduce" and "#5 x 5 reduce" of table 1.
    """

    def __init__(
        self, in_channels: int, c1: int, r3: int, c3: int, r5: int, c5: int, proj: int
    ) -> None:
        super().__init__()
        self.branch = nn.Sequential(nn.Conv2d(in_channels, c1, 1), nn.ReLU(inplace=True))
        self.branch_2 = nn.Sequential(
            nn.Conv2d(in_channels, r3, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(r3, c3, 3, padding=1),
            nn.ReLU(inplace=True),
        )
        self.branch_3 = nn.Sequential(
            nn.Conv2d(in_channels, r5, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(r5, c5, 5, padding=2),
            nn.ReLU(inplace=True),
        )
        self.branch_4 = nn.Sequential(
            nn.MaxPool2d(3, stride=1, padding=1),
            nn.Conv2d(in_channels, proj, 1),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(
            (self.branch(x), self.branch_2(x), self.branch_3(x), self.branch_4(x)), dim=1
        )


class AuxiliaryHead(nn.Module):
    """A classifier on a middle layer (section 5).

    It helps training and is left out afterwards.
    """

    def __init__(self, in_channels: int, classes: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, 128, 1)
        self.dense = nn.Linear(128 * 4 * 4, 1024)
        self.dropout = nn.Dropout(0.7)
        self.dense_2 = nn.Linear(1024, classes)

    def forward(self, x: Tensor) -> Tensor:
        x = F.avg_pool2d(x, 5, stride=3)
        x = F.relu(self.conv(x), inplace=True)
        x = x.flatten(1)
        x = F.relu(self.dense(x), inplace=True)
        x = self.dropout(x)
        x = self.dense_2(x)
        return F.softmax(x, dim=1)


class Googlenet(nn.Module):
    """Going deeper with convolutions (Szegedy et al., 2014, table 1 and figure 3).

    Strided windows are padded by half on both sides.

    Input: `image` (N, 3, 224, 224), channels first. In training mode more outputs follow:
    `auxiliary_1` (N, 1000), `auxiliary_2` (N, 1000).
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, stride=2, padding=3)
        self.local_response_norm = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0)
        self.conv_2 = nn.Conv2d(64, 64, 1)
        self.conv_3 = nn.Conv2d(64, 192, 3, padding=1)
        self.local_response_norm_2 = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0)
        self.inception_3a = Inception(192, 64, 96, 128, 16, 32, 32)
        self.inception_3b = Inception(256, 128, 128, 192, 32, 96, 64)
        self.inception_4a = Inception(480, 192, 96, 208, 16, 48, 64)
        self.inception_4b = Inception(512, 160, 112, 224, 24, 64, 64)
        self.inception_4c = Inception(512, 128, 128, 256, 24, 64, 64)
        self.inception_4d = Inception(512, 112, 144, 288, 32, 64, 64)
        self.inception_4e = Inception(528, 256, 160, 320, 32, 128, 128)
        self.inception_5a = Inception(832, 256, 160, 320, 32, 128, 128)
        self.inception_5b = Inception(832, 384, 192, 384, 48, 128, 128)
        self.result = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Flatten(),
            nn.Dropout(0.4),
            nn.Linear(1024, classes),
            nn.Softmax(dim=1),
        )
        self.auxiliary_1 = AuxiliaryHead(512, classes)
        self.auxiliary_2 = AuxiliaryHead(528, classes)
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor | tuple[Tensor, Tensor, Tensor]:
        x = F.relu(self.conv(image), inplace=True)  # (N, 64, 112, 112)
        x = F.max_pool2d(x, 3, stride=2, padding=1)  # (N, 64, 56, 56)
        x = self.local_response_norm(x)
        x = F.relu(self.conv_2(x), inplace=True)
        x = F.relu(self.conv_3(x), inplace=True)  # (N, 192, 56, 56)
        x = self.local_response_norm_2(x)
        x = F.max_pool2d(x, 3, stride=2, padding=1)  # (N, 192, 28, 28)
        x = self.inception_3a(x)  # (N, 256, 28, 28)
        x = self.inception_3b(x)  # (N, 480, 28, 28)
        x = F.max_pool2d(x, 3, stride=2, padding=1)  # (N, 480, 14, 14)
        inception_4a = self.inception_4a(x)  # (N, 512, 14, 14)
        x = self.inception_4b(inception_4a)
        x = self.inception_4c(x)
        inception_4d = self.inception_4d(x)  # (N, 528, 14, 14)
        x = self.inception_4e(inception_4d)  # (N, 832, 14, 14)
        x = F.max_pool2d(x, 3, stride=2, padding=1)  # (N, 832, 7, 7)
        x = self.inception_5a(x)
        x = self.inception_5b(x)  # (N, 1024, 7, 7)
        x = self.result(x)  # (N, 1000)
        if self.training:
            return x, self.auxiliary_1(inception_4a), self.auxiliary_2(inception_4d)
        return x
