"""Small optimizers for generated code, where PyTorch's own compute something else."""

from __future__ import annotations

from dataclasses import dataclass

from archspec_torch.training.decay import Decays


@dataclass(frozen=True, slots=True)
class Own:
    """A class to be written: its name and its text."""

    name: str
    text: str


def sgd(momentum: bool, nesterov: bool, decay: Decays) -> Own:
    """Gradient descent whose velocity contains the rate."""
    doc = ['"""Stochastic gradient descent with decoupled weight decay."""']
    if momentum:
        doc = [
            '"""Stochastic gradient descent with the learning rate inside the velocity.',
            "",
            "    v <- momentum * v - lr * g, then "
            + ("w <- w + momentum * v - lr * g." if nesterov else "w <- w + v."),
            "    torch.optim.SGD differs when the rate changes: there an old velocity changes at"
            " once.",
            '    """',
        ]
    update = ["weight.sub_(step)"]
    if momentum:
        update = [
            *_state("velocity"),
            'velocity = state["velocity"].mul_(group["momentum"]).sub_(step)',
            'weight.add_(velocity, alpha=group["momentum"]).sub_(step)'
            if nesterov
            else "weight.add_(velocity)",
        ]
    lines = ['step = group["lr"] * gradient', *update]
    return _own("SGD", doc, {"momentum": "float"} if momentum else {}, lines, decay)


def rmsprop(momentum: bool, decay: Decays) -> Own:
    """RMSprop with epsilon inside the root."""
    moved = "v <- momentum * v + lr * g / sqrt(s + eps)" if momentum else ""
    doc = [
        '"""RMSprop with eps inside the root'
        + (" and the learning rate inside the velocity." if momentum else "."),
        "",
        "    s <- rho * s + (1 - rho) * g ** 2, "
        + (f"{moved}, w <- w - v." if momentum else "then w <- w - lr * g / sqrt(s + eps)."),
        '    """',
    ]
    update = ["weight.sub_(step)"]
    if momentum:
        update = [
            'velocity = state["velocity"].mul_(group["momentum"]).add_(step)',
            "weight.sub_(velocity)",
        ]
    lines = [
        *_state("square", *(["velocity"] if momentum else [])),
        'square = state["square"].mul_(group["rho"])',
        'square.addcmul_(gradient, gradient, value=1 - group["rho"])',
        'step = group["lr"] * gradient / (square + group["eps"]).sqrt()',
        *update,
    ]
    names = {"rho": "float", "eps": "float"} | ({"momentum": "float"} if momentum else {})
    return _own("RMSprop", doc, names, lines, decay)


def decoupled_class(name: str) -> Own:
    """PyTorch's class with decoupled weight decay before its step."""
    text = f'''class {name}(torch.optim.{name}):
    """torch.optim.{name} with decoupled weight decay: "decay" of each group."""

    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        loss = None if closure is None else closure()
        with torch.no_grad():
            for group in self.param_groups:
                for weight in group["params"]:
                    if weight.grad is not None:
                        weight.mul_(1 - group["lr"] * group["decay"])
        super().step()
        return loss'''
    return Own(name, text)


def _state(*names: str) -> list[str]:
    made = ", ".join(f"{name}=torch.zeros_like(weight)" for name in names)
    return ["state = self.state[weight]", "if not state:", f"    state.update({made})"]


def _own(
    name: str, doc: list[str], settings: dict[str, str], update: list[str], decay: Decays
) -> Own:
    taken = ", ".join(["lr: float", *(f"{one}: {kind}" for one, kind in settings.items())])
    kept = ", ".join(f'"{one}": {one}' for one in ["lr", *settings])
    gradient = ["gradient = weight.grad"]
    if decay.coupled:
        gradient = ['gradient = weight.grad + group["weight_decay"] * weight']
    if decay.decoupled:
        # Before the update, as the decay is that of the old weight.
        gradient.append('weight.mul_(1 - group["lr"] * group["weight_decay"])')
    body = "\n".join(f"                {line}" for line in [*gradient, *update])
    text = f"""class {name}(torch.optim.Optimizer):
    {chr(10).join(doc)}

    def __init__(self, params: Iterable[Any], {taken}) -> None:
        super().__init__(params, {{{kept}}})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
{body}
        return loss"""
    return Own(name, text)
