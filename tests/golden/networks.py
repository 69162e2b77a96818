#!/usr/bin/env python3
"""Writes networks.json: outputs and gradients of small networks by PyTorch in double, for tests/engine/network/GoldenTest.cpp.

Each case is a chain of nodes as a project holds them, and the same modules in PyTorch, named after the nodes. All numbers
are exact in float32, so they may be stored and passed on as floats. Images are [N, C, H, W]. The loss is the mean squared
error against `target`. Made with PyTorch 1.13.
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
]


def exact(tensor):
    return tensor.float().double()


def plain(name):
    return name.replace(".0.", ".")  # a module with its activation is a Sequential


def run(shape, chain):
    net = nn.Sequential(OrderedDict((f"n{i}", module) for i, (_, module) in enumerate(chain, 1)))
    for parameter in net.parameters():
        parameter.data = exact(parameter.data)
    x = exact(torch.randn(2, *shape)).requires_grad_()
    y = net(x)
    target = exact(torch.randn(y.shape))
    F.mse_loss(y, target).backward()
    tensors = {plain(name): p for name, p in net.named_parameters()}
    return {
        "input": shape,
        "nodes": [n for n, _ in chain],
        "weights": {name: {"shape": list(p.shape), "values": p.flatten().tolist()} for name, p in tensors.items()},
        "x": x.flatten().tolist(),
        "output": list(y.shape[1:]),
        "target": target.flatten().tolist(),
        "y": y.flatten().tolist(),
        "dx": x.grad.flatten().tolist(),
        "gradients": {name: p.grad.flatten().tolist() for name, p in tensors.items()},
    }


target = pathlib.Path(__file__).with_suffix(".json")
target.write_text("[\n" + ",\n".join(json.dumps(run(*case)) for case in CASES) + "\n]\n")
