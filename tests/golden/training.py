#!/usr/bin/env python3
"""Twenty steps of training as PyTorch takes them, for tests/app/GoldenTest.cpp.

Writes beside itself: training.csv (the rows, in the order they are shown), training.safetensors (the first weights) and
training.json (the weights after twenty steps, by optimizer). Made with PyTorch 1.13; run it again only to add cases.
"""
import json
import pathlib
import struct

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
ROWS, BATCH, STEPS = 56, 16, 20  # 56 rows: the last batch of an epoch is half full
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05),
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
    for name, make in OPTIMIZERS.items():
        net = Net()
        net.load_state_dict(first.state_dict())
        optimizer = make(net.parameters())
        for step in range(STEPS):
            batch = step % ((ROWS + BATCH - 1) // BATCH)
            rows = slice(batch * BATCH, min(ROWS, (batch + 1) * BATCH))
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(x[rows]), y[rows]).backward()
            optimizer.step()
        results[name] = {k: v.flatten().tolist() for k, v in net.state_dict().items()}
    (HERE / "training.json").write_text(json.dumps(results, indent=0) + "\n")


if __name__ == "__main__":
    main()
