"""Seconds for a step of a generated train.py, against the same training written by hand.

A small convolutional network on 1,024 arrays of 28 x 28 pixels, in batches of 64. By hand there is
a plain `LightningModule` with a `DataLoader`, and a Keras model with `fit` on arrays that lie in
memory, each with the generated network itself. Counted are the steps of all epochs but the first,
of each epoch from its first step to its last; each side trains in turn in the same process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

GOAL = 1.03
SAMPLES, BATCH, EPOCHS, ROUNDS = 1024, 64, 3, 4
SPEC = f"""network net {{
  input image[28, 28, 1]
  conv(16, 3) -> relu -> conv(32, 3) -> relu -> max_pool(2)
  flatten -> dense(64) -> relu -> dense(10) -> softmax
}}

train net {{
  data:       arrays("samples.npz")
  preprocess: [rescale(1 / 255)]
  loss:       categorical_crossentropy
  optimizer:  sgd(learning_rate=0.01, momentum=0.9)
  metrics:    [accuracy]
  epochs:     {EPOCHS}
  batch_size: {BATCH}
}}
"""


def rows() -> Iterator[str]:
    """The ratio in each framework."""
    from measure import ratio

    for backend in ("torch", "keras"):
        with TemporaryDirectory() as folder:
            _write(Path(folder), backend)
            command = [sys.executable, __file__, backend]
            made = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        best = json.loads(made.stdout.splitlines()[-1])
        for name, value in best.items():
            yield f"  {backend}, {name}".ljust(60) + f" {value * 1000:>8.2f} ms a step"
        value = best["generated"] / best["by hand"]
        yield ratio(f"{backend}: generated / by hand", value, f"<= {GOAL}", value <= GOAL)


def _write(folder: Path, backend: str) -> None:
    """The scripts of the spec, and samples."""
    import numpy as np

    import archspec

    (folder / "model.arch").write_text(SPEC)
    files = archspec.load(folder / "model.arch").scripts(backend)
    assert files is not None
    for name, text in files.items():
        (folder / name).write_text(text)
    random = np.random.default_rng(0)
    samples = random.integers(0, 256, (SAMPLES, 28, 28, 1), np.uint8)
    np.savez(folder / "samples.npz", x=samples, y=random.integers(0, 10, SAMPLES))


class Clock:
    """Seconds for a step, the fastest epoch so far."""

    def __init__(self) -> None:
        self.best = float("inf")
        self.begun = 0.0

    def begin(self) -> None:
        """An epoch begins."""
        self.begun = time.perf_counter()

    def end(self, epoch: int) -> None:
        """Its last step is done; the first epoch warms up."""
        if epoch:
            steps = SAMPLES // BATCH
            self.best = min(self.best, (time.perf_counter() - self.begun) / steps)


def _arguments() -> argparse.Namespace:
    found = argparse.Namespace(data="samples.npz", weights=None, epochs=EPOCHS, output=Path("run"))
    vars(found).update(workers=0, devices=1, nodes=1, strategy="ddp", resume=False)
    vars(found).update(fast_dev_run=False)
    return found


def _torch() -> dict[str, Callable[[Clock], object]]:
    import lightning as L
    import train

    class Timing(L.Callback):
        def __init__(self, clock: Clock) -> None:
            self.clock = clock

        def on_train_epoch_start(self, *_: Any) -> None:
            self.clock.begin()

        def on_train_batch_end(self, trainer: Any, *_: Any) -> None:
            if trainer.is_last_batch:
                self.clock.end(trainer.current_epoch)

    original = L.Trainer

    def generated(clock: Clock) -> None:
        def timed(*given: Any, callbacks: Any, **more: Any) -> Any:
            return original(*given, callbacks=[*callbacks, Timing(clock)], **more)

        train.L.Trainer = timed
        train.train(_arguments())
        train.L.Trainer = original

    def by_hand(clock: Clock) -> None:
        trainer = original(max_epochs=EPOCHS, callbacks=[Timing(clock)], default_root_dir="by_hand")
        trainer.fit(*_by_hand())

    return {"generated": generated, "by hand": by_hand}


def _by_hand() -> tuple[Any, Any]:
    """The module and the data, as few lines as Lightning asks for."""
    import lightning as L
    import net
    import numpy as np
    import torch
    import torch.nn.functional as F
    from torch.utils.data import DataLoader, TensorDataset
    from torchmetrics.classification import MulticlassAccuracy

    class ByHand(L.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.network = net.Net()
            self.accuracy = MulticlassAccuracy(10, average="micro")

        def training_step(self, batch: Any, index: int) -> Any:
            inputs, targets = batch
            outputs = self.network(inputs)
            loss = F.cross_entropy(outputs, targets)
            self.accuracy.update(outputs, targets)
            self.log("loss", loss, on_step=False, on_epoch=True)
            self.log("accuracy", self.accuracy, on_step=False, on_epoch=True)
            return loss

        def configure_optimizers(self) -> Any:
            return torch.optim.SGD(self.parameters(), lr=0.01, momentum=0.9)

    with np.load("samples.npz") as file:
        images = torch.from_numpy(file["x"]).permute(0, 3, 1, 2).float() / 255
        data = TensorDataset(images.contiguous(), torch.from_numpy(file["y"]))
    return ByHand(), DataLoader(data, batch_size=BATCH, shuffle=True)


def _keras() -> dict[str, Callable[[Clock], object]]:
    import keras
    import net
    import numpy as np
    import train

    class Timing(keras.callbacks.Callback):
        def __init__(self, clock: Clock) -> None:
            super().__init__()
            self.clock = clock

        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            self.epoch = epoch
            self.clock.begin()

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            if batch == SAMPLES // BATCH - 1:
                self.clock.end(self.epoch)

    original = keras.Model.fit

    def generated(clock: Clock) -> None:
        def timed(*given: Any, callbacks: Any, **more: Any) -> Any:
            return original(*given, callbacks=[*callbacks, Timing(clock)], **more)

        keras.Model.fit = timed
        train.train(_arguments())
        keras.Model.fit = original

    def by_hand(clock: Clock) -> None:
        with np.load("samples.npz") as file:
            images, labels = file["x"].astype("float32") / 255, file["y"]
        model = net.net()
        model.compile(
            keras.optimizers.SGD(0.01, momentum=0.9),
            loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
        )
        model.fit(images, labels, batch_size=BATCH, epochs=EPOCHS, callbacks=[Timing(clock)])

    return {"generated": generated, "by hand": by_hand}


def main() -> None:
    """In the folder of the scripts: train on both sides in turn, print the seconds as JSON."""
    sys.path.insert(0, "")
    calls = {"torch": _torch, "keras": _keras}[sys.argv[1]]()
    clocks = {name: Clock() for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            call(clocks[name])
    print("\n" + json.dumps({name: clock.best for name, clock in clocks.items()}))


if __name__ == "__main__":
    main()
