"""A network of Perceptory.

    python model.py                  checks what the network says of the stored samples
    python model.py --torchscript    writes model.pt, the same as TorchScript, and checks it too

Images are [N, C, H, W]; the numbers of words and classes are whole numbers in single precision.
Needs PyTorch and nothing else.
"""
import json
import pathlib
import struct
import sys

import torch
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).resolve().parent
INPUTS = ["x"]
OUTPUTS = ["out"]


def tanh_gate(x):
    return x * torch.sigmoid(x + x)


class Model(nn.Module):
    """x [N, 1, 28, 28] -> out [N, 10]"""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3)
        self.drop = nn.Dropout(0.25)
        self.out = nn.Linear(1352, 10)

    def forward(self, x):
        conv1 = torch.relu(self.conv1(x))
        pool1 = F.max_pool2d(conv1, 2)
        flat = torch.flatten(pool1, 1)
        gate = tanh_gate(flat)
        drop = self.drop(gate)
        out = self.out(drop)
        return out


def read_safetensors(path):
    """Tensors by name. The file: 8 bytes with the length of a header, the header in JSON, the numbers."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        numbers = bytearray(file.read())
    header.pop("__metadata__", None)
    kinds = {"F32": torch.float32, "F64": torch.float64}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(numbers[begin:end], dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def load(weights=HERE / "model.safetensors"):
    """The network with its weights, to be asked."""
    model = Model()
    model.load_state_dict(read_safetensors(weights))
    return model.eval()


def largest_difference(model):
    """Between what the model and the program say of the stored samples, as a share of the largest output."""
    samples = read_safetensors(HERE / "samples.safetensors")
    with torch.no_grad():
        found = model(*[samples["inputs." + name] for name in INPUTS])
    found = found if isinstance(found, tuple) else (found,)
    wanted = [samples["outputs." + name] for name in OUTPUTS]
    assert [values.shape for values in found] == [values.shape for values in wanted]
    largest = max(values.abs().max().item() for values in wanted)
    return torch.stack([(a - b).abs().max() for a, b in zip(found, wanted)]).max().item() / (largest or 1.0)


def check(model, name):
    difference = largest_difference(model)
    print(f"{name}: largest difference {difference:.1e} of the largest output")
    return difference <= 1e-5


def main():
    model = load()
    agree = check(model, "model.py")
    if "--torchscript" in sys.argv:
        torch.jit.script(model).save(str(HERE / "model.pt"))
        agree = check(torch.jit.load(str(HERE / "model.pt")), "model.pt") and agree
    if not agree:
        sys.exit("The numbers differ from the program's.")


if __name__ == "__main__":
    main()
