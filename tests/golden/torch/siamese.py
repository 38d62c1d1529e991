import torch
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Siamese(nn.Module):
    """Are two drawings the same sign?

    Both go through one encoder, whose weights they share, and what it makes of them is
    compared (after Bromley et al., 1993, Signature verification using a "siamese" time delay
    neural network).

    Inputs: `left` (N, 1, 28, 28), `right` (N, 1, 28, 28), channels first.
    """

    def __init__(self, features: int = 32) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, 8, 5),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Conv2d(8, 16, 5),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(16 * 4 * 4, features),
            nn.Tanh(),
        )
        self.dense = nn.Linear(features, 1)
        self.apply(init_weights)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        left_code = self.encoder(left)  # (N, 32)
        right_code = self.encoder(right)
        x = left_code * right_code
        return torch.sigmoid(self.dense(x))  # (N, 1)
