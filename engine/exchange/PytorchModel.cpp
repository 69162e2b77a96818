#include "engine/base/Text.h"
#include "engine/exchange/PytorchFiles.h"

namespace perceptory::exchange {

namespace {

constexpr const char* head = R"py("""A network of Perceptory.

    python model.py                  checks what the network says of the stored samples
    python model.py --torchscript    writes model.pt, the same as TorchScript, and checks it too

Images are [N, C, H, W]; the numbers of words and classes are whole numbers in single precision.
Needs PyTorch and nothing else.
"""
import json
{math}import pathlib
import struct
import sys

import torch
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).resolve().parent
INPUTS = {inputs}
OUTPUTS = {outputs}


)py";

constexpr const char* tail = R"py(

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
)py";

std::string filledIn(std::string text, const std::string& place, const std::string& by) {
    const std::size_t at = text.find(place);
    return text.replace(at, place.size(), by);
}

std::string idsOf(const std::vector<TorchPort>& ports) {
    std::string list;
    for (const TorchPort& port : ports) list += (list.empty() ? "" : ", ") + ir::pythonText(port.id);
    return "[" + list + "]";
}

// "x [N, 3, 32, 32]"
std::string portsText(const std::vector<TorchPort>& ports) {
    std::string text;
    for (const TorchPort& port : ports) {
        text += (text.empty() ? "" : ", ") + port.id + " [N";
        for (const std::int64_t size : port.shape) text += ", " + std::to_string(size);
        text += "]";
    }
    return text;
}

std::string namesOf(const std::vector<TorchPort>& ports) {
    std::string list;
    for (const TorchPort& port : ports) list += (list.empty() ? "" : ", ") + port.name;
    return list;
}

}  // namespace

std::string moduleText(const TorchModule& module) {
    std::string text;
    for (const std::string& definition : module.definitions) text += definition + "\n\n";
    std::string lines = "\"\"\"" + portsText(module.inputs) + " -> " + portsText(module.outputs) + "\"\"\"\n\n";
    lines += "def __init__(self):\n    super().__init__()\n";
    for (const std::string& part : module.parts) lines += "    " + part + "\n";
    lines += "\ndef forward(self, " + namesOf(module.inputs) + "):\n";
    for (const std::string& line : module.forward) lines += "    " + line + "\n";
    lines += "    return " + namesOf(module.outputs) + "\n";
    return text + "class Model(nn.Module):\n" + ir::indented(lines);
}

std::string modelText(const TorchModule& module) {
    const std::string text = moduleText(module);
    std::string first = filledIn(head, "{math}", text.find("math.") == std::string::npos ? "" : "import math\n");
    first = filledIn(first, "{inputs}", idsOf(module.inputs));
    first = filledIn(first, "{outputs}", idsOf(module.outputs));
    return first + text + tail;
}

}  // namespace perceptory::exchange
