import keras
from keras import KerasTensor, layers


def near(v: float, d: int) -> int:
    return max(d, int(v + d / 2) // d * d)


def wide(v: float, d: int = 4) -> int:
    return near(v, d) + d if near(v, d) < v else near(v, d)


def residual(x: KerasTensor, *, name: str) -> KerasTensor:
    branch = layers.Conv2D(4, 1, name=f"{name}.branch_2.body.branch.conv")(x)
    branch_2_2 = layers.Conv2D(4, 1, name=f"{name}.branch_2.body.branch_2.conv")(x)
    branch_2_2 = layers.ReLU(name=f"{name}.branch_2.body.branch_2.relu")(branch_2_2)
    branch_2 = layers.Concatenate(name=f"{name}.branch_2.body.concat")([branch, branch_2_2])
    return layers.Add(name=f"{name}.add")([x, branch_2])


def helped(classes: int = 3, *, training_outputs: bool = False) -> keras.Model:
    image = keras.Input((9, 9, 3), name="image")
    trunk = layers.Conv2D(8, 3, name="trunk.conv")(image)  # (7, 7, 8)
    left = layers.Conv2D(4, 1, name="left.conv")(trunk)  # (7, 7, 4)
    right = residual(trunk, name="right.residual")  # (7, 7, 8)
    x = layers.Concatenate(name="concat")([left, right])  # (7, 7, 12)
    x = layers.GlobalAveragePooling2D(name="global_avg_pool")(x)  # (12,)
    x = layers.Dense(classes, name="main.dense")(x)  # (3,)
    if training_outputs:
        early = layers.GlobalAveragePooling2D(name="early.global_avg_pool")(trunk)
        early = layers.Dense(classes, name="early.dense")(early)
        late = layers.Flatten(name="late.flatten")(right)
        late = layers.Dense(classes, name="late.dense")(late)
        return keras.Model(image, {"main": x, "early": early, "late": late}, name="helped")
    return keras.Model(image, x, name="helped")
