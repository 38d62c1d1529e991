"""Activations: element-wise functions, and softmax over the channels."""

from __future__ import annotations

from archspec_torch.form import Form, Module, call
from archspec_torch.lowering import KEEPS, Lower, Lowering
from archspec_torch.site import Site


def _plain(module: str, function: str) -> Lower:
    def lower(site: Site) -> Form:
        return Form((Module(f"nn.{module}()"),), lambda x: f"{function}({x})")

    return lower


def _rectifier(module: str, function: str) -> Lower:
    def lower(site: Site) -> Form:
        if not site.overwrites:
            return Form((Module(f"nn.{module}()"),), lambda x: f"{function}({x})")
        return Form(
            (Module(f"nn.{module}(inplace=True)"),), lambda x: f"{function}({x}, inplace=True)"
        )

    return lower


def _leaky_relu(site: Site) -> Form:
    slope = site.text("slope")
    return Form((Module(f"nn.LeakyReLU({slope})"),), lambda x: f"F.leaky_relu({x}, {slope})")


def _elu(site: Site) -> Form:
    alpha = site.optional("alpha", 1.0)
    return Form((Module(call("nn.ELU", alpha)),), lambda x: call("F.elu", x, alpha))


def _gelu(site: Site) -> Form:
    how = '"tanh"' if site.stored("approximate") else '"none"'
    return Form(
        (Module(f"nn.GELU(approximate={how})"),), lambda x: f"F.gelu({x}, approximate={how})"
    )


def _softmax(site: Site) -> Form:
    return Form((Module("nn.Softmax(dim=1)"),), lambda x: f"F.softmax({x}, dim=1)")


LOWERINGS = {
    "relu": Lowering(_rectifier("ReLU", "F.relu"), KEEPS, takes_inplace=True),
    "relu6": Lowering(_rectifier("ReLU6", "F.relu6"), KEEPS, takes_inplace=True),
    "leaky_relu": Lowering(_leaky_relu, KEEPS),
    "elu": Lowering(_elu, KEEPS),
    "selu": Lowering(_plain("SELU", "F.selu"), KEEPS),
    "gelu": Lowering(_gelu, KEEPS),
    "silu": Lowering(_plain("SiLU", "F.silu"), KEEPS),
    "tanh": Lowering(_plain("Tanh", "torch.tanh"), KEEPS),
    "sigmoid": Lowering(_plain("Sigmoid", "torch.sigmoid"), KEEPS),
    "hard_sigmoid": Lowering(_plain("Hardsigmoid", "F.hardsigmoid"), KEEPS),
    "hard_swish": Lowering(_plain("Hardswish", "F.hardswish"), KEEPS),
    "softplus": Lowering(_plain("Softplus", "F.softplus"), KEEPS),
    "softmax": Lowering(_softmax, KEEPS),
}
