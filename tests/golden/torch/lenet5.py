import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Lenet5(nn.Module):
    """LeNet-5 (LeCun et al., 1998, figure 2), as it is built today.

    28 x 28 images with "same" padding in C1, every map of S2 connected to every map of C3,
    and plain means in S2 and S4.

    Input: `image` (N, 1, 28, 28), channels first.
    """

    def __init__(self, classes: int = 10) -> None:
        super().__init__()
        self.c1 = nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.Tanh())
        self.c3 = nn.Sequential(nn.Conv2d(6, 16, 5), nn.Tanh())
        self.c5 = nn.Sequential(nn.Conv2d(16, 120, 5), nn.Tanh())
        self.f6 = nn.Sequential(nn.Linear(120, 84), nn.Tanh())
        self.dense = nn.Linear(84, classes)
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor:
        x = self.c1(image)  # (N, 6, 28, 28)
        x = F.avg_pool2d(x, 2)  # (N, 6, 14, 14)
        x = self.c3(x)  # (N, 16, 10, 10)
        x = F.avg_pool2d(x, 2)  # (N, 16, 5, 5)
        x = self.c5(x)  # (N, 120, 1, 1)
        x = x.flatten(1)  # (N, 120)
        x = self.f6(x)  # (N, 84)
        x = self.dense(x)  # (N, 10)
        return F.softmax(x, dim=1)
