from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Vgg16(nn.Module):
    """Very deep convolutional networks (Simonyan and Zisserman, 2014, table 1).

    Five stages of convolutions, each closed by max pooling. `kernels` is a column of the
    table: the window sizes of each stage. With `lrn` the first stage is normalised too.

    Input: `image` (N, 3, 224, 224), channels first.
    """

    def __init__(
        self,
        kernels: Sequence[Sequence[int]] = ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
        lrn: bool = False,
        classes: int = 1000,
    ) -> None:
        super().__init__()
        stages: list[nn.Module] = []
        channels = 3
        for i, (sizes, filters) in enumerate(zip(kernels, (64, 128, 256, 512, 512), strict=True)):
            layers: list[nn.Module] = []
            for size in sizes:
                layers += [
                    nn.Conv2d(channels, filters, size, padding=size // 2),
                    nn.ReLU(inplace=True),
                ]
                channels = filters
            if lrn and i == 0:
                layers.append(nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2.0))
            layers.append(nn.MaxPool2d(2))
            stages.append(nn.Sequential(*layers))
        self.stage = nn.Sequential(*stages)
        layers = []
        channels = channels * 7 * 7
        for _ in range(2):
            layers += [nn.Linear(channels, 4096), nn.ReLU(inplace=True), nn.Dropout(0.5)]
            channels = 4096
        self.dense = nn.Sequential(*layers)
        self.dense_2 = nn.Linear(channels, classes)
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stage(image)  # (N, 512, 7, 7)
        x = x.flatten(1)  # (N, 25088)
        x = self.dense(x)  # (N, 4096)
        x = self.dense_2(x)  # (N, 1000)
        return F.softmax(x, dim=1)
