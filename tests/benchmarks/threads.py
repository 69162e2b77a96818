#!/usr/bin/env python3
"""What a second thread brings: threads.py [--rounds 9] [--seconds 1] [--build FOLDER] [WORKLOAD …]

In turn: one thread, two threads, and, to see what the machine itself has to give, two programs of one thread at once.
Prints medians of the ratios to one thread. Only on a machine that does nothing else: a compiler beside it takes the
second core away.
"""
import argparse
import json
import os
import statistics
import subprocess

WORKLOADS = ["mlp_sgd", "mlp_adam", "mlp_cifar", "lenet", "cnn_cifar", "resnet_small", "lstm"]


def start(program, workload, threads, seconds):
    command = [program, "benchmark", workload, "--threads", str(threads), "--seconds", str(seconds), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def speed(process):
    lines = process.communicate()[0].strip().splitlines()
    return json.loads(lines[-1])["samples_per_s"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workloads", nargs="*", default=WORKLOADS)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--build", default="build/release")
    options = parser.parse_args()
    program = os.path.join(options.build, "bin", "perceptory-cli")
    for workload in options.workloads:
        threads, programs = [], []
        for _ in range(options.rounds):
            one = speed(start(program, workload, 1, options.seconds))
            threads.append(speed(start(program, workload, 2, options.seconds)) / one)
            both = [start(program, workload, 1, options.seconds) for _ in range(2)]
            programs.append(sum(speed(each) for each in both) / one)
        print(f"{workload:14} two threads {statistics.median(threads):.2f} ({min(threads):.2f} to {max(threads):.2f}), "
              f"two programs {statistics.median(programs):.2f}", flush=True)


if __name__ == "__main__":
    main()
