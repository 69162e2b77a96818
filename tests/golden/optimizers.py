#!/usr/bin/env python3
"""Writes optimizers.json: weights after five updates by torch.optim in double (made with PyTorch 1.13)."""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)

CASES = [
    ("sgd", {"learning_rate": 0.1}, torch.optim.SGD, {"lr": 0.1}),
    ("sgd", {"learning_rate": 0.1, "weight_decay": 0.05}, torch.optim.SGD, {"lr": 0.1, "weight_decay": 0.05}),
    ("momentum", {"learning_rate": 0.1, "momentum": 0.8, "weight_decay": 0.05}, torch.optim.SGD,
     {"lr": 0.1, "momentum": 0.8, "weight_decay": 0.05}),
    ("nesterov", {"learning_rate": 0.1, "momentum": 0.8, "weight_decay": 0.05}, torch.optim.SGD,
     {"lr": 0.1, "momentum": 0.8, "weight_decay": 0.05, "nesterov": True}),
    ("rmsprop", {}, torch.optim.RMSprop, {}),
    ("rmsprop", {"learning_rate": 0.02, "rho": 0.9, "weight_decay": 0.05, "centered": True}, torch.optim.RMSprop,
     {"lr": 0.02, "alpha": 0.9, "weight_decay": 0.05, "centered": True}),
    ("adam", {}, torch.optim.Adam, {}),
    ("adam", {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6, "weight_decay": 0.05},
     torch.optim.Adam, {"lr": 0.02, "betas": (0.8, 0.99), "eps": 1e-6, "weight_decay": 0.05}),
    ("adamw", {}, torch.optim.AdamW, {}),
    ("adamw", {"learning_rate": 0.02, "weight_decay": 0.1}, torch.optim.AdamW, {"lr": 0.02, "weight_decay": 0.1}),
]


def run(kind, parameters, optimizer, arguments):
    weights = torch.randn(21)
    gradients = torch.randn(5, 21)
    moving = torch.nn.Parameter(weights.clone())
    rule = optimizer([moving], **arguments)
    for gradient in gradients:
        moving.grad = gradient.clone()
        rule.step()
    return {"type": kind, "parameters": parameters, "weights": weights.tolist(), "gradients": gradients.tolist(),
            "result": moving.detach().tolist()}


target = pathlib.Path(__file__).with_suffix(".json")
target.write_text("[\n" + ",\n".join(json.dumps(run(*case)) for case in CASES) + "\n]\n")
