"""The body of `configure_optimizers`."""

from __future__ import annotations

from archspec.lowering.python import number, string
from archspec.recipes import Recipe
from archspec_torch.training import monitor
from archspec_torch.training.decay import Decays
from archspec_torch.training.optimizer_classes import Own
from archspec_torch.training.optimizers import optimizer
from archspec_torch.training.schedule import formula, plateau, warm_up


def configure(
    recipe: Recipe, decay: Decays, outputs: int
) -> tuple[Own | None, list[str], str | None]:
    """The class of the optimizer where it is ours, the lines, and the scheduler's class."""
    name, arguments, own = optimizer(recipe, decay)
    lines, weights = _groups(decay, own)
    given = ", ".join(f"{key}={value}" for key, value in arguments.items())
    made = f"{name}({weights}, lr={_start(recipe)}{', ' if given else ''}{given})"
    plan = plateau(recipe)
    if plan is None and formula(recipe) is None:
        return own, [*lines, f"return {made}"], None
    lines.append(f"optimizer = {made}")
    if plan is not None:
        given = monitor.plateau(plan, recipe, outputs)
        lines += [
            f"plateau = ReduceLROnPlateau(optimizer, {given})",
            f'schedule = {{"scheduler": plateau, "monitor": {string(plan.attributes.monitor)}}}',
            'return {"optimizer": optimizer, "lr_scheduler": schedule}',
        ]
        return own, lines, "ReduceLROnPlateau"
    lines += [
        "",
        "def factor(step: int) -> float:",
        "    return learning_rate(step, self.steps_per_epoch) / LEARNING_RATE",
        "",
        'schedule = {"scheduler": LambdaLR(optimizer, factor), "interval": "step"}',
        'return {"optimizer": optimizer, "lr_scheduler": schedule}',
    ]
    return own, lines, "LambdaLR"


def _start(recipe: Recipe) -> str:
    """A warm-up without a scheduler of its own sets its rates from the first on."""
    if plateau(recipe) is not None and warm_up(recipe):
        return "learning_rate(0, self.steps_per_epoch)"
    return "LEARNING_RATE"


def _groups(decay: Decays, own: Own | None) -> tuple[list[str], str]:
    """Lines before the optimizer, and what it is given as its weights."""
    if not decay.groups:
        return [], "self.network.parameters()"
    key = "decay" if own is not None and own.name in ("Adagrad", "Adadelta") else "weight_decay"
    lines, parts = [], []
    for place, one in enumerate(decay.groups):
        name = "others" if not one.rate else f"decayed_{place + 1}" if place else "decayed"
        lines.append(f"{name} = [weight {one.clause('self.network')}]")
        parts.append(f'{{"params": {name}, "{key}": {number(one.rate)}}}')
    return [*lines, f"groups = [{', '.join(parts)}]"], "groups"
