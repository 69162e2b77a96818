#!/usr/bin/env python3
"""Writes losses.json: losses of single elements and their derivatives by torch.nn.functional in double (PyTorch 1.13)."""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(2)


def exact_in_float(values):
    return values.float().double()


SCORES = exact_in_float(torch.cat([torch.randn(20) * 3, torch.tensor([0.0, -40.0, 40.0])]))
NUMBERS = exact_in_float(torch.randn(23))
BITS = (NUMBERS > 0).double()
PROBABILITIES = exact_in_float(torch.sigmoid(SCORES.clamp(-12, 12)))


def hinge(o, t, reduction):
    return torch.clamp(1 - t * o, min=0)


def elements(function, outputs, targets):
    outputs = outputs.clone().requires_grad_()
    values = function(outputs, targets, reduction="none")
    values.sum().backward()
    return {"outputs": outputs.tolist(), "targets": targets.tolist(), "values": values.tolist(),
            "slopes": outputs.grad.tolist()}


def softmax():
    logits = exact_in_float(torch.cat([torch.randn(6, 17) * 4, 100 * torch.randn(2, 17)])).requires_grad_()
    classes = torch.tensor([0, 16, 3, 5, 7, 9, 1, 2])
    values = F.cross_entropy(logits, classes, reduction="none")
    values.sum().backward()
    return {"logits": logits.tolist(), "classes": classes.tolist(), "values": values.tolist(),
            "slopes": logits.grad.tolist()}


result = {
    "mean_squared_error": elements(F.mse_loss, SCORES, NUMBERS),
    "mean_absolute_error": elements(F.l1_loss, SCORES, NUMBERS),
    "sigmoid_cross_entropy": elements(F.binary_cross_entropy_with_logits, SCORES, BITS),
    "binary_cross_entropy": elements(F.binary_cross_entropy, PROBABILITIES, BITS),
    "hinge": elements(hinge, SCORES, 2 * BITS - 1),
    "softmax_cross_entropy": softmax(),
}
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in result.items()) + "\n}\n")
