#!/usr/bin/env python3
"""Writes activations.json: values and slopes of the activations at some points, kinks among them, by PyTorch in double, for
tests/engine/activations/ActivationTest.cpp. What it lacks is written out from its source. Made with PyTorch 2.15."""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

POINTS = torch.tensor([-100, -21, -19, -6, -3.5, -3, -1.3, -0.9, -0.5, -0.01, 0, 0.01, 0.5, 0.7, 1, 2.5, 3, 3.5, 6, 9.9, 10.1,
                       19, 21, 100])


def elish(x):  # Basirat, Roth 2018
    return torch.where(x >= 0, x, x.exp() - 1) * torch.sigmoid(x)


def serlu(x):  # Zhang, Li 2018
    return 1.07862 * torch.where(x >= 0, x, 2.90427 * x * x.exp())


CASES = [
    ("linear", {}, lambda x: 1 * x),
    ("relu", {}, F.relu),
    ("leaky_relu", {}, F.leaky_relu),
    ("leaky_relu", {"slope": 0.2}, lambda x: F.leaky_relu(x, 0.2)),
    ("elu", {}, F.elu),
    ("elu", {"alpha": 1.7}, lambda x: F.elu(x, 1.7)),
    ("celu", {}, F.celu),
    ("celu", {"alpha": 0.5}, lambda x: F.celu(x, 0.5)),
    ("selu", {}, F.selu),
    ("relu6", {}, F.relu6),
    ("sigmoid", {}, torch.sigmoid),
    ("hard_sigmoid", {}, F.hardsigmoid),
    ("log_sigmoid", {}, F.logsigmoid),
    ("tanh", {}, torch.tanh),
    ("tanh_shrink", {}, F.tanhshrink),
    ("softsign", {}, F.softsign),
    ("softplus", {}, F.softplus),
    ("softplus", {"beta": 2.5}, lambda x: F.softplus(x, 2.5)),
    ("swish", {}, F.silu),
    ("hard_swish", {}, F.hardswish),
    ("mish", {}, F.mish),
    ("gelu", {}, F.gelu),
    ("gelu_tanh", {}, lambda x: F.gelu(x, approximate="tanh")),
    ("sine", {}, torch.sin),
    ("elish", {}, elish),
    ("serlu", {}, serlu),
    ("tanh_gate", {}, lambda x: 0.5 * x * (torch.tanh(x) + 1)),
    ("shifted_tanh_gate", {}, lambda x: 0.5 * x * (torch.tanh(x + 1) + 1)),
    ("ramp_gate", {}, lambda x: x * ((x + x + 1) / ((x + 1).abs() + x.abs()) * 0.5 + 0.5)),
]


def case(kind, parameters, function):
    x = POINTS.clone().requires_grad_()
    y = function(x)
    y.sum().backward()
    return {"type": kind, "parameters": parameters, "x": x.tolist(), "y": y.tolist(), "slopes": x.grad.tolist()}


target = pathlib.Path(__file__).with_suffix(".json")
target.write_text("[\n" + ",\n".join(json.dumps(case(*c)) for c in CASES) + "\n]\n")
