"""Faults in convolutions and dense layers."""

from __future__ import annotations

from fault import Both, Fault, Layout, Swapped, Text

SAME = "input x[8, 8, 3] conv(4, 3, stride=2, padding=same) -> relu"
PADDED = "input x[8, 8, 3] conv(4, 3, stride=2, padding=1) -> relu"
SQUARE = "input x[7, 5, 4] conv(4, 3) -> relu"
WIDE = "input x[7, 9, 4] conv(4, 3, stride=[1, 2], padding=half) -> relu"
GROUPED = "input x[5, 4, 4] conv(4, 3, padding=same, groups=2)"
DILATED = "input x[9, 8, 2] conv(4, 3, padding=same, dilation=2)"
DEPTHWISE = "input x[5, 4, 3] depthwise_conv(3, padding=same, multiplier=3)"
SEPARABLE = "input x[6, 5, 3] separable_conv(4, 3, multiplier=2) -> relu"
TRANSPOSED = "input x[4, 5, 4] transposed_conv(4, 3, stride=2, padding=same)"
DENSE = "input x[4] hidden: dense(4) -> relu\n dense(3)"
FLAT = "input x[3, 4, 2] conv(3, 1) -> flatten -> dense(5)"
BIAS = "input x[5, 4, 2] conv(4, 3, padding=same) -> relu -> conv(3, 1, bias=false)"

CONVOLUTION = {
    "same_with_stride_padded_as_1": Fault(
        "torch",
        SAME,
        Both(Text("stride=2", "stride=2, padding=1"), Text("F.pad(x, (0, 1, 0, 1))", "x")),
        "conv",
    ),
    "same_padding_low_for_high": Fault("torch", SAME, Text("(0, 1, 0, 1)", "(1, 0, 1, 0)"), "conv"),
    "padding_1_as_same_with_stride": Fault(
        "keras",
        PADDED,
        Both(
            Text('layers.ZeroPadding2D(1, name="conv_pad")(x_)', "x_"),
            Text("strides=2", 'strides=2, padding="same"'),
        ),
        "conv",
    ),
    "padding_shifted_by_one": Fault(
        "keras", PADDED, Text("ZeroPadding2D(1,", "ZeroPadding2D(((0, 2), (1, 1)),"), "conv"
    ),
    "kernel_flipped_to_height_for_width": Fault(
        "torch", SQUARE, Layout("conv.kernel", {"axes": (3, 2, 1, 0)}), "conv"
    ),
    "kernel_transposed_in_to_out": Fault(
        "torch", SQUARE, Layout("conv.kernel", {"axes": (2, 3, 0, 1)}), "conv"
    ),
    "kernel_transposed_in_keras": Fault(
        "keras", SQUARE, Layout("conv.kernel", {"axes": (1, 0, 2, 3)}), "conv"
    ),
    "stride_height_for_width": Fault("torch", WIDE, Text("stride=(1, 2)", "stride=(2, 1)"), "conv"),
    "stride_height_for_width_in_keras": Fault(
        "keras", WIDE, Text("strides=(1, 2)", "strides=(2, 1)"), "conv"
    ),
    "groups_in_another_order": Fault(
        "torch",
        GROUPED,
        Text("self.conv(x)", "self.conv(x[:, [0, 2, 1, 3]])"),
        "conv",
    ),
    "groups_ignored": Fault(
        "keras",
        "input x[5, 4, 4] conv(4, 1, groups=2)",
        Both(
            Text("layers.Conv2D(4, 1, groups=2", "Whole(4, 1, groups=2"),
            Text(
                "def groups_ignored",
                "class Whole(layers.Conv2D):\n"
                "    def call(self, x):\n"
                "        kernel = keras.ops.concatenate([self.kernel, self.kernel], axis=2)\n"
                "        return keras.ops.conv(x, kernel / 2) + self.bias\n\n\n"
                "def groups_ignored",
            ),
        ),
        "conv",
    ),
    "dilation_ignored": Fault("torch", DILATED, Text("padding=2, dilation=2", "padding=1"), "conv"),
    "dilation_ignored_in_keras": Fault(
        "keras", DILATED, Text("dilation_rate=2", "dilation_rate=1"), "conv"
    ),
    "multipliers_before_channels": Fault(
        "torch",
        DEPTHWISE,
        Layout("depthwise_conv.kernel", {"axes": (3, 2, 0, 1)}),
        "depthwise_conv",
    ),
    "depthwise_kernel_transposed": Fault(
        "keras",
        DEPTHWISE,
        Layout("depthwise_conv.kernel", {"axes": (1, 0, 2, 3)}),
        "depthwise_conv",
    ),
    "separable_with_an_activation_between": Fault(
        "keras",
        SEPARABLE,
        Both(
            Text("layers.SeparableConv2D(", "Bent("),
            Text(
                "\n\ndef separable",
                "\n\nclass Bent(layers.SeparableConv2D):\n"
                "    def call(self, x):\n"
                "        x = keras.ops.relu(keras.ops.depthwise_conv(x, self.depthwise_kernel))\n"
                "        return keras.ops.conv(x, self.pointwise_kernel) + self.bias\n"
                "\n\ndef separable",
            ),
        ),
        "separable_conv.conv",
    ),
    "separable_with_an_activation_between_in_torch": Fault(
        "torch",
        SEPARABLE,
        Text("self.depthwise_conv(x)", "F.relu(self.depthwise_conv(x))"),
        "separable_conv.conv",
    ),
    "transposed_conv_cropped_low": Fault(
        "torch", TRANSPOSED, Text("(0, -1, 0, -1)", "(-1, 0, -1, 0)"), "transposed_conv"
    ),
    "transposed_conv_with_output_padding": Fault(
        "torch",
        TRANSPOSED,
        Both(
            Text("stride=2", "stride=2, padding=1, output_padding=1"),
            Text("F.pad(self.transposed_conv(x), (0, -1, 0, -1))", "self.transposed_conv(x)"),
        ),
        "transposed_conv",
    ),
    "transposed_kernel_in_to_out": Fault(
        "keras",
        TRANSPOSED,
        Layout("transposed_conv.kernel", {"axes": (0, 1, 2, 3)}),
        "transposed_conv",
    ),
    "dense_kernel_transposed": Fault(
        "torch", DENSE, Layout("hidden.dense.kernel", {"axes": None}), "hidden.dense"
    ),
    "flatten_channels_first": Fault(
        "torch", FLAT, Layout("dense.kernel", {"rows": None}), "dense", hidden="flatten"
    ),
    "flatten_channels_first_in_keras": Fault(
        "keras",
        FLAT,
        Text("layers.Flatten(", "layers.Flatten(data_format='channels_first', "),
        "flatten",
    ),
    "bias_lost": Fault(
        "torch",
        BIAS,
        Text("self.conv(x)", "F.conv2d(x, self.conv.weight, padding=1)"),
        "conv_2",
        hidden="conv",
    ),
    "biases_exchanged": Fault(
        "keras",
        "input x[4] dense(3) -> relu -> dense(3)",
        Swapped("dense.bias", "dense_2.bias"),
        "dense",
    ),
    "activation_dropped": Fault(
        "torch",
        BIAS,
        Text("F.relu(self.conv(x), inplace=True)", "self.conv(x)"),
        "conv_2",
        hidden="relu",
    ),
    "activation_dropped_in_keras": Fault(
        "keras", BIAS, Text('layers.ReLU(name="relu")(x)', "x"), "conv_2", hidden="relu"
    ),
}
