#!/usr/bin/env python3
"""Writes several.json: projects of several inputs, outputs and losses, and what PyTorch makes of them in twenty steps, for
tests/app/SeveralTest.cpp. Each case holds network and training as a project does, the arrays of its data, the first
weights, those after the steps, and losses and shares of right answers of all rows. Made with PyTorch 2.15.
"""
import json
import pathlib

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(11)
ROWS, BATCH, STEPS = 56, 16, 20  # 56 rows: the last batch of an epoch is half full


def node(name, kind, inputs, **more):
    parameters = {k: v for k, v in more.items() if k not in ("field", "activity_regularizer")}
    rest = {k: v for k, v in more.items() if k in ("field", "activity_regularizer")}
    return {"id": name, "type": kind, **({"inputs": inputs} if inputs else {}),
            **({"parameters": parameters} if parameters else {}), **rest}


def choice(kind, **parameters):
    return {"type": kind, "parameters": parameters}


def rounded(tensor):
    return torch.round(tensor * 1000) / 1000


x = rounded(torch.randn(ROWS, 4))
user = torch.randint(0, 5, (ROWS,))
kind = (x[:, 0] + 0.5 * torch.randn(ROWS) > 0).long() + (x[:, 1] > 0).long()
where = rounded(torch.stack([x[:, 2] * 0.5, x[:, 3] - x[:, 0]], 1))
images = rounded(torch.randn(20, 2, 5, 6))
masks = (images.sum(1) > 0.4).long() + (images[:, 0] > 1).long()
masks[torch.rand(masks.shape) < 0.15] = 255
texts = torch.randint(1, 6, (24, 7))
tags = texts % 3
for row, length in enumerate(torch.randint(2, 8, (24,))):
    texts[row, length:] = 0
    tags[row, length:] = 0


class Table(nn.Module):
    """Two inputs, two outputs."""

    def __init__(self):
        super().__init__()
        self.h1, self.emb = nn.Linear(4, 6), nn.Embedding(5, 3)
        self.cls, self.value = nn.Linear(9, 3), nn.Linear(9, 2)

    def forward(self, x, user):
        joined = torch.cat([torch.tanh(self.h1(x)), self.emb(user)], 1)
        return {"cls": self.cls(joined), "value": self.value(joined)}


TABLE = [node("in", "input", []), node("who", "input", [], field="user"),
         node("h1", "dense", ["in"], units=6, activation="tanh"),
         node("emb", "embedding", ["who"], entries=5, dimension=3), node("joined", "concatenate", ["h1", "emb"]),
         node("cls", "dense", ["joined"], units=3), node("value", "dense", ["joined"], units=2)]


class Pixels(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(2, 4, 3, padding="same"), nn.Conv2d(4, 3, 1)

    def forward(self, x):
        return {"c2": self.c2(torch.tanh(self.c1(x)))}


PIXELS = [node("in", "input", []),
          node("c1", "conv2d", ["in"], filters=4, kernel_size=3, padding="same", activation="tanh"),
          node("c2", "conv2d", ["c1"], filters=3, kernel_size=1)]


class Tags(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb, self.out = nn.Embedding(6, 4, padding_idx=0), nn.Linear(4, 3)

    def forward(self, x):
        return {"out": self.out(self.emb(x)).transpose(1, 2)}


TAGS = [node("in", "input", []), node("emb", "embedding", ["in"], entries=6, dimension=4),
        node("out", "dense", ["emb"], units=3)]


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.h1, self.out = nn.Linear(4, 6), nn.Linear(6, 3)

    def forward(self, x):
        hidden = torch.tanh(self.h1(x))
        return {"h1": hidden, "out": self.out(hidden)}


def chain(**more):
    return [node("in", "input", []), node("h1", "dense", ["in"], units=6, activation="tanh", **more),
            node("out", "dense", ["h1"], units=3)]


def balanced(classes):
    return len(classes) / (3 * torch.bincount(classes, minlength=3))


def sgd(net, steps):
    return torch.optim.SGD(net.parameters(), lr=0.1), None


SGD = choice("sgd", learning_rate=0.1)


def one_cycle(net, steps):
    rule = torch.optim.Adam(net.parameters(), lr=0.02)
    return rule, torch.optim.lr_scheduler.OneCycleLR(rule, 0.02, steps)


def cyclic(net, steps):
    rule = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    return rule, torch.optim.lr_scheduler.CyclicLR(rule, 0.01, 0.05, 4, 5)


def part(output, target, criterion, weight=1):
    return output, target, criterion, weight


def cross(**more):
    return lambda o, t: F.cross_entropy(o, t, **more)


def mean(o, t):
    return F.mse_loss(o, t)


# name: network, nodes, inputs, targets, training, parts of the loss, optimizer, penalty
CASES = {
    "several": (Table, TABLE, {"x": x, "user": user}, {"kind": kind, "where": where},
                {"optimizer": SGD,
                 "losses": [{"output": "cls", "target": "kind", "type": "softmax_cross_entropy"},
                            {"output": "value", "target": "where", "type": "mean_squared_error", "weight": 0.5},
                            {"output": "value", "target": "where", "type": "mean_absolute_error", "weight": 0.1}]},
                [part("cls", "kind", cross()), part("value", "where", mean, 0.5),
                 part("value", "where", lambda o, t: (o - t).abs().mean(), 0.1)], sgd, None),
    "pixels": (Pixels, PIXELS, {"x": images}, {"y": masks},
               {"optimizer": SGD, "loss": choice("softmax_cross_entropy", ignored_class=3)},
               [part("c2", "y", cross(ignore_index=255))], sgd, None),
    "weighted_pixels": (Pixels, PIXELS, {"x": images}, {"y": masks},
                        {"optimizer": SGD, "loss": choice("softmax_cross_entropy", ignored_class=3),
                         "class_weights": [0.5, 1, 2]},
                        [part("c2", "y", cross(ignore_index=255, weight=torch.tensor([0.5, 1, 2])))], sgd, None),
    "padding": (Tags, TAGS, {"x": texts}, {"y": tags}, {"optimizer": SGD, "loss": "softmax_cross_entropy"},
                [part("out", "y", lambda o, t: F.cross_entropy(o, t, ignore_index=-1))], sgd, None),
    "class_weights": (Chain, chain(), {"x": x}, {"y": kind},
                      {"optimizer": SGD, "loss": "softmax_cross_entropy", "class_weights": [1, 0.25, 3]},
                      [part("out", "y", cross(weight=torch.tensor([1, 0.25, 3])))], sgd, None),
    "balanced_smooth": (Chain, chain(), {"x": x}, {"y": kind},
                        {"optimizer": SGD, "loss": choice("softmax_cross_entropy", label_smoothing=0.2),
                         "class_weights": "balanced"},
                        [part("out", "y", cross(weight=balanced(kind), label_smoothing=0.2))], sgd, None),
    "activity": (Chain, chain(activity_regularizer=choice("elastic_net", l1=0.02, l2=0.05)), {"x": x}, {"y": kind},
                 {"optimizer": SGD, "loss": "softmax_cross_entropy"}, [part("out", "y", cross())], sgd,
                 lambda outputs: (0.02 * outputs["h1"].abs() + 0.025 * outputs["h1"] ** 2).sum(1).mean()),
    "one_cycle": (Chain, chain(), {"x": x}, {"y": kind},
                  {"optimizer": choice("adam", learning_rate=0.02), "loss": "softmax_cross_entropy",
                   "schedule": {**choice("one_cycle", length=STEPS), "per": "step"}},
                  [part("out", "y", cross())], one_cycle, None),
    "cyclic": (Chain, chain(), {"x": x}, {"y": kind},
               {"optimizer": choice("momentum", learning_rate=0.05), "loss": "softmax_cross_entropy",
                "schedule": {**choice("cyclic", low=0.2, up=4, down=5), "per": "step"}},
               [part("out", "y", cross())], cyclic, None),
}


# Several answers of yes or no for each row, and shares of the classes.
class Probable(Chain):
    def forward(self, x):
        return {"out": torch.sigmoid(super().forward(x)["out"])}


class Logs(Chain):
    def forward(self, x):
        return {"log": F.log_softmax(super().forward(x)["out"], 1)}


class Mask(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(2, 1, 3, padding="same")

    def forward(self, x):
        return {"c1": self.c1(x)}


labels = torch.stack([x[:, 0] > 0, x[:, 1] > x[:, 2], x[:, 3] > 0.3], 1).float()
shares = torch.softmax(x[:, :3], 1)
probable = chain()[:2] + [node("out", "dense", ["h1"], units=3, activation="sigmoid")]
logs = chain() + [node("log", "log_softmax", ["out"])]
mask = [node("in", "input", []), node("c1", "conv2d", ["in"], filters=1, kernel_size=3, padding="same")]
CASES |= {
    "labels": (Chain, chain(), {"x": x}, {"y": labels}, {"optimizer": SGD, "loss": "sigmoid_cross_entropy"},
               [part("out", "y", F.binary_cross_entropy_with_logits)], sgd, None),
    "probable_labels": (Probable, probable, {"x": x}, {"y": labels},
                        {"optimizer": SGD, "loss": "binary_cross_entropy"},
                        [part("out", "y", F.binary_cross_entropy)], sgd, None),
    "shares": (Logs, logs, {"x": x}, {"y": shares}, {"optimizer": SGD, "loss": "kl_divergence"},
               [part("log", "y", lambda o, t: F.kl_div(o, t, reduction="batchmean"))], sgd, None),
    "soft_classes": (Chain, chain(), {"x": x}, {"y": shares},
                     {"optimizer": SGD, "loss": choice("softmax_cross_entropy", label_smoothing=0.1)},
                     [part("out", "y", cross(label_smoothing=0.1))], sgd, None),
    "mask": (Mask, mask, {"x": images}, {"y": (images.sum(1, keepdim=True) > 0.4).float()},
             {"optimizer": SGD, "loss": "sigmoid_cross_entropy"},
             [part("c1", "y", F.binary_cross_entropy_with_logits)], sgd, None),
}


def listed(tensor):
    return {"shape": list(tensor.shape), "whole": not tensor.is_floating_point(), "values": tensor.flatten().tolist()}


def right(output, target, hidden, name):
    if target.is_floating_point():
        whole = bool(((target == 0) | (target == 1)).all())
        return ((output > (0.5 if name == "probable_labels" else 0)) == (target > 0.5)).float().mean().item() if whole else None
    counted = (target != 255) & ~hidden
    return ((output.argmax(1) == target) & counted).sum().item() / counted.sum().item()


def run(name, net, nodes, inputs, targets, training, parts, make, penalty):
    net = net()
    first = {k: listed(v.detach().clone()) for k, v in net.state_dict().items()}
    rule, schedule = make(net, STEPS)
    rows = len(next(iter(inputs.values())))
    hidden = inputs["x"] == 0 if name == "padding" else torch.zeros(1, dtype=torch.bool)
    told = {k: torch.where(hidden, -1, v) if name == "padding" else v for k, v in targets.items()}
    for step in range(STEPS):
        batch = step % ((rows + BATCH - 1) // BATCH)
        at = slice(batch * BATCH, min(rows, (batch + 1) * BATCH))
        outputs = net(*[v[at] for v in inputs.values()])
        loss = sum(w * criterion(outputs[o], told[t][at]) for o, t, criterion, w in parts)
        rule.zero_grad()
        (loss + (penalty(outputs) if penalty else 0)).backward()
        rule.step()
        if schedule:
            schedule.step()
    with torch.no_grad():
        outputs = net(*inputs.values())
        losses = [criterion(outputs[o], told[t]).item() for o, t, criterion, w in parts]
    return {
        "nodes": nodes, "training": training,
        "inputs": {k: listed(v) for k, v in inputs.items()}, "targets": {k: listed(v) for k, v in targets.items()},
        "first": first, "last": {k: v.flatten().tolist() for k, v in net.state_dict().items()},
        "losses": losses, "loss": sum(w * value for value, (_, _, _, w) in zip(losses, parts)),
        "right": right(outputs[parts[0][0]], targets[parts[0][1]], hidden, name),
        "penalty": penalty(outputs).item() if penalty else 0,
    }


results = {name: run(name, *case) for name, case in CASES.items()}
rows = ",\n".join(f"{json.dumps(name)}: {json.dumps(result)}" for name, result in results.items())
pathlib.Path(__file__).with_suffix(".json").write_text("{\n" + rows + "\n}\n")
