#pragma once
// What stands in every train.py. Places in braces are filled in by TorchTraining.cpp.

namespace perceptory::exchange {

inline constexpr const char* trainOpening = R"py("""Repeats the training of the network in model.py.

    python train.py                                        in one process
    torchrun --nproc_per_node=4 train.py                   in several, which share every batch
    torchrun --nnodes=2 --nproc_per_node=8 ... train.py    on several machines

Begins with the weights the program began with (first.safetensors) and writes trained.safetensors.
Differs from the program: the order of the rows and all that is drawn, as PyTorch draws other numbers.
{differences}"""
import argparse
import ctypes
import json
{math}import os
import struct
import sys

import torch
import torch.distributed as dist
from torch import nn
from torch.nn import functional as F
from torch.nn.parallel import DistributedDataParallel

from model import HERE, INPUTS, Model, read_safetensors

EPOCHS = {epochs}
BATCH_SIZE = {batch}
SEED = {seed}


)py";

inline constexpr const char* trainProcesses = R"py(class SumOverProcesses(torch.autograd.Function):
    """The sum of what all processes have. Its gradient is theirs, too, so DistributedDataParallel's mean is the whole."""

    @staticmethod
    def forward(context, x):
        x = x.clone()
        dist.all_reduce(x)
        return x

    @staticmethod
    def backward(context, gradient):
        gradient = gradient.clone()
        dist.all_reduce(gradient)
        return gradient


def over_processes(x):
    return SumOverProcesses.apply(x) if dist.is_initialized() else x


)py";

inline constexpr const char* trainSteps = R"py(def rows_of(part, rows, device):
    """Some rows of a part of the data."""
    return {name: tensor[rows].to(device) for name, tensor in part.items()}


def own_share(rows):
    """Of the rows of a batch those of this process, and 1; where none is left, a row that counts 0."""
    if not dist.is_initialized():
        return rows, 1.0
    own = rows[dist.get_rank()::dist.get_world_size()]
    return (own, 1.0) if len(own) else (rows[:1], 0.0)


def evaluate(model, part, device):
    """The loss on a part of the data, without penalties."""
    model.eval()
    sums = None
    with torch.no_grad():
        for rows in torch.arange(len(next(iter(part.values())))).split(256):
            batch = rows_of(part, rows, device)
            found = sums_of(outputs_of(model, batch), batch, 1.0)
            sums = found if sums is None else [(a + c, b + d) for (a, b), (c, d) in zip(sums, found)]
    return loss_of(sums).item()


def outputs_of(model, batch):
    outputs = model(*[batch["inputs." + name] for name in INPUTS])
    return outputs if isinstance(outputs, tuple) else (outputs,)


def train_mode(model, rows):
    model.train()
{modes}


)py";

inline constexpr const char* trainPlainStep = R"py(def step(network, model, optimizer, batch, share):
    """One update; gives the loss before it, without penalties."""
    train_mode(model, len(next(iter(batch.values()))))
    optimizer.zero_grad()
    sums = sums_of(outputs_of(network, batch), batch, share)
    loss = loss_of([(over_processes(total), over_processes(weight)) for total, weight in sums])
    {objective}.backward()
{clip}    optimizer.step()
{hold}    return loss.item()


)py";

inline constexpr const char* trainSolverStep = R"py(def step(network, model, optimizer, batch, share):
    """One step of as many evaluations as the optimizer wants; gives the loss before it, without penalties."""
    losses = []

    def objective():
        train_mode(model, len(next(iter(batch.values()))))
        optimizer.zero_grad()
        sums = sums_of(outputs_of(network, batch), batch, share)
        loss = loss_of([(over_processes(total), over_processes(weight)) for total, weight in sums])
        losses.append(loss.item())
        loss = {objective}
        loss.backward()
        return loss

    optimizer.step(objective)
{hold}    return losses[0]


)py";

inline constexpr const char* trainClosing = R"py(def join_processes():
    """The device of this process; joins those that torchrun started."""
    if "WORLD_SIZE" not in os.environ:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    if not torch.cuda.is_available():
        return torch.device("cpu")
    torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    return torch.device("cuda", int(os.environ["LOCAL_RANK"]))


def read_data():
    path = HERE / "data.safetensors"
    if not path.exists():
        sys.exit(f"{path} is missing. Export the model again with --set data=always.")
    parts = {}
    for name, tensor in read_safetensors(path).items():
        part, name = name.split(".", 1)
        parts.setdefault(part, {})[name] = tensor
    return parts


def write_safetensors(tensors, path):
    """A header that names the tensors, and their numbers as they are in memory."""
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()
               if tensor.dtype == torch.float32}
    header, end = {"__metadata__": {"format": "pt"}}, 0
    for name, tensor in tensors.items():
        begin, end = end, end + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(ctypes.string_at(tensor.data_ptr(), tensor.nbytes))


def main():
    parser = argparse.ArgumentParser(description="Repeats the training of the network in model.py.")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--steps", type=int, help="stop after so many updates, and tell the loss of each")
    parser.add_argument("--weights", default=HERE / "first.safetensors", help="to begin with")
    parser.add_argument("--output", default=HERE / "trained.safetensors")
    arguments = parser.parse_args()

    device = join_processes()
    first = not dist.is_initialized() or dist.get_rank() == 0
    torch.manual_seed((SEED + (dist.get_rank() if dist.is_initialized() else 0)) % 2**63)
    parts = read_data()
    model = Model()
    model.load_state_dict(read_safetensors(arguments.weights))
{freeze}    model.to(device)
    network = model
    if dist.is_initialized():
{sync}        network = DistributedDataParallel(model{unused})
    optimizer = make_optimizer(model)
{begin}
    done = 0
    for epoch in range(arguments.epochs):
        losses = []
        for rows in order_of(epoch, parts["train"]).split(BATCH_SIZE):
            if done == arguments.steps:
                break
            own, share = own_share(rows)
{before}            losses.append(step(network, model, optimizer, rows_of(parts["train"], own, device), share))
            done += 1
{afterStep}            if first and arguments.steps:
                print(f"step {done}: loss {losses[-1]!r}", flush=True)
        if losses and first:
            print(f"epoch {epoch + 1}: mean loss {sum(losses) / len(losses):.6g}", flush=True)
        if done == arguments.steps:
            break
{afterEpoch}
    if first:
        for name, part in parts.items():
            print(f"{name}: loss {evaluate(model, part, device):.6g}")
        write_safetensors(model.state_dict(), arguments.output)
        print(f"wrote {arguments.output}")
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
)py";

}  // namespace perceptory::exchange
