#!/usr/bin/env python3
"""Writes optimizers.json: weights after twenty updates by torch.optim in double (made with PyTorch 2.15)."""

import json
import pathlib

import torch
from torch import optim

from lion import Lion

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)


def amsgrad(parameters, **arguments):
    return optim.Adam(parameters, amsgrad=True, **arguments)


# Our names for PyTorch's arguments; betas are a pair there.
NAMES = {"learning_rate": "lr", "rho": "alpha", "epsilon": "eps", "learning_rate_decay": "lr_decay",
         "initial_accumulator": "initial_accumulator_value"}
ADAM = {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6, "weight_decay": 0.05}

CASES = [
    ("sgd", optim.SGD, {"learning_rate": 0.1}),
    ("sgd", optim.SGD, {"learning_rate": 0.1, "weight_decay": 0.05}),
    ("momentum", optim.SGD, {"learning_rate": 0.1, "momentum": 0.8, "weight_decay": 0.05}),
    ("nesterov", optim.SGD, {"learning_rate": 0.1, "momentum": 0.8, "weight_decay": 0.05}),
    ("adagrad", optim.Adagrad, {}),
    ("adagrad", optim.Adagrad, {"learning_rate": 0.1, "learning_rate_decay": 0.1, "initial_accumulator": 0.3,
                                "epsilon": 1e-4, "weight_decay": 0.05}),
    ("adadelta", optim.Adadelta, {}),
    ("adadelta", optim.Adadelta, {"learning_rate": 0.5, "rho": 0.8, "epsilon": 1e-4, "weight_decay": 0.05}),
    ("rmsprop", optim.RMSprop, {}),
    ("rmsprop", optim.RMSprop, {"learning_rate": 0.02, "rho": 0.9, "weight_decay": 0.05, "centered": True}),
    ("rmsprop", optim.RMSprop, {"learning_rate": 0.02, "rho": 0.9, "momentum": 0.7}),
    ("rmsprop", optim.RMSprop, {"learning_rate": 0.02, "momentum": 0.7, "centered": True, "weight_decay": 0.05}),
    ("adam", optim.Adam, {}),
    ("adam", optim.Adam, ADAM),
    ("adamw", optim.AdamW, {}),
    ("adamw", optim.AdamW, {"learning_rate": 0.02, "weight_decay": 0.1}),
    ("amsgrad", amsgrad, {}),
    ("amsgrad", amsgrad, ADAM),
    ("adamax", optim.Adamax, {}),
    ("adamax", optim.Adamax, ADAM),
    ("nadam", optim.NAdam, {}),
    ("nadam", optim.NAdam, {**ADAM, "momentum_decay": 0.1}),
    ("nadam", optim.NAdam, {"momentum_decay": 0}),
    ("radam", optim.RAdam, {}),
    ("radam", optim.RAdam, ADAM),
    ("lion", Lion, {}),
    ("lion", Lion, {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.9, "weight_decay": 0.1}),
]


def torch_arguments(kind, parameters):
    arguments = {NAMES.get(name, name): value for name, value in parameters.items()}
    if kind == "adadelta" and "alpha" in arguments:
        arguments["rho"] = arguments.pop("alpha")
    if "beta1" in arguments:
        arguments["betas"] = (arguments.pop("beta1"), arguments.pop("beta2"))
    if kind == "nesterov":
        arguments["nesterov"] = True
    return arguments


def run(kind, optimizer, parameters, weights, gradients):
    moving = torch.nn.Parameter(weights.clone())
    rule = optimizer([moving], **torch_arguments(kind, parameters))
    for gradient in gradients:
        moving.grad = gradient.clone()
        rule.step()
    return {"type": kind, "parameters": parameters, "result": moving.detach().tolist()}


weights, gradients = torch.randn(21), torch.randn(20, 21)
cases = ",\n".join(json.dumps(run(*case, weights, gradients)) for case in CASES)
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(f'{{"weights": {weights.tolist()},\n"gradients": {gradients.tolist()},\n"cases": [\n{cases}\n]}}\n')
