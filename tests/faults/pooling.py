"""Faults in pooling and in what changes the number of cells."""

from __future__ import annotations

from fault import Both, Fault, Text

MAXIMUM = "input x[8, 7, 3] max_pool(3, stride=2, padding=1)"
MAXIMUM_SAME = "input x[8, 8, 3] max_pool(3, stride=2, padding=same)"
MEAN = "input x[7, 5, 3] avg_pool(3, stride=2, padding=1, count_padding=false)"
COUNTED = "input x[7, 5, 3] avg_pool(3, stride=2, padding=1, count_padding=true)"
GLOBAL = "input x[5, 4, 3] conv(4, 1) -> global_max_pool -> dense(3)"
VOLUME = (
    "input x[6, 7, 5, 2] avg_pool([3, 1, 2], stride=[2, 4, 3], padding=same, count_padding=false)"
)
TWICE = "input x[6, 5, 7, 2] max_pool(2, stride=1) -> max_pool(2)"
ADAPTIVE = "input x[7, 6, 2] adaptive_avg_pool([3, 5])"
LINEAR = "input x[4, 5, 2] resize(size=[7, 3], method=bilinear)"
NEAREST = "input x[4, 5, 2] resize(size=[3, 11], method=nearest)"
PAD = "input x[5, 4, 3] pad([[0, 1], [2, 0]]) -> conv(2, 1)"
PAD_VALUE = "input x[5, 4, 3] pad(1, value=-1.5)"
CROP = "input x[5, 6, 3] crop([[1, 0], [0, 1]]) -> conv(2, 1)"

POOLING = {
    "max_pool_padded_with_0": Fault(
        "keras",
        MAXIMUM,
        Text('float("-inf")', "0.0"),
        "max_pool",
    ),
    "max_pool_same_padded_as_1": Fault(
        "torch", MAXIMUM_SAME, Text("ceil_mode=True", "padding=1"), "max_pool"
    ),
    "max_pool_padded_as_same": Fault(
        "keras",
        MAXIMUM_SAME.replace("same", "1"),
        Both(
            Text(
                'ops.pad(x_, [[0, 0], [1, 1], [1, 1], [0, 0]], constant_values=float("-inf"))', "x_"
            ),
            Text("strides=2", 'strides=2, padding="same"'),
        ),
        "max_pool",
    ),
    "max_pool_stride_left_out": Fault(
        "torch", "input x[8, 7, 3] max_pool(2, stride=1)", Text(", stride=1", ""), "max_pool"
    ),
    "ceil_mode_forgotten": Fault("torch", MAXIMUM_SAME, Text(", ceil_mode=True", ""), "max_pool"),
    "mean_for_max": Fault("keras", MAXIMUM, Text("MaxPooling", "AveragePooling"), "max_pool"),
    "padding_counted_in_the_mean": Fault(
        "torch", MEAN, Text("count_include_pad=False", "count_include_pad=True"), "avg_pool"
    ),
    "padding_counted_in_the_mean_in_keras": Fault(
        "keras", MEAN, Text("/ self.pool(self.pad(ops.ones_like(x)))", ""), "avg_pool"
    ),
    "padding_not_counted_in_the_mean": Fault(
        "torch", COUNTED, Text("count_include_pad=True", "count_include_pad=False"), "avg_pool"
    ),
    "padding_not_counted_in_the_mean_in_keras": Fault(
        "keras",
        COUNTED,
        Both(
            Text('layers.ZeroPadding2D(1, name="avg_pool_pad")(x_)', "x_"),
            Text("strides=2", 'strides=2, padding="same"'),
        ),
        "avg_pool",
    ),
    "volume_cut_before_for_after": Fault(
        "keras",
        VOLUME,
        Text("((0, 0), (0, 2), (0, 0))", "((0, 0), (2, 0), (0, 0))"),
        "avg_pool",
    ),
    "gradient_to_each_of_equal_cells": Fault(
        "keras",
        TWICE,
        Text("= PlanarMaxPooling3D(", "= layers.MaxPooling3D("),
        "x",
        kind="input_gradients",
    ),
    "global_mean_for_max": Fault(
        "torch", GLOBAL, Text("x.amax(", "x.mean("), "dense", hidden="global_max_pool"
    ),
    "global_mean_for_max_in_keras": Fault(
        "keras", GLOBAL, Text("GlobalMaxPooling", "GlobalAveragePooling"), "global_max_pool"
    ),
    "adaptive_windows_rounded_down": Fault(
        "torch",
        ADAPTIVE,
        Text("F.adaptive_avg_pool2d(x, (3, 5))", "F.interpolate(x, (3, 5))"),
        "adaptive_avg_pool",
    ),
    "corners_aligned": Fault(
        "torch", LINEAR, Text("align_corners=False", "align_corners=True"), "resize"
    ),
    "antialiased": Fault("torch", LINEAR, Text("align_corners=False", "antialias=True"), "resize"),
    "nearest_rounded_down": Fault(
        "torch", NEAREST, Text("(2 * torch.arange(3) + 1)", "(2 * torch.arange(3))"), "resize"
    ),
    "linear_for_nearest": Fault("keras", NEAREST, Text('"nearest"', '"bilinear"'), "resize"),
    "resized_to_width_by_height": Fault(
        "keras", NEAREST, Text("(x_, (3, 11)", "(x_, (11, 3)"), "resize"
    ),
    "pad_after_for_before": Fault(
        "torch", PAD, Text("(2, 0, 0, 1)", "(0, 2, 1, 0)"), "conv", hidden="pad"
    ),
    "pad_height_for_width": Fault(
        "torch", PAD, Text("(2, 0, 0, 1)", "(0, 1, 2, 0)"), "conv", hidden="pad"
    ),
    "pad_after_for_before_in_keras": Fault(
        "keras", PAD, Text("((0, 1), (2, 0))", "((1, 0), (0, 2))"), "pad"
    ),
    "pad_value_forgotten": Fault("torch", PAD_VALUE, Text(", value=-1.5", ""), "pad"),
    "pad_value_forgotten_in_keras": Fault(
        "keras", PAD_VALUE, Text("constant_values=-1.5", "constant_values=0"), "pad"
    ),
    "crop_off_by_one": Fault(
        "torch", CROP, Text("x[:, :, 1:, :-1]", "x[:, :, :-1, 1:]"), "conv", hidden="crop"
    ),
    "crop_off_by_one_in_keras": Fault(
        "keras", CROP, Text("((1, 0), (0, 1))", "((0, 1), (1, 0))"), "crop"
    ),
}
