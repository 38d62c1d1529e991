"""Small classes that a generated file defines when it uses them, written as people write them."""

from __future__ import annotations

STOCHASTIC_DEPTH = '''
class StochasticDepth(nn.Module):
    """Sets whole samples to zero in training (Huang et al., 2016)."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        shape = (x.shape[0],) + (1,) * (x.dim() - 1)
        keep = torch.rand(shape, dtype=x.dtype, device=x.device) >= self.rate
        return x * keep / (1 - self.rate)
'''

SCALE = '''
class Scale(nn.Module):
    """Multiplies by a constant."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        return self.factor * x
'''

CHANNEL_NORM = '''
class ChannelNorm(nn.LayerNorm):
    """Layer normalisation over the channels of every place, (N, C, ...)."""

    def forward(self, input: Tensor) -> Tensor:
        return super().forward(input.movedim(1, -1)).movedim(-1, 1)
'''

WITHOUT = '''
class {name}({base}):
    """{title} {without}."""

    def __init__({signature}) -> None:
        super().__init__({arguments})
        self.register_parameter("{parameter}", None)
'''


def _batch_norm(rank: int, without: str) -> str:
    return WITHOUT.format(
        name=f"BatchNorm{rank}dWithout{without.title()}",
        base=f"nn.BatchNorm{rank}d",
        title="Batch normalisation",
        without=f"without a learned {'factor' if without == 'scale' else 'offset'}",
        signature="self, num_features: int, eps: float, momentum: float",
        arguments="num_features, eps=eps, momentum=momentum",
        parameter="weight" if without == "scale" else "bias",
    )


def _norm(name: str, base: str) -> str:
    return WITHOUT.format(
        name=name,
        base=base,
        title="Layer normalisation",
        without="without a learned factor",
        signature="self, channels: int, eps: float",
        arguments="channels, eps=eps",
        parameter="weight",
    )


HELPERS = {
    "Scale": SCALE,
    "StochasticDepth": STOCHASTIC_DEPTH,
    "ChannelNorm": CHANNEL_NORM,
    "ChannelNormWithoutScale": _norm("ChannelNormWithoutScale", "ChannelNorm"),
    "LayerNormWithoutScale": _norm("LayerNormWithoutScale", "nn.LayerNorm"),
    **{
        f"BatchNorm{rank}dWithout{part.title()}": _batch_norm(rank, part)
        for rank in (1, 2, 3)
        for part in ("scale", "offset")
    },
}
"""Class texts by name; a helper comes after those that it needs."""
