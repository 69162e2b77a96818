#!/usr/bin/env python3
"""Mean test accuracy on CIFAR-10 of the examples and of PyTorch with the same settings.

    cifar_accuracy.py FOLDER [--cli PROGRAM] [--only dense,cnn] [--seeds 1,2,3] [--threads 1] [--skip torch|perceptory]

FOLDER holds data_batch_*.bin and test_batch.bin of CIFAR-10's binary version; as many training files as there are. The
network, rate, batch size and epochs are those of resources/examples/with_data. One line of JSON for each training, then
the means. Needs PyTorch and numpy.
"""
import argparse
import glob
import json
import os
import statistics
import subprocess
import sys
import time

import numpy
import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "../../resources/examples/with_data")
RATE, EPOCHS = 3e-4, 10
BATCH = {"dense": 32, "cnn": 128}


def dense():
    return nn.Sequential(nn.Flatten(), nn.Linear(3072, 500), nn.ReLU(), nn.Linear(500, 10))


def cnn():
    layers, channels = [], 3
    for filters in (32, 64, 128):
        layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 4 * 4, 10))


NETWORKS = {"dense": dense, "cnn": cnn}


def images(paths):
    records = numpy.concatenate([numpy.fromfile(path, numpy.uint8).reshape(-1, 3073) for path in paths])
    return torch.from_numpy(records[:, 1:].reshape(-1, 3, 32, 32)), torch.from_numpy(records[:, 0].astype(numpy.int64))


def torch_accuracy(name, train, test, seed):
    torch.manual_seed(seed)
    model = NETWORKS[name]()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    x, y = train
    for _ in range(EPOCHS):
        order = torch.randperm(len(x))
        for batch in order.split(BATCH[name]):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch].float() / 255), y[batch]).backward()
            optimizer.step()
    model.eval()
    with torch.no_grad():
        right = sum((model(part.float() / 255).argmax(1) == labels).sum().item()
                    for part, labels in zip(test[0].split(1000), test[1].split(1000)))
    return right / len(test[0])


def our_accuracy(name, cli, train, test, seed, threads):
    paths = json.dumps({"train": [os.path.abspath(path) for path in train], "test": [os.path.abspath(test)]})
    project = os.path.join(EXAMPLES, "cifar10_" + name + ".perceptory")
    run = subprocess.run(
        [cli, "train", project, "--json", "--quiet", "--seed", str(seed), "--threads", str(threads),
         "--set", "data.split.paths=" + paths],
        check=True, capture_output=True, text=True)
    epochs = [json.loads(line) for line in run.stdout.splitlines()]
    return [epoch for epoch in epochs if "test" in epoch][-1]["test"]["metrics"]["accuracy"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--cli", default=os.path.join(HERE, "../../build/release/bin/perceptory-cli"))
    parser.add_argument("--only", default="dense,cnn")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--skip", default="", choices=["", "torch", "perceptory"])
    values = parser.parse_args()
    torch.set_num_threads(values.threads)
    train = sorted(glob.glob(os.path.join(values.folder, "data_batch_*.bin")))
    test = os.path.join(values.folder, "test_batch.bin")
    seeds = [int(seed) for seed in values.seeds.split(",")]
    if not train or not os.path.exists(test):
        sys.exit(values.folder + ": there are no data_batch_*.bin and test_batch.bin")
    for name in values.only.split(","):
        programs = {
            "torch": lambda seed: torch_accuracy(name, images(train), images([test]), seed),
            "perceptory": lambda seed: our_accuracy(name, values.cli, train, test, seed, values.threads)}
        for program, accuracy in programs.items():
            if program == values.skip:
                continue
            reached = []
            for seed in seeds:
                begin = time.time()
                reached.append(accuracy(seed))
                print(json.dumps({"network": name, "program": program, "seed": seed, "accuracy": reached[-1],
                                  "seconds": round(time.time() - begin)}), flush=True)
            print(json.dumps({"network": name, "program": program, "mean": round(statistics.mean(reached), 4)}),
                  flush=True)


if __name__ == "__main__":
    main()
