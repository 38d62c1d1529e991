"""Faults in joins, in the structure of a network, and in what only training shows."""

from __future__ import annotations

from fault import Both, Fault, Text

CONCAT = "input x[4, 3, 2] concat { | conv(2, 1) | conv(2, 1) -> tanh } -> conv(3, 1)"
ADD = "input x[4, 3, 2] add { | conv(2, 1) | identity } -> conv(3, 1)"
GATE = "input x[4, 4, 4] multiply { | identity | global_avg_pool -> dense(4) -> sigmoid } -> relu"
SPLIT = "input x[4, 3, 4] a, b: split(2)\n c: from a -> relu\n concat(c, b) -> conv(3, 1)"
SHARED = "input x[4, 3, 2] layer both = { conv(2, 1) -> tanh } both -> both -> conv(3, 1)"
CALLS = "x = self.both(x)  # (N, 2, 4, 3)\n        x = self.both(x)\n"
SHARED_NORM = "input x[4, 3, 2] layer both = { batch_norm } both -> relu -> both"
RESHAPE = "input x[4, 3, 2] conv(2, 1) -> reshape([3, 2, 4]) -> conv(3, 1)"
SEVERAL = "input a[3] input b[3] c: from a -> dense(2) d: from b -> dense(2) output c, d"
TRAINING = """input x[4] h: dense(3) -> relu
  one: from h -> dense(2)
  two: from h -> dense(2) -> tanh
  from h -> dense(2)
  y: softmax
  output y
  output one, two when training"""
DETACHED = "input x[4] dense(3) -> tanh -> dense(2)"
LEARNED = "input x[4, 3] multiply { | identity | weight([4, 3], init=ones) } -> conv(2, 1)"

STRUCTURE = {
    "branches_of_a_concat_exchanged": Fault(
        "torch",
        CONCAT,
        Text("(self.branch(x), self.branch_2(x))", "(self.branch_2(x), self.branch(x))"),
        "conv",
        hidden="concat",
    ),
    "branches_of_a_concat_exchanged_in_keras": Fault(
        "keras", CONCAT, Text("[branch, branch_2]", "[branch_2, branch]"), "concat"
    ),
    "average_for_add": Fault("keras", ADD, Text("layers.Add(", "layers.Average("), "add"),
    "shortcut_lost": Fault(
        "torch", ADD, Text("self.branch(x) + x", "self.branch(x)"), "conv", hidden="add"
    ),
    "add_for_average": Fault(
        "torch", ADD.replace("add", "average"), Text(" / 2", ""), "conv", hidden="average"
    ),
    "minimum_for_maximum": Fault(
        "keras",
        ADD.replace("add", "maximum"),
        Text("layers.Maximum(", "layers.Minimum("),
        "maximum",
    ),
    "gate_over_the_width": Fault(
        "torch", GATE, Text("[:, :, None, None]", "[:, None, None, :]"), "relu", hidden="multiply"
    ),
    "gate_over_the_height": Fault(
        "keras",
        GATE,
        Text("([x_, branch_2])", "([x_, keras.ops.reshape(branch_2, (-1, 4, 1, 1))])"),
        "multiply",
    ),
    "parts_of_a_split_exchanged": Fault(
        "torch", SPLIT, Text("a, b = ", "b, a = "), "conv", hidden="a.split"
    ),
    "parts_of_a_split_exchanged_in_keras": Fault(
        "keras", SPLIT, Text("a, b = ", "b, a = "), "c.relu", hidden="a.split"
    ),
    "split_along_the_height": Fault(
        "keras",
        "input x[4, 4, 4] a, b: split(2)\n c: from a -> relu\n concat(c, b)",
        Text("axis=-1", "axis=1"),
        "c.relu",
        hidden="a.split",
    ),
    "a_shared_layer_not_shared": Fault(
        "torch",
        SHARED,
        Both(
            Text(CALLS, "x = self.both(copy.deepcopy(self.both)(x))\n"),
            Text("from torch import", "import copy\n\nfrom torch import"),
        ),
        "both.conv.kernel",
        "weight_gradients",
    ),
    "shared_statistics_updated_once": Fault(
        "torch",
        SHARED_NORM,
        Text("return self.both(x)", "return self.both.eval()(x)"),
        "both_2.batch_norm",
    ),
    "reshape_channels_first": Fault(
        "torch",
        RESHAPE,
        Text(
            "x.permute(0, 2, 3, 1).reshape(-1, 3, 2, 4).permute(0, 3, 1, 2)",
            "x.reshape(-1, 4, 3, 2)",
        ),
        "conv_2",
        hidden="reshape",
    ),
    "transpose_for_reshape": Fault(
        "keras",
        RESHAPE,
        Text(
            'layers.Reshape((3, 2, 4), name="reshape")', 'layers.Permute((2, 3, 1), name="reshape")'
        ),
        "reshape",
    ),
    "outputs_exchanged": Fault(
        "torch",
        SEVERAL,
        Text("return self.c(a), self.d(b)", "return self.d(b), self.c(a)"),
        "c.dense",
    ),
    "constant_factor_lost": Fault(
        "torch", "input x[4] dense(3) -> scale(0.2) -> dense(2)", Text("0.2 * x", "x"), "dense_2"
    ),
    "inputs_exchanged": Fault("keras", SEVERAL, Text("[a, b]", "[b, a]"), "a"),
    "training_outputs_exchanged": Fault(
        "torch", TRAINING, Text("self.one(h), self.two(h)", "self.two(h), self.one(h)"), "one.dense"
    ),
    "training_outputs_exchanged_in_keras": Fault(
        "keras", TRAINING, Text('"one": one, "two": two', '"one": two, "two": one'), "one.dense"
    ),
    "gradient_of_a_weight_detached": Fault(
        "torch",
        DETACHED,
        Text(
            "self.dense(x)", "nn.functional.linear(x, self.dense.weight.detach(), self.dense.bias)"
        ),
        "dense.kernel",
        "weight_gradients",
    ),
    "gradient_of_a_value_stopped": Fault(
        "keras",
        DETACHED,
        Text('name="dense_2")(x)', 'name="dense_2")(keras.ops.stop_gradient(x))'),
        "dense.kernel",
        "weight_gradients",
    ),
    "gradient_of_an_input_detached": Fault(
        "torch",
        "input x[4] tanh -> dense(2)",
        Text("torch.tanh(x)", "torch.tanh(x.detach())"),
        "x",
        "input_gradients",
    ),
    "learned_value_constant": Fault(
        "keras",
        LEARNED,
        Text("ops.broadcast_to(self.value", "ops.broadcast_to(ops.stop_gradient(self.value)"),
        "branch_2.weight.value",
        "weight_gradients",
    ),
    "half_precision_in_float32": Fault(
        "torch",
        DETACHED,
        Text(
            "self.dense_2(x)",
            "self.dense_2(x if x.dtype == torch.float64 else x.half().float())",
        ),
        "output",
    ),
    "gradient_in_half_precision": Fault(
        "torch",
        DETACHED,
        Both(
            Text("torch.tanh(self.dense(x))", "Rounding.apply(torch.tanh(self.dense(x)))"),
            Text(
                "class Gradient",
                "class Rounding(torch.autograd.Function):\n"
                "    @staticmethod\n"
                "    def forward(context, x):\n"
                "        return x.clone()\n\n"
                "    @staticmethod\n"
                "    def backward(context, x):\n"
                "        return x if x.dtype == torch.float64 else x.half().float()\n\n\n"
                "class Gradient",
            ),
        ),
        "dense.kernel",
        "weight_gradients",
    ),
    "not_a_number": Fault(
        "keras",
        DETACHED,
        Text(
            'layers.Activation("tanh", name="tanh")(x)',
            'layers.Activation("tanh", name="tanh")(x) / 0',
        ),
        "dense_2",
    ),
}
