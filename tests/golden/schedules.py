#!/usr/bin/env python3
"""Writes schedules.json: forty factors on the learning rate by torch.optim.lr_scheduler, and
where a schedule moves it the momentum (made with PyTorch 2.15).

PyTorch has no flat start before a cosine, and no final share for its polynomial; their formulas stand here.
"""

import json
import math
import pathlib
import warnings

import torch
from torch.optim import lr_scheduler as torch_schedules

warnings.filterwarnings("ignore")
TIMES = 40


def from_torch(make, losses=None, rate=1.0):
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=0.9)
    schedule = make(rule)
    factors = []
    for time in range(TIMES):
        factors.append(rule.param_groups[0]["lr"])
        rule.step()
        if losses:
            schedule.step(losses[time])
        else:
            schedule.step()
    return factors


def formula(factor):
    return [factor(time) for time in range(TIMES)]


def warm_up(rule):
    return torch_schedules.SequentialLR(
        rule, [torch_schedules.LinearLR(rule, 0.25, total_iters=6), torch_schedules.StepLR(rule, 10, 0.5)], [6])


LOSSES = [3, 2, 1.5, 1.4999, 1.4, 1.45, 1.5, 1.41, 1.4, 1.42, 1.43, 1.3, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, 1.37, 1.38,
          1.2, 1.25, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.1, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2, 1.2]
T = torch_schedules
CASES = [
    ("constant", {}, formula(lambda t: 1)),
    ("step", {"every": 7, "gamma": 0.3}, from_torch(lambda r: T.StepLR(r, 7, 0.3))),
    ("exponential", {"gamma": 0.9}, from_torch(lambda r: T.ExponentialLR(r, 0.9))),
    ("inverse_time", {"decay": 0.2}, formula(lambda t: 1 / (1 + 0.2 * t))),
    ("cosine", {"length": 39, "final": 0.1}, from_torch(lambda r: T.CosineAnnealingLR(r, 39, 0.1))),
    ("multi_step", {"milestones": "3, 10,11 30", "gamma": 0.5},
     from_torch(lambda r: T.MultiStepLR(r, [3, 10, 11, 30], 0.5))),
    ("polynomial", {"length": 25, "power": 2}, from_torch(lambda r: T.PolynomialLR(r, 25, 2.0))),
    ("polynomial", {"length": 25, "power": 0.5, "final": 0.2},
     formula(lambda t: 0.2 + 0.8 * (1 - min(t, 25) / 25) ** 0.5)),
    ("cosine_restarts", {"length": 9, "final": 0.05}, from_torch(lambda r: T.CosineAnnealingWarmRestarts(r, 9, 1, 0.05))),
    ("cosine_restarts", {"length": 5, "growth": 2}, from_torch(lambda r: T.CosineAnnealingWarmRestarts(r, 5, 2))),
    ("flat_cosine", {"length": 30, "flat": 0.6, "final": 0.1},
     formula(lambda t: 1 if t <= 18 else 0.1 + 0.45 * (1 + math.cos(math.pi * (min(t, 30) - 18) / 12)))),
    ("one_cycle", {"length": 41}, from_torch(lambda r: T.OneCycleLR(r, 1.0, 41))),
    ("one_cycle", {"length": 41, "rise": 0.5, "divisor": 10, "final_divisor": 100},
     from_torch(lambda r: T.OneCycleLR(r, 1.0, 41, pct_start=0.5, div_factor=10, final_div_factor=100))),
    ("cyclic", {"low": 0.1, "up": 6, "down": 9}, from_torch(lambda r: T.CyclicLR(r, 0.1, 1.0, 6, 9))),
    ("cyclic", {"low": 0.2, "up": 5, "down": 5, "mode": "halving"},
     from_torch(lambda r: T.CyclicLR(r, 0.2, 1.0, 5, 5, mode="triangular2"))),
    ("cyclic", {"low": 0.2, "up": 5, "down": 3, "mode": "exponential", "gamma": 0.95},
     from_torch(lambda r: T.CyclicLR(r, 0.2, 1.0, 5, 3, mode="exp_range", gamma=0.95))),
    ("warm_up", {"length": 6, "start": 0.25, "then": {"type": "step", "parameters": {"every": 10, "gamma": 0.5}}},
     from_torch(warm_up)),
    ("reduce_on_plateau", {"shrink": 0.5, "patience": 2},
     from_torch(lambda r: T.ReduceLROnPlateau(r, factor=0.5, patience=2), LOSSES)),
    ("reduce_on_plateau", {"shrink": 0.5, "patience": 1, "cooldown": 3, "threshold": 0.05, "least": 0.1},
     from_torch(lambda r: T.ReduceLROnPlateau(r, factor=0.5, patience=1, cooldown=3, threshold=0.05, min_lr=0.1), LOSSES)),
]


def momenta(make):
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)
    schedule = make(rule)
    values = []
    for _ in range(TIMES):
        values.append(rule.param_groups[0]["momentum"])
        rule.step()
        schedule.step()
    return values


MOMENTA = [
    ("one_cycle", {"length": 41}, momenta(lambda r: T.OneCycleLR(r, 1.0, 41))),
    ("one_cycle", {"length": 41, "rise": 0.5, "base_momentum": 0.7, "max_momentum": 0.99},
     momenta(lambda r: T.OneCycleLR(r, 1.0, 41, pct_start=0.5, base_momentum=0.7, max_momentum=0.99))),
    ("cyclic", {"low": 0.1, "up": 6, "down": 9}, momenta(lambda r: T.CyclicLR(r, 0.1, 1.0, 6, 9))),
    ("cyclic", {"low": 0.2, "up": 5, "down": 5, "mode": "halving", "base_momentum": 0.6, "max_momentum": 0.95},
     momenta(lambda r: T.CyclicLR(r, 0.2, 1.0, 5, 5, mode="triangular2", base_momentum=0.6, max_momentum=0.95))),
]

rows = ",\n".join(json.dumps({"type": kind, "parameters": given, "factors": factors}) for kind, given, factors in CASES)
moved = ",\n".join(json.dumps({"type": kind, "parameters": given, "momenta": values}) for kind, given, values in MOMENTA)
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(f'{{"losses": {json.dumps(LOSSES)},\n"cases": [\n{rows}\n],\n"momenta": [\n{moved}\n]}}\n')
