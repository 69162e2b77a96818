#!/usr/bin/env python3
"""Twenty steps of convolutions, norms, recurrent layers, attention and the like as PyTorch takes them, for
tests/app/StepsTest.cpp.

Writes steps.json: the tables of rows in the order they are shown, and for every case the nodes as a project holds them, the
optimizer, the first weights and those after twenty steps. Images are [N, C, H, W] here, sequences [N, T, C]. Left out of the
comparison is what has no gradient but for rounding: a bias before a batch normalization, and the running mean behind it.
Made with PyTorch 2.15; run it again only to add cases.
"""
import json
import pathlib

import torch
from torch import nn

ROWS, BATCH, STEPS, COLUMNS, CLASSES, WORDS = 40, 16, 20, 48, 3, 9


class Call(nn.Module):
    """A function as a module without weights."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


class Wrapped(nn.Module):
    """What a module does, put otherwise: function(module, x)."""

    def __init__(self, inner, function):
        super().__init__()
        self.inner, self.function = inner, function

    def forward(self, x):
        return self.function(self.inner, x)


class Words(nn.Module):
    """An embedding that remembers how long its texts are: 0 is the padding behind them."""

    def __init__(self, entries, dimension):
        super().__init__()
        self.inner = nn.Embedding(entries, dimension, padding_idx=0)

    def forward(self, x):
        Words.lengths = (x > 0).sum(1)
        return self.inner(x.long())


def node(name, kind, module, inputs=None, **parameters):
    return name, kind, module, inputs, parameters


def image(h, w, c):
    return node("image", "reshape", Call(lambda x: x.view(-1, h, w, c).permute(0, 3, 1, 2)), shape=f"{h}x{w}x{c}")


def sequence(t, f):
    return node("steps", "reshape", Call(lambda x: x.view(-1, t, f)), shape=f"{t}x{f}")


def dense(inputs, name="out", units=CLASSES):
    return node(name, "dense", nn.Linear(inputs, units), units=units)


def activation(name, function, kind):
    return node(name, "activation", Call(function), activation=kind)


FLAT = node("flat", "flatten", Call(lambda x: x.flatten(1)))


def states(module):
    return Wrapped(module, lambda inner, x: inner(x)[0])


def last(module):
    def final(inner, x):
        state = inner(x)[1]
        return torch.cat(list(state[0] if isinstance(state, tuple) else state), 1)
    return Wrapped(module, final)


def packed(module):
    def final(inner, x):
        rows = nn.utils.rnn.pack_padded_sequence(x, Words.lengths, batch_first=True, enforce_sorted=False)
        return inner(rows)[1][0][0]
    return Wrapped(module, final)


def channels_first(module):
    return Wrapped(module, lambda inner, x: inner(x.transpose(1, 2)).transpose(1, 2))


def adam(p):
    return torch.optim.Adam(p, lr=0.005), {"type": "adam", "parameters": {"learning_rate": 0.005}}


def momentum(p):
    return (torch.optim.SGD(p, lr=0.05, momentum=0.9), {"type": "momentum", "parameters": {"learning_rate": 0.05}})


def rmsprop(p):
    return torch.optim.RMSprop(p, lr=0.002), {"type": "rmsprop", "parameters": {"learning_rate": 0.002}}


def cases():
    yield "convolutions", adam, [
        image(6, 4, 2),
        node("conv1", "conv2d", nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.ReLU()),
             filters=4, padding="same", activation="relu"),
        node("pool1", "max_pool", nn.MaxPool2d(2)),
        node("conv2", "conv2d", nn.Conv2d(4, 6, (2, 1), groups=2), filters=6, kernel_size=[2, 1], groups=2),
        FLAT, dense(24)], []
    yield "batch_norm", momentum, [
        image(6, 4, 2), node("conv", "conv2d", nn.Conv2d(2, 3, 3, padding=1), filters=3, padding=1),
        node("bn", "batch_norm", nn.BatchNorm2d(3)), activation("relu", torch.relu, "relu"), FLAT, dense(72)
    ], ["conv.bias", "bn.running_mean"]
    yield "residual", adam, [
        image(6, 4, 2),
        node("conv1", "conv2d", nn.Conv2d(2, 4, 3, padding=1, bias=False), filters=4, padding=1, bias=False),
        node("bn1", "batch_norm", nn.BatchNorm2d(4)), activation("relu1", torch.relu, "relu"),
        node("conv2", "conv2d", nn.Conv2d(4, 4, 3, padding=1, bias=False), filters=4, padding=1, bias=False),
        node("bn2", "batch_norm", nn.BatchNorm2d(4)),
        node("sum", "add", Call(torch.add), inputs=["bn2", "relu1"]), activation("relu2", torch.relu, "relu"),
        node("mean", "global_average_pool", Call(lambda x: x.mean((2, 3)))), dense(4)], []
    yield "transposed", rmsprop, [
        image(3, 4, 4),
        node("conv", "conv2d_transpose",
             nn.Sequential(nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1), nn.Tanh()),
             filters=3, stride=2, padding=1, output_padding=1, activation="tanh"),
        node("pool", "average_pool", nn.AvgPool2d(2)), FLAT, dense(36)], []
    yield "depthwise", momentum, [
        image(4, 4, 3),
        node("conv", "conv2d", nn.Conv2d(3, 6, 3, groups=3, dilation=2, padding=2),
             filters=6, groups=3, dilation=2, padding=2),
        node("prelu", "prelu", nn.PReLU(6), per_channel=True),
        node("most", "global_max_pool", Call(lambda x: x.amax((2, 3)))), dense(6)], []
    yield "instance_norm", momentum, [
        image(4, 4, 3),
        node("norm", "instance_norm", nn.InstanceNorm2d(3, affine=True), affine=True),
        node("up", "upsample", nn.Upsample(scale_factor=2, mode="bilinear"), factor=2, mode="bilinear"),
        node("conv", "conv2d", nn.Sequential(nn.Conv2d(3, 2, 3, stride=2), nn.ReLU()),
             filters=2, stride=2, activation="relu"), FLAT, dense(18)], []
    yield "conv1d", momentum, [
        sequence(12, 4),
        node("conv", "conv1d", channels_first(nn.Conv1d(4, 6, 3, padding=1)), filters=6, padding=1),
        node("norm", "group_norm", channels_first(nn.GroupNorm(3, 6)), groups=3),
        activation("gelu", nn.functional.gelu, "gelu"), FLAT, dense(72)], []
    yield "lstm", adam, [
        sequence(8, 6), node("lstm", "lstm", last(nn.LSTM(6, 5, batch_first=True)), units=5), dense(5)], []
    yield "gru", adam, [
        sequence(8, 6),
        node("gru", "gru", states(nn.GRU(6, 3, batch_first=True, bidirectional=True)),
             units=3, bidirectional=True, return_sequences=True), FLAT, dense(48)], []
    yield "simple_rnn", rmsprop, [
        sequence(8, 6),
        node("rnn", "simple_rnn", states(nn.RNN(6, 4, batch_first=True)), units=4, return_sequences=True),
        node("norm", "layer_norm", nn.LayerNorm(4)),
        node("rnn2", "simple_rnn", last(nn.RNN(4, 4, batch_first=True)), units=4), dense(4)], []
    yield "attention", momentum, [
        sequence(8, 6),
        node("look", "multi_head_attention",
             Wrapped(nn.MultiheadAttention(6, 2, batch_first=True), lambda inner, x: inner(x, x, x)[0]), heads=2),
        node("sum", "add", Call(torch.add), inputs=["look", "steps"]), node("norm", "layer_norm", nn.LayerNorm(6)),
        FLAT, dense(48)], []
    yield "texts", adam, [
        node("emb", "embedding", Words(WORDS, 4), entries=WORDS, dimension=4),
        node("lstm", "lstm", packed(nn.LSTM(4, 5, batch_first=True)), units=5), dense(5)], []


def number(i, most):
    return i * 7919 % 20011 % most  # a fixed mixture


def tables():
    rows = [[(number(r * COLUMNS + c, 301) - 150) / 100 for c in range(COLUMNS)] for r in range(ROWS)]
    lengths = [1 + number(r + 3, 6) for r in range(ROWS)]
    words = [[1 + number(r * 6 + c, WORDS - 1) if c < lengths[r] else 0 for c in range(6)] for r in range(ROWS)]
    labels = [number(r + 11, CLASSES) for r in range(ROWS)]
    return {"rows": rows, "words": words, "labels": labels}


def plain(name):
    return name.replace(".inner.", ".").replace(".0.", ".")  # a wrapper or an activation behind a module


def rounded(tensor):
    return [float(f"{v:.9g}") for v in tensor.flatten().tolist()]


def tensors(net):
    return {plain(name): tensor for name, tensor in net.state_dict().items() if tensor.is_floating_point()}


def forward(nodes, net, x):
    outputs, value = {}, x
    for name, _, _, inputs, _ in nodes:
        value = net[name](*[outputs[i] for i in inputs]) if inputs else net[name](value)
        outputs[name] = value
    return value


def run(make, nodes, left_out, data):
    net = nn.ModuleDict({name: module for name, _, module, _, _ in nodes})
    x = torch.tensor(data["words" if nodes[0][1] == "embedding" else "rows"], dtype=torch.float32)
    y = torch.tensor(data["labels"])
    first = {name: {"shape": list(t.shape), "values": rounded(t)} for name, t in tensors(net).items()}
    optimizer, choice = make(net.parameters())
    for step in range(STEPS):
        batch = step % ((ROWS + BATCH - 1) // BATCH)
        rows = slice(batch * BATCH, min(ROWS, (batch + 1) * BATCH))
        optimizer.zero_grad()
        nn.functional.cross_entropy(forward(nodes, net, x[rows]), y[rows]).backward()
        optimizer.step()
    described = []
    for name, kind, _, inputs, parameters in nodes:
        before = described[-1]["id"] if described else "in"
        described.append({"id": name, "type": kind, "inputs": inputs or [before], "parameters": parameters})
    return {"nodes": described, "optimizer": choice, "first": first, "left_out": left_out,
            "after": {name: rounded(t) for name, t in tensors(net).items()}}


def main():
    torch.manual_seed(11)
    torch.set_num_threads(1)
    data = tables()
    results = {name: run(make, nodes, left_out, data) for name, make, nodes, left_out in cases()}
    lines = [f'"{key}": {json.dumps(value, separators=(",", ":"))}' for key, value in {**data, **results}.items()]
    pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
