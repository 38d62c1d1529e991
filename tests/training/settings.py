"""Optimizers, decays, schedules and losses that trainings are tried with."""

from __future__ import annotations

DROP = "schedule: piecewise(epochs=[2], values=[0.1, 0.01])\n"

OPTIMIZERS = [
    "sgd()",
    "sgd(momentum=0.9)",
    "sgd(momentum=0.9, nesterov=true)",
    "adam(epsilon=0.001)",
    "nadam(beta_2=0.99)",
    "rmsprop()",
    "rmsprop(momentum=0.5, rho=0.8)",
    "adagrad(initial_accumulator=0.1)",
    "adadelta(rho=0.9)",
]
DECAYS = [
    "l2(0.1, on=kernels)",
    "decoupled(0.1, on=all)",
    "[l2(0.1, on=kernels), decoupled(0.2, on=kernels)]",
]
SCHEDULES = [
    "constant",
    "step(epochs=2, factor=0.1)",
    "exponential(factor=0.5, epochs=2)",
    "polynomial(end=0.01, power=2)",
    "cosine(epochs=3, end=0.001)",
    "warmup(2, then=cosine)",
    "warmup(1)",
    "exponential(factor=0.94)",
    "warmup(1, start=0.1, then=step(epochs=2))",
    "warmup(2, then=reduce_on_plateau(monitor=loss))",
]
LOSSES = {
    "categorical_crossentropy(label_smoothing=0.1)": " -> softmax",
    "sparse_categorical_crossentropy": " -> softmax",
    "kl_divergence(weight=2.0)": " -> softmax",
    "binary_crossentropy(label_smoothing=0.2)": " -> sigmoid",
    "mean_squared_error": "",
    "mean_absolute_error": "",
    "hinge": "",
}
OF_CLASSES = ["categorical_crossentropy(label_smoothing=0.1)", "kl_divergence(weight=2.0)"]

CASES = [
    *(f"optimizer: {one}\n{DROP}" for one in OPTIMIZERS),
    *(
        f"optimizer: {optimizer}\nweight_decay: {decay}\n{DROP}"
        for optimizer in ("sgd(momentum=0.9)", "rmsprop()", "adagrad()", "nadam()")
        for decay in DECAYS
    ),
    f"optimizer: sgd(learning_rate=0.1)\nweight_decay: {DECAYS[1]}",
    f"optimizer: adam()\nweight_decay: {DECAYS[0]}\n{DROP}",
    f"optimizer: adamw()\nweight_decay: {DECAYS[1]}\n{DROP}",
    *(
        f"optimizer: adam()\nclip: {clip}\nweight_decay: l2(0.1, on=all)\n{DROP}"
        for clip in ("global_norm(0.2)", "norm(0.1)", "value(0.05)")
    ),
    *(
        f"optimizer: sgd(learning_rate=0.1, momentum=0.9)\nschedule: {schedule}"
        for schedule in SCHEDULES
    ),
]
