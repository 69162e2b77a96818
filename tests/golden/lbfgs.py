#!/usr/bin/env python3
"""Writes lbfgs.json: a small network's weights after each of three LBFGS steps in double (made with PyTorch 2.15).

The network is 3-4-1, tanh inside, mean squared error; its weights lie in one row as W1 [3][4], b1 [4], W2 [4], b2.
"""

import json
import pathlib

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)
ROWS = 12
x, t, first = torch.randn(ROWS, 3), torch.randn(ROWS), torch.randn(21) * 0.5


def loss(w):
    hidden = torch.tanh(x @ w[:12].view(3, 4) + w[12:16])
    return ((hidden @ w[16:20] + w[20] - t) ** 2).mean()


def run(parameters, **arguments):
    w = torch.nn.Parameter(first.clone())
    rule = torch.optim.LBFGS([w], **arguments)

    def closure():
        rule.zero_grad()
        value = loss(w)
        value.backward()
        return value

    steps = []
    for _ in range(3):
        rule.step(closure)
        steps.append(w.detach().tolist())
    return {"parameters": parameters, "steps": steps}


cases = [
    run({"learning_rate": 0.1}, lr=0.1),
    run({"learning_rate": 0.3, "iterations": 5, "history": 3}, lr=0.3, max_iter=5, history_size=3),
    run({"line_search": True, "iterations": 4}, max_iter=4, line_search_fn="strong_wolfe"),
    run({"line_search": True, "history": 5, "iterations": 6, "learning_rate": 8.0}, lr=8.0, max_iter=6, history_size=5,
        line_search_fn="strong_wolfe"),
]
target = pathlib.Path(__file__).with_suffix(".json")
target.write_text(json.dumps({"x": x.tolist(), "t": t.tolist(), "weights": first.tolist(), "cases": cases}) + "\n")
for case in cases:
    print([float(loss(torch.tensor(w))) for w in case["steps"]])
