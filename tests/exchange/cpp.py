#!/usr/bin/env python3
"""Compiles exported C++ and compares it with the program itself, number by number.

    cpp.py path/to/perceptory-cli [--only WORD] [--projects FOLDER] [--compiler g++] [--flags "-std=c++17 -O2"]

Every case is a project that is trained for a few steps (so that no weight, bias or running average is trivial), exported
by `perceptory-cli export --format cpp`, compiled with all warnings as errors, and run by its own --check on the samples
beside it, which hold what the program puts out. The largest difference, divided by the largest output, must not exceed
1e-5. The cases are those of onnx_runtime.py: every layer, every activation, every preparation step, every project of
resources/examples whose data is generated or bundled, and with --projects those of a folder.

Needs what onnx_runtime.py needs, whose cases it takes, though no runtime runs here.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy

import onnx_runtime as cases
from onnx_runtime import Refused

WARNINGS = ["-Wall", "-Wextra", "-Werror"]


class Compiler:
    def __init__(self, name, flags):
        self.command = [name, *flags.split(), *WARNINGS]

    def build(self, folder):
        done = subprocess.run([*self.command, "main.cpp", "-o", "program"], cwd=folder, capture_output=True, text=True)
        if done.returncode != 0:
            raise Refused(f"does not compile: {done.stderr[:2000]}")


def run_check(folder):
    done = subprocess.run(["./program", "--check"], cwd=folder, capture_output=True, text=True)
    found = re.search(r"largest difference (\S+) of", done.stdout)
    if not found:
        raise Refused(f"--check: {done.stdout} {done.stderr}")
    return float(found.group(1))


def compare(program, compiler, model, folder, settings=()):
    """Exports the model, and gives the largest relative difference and the functions used."""
    exported = folder / "net"
    arguments = [part for setting in settings for part in ("--set", setting)]
    program.run("export", model, "--format", "cpp", "--output", exported, *arguments)
    compiler.build(exported)
    header = (exported / "net.h").read_text()
    return run_check(exported), sorted(set(re.findall(r"^        detail::(\w+)", header, re.M)))


def golden_model(program, folder, golden):
    """A network of networks.json, trained from its first weights, so that running averages are not trivial."""
    x = numpy.array(golden["x"], numpy.float32).reshape(2, *golden["input"])
    outputs = numpy.array(golden["y"]).reshape(2, *golden["output"])
    if x.ndim == 3:  # [N, C, T] there
        x = x.transpose(0, 2, 1)
    outputs = outputs.transpose(0, 2, 1) if outputs.ndim == 3 else outputs
    return cases.trained(program, folder, cases.chain(golden["nodes"]), x, outputs.shape[1:], ())


def example_model(program, folder, path, steps):
    model = folder / "m.perceptory-model"
    program.run("train", path, "--model", model, "--steps", steps, "--quiet")
    return model


def all_cases(program, arguments):
    """Name, and what makes the model in a folder."""
    for index, golden in enumerate(json.loads((cases.ROOT / "tests/golden/networks.json").read_text())):
        name = f"golden {index}: {' + '.join(node['type'] for node in golden['nodes'])}"
        yield name, lambda folder, golden=golden: golden_model(program, folder, golden)
    arrays = [(name, nodes, x, outputs, ()) for name, nodes, x, outputs in
              [*cases.layer_cases(), *cases.activation_cases(program)]]
    arrays += [(name, nodes, x, None, steps) for name, nodes, x, steps in cases.preprocessing_cases()]
    for name, *rest in arrays:
        yield name, lambda folder, rest=rest: cases.trained(program, folder, *rest)
    for path in cases.examples(arguments.projects):
        yield (f"example {path.parent.name}/{path.stem}",
               lambda folder, path=path: example_model(program, folder, path, arguments.steps))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--steps", type=int, default=3, help="updates of each project of resources/examples")
    parser.add_argument("--projects", help="a folder with more projects and their data, such as a copy of with_data")
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--flags", default="-std=c++17 -O2", help="as -fsanitize=address,undefined")
    parser.add_argument("--set", action="append", default=[], help="a setting of the export, such as weights=file")
    arguments = parser.parse_args()
    program, tally = cases.Program(arguments.program), cases.Tally()
    compiler = Compiler(arguments.compiler, arguments.flags)
    for name, make in all_cases(program, arguments):
        if arguments.only not in name:
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            tally.note(name, lambda: compare(program, compiler, make(folder), folder, arguments.set))
    print(f"{tally.count} compared, largest relative difference {tally.worst:.1e}, "
          f"{len(tally.failed)} failed; functions: {' '.join(sorted(tally.operators))}")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
