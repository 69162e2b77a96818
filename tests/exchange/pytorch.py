#!/usr/bin/env python3
"""Compares exports to PyTorch with the program itself, number by number.

    pytorch.py path/to/perceptory-cli [--only WORD] [--projects FOLDER]

Every case is a project that is trained for a few steps (so that no weight, bias or running average is trivial) and
exported by `perceptory-cli export --format pytorch`. model.py is loaded, its weights too, and what it says of the stored
samples is compared with what the program said; then the same as TorchScript. The largest difference, divided by the largest
output, must not exceed 1e-5. The cases: every layer with the configurations of tests/golden/networks.json and of
onnx_runtime.py, every activation, every project of resources/examples whose data is generated or bundled, and with
--projects those of a folder. For some, model.py is run as a user runs it.

Then training: with all rows in one batch, in their order, the program and train.py take five steps with every optimizer,
schedule, loss and regularizer from the same first weights. The losses before each step must agree to 1e-5, and so must the
weights behind them, each divided by the largest. Two processes under torchrun must end where one does.

Needs numpy and torch (2.15), and what onnx_runtime.py needs, whose cases it shares.
"""
import argparse
import contextlib
import importlib.util
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import numpy
import torch

import onnx_runtime as cases

LIMIT = 1e-5
STEPS = 5


def loaded(path):
    """A Python file as a module of its own; train.py finds the model.py beside it."""
    sys.modules.pop("model", None)
    sys.path.insert(0, str(path.parent))
    try:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(path.parent))


def exported(program, model, folder, *settings):
    target = folder / "exported"
    shutil.rmtree(target, ignore_errors=True)
    program.run("export", model, "--format", "pytorch", "--output", target, *settings)
    return target


def compared(program, model, folder):
    """The largest relative difference, as Python and as TorchScript."""
    target = exported(program, model, folder, "--set", "training=false")
    module = loaded(target / "model.py")
    network = module.load()
    scripted = torch.jit.script(network)
    return max(module.largest_difference(network), module.largest_difference(scripted))


def run_as_users_do(folder):
    done = subprocess.run([sys.executable, folder / "model.py", "--torchscript"], capture_output=True, text=True)
    if done.returncode != 0:
        raise cases.Refused(done.stdout + done.stderr)
    return max(map(float, re.findall(r"difference (\S+) of", done.stdout)))


def golden_case(program, folder, golden):
    x = numpy.array(golden["x"], numpy.float32).reshape(2, *golden["input"])
    outputs = golden["output"] if len(golden["output"]) != 2 else golden["output"][::-1]
    if x.ndim == 3:  # [N, C, T] there
        x = x.transpose(0, 2, 1)
    return compared(program, cases.trained(program, folder, cases.chain(golden["nodes"]), x, outputs), folder)


def array_case(program, folder, nodes, x, outputs):
    return compared(program, cases.trained(program, folder, nodes, x, outputs), folder)


def example_case(program, folder, path, steps):
    model = folder / "m.perceptory-model"
    program.run("train", path, "--model", model, "--steps", steps, "--quiet")
    target = exported(program, model, folder, "--set", "training=false")
    return run_as_users_do(target)


# Training.


def table(folder, classes, numbers=1):
    """A small table: four columns, and a class or numbers to predict."""
    random = numpy.random.default_rng(6)
    x = random.normal(size=(24, 4)).round(3)
    if classes:
        answers = [[f"c{int(abs(row.sum()) * 2) % classes}"] for row in x]
    else:
        answers = numpy.tanh(x[:, :numbers] + 0.3 * x[:, 1:2]).round(3) + 1.5
    names = ["a", "b", "c", "d"] + [f"y{i}" for i in range(len(answers[0]))]
    lines = [",".join(names)]
    lines += [",".join(map(str, [*row, *answer])) for row, answer in zip(x, answers)]
    (folder / "table.csv").write_text("\n".join(lines) + "\n")


def project(training, classes=3, nodes=None, last="linear", units=None, **data):
    units = units or classes or 1
    nodes = nodes or [
        {"id": "in", "type": "input"},
        {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 5, "activation": "tanh"}},
        {"id": "out", "type": "dense", "inputs": ["h1"], "parameters": {"units": units, "activation": last}}]
    return {
        "format": "perceptory-project", "format_version": 1,
        "data": {"source": "file", "reader": "csv", "path": "table.csv", "target": "y0",
                 "task": "classification" if classes else "regression",
                 "split": {"mode": "ordered", "train": 1.0, "validation": 0.0, "test": 0.0}, **data},
        "network": {"nodes": nodes},
        "training": {"loss": "softmax_cross_entropy" if classes else "mean_squared_error", "batch_size": 24,
                     "epochs": 100, "shuffle": False, "seed": "7",
                     "optimizer": {"type": "sgd", "parameters": {"learning_rate": 0.1}}, **training}}


def training_cases(program):
    """Names, and projects with the number of classes of their table."""
    for member in program.members("optimizers"):
        choices = [{}]
        for parameter in member["parameters"]:
            if parameter["id"] == "weight_decay":
                choices.append({"weight_decay": 0.05})
            if parameter["kind"] == "switch":
                choices.append({parameter["id"]: True})
        if member["id"] == "rmsprop":
            choices.append({"momentum": 0.5})
        for choice in choices:
            # The program solves in double: with more moves the two would part.
            rate = {"iterations": 2} if member["id"] == "lbfgs" else {"learning_rate": 0.02}
            optimizer = {"type": member["id"], "parameters": {**rate, **choice}}
            yield f"optimizer {member['id']} {choice or ''}", 3, project({"optimizer": optimizer})
    for member in program.members("schedules"):
        choices = [{}]
        for parameter in member["parameters"]:
            if parameter["kind"] == "choice":
                choices += [{parameter["id"]: choice} for choice in parameter["choices"][1:]]
        if member["id"] == "warm_up":
            choices = [{"length": 2, "then": then} for then in ("cosine", "exponential", "one_cycle", "cyclic")]
        for choice in choices:
            short = {p["id"]: 3 for p in member["parameters"] if p["id"] in ("length", "every", "up", "down", "patience")}
            if member["id"] == "multi_step":
                short = {"milestones": "1, 3"}
            if member["id"] == "reduce_on_plateau":
                short = {"patience": 0, "threshold": 0.5}
            for per in ("step", "epoch"):
                schedule = {"type": member["id"], "parameters": {**short, **choice}, "per": per}
                momentum = {"type": "momentum", "parameters": {"learning_rate": 0.1}}
                yield (f"schedule {member['id']} {choice or ''} per {per}", 3,
                       project({"schedule": schedule, "optimizer": momentum}))
    yield "schedule one_cycle with adam", 3, project({"optimizer": "adam", "schedule": {
        "type": "one_cycle", "per": "step", "parameters": {"length": 4}}})
    yield from loss_cases(program)
    yield from rule_cases(program)


# What a loss wants to see: classes of the table, outputs, and the end of the network.
LOSSES = {
    "softmax_cross_entropy": (3, "linear"), "multi_class_hinge": (3, "linear"), "softmax_focal": (3, "linear"),
    "sigmoid_cross_entropy": (2, "linear"), "binary_cross_entropy": (2, "sigmoid"), "hinge": (2, "linear"),
    "squared_hinge": (2, "linear"), "sigmoid_focal": (2, "linear"), "dice": (2, "sigmoid"), "iou": (2, "sigmoid"),
    "negative_log_likelihood": (3, "log_softmax"), "kl_divergence": (3, "log_softmax"), "cross_entropy": (3, "softmax"),
}


def ended(classes, units, end):
    nodes = [{"id": "in", "type": "input"},
             {"id": "h1", "type": "dense", "inputs": ["in"], "parameters": {"units": 5, "activation": "tanh"}},
             {"id": "out", "type": "dense", "inputs": ["h1"], "parameters": {"units": units}}]
    if end in ("softmax", "log_softmax"):
        return nodes + [{"id": "end", "type": end, "inputs": ["out"]}]
    nodes[-1]["parameters"]["activation"] = end
    return nodes


def loss_cases(program):
    for member in program.members("losses"):
        name = member["id"]
        classes, end = LOSSES.get(name, (0, "linear"))
        for units in {classes or 1, 1 if classes == 2 else classes or 1}:
            yield f"loss {name}, {units} units", classes, project({"loss": name}, classes, ended(classes, units, end))
        if classes:
            weights = [1, 3, 0.5][:classes]
            yield (f"loss {name}, class weights", classes,
                   project({"loss": name, "class_weights": weights}, classes, ended(classes, classes, end)))
        if not classes:
            yield f"loss {name}, classes", 3, project({"loss": name}, 3, ended(3, 3, "tanh"))
    smooth = {"type": "softmax_cross_entropy", "parameters": {"label_smoothing": 0.2}}
    yield "label smoothing", 3, project({"loss": smooth})
    yield "label smoothing, class weights", 3, project({"loss": smooth, "class_weights": "balanced"})
    ignored = {"type": "softmax_cross_entropy", "parameters": {"ignored_class": 1}}
    yield "ignored class", 3, project({"loss": ignored})
    yield "ignored class, class weights", 3, project({"loss": ignored, "class_weights": "balanced"})


def rule_cases(program):
    for member in program.members("regularizers"):
        choice = {"type": member["id"],
                  "parameters": {p["id"]: 0.4 if p["id"] == "limit" else 0.05 for p in member["parameters"]}}
        made = project({})
        for node in made["network"]["nodes"][1:]:
            node["parameters"]["regularizer"] = choice
            node["bias_regularizer"] = choice
        yield f"regularizer {member['id']}", 3, made
    for clip in ("norm", "value"):
        yield f"clip {clip}", 3, project({"clip": {"type": clip, "limit": 0.05}})
    made = project({})
    made["network"]["nodes"][1]["learning_rate_factor"] = 0.25
    yield "rate of a layer", 3, made
    made = project({})
    made["network"]["nodes"][1]["trainable"] = False
    yield "frozen layer", 3, made
    for frozen in (False, True):
        made = project({})
        made["network"]["nodes"].insert(2, {"id": "bn", "type": "batch_norm", "inputs": ["h1"], "trainable": not frozen})
        made["network"]["nodes"][3]["inputs"] = ["bn"]
        yield f"batch norm, frozen: {frozen}", 3, made
    made = project({})
    made["network"]["nodes"].append({"id": "side", "type": "dense", "inputs": ["h1"], "parameters": {"units": 3}})
    made["training"].pop("loss")
    made["training"]["losses"] = [{"output": "out", "type": "softmax_cross_entropy"},
                                  {"output": "side", "type": "softmax_focal", "weight": 0.5}]
    yield "several losses", 3, made
    made = project({})
    dense = {"id": "d", "type": "dense", "inputs": ["in"], "parameters": {"units": 5, "activation": "relu"}}
    join = {"id": "sum", "type": "add", "inputs": ["d", "in"]}
    made["network"]["blocks"] = [{"id": "block", "repeat": 3, "inputs": ["h1"], "outputs": ["sum"],
                                  "nodes": [dense, join]}]
    made["network"]["nodes"][2]["inputs"] = ["block"]
    yield "repeated block", 3, made
    yield "small batches", 3, project({"batch_size": 7})


def safetensors(path):
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + length])
    header.pop("__metadata__", None)
    return {name: numpy.frombuffer(content[8 + length + entry["data_offsets"][0]:8 + length + entry["data_offsets"][1]],
                                   numpy.float32) for name, entry in header.items()}


def difference(ours, theirs):
    scale = max(float(numpy.abs(values).max()) for values in ours.values())
    return max(float(numpy.abs(ours[name] - theirs[name]).max()) for name in ours) / scale


def train(target, output, *arguments):
    """Runs train.py here; gives the losses of its steps."""
    module, written, before = loaded(target / "train.py"), io.StringIO(), sys.argv
    sys.argv = ["train.py", "--steps", str(STEPS), "--output", str(output), *arguments]
    try:
        with contextlib.redirect_stdout(written):
            module.main()
    finally:
        sys.argv = before
    return list(map(float, re.findall(r"step \d+: loss (\S+)", written.getvalue())))


def unit_cases():
    """Losses that compare unit by unit: names, projects, inputs and targets."""
    random = numpy.random.default_rng(8)
    images, texts = random.normal(size=(24, 2, 5, 4)), random.integers(1, 9, size=(24, 6)).astype(float)
    for row, length in zip(texts, random.integers(1, 7, size=24)):
        row[length:] = 0
    conv = cases.chain([cases.layer("conv2d", filters=3, padding="same")])
    for loss in ("mean_squared_error", "huber", "cosine", "root_mean_squared_error"):
        yield f"image, {loss}", arrays(conv, {"loss": loss}), images, random.normal(size=(24, 3, 5, 4))
    pixels = random.integers(0, 3, size=(24, 5, 4))
    smooth = {"type": "softmax_cross_entropy", "parameters": {"label_smoothing": 0.1, "ignored_class": 2}}
    for loss in ("softmax_cross_entropy", "softmax_focal", "multi_class_hinge", smooth):
        for weights in ("none", [1, 3, 0.5]):
            training = {"loss": loss, "class_weights": weights}
            yield f"pixels, {loss}, {weights}", arrays(conv, training, "classification"), images, pixels
    mask = cases.chain([cases.layer("conv2d", filters=1, padding="same", activation="sigmoid")])
    for loss in ("dice", "iou", "binary_cross_entropy"):
        yield f"mask, {loss}", arrays(mask, {"loss": loss}, "classification"), images, random.integers(0, 2, (24, 5, 4))
    steps = cases.chain([cases.layer("embedding", entries=9, dimension=3),
                         cases.layer("gru", units=4, return_sequences=True), cases.layer("dense", units=3)])
    tags = random.integers(0, 3, size=(24, 6))
    for loss in ("softmax_cross_entropy", "negative_log_likelihood"):
        yield f"steps of texts, {loss}", arrays(steps, {"loss": loss}, "classification"), texts, tags
    row = cases.chain([cases.layer("flatten"), cases.layer("dense", units=5), cases.layer("dense", units=40)])
    yield "numbers in a row", arrays(row, {}), images, random.normal(size=(24, 40))
    shares = numpy.abs(random.normal(size=(24, 3)))
    shares /= shares.sum(1, keepdims=True)
    three = cases.chain([cases.layer("flatten"), cases.layer("dense", units=3)])
    for loss in ("softmax_cross_entropy", "kl_divergence"):
        yield f"shares, {loss}", arrays(three, {"loss": loss}), images, shares


def arrays(nodes, training, task="regression"):
    made = cases.project(nodes)
    made["data"]["task"] = task
    made["training"].update({"batch_size": 24, "shuffle": False, "epochs": 100, **training})
    made["training"]["optimizer"]["parameters"]["learning_rate"] = 0.1
    made["data"]["split"]["mode"] = "ordered"
    return made


def unit_case(program, folder, made, x, targets):
    numpy.save(folder / "x.npy", x.astype(numpy.float32))
    whole = made["data"]["task"] == "classification"
    numpy.save(folder / "t.npy", targets.astype(numpy.int64 if whole else numpy.float32))
    return trained_alike(program, folder, made)


def training_case(program, folder, classes, made):
    table(folder, classes)
    return trained_alike(program, folder, made)


def trained_alike(program, folder, made):
    path, model = folder / "p.perceptory", folder / "m.perceptory-model"
    path.write_text(json.dumps(made))
    told = program.run("train", path, "--model", model, "--steps", STEPS, "--json", "--kernels", "parity").stdout
    target = exported(program, model, folder)
    theirs = train(target, folder / "trained.safetensors")
    worst = difference(safetensors(target / "model.safetensors"), safetensors(folder / "trained.safetensors"))
    if made["training"]["batch_size"] < 24:
        return worst
    ours = [line["loss"] for line in map(json.loads, told.splitlines()) if "samples_per_s" in line][:STEPS]
    return max(worst, max(abs(a - b) / max(map(abs, ours)) for a, b in zip(ours, theirs, strict=True)))


def process_case(program, folder):
    """Two processes end where one does, batches that do not divide among them too."""
    table(folder, 3)
    path, model = folder / "p.perceptory", folder / "m.perceptory-model"
    path.write_text(json.dumps(project({"batch_size": 7, "class_weights": "balanced", "optimizer": "adam"})))
    program.run("train", path, "--model", model, "--steps", STEPS, "--quiet")
    target = exported(program, model, folder)
    train(target, folder / "one.safetensors")
    done = subprocess.run([sys.executable, "-m", "torch.distributed.run", "--nproc_per_node=2", target / "train.py",
                           "--steps", str(STEPS), "--output", folder / "two.safetensors"],
                          capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    if done.returncode != 0:
        raise cases.Refused(done.stderr[-2000:])
    return difference(safetensors(folder / "one.safetensors"), safetensors(folder / "two.safetensors"))


class Tally:
    def __init__(self):
        self.worst, self.count, self.failed = 0.0, 0, []

    def note(self, name, run):
        try:
            found = run()
        except Exception as error:  # told, and the next case goes on
            self.failed.append(name)
            print(f"FAILED  {name}: {str(error)[:600]}", flush=True)
            return
        self.count += 1
        self.worst = max(self.worst, found)
        if not found <= LIMIT:
            self.failed.append(name)
        print(f"{'ok' if found <= LIMIT else 'FAILED':7} {found:.1e}  {name}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--steps", type=int, default=3, help="updates of each project of resources/examples")
    parser.add_argument("--projects", help="a folder with more projects and their data, such as a copy of with_data")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    program, tally = cases.Program(arguments.program), Tally()
    with tempfile.TemporaryDirectory() as name:
        folder, all_cases = pathlib.Path(name), []
        for index, golden in enumerate(json.loads((cases.ROOT / "tests/golden/networks.json").read_text())):
            all_cases.append((f"golden {index}: {' + '.join(node['type'] for node in golden['nodes'])}",
                              golden_case, [golden]))
        for case, nodes, x, outputs in [*cases.layer_cases(), *cases.activation_cases(program)]:
            all_cases.append((case, array_case, [nodes, x, outputs]))
        for path in cases.examples(arguments.projects):
            all_cases.append((f"example {path.parent.name}/{path.stem}", example_case, [path, arguments.steps]))
        for case, classes, made in training_cases(program):
            all_cases.append((f"training: {case}", training_case, [classes, made]))
        for case, made, x, targets in unit_cases():
            all_cases.append((f"training: units, {case}", unit_case, [made, x, targets]))
        all_cases.append(("training: two processes", process_case, []))
        for case, function, more in all_cases:
            if arguments.only in case:
                tally.note(case, lambda: function(program, folder, *more))
    print(f"{tally.count} compared, largest relative difference {tally.worst:.1e}, {len(tally.failed)} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
