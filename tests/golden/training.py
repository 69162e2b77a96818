#!/usr/bin/env python3
"""Twenty steps of training as PyTorch takes them, for tests/app/GoldenTest.cpp.

Writes beside itself: training.csv (the rows, in the order they are shown), training.safetensors (the first weights) and
training.json (the weights after twenty steps, by case). Made with PyTorch 2.0.1; run it again only to add cases.
"""
import json
import pathlib
import struct

import torch
from torch import nn

from lion import Lion

HERE = pathlib.Path(__file__).parent
ROWS, BATCH, STEPS = 56, 16, 20  # 56 rows: the last batch of an epoch is half full
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.05, lr_decay=0.01),
    "adadelta": lambda p: torch.optim.Adadelta(p, lr=1, weight_decay=0.01),
    "rmsprop_momentum": lambda p: torch.optim.RMSprop(p, lr=0.01, momentum=0.5, centered=True),
    "amsgrad": lambda p: torch.optim.Adam(p, lr=0.01, amsgrad=True),
    "adamax": lambda p: torch.optim.Adamax(p, lr=0.01),
    "nadam": lambda p: torch.optim.NAdam(p, lr=0.01),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.01),
    "lion": lambda p: Lion(p, lr=0.01, weight_decay=0.05),
}


# What else may stand between the gradients and the next weights: (optimizer of the net, penalty, before the update,
# after it).
def momentum(net):
    return torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)


def groups(net):
    return torch.optim.Adam([{"params": net.h1.parameters(), "lr": 0.001}, {"params": net.h2.parameters(), "lr": 0.0},
                             {"params": net.out.parameters(), "lr": 0.02}])


def limited(net):
    with torch.no_grad():
        for layer in (net.h1, net.h2):
            layer.weight.copy_(torch.renorm(layer.weight, 2, 0, 0.6))


def nothing(net):
    return 0


VARIANTS = {
    "clip_norm": (momentum, nothing, lambda net: nn.utils.clip_grad_norm_(net.parameters(), 0.3), nothing),
    "clip_value": (momentum, nothing, lambda net: nn.utils.clip_grad_value_(net.parameters(), 0.02), nothing),
    "groups": (groups, nothing, nothing, nothing),
    "max_norm": (momentum, nothing, nothing, limited),
    "bias_penalty": (momentum, lambda net: 0.5 * 0.1 * (net.h1.bias**2).sum() + 0.05 * net.out.bias.abs().sum(),
                     nothing, nothing),
}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.h1 = nn.Linear(4, 8)
        self.h2 = nn.Linear(8, 6)
        self.out = nn.Linear(6, 3)

    def forward(self, x):
        return self.out(torch.tanh(self.h2(torch.relu(self.h1(x)))))


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        data = struct.pack(f"<{tensor.numel()}f", *tensor.flatten().tolist())
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def main():
    torch.manual_seed(7)
    x = torch.round(torch.randn(ROWS, 4) * 1000) / 1000
    y = torch.randint(0, 3, (ROWS,))
    lines = ["a,b,c,d,class"] + [",".join([f"{v:.3f}" for v in row] + [str(int(k))]) for row, k in zip(x.tolist(), y)]
    (HERE / "training.csv").write_text("\n".join(lines) + "\n")
    x = torch.tensor([[float(v) for v in line.split(",")[:4]] for line in lines[1:]])
    first = Net()
    write_safetensors(HERE / "training.safetensors", {k: v.detach() for k, v in first.state_dict().items()})
    results = {}
    plain = {name: (lambda net, make=make: make(net.parameters()), nothing, nothing, nothing)
             for name, make in OPTIMIZERS.items()}
    for name, (make, penalty, before, after) in {**plain, **VARIANTS}.items():
        net = Net()
        net.load_state_dict(first.state_dict())
        optimizer = make(net)
        for step in range(STEPS):
            batch = step % ((ROWS + BATCH - 1) // BATCH)
            rows = slice(batch * BATCH, min(ROWS, (batch + 1) * BATCH))
            optimizer.zero_grad()
            (nn.functional.cross_entropy(net(x[rows]), y[rows]) + penalty(net)).backward()
            before(net)
            optimizer.step()
            after(net)
        results[name] = {k: v.flatten().tolist() for k, v in net.state_dict().items()}
    (HERE / "training.json").write_text(json.dumps(results, indent=0) + "\n")


if __name__ == "__main__":
    main()
