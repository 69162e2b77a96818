#!/usr/bin/env python3
"""Writes losses.json, losses of single elements and their derivatives, and batch_losses.json, losses of whole batches with
parameters, by torch.nn.functional in double; what it lacks is written out from its source. Made with PyTorch 2.15."""

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


# --- Whole batches: five samples of four outputs.

OUTPUTS = exact_in_float(torch.randn(5, 4) * 2)
TARGETS = exact_in_float(torch.randn(5, 4))
SHARES = exact_in_float(torch.softmax(torch.randn(5, 4), 1))
MASKS = (torch.rand(5, 4) > 0.5).double()
CLASSES = torch.tensor([3, 0, 2, 2, 1])


def focal(o, t, gamma, alpha):  # Lin et al. 2017, equation 5
    p = torch.sigmoid(o)
    right = torch.where(t > 0, p, 1 - p)
    return (torch.where(t > 0, alpha, 1 - alpha) * -((1 - right) ** gamma) * right.log()).mean()


def softmax_focal(o, t, gamma):
    p = torch.softmax(o, 1).gather(1, t[:, None])[:, 0]
    return (-((1 - p) ** gamma) * p.log()).mean()


def dice(o, t, smooth):  # Milletari et al. 2016
    return (1 - (2 * (o * t).sum(1) + smooth) / (o.sum(1) + t.sum(1) + smooth)).mean()


def iou(o, t, smooth):  # Rahman, Wang 2016
    both = (o * t).sum(1)
    return (1 - (both + smooth) / (o.sum(1) + t.sum(1) - both + smooth)).mean()


PROBABLE = exact_in_float(torch.sigmoid(OUTPUTS))
LOGS = exact_in_float(torch.log_softmax(OUTPUTS, 1))
SOFT = exact_in_float(torch.softmax(OUTPUTS, 1))
LARGE = exact_in_float(TARGETS + 3 * TARGETS.sign())
BATCHES = [
    ("mean_squared_error", {}, OUTPUTS, TARGETS, F.mse_loss),
    ("huber", {"delta": 0.7}, OUTPUTS, TARGETS, lambda o, t: F.huber_loss(o, t, delta=0.7)),
    ("log_cosh", {}, OUTPUTS, TARGETS, lambda o, t: torch.log(torch.cosh(o - t)).mean()),
    ("root_mean_squared_error", {}, OUTPUTS, TARGETS, lambda o, t: F.mse_loss(o, t).sqrt()),
    ("mean_absolute_percentage_error", {}, OUTPUTS, LARGE, lambda o, t: ((o - t) / t).abs().mean()),
    ("mean_squared_percentage_error", {}, OUTPUTS, LARGE, lambda o, t: (((o - t) / t) ** 2).mean()),
    ("root_mean_squared_percentage_error", {}, OUTPUTS, LARGE, lambda o, t: (((o - t) / t) ** 2).mean().sqrt()),
    ("mean_absolute_error", {}, OUTPUTS, TARGETS, F.l1_loss),
    ("sigmoid_cross_entropy", {}, OUTPUTS, MASKS, F.binary_cross_entropy_with_logits),
    ("binary_cross_entropy", {}, PROBABLE, MASKS, F.binary_cross_entropy),
    ("hinge", {}, OUTPUTS, 2 * MASKS - 1, lambda o, t: torch.clamp(1 - t * o, min=0).mean()),
    ("softmax_cross_entropy", {}, OUTPUTS, CLASSES, F.cross_entropy),
    ("softmax_cross_entropy", {}, OUTPUTS, SHARES, F.cross_entropy),
    ("cross_entropy", {}, SOFT, CLASSES, lambda o, t: F.nll_loss(o.log(), t)),
    ("cross_entropy", {}, SOFT, SHARES, lambda o, t: -(t * o.log()).sum(1).mean()),
    ("negative_log_likelihood", {}, LOGS, CLASSES, F.nll_loss),
    ("softmax_cross_entropy", {"label_smoothing": 0.2}, OUTPUTS, CLASSES,
     lambda o, t: F.cross_entropy(o, t, label_smoothing=0.2)),
    ("softmax_cross_entropy", {"ignored_class": 2}, OUTPUTS, CLASSES, lambda o, t: F.cross_entropy(o, t, ignore_index=2)),
    ("squared_hinge", {}, OUTPUTS, 2 * MASKS - 1, lambda o, t: (torch.clamp(1 - t * o, min=0) ** 2).mean()),
    ("multi_class_hinge", {"margin": 0.8}, OUTPUTS, CLASSES, lambda o, t: F.multi_margin_loss(o, t, margin=0.8)),
    ("sigmoid_focal", {"gamma": 1.5, "alpha": 0.3}, OUTPUTS, MASKS, lambda o, t: focal(o, t, 1.5, 0.3)),
    ("softmax_focal", {"gamma": 1.5}, OUTPUTS, CLASSES, lambda o, t: softmax_focal(o, t, 1.5)),
    ("dice", {"smooth": 0.5}, PROBABLE, MASKS, lambda o, t: dice(o, t, 0.5)),
    ("iou", {"smooth": 0.5}, PROBABLE, MASKS, lambda o, t: iou(o, t, 0.5)),
    ("kl_divergence", {}, LOGS, SHARES, lambda o, t: F.kl_div(o, t, reduction="batchmean")),
    ("cosine", {}, OUTPUTS, TARGETS, lambda o, t: (1 - F.cosine_similarity(o, t)).mean()),
]


# --- Several units in a row: three steps, 2 × 3 pixels. PyTorch has their classes in the second axis.

CLASS_WEIGHTS = torch.tensor([0.5, 1.0, 2.0, 0.25])
STEPS, PIXELS = exact_in_float(torch.randn(5, 3, 4) * 2), exact_in_float(torch.randn(5, 2, 3, 4) * 2)
STEP_CLASSES, PIXEL_CLASSES = torch.randint(0, 4, (5, 3)), torch.randint(0, 4, (5, 2, 3))


def unit_focal(o, t, gamma, weight):
    p = torch.softmax(o, 1).gather(1, t[:, None])[:, 0]
    return (-((1 - p) ** gamma) * p.log() * weight[t]).sum() / weight[t].sum()


def units(outputs, targets):
    """Each loss of several units with unequal weights of the classes."""
    weight, logs = CLASS_WEIGHTS, exact_in_float(torch.log_softmax(outputs, -1))
    smooth = dict(label_smoothing=0.15, weight=weight, ignore_index=2)
    return [
        ("negative_log_likelihood", {}, logs, targets, lambda o, t: F.nll_loss(o, t, weight=weight)),
        ("softmax_focal", {"gamma": 2}, outputs, targets, lambda o, t: unit_focal(o, t, 2, weight)),
        ("softmax_cross_entropy", {"label_smoothing": 0.15, "ignored_class": 2}, outputs, targets,
         lambda o, t: F.cross_entropy(o, t, **smooth)),
    ]


def batch(kind, parameters, outputs, targets, function):
    outputs = outputs.clone().requires_grad_()
    value = function(outputs.movedim(-1, 1).contiguous(), targets)
    value.backward()
    weighed = {} if outputs.dim() == 2 else {"units": list(outputs.shape[1:-1]), "class_weights": CLASS_WEIGHTS.tolist()}
    return {"type": kind, "parameters": parameters, **weighed, "outputs": outputs.flatten().tolist(),
            "targets": targets.flatten().tolist(), "value": value.item(), "slopes": outputs.grad.flatten().tolist()}


cases = BATCHES + units(STEPS, STEP_CLASSES) + units(PIXELS, PIXEL_CLASSES)
target = pathlib.Path(__file__).with_name("batch_losses.json")
target.write_text("[\n" + ",\n".join(json.dumps(batch(*case)) for case in cases) + "\n]\n")
