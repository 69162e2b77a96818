#!/usr/bin/env python3
"""Writes networks.json: outputs and gradients of small networks by PyTorch in double, for tests/engine/network/GoldenTest.cpp.

Each case is a chain of nodes as a project holds them, and the same modules in PyTorch, named after the nodes. All numbers
are exact in float32, so they may be stored and passed on as floats. Images are [N, C, H, W], sequences [N, C, T]. The loss
is the mean squared error against `target`. Made with PyTorch 2.15.
"""
import json
import pathlib
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)


def node(kind, **parameters):
    return {"type": kind, "parameters": parameters}


class Steps(nn.Module):
    """A module of [N, T, C] put to work on [N, C, T]; what is one row per sample stays."""

    def __init__(self, inner, last=False, causal=False):
        super().__init__()
        self.inner, self.last, self.causal = inner, last, causal

    def forward(self, x):
        x = x.transpose(1, 2)
        if isinstance(self.inner, nn.MultiheadAttention):
            mask = torch.triu(torch.ones(x.shape[1], x.shape[1]), 1).bool() if self.causal else None
            return self.inner(x, x, x, attn_mask=mask)[0].transpose(1, 2)
        if not isinstance(self.inner, nn.RNNBase):
            return self.inner(x).transpose(1, 2)
        states, final = self.inner(x)
        if not self.last:
            return states.transpose(1, 2)
        final = final[0] if isinstance(final, tuple) else final
        return torch.cat(list(final), 1)


class Words(nn.Module):
    """An embedding that remembers how long its texts are: 0 is the padding behind them."""

    def __init__(self, entries, dimension):
        super().__init__()
        self.inner = nn.Embedding(entries, dimension, padding_idx=0)

    def forward(self, x):
        Words.lengths = (x > 0).sum(1)
        return self.inner(x.long())


class Packed(nn.Module):
    """The last states of a recurrent module over texts of unequal length."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        packed = nn.utils.rnn.pack_padded_sequence(x, Words.lengths, batch_first=True, enforce_sorted=False)
        final = self.inner(packed)[1]
        return torch.cat(list(final[0] if isinstance(final, tuple) else final), 1)


class Attention(nn.Module):
    """Attention that does not see the padding behind texts."""

    def __init__(self, inner, causal=False):
        super().__init__()
        self.inner, self.causal = inner, causal

    def forward(self, x):
        steps = torch.arange(x.shape[1])
        mask = torch.triu(torch.ones(x.shape[1], x.shape[1]), 1).bool() if self.causal else None
        hidden = steps[None, :] >= Words.lengths[:, None]
        # Sequences are [N, C, T] to the test.
        return self.inner(x, x, x, key_padding_mask=hidden, attn_mask=mask)[0].transpose(1, 2)


class Truncated(nn.Module):
    """A recurrent module whose state is cut off from the gradient every `length` steps of its walk."""

    def __init__(self, inner, length, last):
        super().__init__()
        self.inner, self.length, self.last = inner, length, last

    def forward(self, x):
        state, states = None, []
        for piece in x.transpose(1, 2).split(self.length, 1):
            out, state = self.inner(piece, state)
            state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
            states.append(out)
        states = torch.cat(states, 1)
        return states[:, -1] if self.last else states.transpose(1, 2)


class Unpooled(nn.Module):
    def forward(self, x):
        y, indices = F.max_pool2d(x, 3, 2, 1, return_indices=True)
        return F.max_unpool2d(y, indices, 3, 2, 1)


class Fork(nn.Module):
    """What came in, and what `inner` makes of it: for a node that reads both."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return x, self.inner(x)


class Of(nn.Module):
    """Any function."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Cross(nn.Module):
    """Attention whose queries come from the first sequence, keys and values from the second."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, both):
        queries, seen = (x.transpose(1, 2) for x in both)
        return self.inner(queries, seen, seen)[0].transpose(1, 2)


class Maxout(nn.Module):
    def __init__(self, inputs, units, pieces):
        super().__init__()
        self.inner, self.pieces = nn.Linear(inputs, units * pieces), pieces

    def forward(self, x):
        return self.inner(x).unflatten(1, (-1, self.pieces)).amax(2)


class Fourier(nn.Module):
    def __init__(self, inputs, waves):
        super().__init__()
        self.register_buffer("frequencies", exact(torch.randn(inputs, waves) / 4))

    def forward(self, x):
        angle = 2 * torch.pi * x @ self.frequencies
        return torch.cat([angle.sin(), angle.cos()], 1)


def channels_last(function):
    """A function of images [N, H, W, C]."""
    return Of(lambda x: function(x.movedim(1, -1)).movedim(-1, 1))


def with_coordinates(x):
    n, _, h, w = x.shape
    rows = torch.linspace(-1, 1, h)[:, None].expand(n, 1, h, w)
    columns = torch.linspace(-1, 1, w).expand(n, 1, h, w)
    return torch.cat([x, rows, columns], 1)


def with_positions(x):  # Vaswani et al. 2017, section 3.5
    _, features, steps = x.shape
    wave = torch.arange(steps) / 10000 ** (torch.arange(features)[:, None] // 2 * 2 / features)
    return x + torch.where(torch.arange(features)[:, None] % 2 == 0, wave.sin(), wave.cos())


def on_nails(x, step):
    """Every value in the corner of its window: a transposed convolution of each channel with a 1 in the corner."""
    nail = torch.zeros(x.shape[1], 1, step, step)
    nail[:, :, 0, 0] = 1
    return F.conv_transpose2d(x, nail, stride=step, groups=x.shape[1])


def reads_both(kind, **parameters):
    return {**node(kind, **parameters), "inputs": ["n0", "n1"]}


def shaken(module):
    """Weights and statistics that are not all 0 or 1."""
    for tensor in list(module.parameters()) + list(module.buffers()):
        if tensor.is_floating_point():
            tensor.data = exact(torch.rand(tensor.shape) + 0.5)
    return module


def exact(tensor):
    return tensor.float().double()


def recurrent(kind, module, **parameters):
    module = module(3, 4, batch_first=True, bidirectional=parameters.get("bidirectional", False))
    return [(node(kind, units=4, **parameters), Steps(module, last=not parameters.get("return_sequences", False)))]


CASES = [
    ([3, 6, 5], [(node("conv2d", filters=4), nn.Conv2d(3, 4, 3))]),
    ([2, 7, 6], [(node("conv2d", filters=3, kernel_size=[2, 3], stride=[2, 1], padding=[1, 2], bias=False),
                  nn.Conv2d(2, 3, (2, 3), stride=(2, 1), padding=(1, 2), bias=False))]),
    ([4, 6, 6], [(node("conv2d", filters=6, groups=2, padding="same", activation="tanh"),
                  nn.Sequential(nn.Conv2d(4, 6, 3, groups=2, padding="same"), nn.Tanh()))]),
    ([3, 7, 7], [(node("conv2d", filters=3, groups=3, dilation=2, padding=2),
                  nn.Conv2d(3, 3, 3, groups=3, dilation=2, padding=2))]),
    ([2, 5, 5], [(node("conv2d", filters=2, kernel_size=4, padding="same"), nn.Conv2d(2, 2, 4, padding="same"))]),
    ([3, 7, 6], [(node("max_pool", size=3, stride=2, padding=1), nn.MaxPool2d(3, 2, 1))]),
    ([3, 6, 4], [(node("max_pool"), nn.MaxPool2d(2))]),
    ([2, 5, 5], [(node("average_pool", size=3, stride=2, padding=1), nn.AvgPool2d(3, 2, 1))]),
    ([2, 5, 5], [(node("average_pool", size=3, stride=2, padding=1, count_padding=False),
                  nn.AvgPool2d(3, 2, 1, count_include_pad=False))]),
    ([4, 3, 4], [(node("conv2d_transpose", filters=3, stride=2, padding=1, output_padding=1),
                  nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1))]),
    ([4, 3, 3], [(node("conv2d_transpose", filters=6, groups=2, dilation=2, kernel_size=[2, 3]),
                  nn.ConvTranspose2d(4, 6, (2, 3), groups=2, dilation=2))]),
    ([2, 4, 5], [(node("upsample", factor=[2, 3]), nn.Upsample(scale_factor=(2, 3), mode="nearest"))]),
    ([2, 4, 5], [(node("upsample", factor=2, mode="bilinear"), nn.Upsample(scale_factor=2, mode="bilinear"))]),
    ([2, 5, 7], [(node("adaptive_average_pool", size=[3, 4]), nn.AdaptiveAvgPool2d((3, 4)))]),
    ([3, 4, 5], [(node("global_max_pool"), nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()))]),
    ([3, 4, 5], [(node("global_average_pool"), nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()))]),
    ([2, 3, 4], [(node("zero_pad", left=1, right=2, top=0, bottom=3), nn.ZeroPad2d((1, 2, 0, 3)))]),
    # Sequences are [N, C, T] in PyTorch and [N, T, C] here.
    ([3, 9], [(node("conv1d", filters=4, kernel_size=4, stride=2, padding=2), nn.Conv1d(3, 4, 4, stride=2, padding=2))]),
    ([4, 8], [(node("conv1d", filters=2, groups=2, dilation=2, padding="same", bias=False),
               nn.Conv1d(4, 2, 3, groups=2, dilation=2, padding="same", bias=False))]),
    # A flatten before dense layers: PyTorch's order of features, through an activation, and not beyond the next layer.
    ([2, 6, 6], [(node("conv2d", filters=3, padding="same", activation="relu"),
                  nn.Sequential(nn.Conv2d(2, 3, 3, padding=1), nn.ReLU())),
                 (node("max_pool"), nn.MaxPool2d(2)),
                 (node("flatten"), nn.Flatten()),
                 (node("activation", activation="tanh"), nn.Tanh()),
                 (node("dense", units=27), nn.Linear(27, 27)),
                 (node("dense", units=4), nn.Linear(27, 4))]),
    ([3, 4, 5], [(node("batch_norm"), shaken(nn.BatchNorm2d(3)))]),
    ([5], [(node("batch_norm", momentum=0.3, epsilon=0.01), shaken(nn.BatchNorm1d(5, momentum=0.3, eps=0.01)))]),
    ([20], [(node("batch_norm"), shaken(nn.BatchNorm1d(20)))]),
    ([6], [(node("layer_norm"), shaken(nn.LayerNorm(6)))]),
    ([2, 3, 4], [(node("layer_norm"), shaken(nn.LayerNorm([2, 3, 4])))]),
    ([5, 3], [(node("layer_norm"), Steps(shaken(nn.LayerNorm(5))))]),
    ([3, 4, 4], [(node("instance_norm"), nn.InstanceNorm2d(3))]),
    ([18, 2, 3], [(node("instance_norm", affine=True), shaken(nn.InstanceNorm2d(18, affine=True)))]),
    ([6, 3, 2], [(node("group_norm", groups=3), shaken(nn.GroupNorm(3, 6)))]),
    ([4, 3, 2], [(node("prelu"), nn.PReLU())]),
    ([4, 3, 2], [(node("prelu", per_channel=True), shaken(nn.PReLU(4)))]),
    ([6, 2, 2], [(node("glu"), nn.GLU(1))]),
    ([5, 2, 2], [(node("softmax"), nn.Softmax(1))]),
    ([5], [(node("log_softmax"), nn.LogSoftmax(1))]),
    ([3, 5], [(node("dense", units=4), Steps(nn.Linear(3, 4)))]),
    ([2, 5, 5], [(node("max_pool", size=3, stride=2, padding=1), nn.Identity()),
                 ({**node("max_unpool", size=3, stride=2, padding=1), "inputs": ["n1", "n1:indices"]}, Unpooled())]),
    ([3, 5], recurrent("simple_rnn", nn.RNN)),
    ([3, 5], recurrent("lstm", nn.LSTM)),
    ([3, 5], recurrent("lstm", nn.LSTM, return_sequences=True, bidirectional=True)),
    ([3, 4], recurrent("gru", nn.GRU, bidirectional=True)),
    ([3, 4], recurrent("gru", nn.GRU, return_sequences=True)),
    ([6, 5], [(node("multi_head_attention", heads=2), Steps(nn.MultiheadAttention(6, 2, batch_first=True)))]),
    ([4, 3], [(node("multi_head_attention", causal=True),
               Steps(nn.MultiheadAttention(4, 1, batch_first=True), causal=True))]),
]


TEXTS = torch.tensor([[3.0, 1, 6, 2, 0], [5, 4, 0, 0, 0]])
TEXT_CASES = [
    ([5], [(node("embedding", entries=7, dimension=3), Words(7, 3)),
           (node(kind, units=4, bidirectional=both), Packed(module(3, 4, batch_first=True, bidirectional=both)))])
    for kind, module, both in [("lstm", nn.LSTM, True), ("gru", nn.GRU, False), ("simple_rnn", nn.RNN, True)]
]

ATTENTION_CASES = [
    ([5], [(node("embedding", entries=7, dimension=4), Words(7, 4)),
           (node("multi_head_attention", heads=heads, causal=causal),
            Attention(nn.MultiheadAttention(4, heads, batch_first=True), causal))])
    for heads, causal in [(2, False), (1, True)]
]
TRUNCATED_CASES = [
    ([3, 7], [(node(kind, units=4, truncation=length, return_sequences=not last),
               Truncated(module(3, 4, batch_first=True), length, last))])
    for kind, module, length, last in [("lstm", nn.LSTM, 3, True), ("gru", nn.GRU, 2, False),
                                       ("simple_rnn", nn.RNN, 3, False), ("lstm", nn.LSTM, 2, False),
                                       ("gru", nn.GRU, 7, True)]
]


def plain(name):
    return name.replace(".0.", ".").replace(".inner.", ".")  # a module with its activation, or of steps, wraps another


def run(shape, chain, x=None):
    net = nn.Sequential(OrderedDict((f"n{i}", module) for i, (_, module) in enumerate(chain, 1)))
    for parameter in net.parameters():
        parameter.data = exact(parameter.data)
    x = exact(torch.randn(2, *shape)).requires_grad_() if x is None else x
    before = {plain(name): b.clone() for name, b in net.named_buffers() if b.is_floating_point()}
    y = net(x)
    target = exact(torch.randn(y.shape))
    F.mse_loss(y, target).backward()
    tensors = {plain(name): p for name, p in net.named_parameters()}
    after = {plain(name): b for name, b in net.named_buffers() if b.is_floating_point()}
    return {
        "input": shape,
        "nodes": [n for n, _ in chain],
        "weights": {name: {"shape": list(p.shape), "values": p.flatten().tolist()}
                    for name, p in {**tensors, **before}.items()},
        "states": {name: p.flatten().tolist() for name, p in after.items()},
        "x": x.flatten().tolist(),
        "output": list(y.shape[1:]),
        "target": target.flatten().tolist(),
        "y": y.flatten().tolist(),
        **({"dx": x.grad.flatten().tolist()} if x.requires_grad else {}),
        "gradients": {name: p.grad.flatten().tolist() for name, p in tensors.items()},
    }


results = [run(*case) for case in CASES] + [run(*case, TEXTS) for case in TEXT_CASES + ATTENTION_CASES]
results += [run(*case) for case in TRUNCATED_CASES]

MORE_CASES = [
    ([3, 6], [(node("batch_norm"), shaken(nn.BatchNorm1d(3)))]),
    ([4, 5], [(node("instance_norm", affine=True), shaken(nn.InstanceNorm1d(4, affine=True)))]),
    ([6, 5], [(node("group_norm", groups=2), shaken(nn.GroupNorm(2, 6)))]),
    ([3, 5], [(node("permute", order="2, 1"), Of(lambda x: x.transpose(1, 2)))]),
    ([4, 2, 3], [(node("permute", order="3, 1, 2"), channels_last(lambda x: x.permute(0, 3, 1, 2)))]),
    ([4, 2, 3], [(node("reshape", shape="3×4×2"), channels_last(lambda x: x.reshape(-1, 3, 4, 2)))]),
    ([2, 5, 6], [(node("crop", top=1, bottom=2, left=0, right=3), Of(lambda x: x[:, :, 1:-2, :-3]))]),
    ([3, 2, 4], [(node("activation", activation="tanh"), Fork(nn.Tanh())), (reads_both("add"), Of(lambda b: b[0] + b[1]))]),
    ([3, 2, 4], [(node("activation", activation="tanh"), Fork(nn.Tanh())),
                 (reads_both("multiply"), Of(lambda b: b[0] * b[1]))]),
    ([3, 4, 4], [(node("conv2d", filters=2, padding="same"), Fork(nn.Conv2d(3, 2, 3, padding=1))),
                 (reads_both("concatenate"), Of(lambda b: torch.cat(b, 1)))]),
    ([6, 5], [(node("conv1d", filters=6, kernel_size=3), Fork(nn.Conv1d(6, 6, 3))),
              (reads_both("multi_head_attention", heads=2), Cross(nn.MultiheadAttention(6, 2, batch_first=True)))]),
    ([4], [(node("scale_to_range", low=1, high=5.5), Of(lambda x: 1 + 4.5 * torch.sigmoid(x)))]),
    ([4], [(node("maxout", units=3, pieces=2), Maxout(4, 3, 2))]),
    ([2], [(node("fourier_features", waves=3), Fourier(2, 3))]),
    ([2, 3, 4], [(node("coord_conv"), Of(with_coordinates))]),
    ([5, 4], [(node("positional_encoding"), Of(with_positions))]),
    ([3, 2, 3], [(node("bed_of_nails_unpool"), Of(lambda x: on_nails(x, 2)))]),
]
results += [run(*case) for case in MORE_CASES]

target = pathlib.Path(__file__).with_suffix(".json")
target.write_text("[\n" + ",\n".join(json.dumps(case) for case in results) + "\n]\n")
