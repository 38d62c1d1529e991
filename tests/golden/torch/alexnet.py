import torch.nn.functional as F
from torch import Tensor, nn


def init_weights(module: nn.Module) -> None:
    """Draws the initial weights of a layer."""
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)


class Alexnet(nn.Module):
    """AlexNet (Krizhevsky et al., 2012), in the form that is taught.

    One column instead of two, 227 x 227 images so that C1 fits, and batch normalisation after
    each convolutional stage in place of local response normalisation.

    Input: `image` (N, 3, 227, 227), channels first.
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        self.c1 = nn.Sequential(nn.Conv2d(3, 96, 11, stride=4), nn.ReLU(inplace=True))
        self.batch_norm = nn.BatchNorm2d(96, eps=1e-5, momentum=0.1)
        self.c2 = nn.Sequential(nn.Conv2d(96, 256, 5, padding=2), nn.ReLU(inplace=True))
        self.batch_norm_2 = nn.BatchNorm2d(256, eps=1e-5, momentum=0.1)
        self.c3 = nn.Sequential(
            nn.Conv2d(256, 384, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.BatchNorm2d(384, eps=1e-5, momentum=0.1),
        )
        self.c4 = nn.Sequential(
            nn.Conv2d(384, 384, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.BatchNorm2d(384, eps=1e-5, momentum=0.1),
        )
        self.c5 = nn.Sequential(nn.Conv2d(384, 256, 3, padding=1), nn.ReLU(inplace=True))
        self.batch_norm_3 = nn.BatchNorm2d(256, eps=1e-5, momentum=0.1)
        self.f6 = nn.Sequential(
            nn.Linear(256 * 6 * 6, 4096), nn.ReLU(inplace=True), nn.Dropout(0.5)
        )
        self.f7 = nn.Sequential(nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Dropout(0.5))
        self.f8 = nn.Sequential(nn.Linear(4096, classes), nn.Softmax(dim=1))
        self.apply(init_weights)

    def forward(self, image: Tensor) -> Tensor:
        x = self.c1(image)  # (N, 96, 55, 55)
        x = F.max_pool2d(x, 3, stride=2)  # (N, 96, 27, 27)
        x = self.batch_norm(x)
        x = self.c2(x)  # (N, 256, 27, 27)
        x = F.max_pool2d(x, 3, stride=2)  # (N, 256, 13, 13)
        x = self.batch_norm_2(x)
        x = self.c3(x)  # (N, 384, 13, 13)
        x = self.c4(x)
        x = self.c5(x)  # (N, 256, 13, 13)
        x = F.max_pool2d(x, 3, stride=2)  # (N, 256, 6, 6)
        x = self.batch_norm_3(x)
        x = x.flatten(1)  # (N, 9216)
        x = self.f6(x)  # (N, 4096)
        x = self.f7(x)
        return self.f8(x)  # (N, 1000)
