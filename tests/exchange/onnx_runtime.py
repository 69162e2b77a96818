#!/usr/bin/env python3
"""Compares exported ONNX files with the program itself, number by number, by ONNX Runtime.

    onnx_runtime.py path/to/perceptory-cli [--only WORD] [--projects FOLDER]

Every case is a project that is trained for a few steps (so that no weight, bias or running average is trivial), exported
by `perceptory-cli export --format onnx`, checked by the newest onnx, and run on rows that `perceptory-cli predict` also
gets. The largest difference, divided by the largest output, must not exceed 1e-5. The cases: every layer with the
configurations of tests/golden/networks.json and those below, every activation, every preparation step, every project of
resources/examples whose data is generated or bundled, and with --projects those of a folder.

With --golden the SHA-256 of the files of networks.json go into tests/golden/onnx.json, with which the suite compares
what it exports: it cannot run ONNX Runtime, which is not in Debian, and so knows that nothing has changed since the
numbers agreed. Needs numpy, onnx (1.23) and onnxruntime (1.32).
"""
import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy
import onnx
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 1e-5
ROWS = 7


class Refused(Exception):
    pass


class Program:
    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())

    def run(self, *arguments, check=True):
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise Refused(f"{' '.join(map(str, arguments[:2]))}: {done.stderr.strip()}")
        return done

    def members(self, kind):
        return json.loads(self.run("describe", kind, "--json").stdout)


def reference_outputs(program, model, files, folder):
    """The raw outputs of `predict`, by node; None as the name where there is only one."""
    target = folder / "ours.npy"
    for old in folder.glob("ours*.npy"):
        old.unlink()
    program.run("predict", model, *[part for file in files for part in ("--input", file)], "--output", target)
    several = sorted(folder.glob("ours.*.npy"))
    if target.exists():
        return {None: numpy.load(target)}
    return {path.name[len("ours."):-len(".npy")]: numpy.load(path) for path in several}



def compare(program, model, files, feeds, folder, settings=()):
    """Exports the model and gives the largest relative difference and the operators used."""
    exported = folder / "model.onnx"
    arguments = [part for setting in settings for part in ("--set", setting)]
    program.run("export", model, "--format", "onnx", "--output", exported, *arguments)
    proto = onnx.load(exported)
    onnx.checker.check_model(proto, full_check=True)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(exported), options, providers=["CPUExecutionProvider"])
    inputs = session.get_inputs()
    if len(inputs) == 1 and isinstance(feeds, numpy.ndarray):
        feeds = {inputs[0].name: feeds}
    theirs = dict(zip([output.name for output in session.get_outputs()], session.run(None, feeds)))
    worst = 0.0
    for name, ours in reference_outputs(program, model, files, folder).items():
        found = theirs[name] if name else next(iter(theirs.values()))
        if found.shape != ours.shape:
            raise Refused(f"shape {found.shape} instead of {ours.shape}")
        scale = max(float(numpy.abs(ours).max()), 1e-30)
        worst = max(worst, float(numpy.abs(found.astype(float) - ours.astype(float)).max()) / scale)
    return worst, sorted({node.op_type for node in proto.graph.node})


# Projects of one network on arrays.


def project(nodes, preprocessing=(), target="t.npy", missing="drop"):
    return {
        "format": "perceptory-project",
        "format_version": 1,
        "data": {"source": "file", "reader": "npy", "inputs": "x.npy", "targets": target, "task": "regression",
                 "split": {"mode": "random", "train": 1.0, "validation": 0.0, "test": 0.0}, "missing": missing,
                 "preprocessing": list(preprocessing)},
        "network": {"nodes": nodes},
        "training": {"loss": {"type": "mean_squared_error"},
                     "optimizer": {"type": "sgd", "parameters": {"learning_rate": 0.01}},
                     "batch_size": ROWS, "epochs": 1, "seed": "5"},
    }


def chain(layers):
    """Nodes n0 (the input), n1 …, each behind the one before it unless it says otherwise."""
    nodes = [{"id": "n0", "type": "input"}]
    for layer in layers:
        node = {"id": f"n{len(nodes)}", "inputs": [nodes[-1]["id"]], **layer}
        nodes.append(node)
    return nodes


def output_shape(program, path):
    checked = json.loads(program.run("check", path, "--json", check=False).stdout)
    height, width, channels = checked["nodes"][-1]["output"]
    return height, width, channels


def trained(program, folder, nodes, x, outputs, preprocessing=()):
    """The model of a network on x after three steps towards numbers drawn. `outputs`: [C, H, W], [T, F] or [F] of the
    last node; None, where it is a row: as many as the program says."""
    numpy.save(folder / "x.npy", x.astype(numpy.float32))
    path, model = folder / "p.perceptory", folder / "m.perceptory-model"
    missing = "mean" if numpy.isnan(x).any() else "drop"
    path.write_text(json.dumps(project(nodes, preprocessing, missing=missing)))
    if outputs is None:
        numpy.save(folder / "t.npy", numpy.zeros((len(x), 1), numpy.float32))
        outputs = [output_shape(program, path)[2]]
    random = numpy.random.default_rng(3)
    numpy.save(folder / "t.npy", random.normal(size=(len(x), *outputs)).astype(numpy.float32))
    program.run("train", path, "--model", model, "--steps", 3, "--quiet")
    return model


def array_case(program, folder, nodes, x, outputs=None, preprocessing=()):
    model = trained(program, folder, nodes, x, outputs, preprocessing)
    return compare(program, model, [folder / "x.npy"], x.astype(numpy.float32), folder)


def layer(kind, **parameters):
    return {"type": kind, "parameters": parameters}


# Beside the cases of tests/golden/networks.json: what trains at random, and corners of the mapping. Images are C, H, W.
MORE = [
    ("dropout", [2, 3, 4], [layer("dropout"), layer("conv2d", filters=2)], [2, 1, 2]),
    ("spatial_dropout", [2, 3, 4], [layer("spatial_dropout"), layer("conv2d", filters=2)], [2, 1, 2]),
    ("gaussian_noise", [5], [layer("gaussian_noise"), layer("dense", units=2)], None),
    ("stochastic_depth", [5], [layer("stochastic_depth"), layer("dense", units=2)], None),
    ("drop_connect_dense", [5], [layer("drop_connect_dense", units=3)], None),
    ("gaussian_sample", [5], [layer("dense", units=3), {"type": "dense", "parameters": {"units": 3}, "inputs": ["n0"]},
                              {"type": "gaussian_sample", "inputs": ["n1", "n2"]}], None),
    ("fractional_max_pool", [2, 9, 8], [layer("fractional_max_pool"), layer("conv2d", filters=2)], [2, 4, 3]),
    ("fractional_max_pool, narrow", [1, 5, 5], [layer("fractional_max_pool", size=[1, 2], ratio=1.25),
                                                layer("conv2d", filters=2)], [2, 2, 2]),
    ("adaptive_average_pool, divided", [2, 6, 4], [layer("adaptive_average_pool", size=[3, 2])], [2, 3, 2]),
    ("bed_of_nails_unpool, padded", [2, 3, 3], [layer("bed_of_nails_unpool", size=3, stride=2, output_padding=[1, 0])],
     [2, 8, 7]),
    ("max_unpool", [2, 6, 4], [layer("max_pool"), layer("activation", activation="tanh"),
                               {"type": "max_unpool", "inputs": ["n2", "n1:indices"]}], [2, 6, 4]),
    ("conv2d, same with stride", [3, 7, 6], [layer("conv2d", filters=4, kernel_size=[2, 3], stride=3, padding="same")],
     [4, 3, 2]),
    ("conv2d_transpose, same", [2, 4, 3], [layer("conv2d_transpose", filters=2, stride=[2, 3], padding="same")],
     [2, 8, 9]),
    ("conv2d_transpose, grouped", [3, 2, 2],
     [layer("conv2d_transpose", filters=3, groups=3, dilation=2, kernel_size=[2, 3])], [3, 4, 6]),
    ("average_pool, without padding", [2, 5, 5], [layer("average_pool", size=3, stride=2, padding=1,
                                                        count_padding=False)], [2, 3, 3]),
    ("average_pool, same", [2, 5, 5], [layer("average_pool", size=2, stride=2, padding="same")], [2, 3, 3]),
    ("flatten and normalize", [2, 3, 4], [layer("flatten"), layer("batch_norm"), layer("layer_norm"),
                                          layer("dense", units=3)], None),
    ("flatten, softmax, dense", [2, 3, 4], [layer("flatten"), layer("softmax"), layer("dense", units=3)], None),
    ("flatten alone", [2, 3, 4], [layer("conv2d", filters=2, kernel_size=1), layer("flatten")], None),
    ("flatten twice, then maxout", [2, 3, 4], [layer("flatten"), layer("flatten"), layer("maxout", units=3)], None),
    ("flatten, then add", [2, 3, 4], [layer("flatten"), layer("scale_to_range"),
                                      {"type": "add", "inputs": ["n1", "n2"]}, layer("dense", units=2)], None),
    ("flatten, then reshape", [2, 3, 4], [layer("flatten"), layer("reshape", shape="4, 3, 2"),
                                          layer("conv2d", filters=2)], [2, 2, 1]),
    ("image to sequence", [2, 3, 4], [layer("reshape", shape="6, 4"), layer("lstm", units=3)], None),
    ("residual block", [2, 5, 5], [layer("conv2d", filters=3, padding="same"), layer("batch_norm"),
                                   layer("activation", activation="relu"),
                                   layer("conv2d", filters=3, padding="same"),
                                   {"type": "add", "inputs": ["n3", "n4"]}, layer("global_average_pool"),
                                   layer("dense", units=2)], None),
]


def write_safetensors(tensors, path):
    header, data = {}, b""
    for name, values in tensors.items():
        header[name] = {"dtype": "F32", "shape": list(values.shape),
                        "data_offsets": [len(data), len(data) + values.nbytes]}
        data += values.tobytes()
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def golden_case(program, folder, golden, digests):
    """A network of networks.json with PyTorch's weights. Its file is what `engine.exchange` compares with."""
    x = numpy.array(golden["x"], numpy.float32).reshape(2, *golden["input"])
    outputs = numpy.array(golden["y"]).reshape(2, *golden["output"])
    if x.ndim == 3:  # [N, C, T] there
        x = x.transpose(0, 2, 1)
    outputs = outputs.transpose(0, 2, 1) if outputs.ndim == 3 else outputs
    numpy.save(folder / "x.npy", x)
    numpy.save(folder / "t.npy", outputs.astype(numpy.float32))
    path, model = folder / "p.perceptory", folder / "m.perceptory-model"
    path.write_text(json.dumps(project(chain(golden["nodes"]))))
    arguments = []
    if golden["weights"]:
        weights = {name: numpy.array(weight["values"], numpy.float32).reshape(weight["shape"])
                   for name, weight in golden["weights"].items()}
        write_safetensors(weights, folder / "w.safetensors")
        arguments = ["--initial", folder / "w.safetensors"]
    program.run("train", path, "--model", model, "--epochs", 0, "--quiet", *arguments)
    worst, operators = compare(program, model, [folder / "x.npy"], x, folder, ["names=false"])
    exported = (folder / "model.onnx").read_bytes()
    if not golden["states"]:  # in training the others reckon with the batch
        session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
        found = session.run(None, {session.get_inputs()[0].name: x})[0]
        worst = max(worst, float(numpy.abs(found - outputs).max()) / float(numpy.abs(outputs).max()))
    digests.append(hashlib.sha256(exported).hexdigest())
    return worst, operators


def layer_cases():
    random = numpy.random.default_rng(1)
    for name, shape, layers, outputs in MORE:
        yield name, chain(layers), random.normal(size=(ROWS, *shape)), outputs


def activation_cases(program):
    x = numpy.concatenate([numpy.linspace(-30, 30, 100), numpy.linspace(-4, 4, 101), [0]]).reshape(-1, 2)
    for member in program.members("activations"):
        choices = [member["id"]]
        for parameter in member["parameters"]:
            choices.append({"type": member["id"], "parameters": {parameter["id"]: 0.5}})
        for choice in choices:
            nodes = chain([{"type": "dense", "parameters": {"units": 3, "activation": choice}}])
            yield f"activation {choice}", nodes, x, None


STEPS = [["standardize"], ["min_max"], [{"type": "min_max", "parameters": {"low": -1}}], ["mean_image"],
         ["channel_standardize"], ["pca"], ["pca_whitening"], ["zca_whitening"], ["clip"], ["log"], ["one_hot"],
         ["log", "standardize", "clip"], ["standardize", "pca"]]


def preprocessing_cases():
    random = numpy.random.default_rng(2)
    table = random.normal(size=(60, 4)) * [1, 100, 0.01, 3] + [0, 2000, 5, -7]
    table[:, 3] = random.integers(0, 4, 60)
    images = random.uniform(0, 1, size=(60, 2, 5, 4)) + 3
    for steps in STEPS:
        yield f"preprocessing of a table: {steps}", chain([layer("dense", units=2)]), table, steps
        if steps != ["one_hot"]:
            yield f"preprocessing of images: {steps}", chain([layer("flatten"), layer("dense", units=2)]), images, steps
    holes = table.copy()
    holes[::7, 1] = holes[3::5, 3] = numpy.nan
    for steps in ([], ["standardize"]):
        yield f"missing values of a table: {steps}", chain([layer("dense", units=2)]), holes, steps
    for size in ((3, 7), (8, 8), (2, 2)):
        resize = [{"type": "resize", "parameters": {"height": size[0], "width": size[1]}}]
        yield f"preprocessing: {resize}", chain([layer("flatten"), layer("dense", units=2)]), images, resize


# Projects as they come.


FEATURES = {
    "x1": lambda a, b: a, "x2": lambda a, b: b, "x1_squared": lambda a, b: a * a, "x2_squared": lambda a, b: b * b,
    "x1_x2": lambda a, b: a * b, "sin_x1": lambda a, b: numpy.sin(a), "sin_x2": lambda a, b: numpy.sin(b),
    "cos_x1": lambda a, b: numpy.cos(a), "cos_x2": lambda a, b: numpy.cos(b),
    "radius": lambda a, b: numpy.hypot(a, b), "angle": lambda a, b: numpy.arctan2(b, a),
}


def entries_of(spec, field):
    """How many rows the smallest embedding behind an input has; 0: it takes any numbers."""
    nodes = spec["network"]["nodes"]
    readers = [node["id"] for node in nodes if node["type"] == "input" and
               node.get("field", node.get("parameters", {}).get("field", "x")) == field]
    tables = [node["parameters"].get("entries", 1000) for node in nodes
              if node["type"] == "embedding" and set(node["inputs"]) & set(readers)]
    return min(tables, default=0)


def drawn_inputs(session, spec, metadata, folder):
    """Rows for ONNX Runtime, and the arguments with which `predict` gets the same."""
    random = numpy.random.default_rng(4)
    feeds = {}
    names = json.loads(metadata.get("inputs", "[]"))
    plane = set(names) <= set(FEATURES) and names
    columns = []
    for given in session.get_inputs():
        shape = [ROWS, *given.shape[1:]]
        entries = entries_of(spec, given.name)
        values = random.integers(1, entries, size=shape) if entries else random.uniform(0, 1, size=shape)
        feeds[given.name] = values.astype(numpy.float32)
        pixels_first = feeds[given.name].transpose(0, 2, 3, 1) if len(shape) == 4 else feeds[given.name]
        columns.append(pixels_first.reshape(ROWS, -1))
    if plane:
        points = random.uniform(-4, 4, size=(ROWS, 2)).astype(numpy.float32)
        computed = [FEATURES[name](points[:, 0], points[:, 1]) for name in names]
        feeds = {next(iter(feeds)): numpy.stack(computed, 1).astype(numpy.float32)}
        return feeds, [write_table(folder, ["x1", "x2"], points.astype(float).tolist())]
    if spec["data"].get("reader") in PIXEL_FILES:
        return pixels_of(spec["data"]["reader"], feeds, folder)
    if any("=" in name for name in names):
        return words_of(names, feeds, random, folder)
    rows = [list(map(repr, map(float, row))) for row in numpy.concatenate(columns, 1)]
    for position, name in enumerate(names):
        for row in rows if f"words.{name}" in metadata else []:
            row[position] = json.loads(metadata[f"words.{name}"])[int(float(row[position])) - 1]
    return feeds, [write_table(folder, names, rows)]


def pixels_of(reader, feeds, folder):
    """Images of whole grey values, in the file that the reader wants."""
    name, values = next(iter(feeds.items()))
    grey = (values * 255).round().astype(numpy.uint8)
    file = folder / "rows"
    if reader == "idx":
        sizes = [ROWS, *grey.shape[2:]]
        file.write_bytes(bytes([0, 0, 8, 3]) + b"".join(size.to_bytes(4, "big") for size in sizes) + grey.tobytes())
    else:
        file.write_bytes(b"".join(b"\0" + image.tobytes() for image in grey))
    return {name: grey.astype(numpy.float32) / numpy.float32(255)}, [str(file)]


PIXEL_FILES = ("idx", "cifar10")


def words_of(names, feeds, random, folder):
    """A table in which a column of words is one input for each word: "sex=female"."""
    name, values = next(iter(feeds.items()))
    columns = {}
    for position, title in enumerate(names):
        columns.setdefault(title.split("=")[0], []).append(position)
    rows = [[] for _ in range(ROWS)]
    for positions in columns.values():
        for row, given in zip(rows, values):
            if "=" not in names[positions[0]]:
                row.append(repr(float(given[positions[0]])))
                continue
            chosen = random.choice(positions)
            given[positions] = [float(position == chosen) for position in positions]
            row.append(names[chosen].split("=", 1)[1])
    return feeds, [write_table(folder, list(columns), rows)]


def write_table(folder, names, rows):
    lines = [",".join(names)] + [",".join(map(str, row)) for row in rows]
    (folder / "rows.csv").write_text("\n".join(lines) + "\n")
    return str(folder / "rows.csv")


def example_case(program, folder, path, steps):
    """A project as it comes, on rows that are drawn."""
    spec = json.loads(path.read_text())
    model, exported = folder / "m.perceptory-model", folder / "model.onnx"
    program.run("train", path, "--model", model, "--steps", steps, "--quiet")
    program.run("export", model, "--format", "onnx", "--output", exported)
    session = onnxruntime.InferenceSession(str(exported), providers=["CPUExecutionProvider"])
    metadata = {entry.key: entry.value for entry in onnx.load(exported).metadata_props}
    feeds, files = drawn_inputs(session, spec, metadata, folder)
    return compare(program, model, files, feeds, folder)


def examples(more):
    folder = ROOT / "resources/examples"
    yield from sorted(folder.glob("*.perceptory"))
    yield from sorted(folder.glob("templates/*.perceptory"))
    if more:
        yield from sorted(pathlib.Path(more).resolve().glob("*.perceptory"))


class Tally:
    def __init__(self):
        self.worst, self.count, self.failed, self.operators = 0.0, 0, [], set()

    def note(self, name, run):
        try:
            difference, operators = run()
        except Exception as error:  # told, and the next case goes on
            self.failed.append(name)
            print(f"FAILED  {name}: {str(error)[:300]}")
            return
        self.count += 1
        self.worst = max(self.worst, difference)
        self.operators.update(operators)
        verdict = "ok" if difference <= LIMIT else "FAILED"
        if difference > LIMIT:
            self.failed.append(name)
        print(f"{verdict:7} {difference:.1e}  {name}: {' '.join(operators)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--steps", type=int, default=3, help="updates of each project of resources/examples")
    parser.add_argument("--projects", help="a folder with more projects and their data, such as a copy of with_data")
    parser.add_argument("--golden", action="store_true", help="write tests/golden/onnx.json, if all agrees")
    arguments = parser.parse_args()
    program, tally = Program(arguments.program), Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        digests = []
        for index, golden in enumerate(json.loads((ROOT / "tests/golden/networks.json").read_text())):
            case = f"golden {index}: {' + '.join(node['type'] for node in golden['nodes'])}"
            if arguments.only in case:
                tally.note(case, lambda: golden_case(program, folder, golden, digests))
        if arguments.golden and not tally.failed and not arguments.only:
            (ROOT / "tests/golden/onnx.json").write_text(json.dumps(digests, indent=0) + "\n")
        cases = [(case, nodes, x, outputs, ()) for case, nodes, x, outputs in
                 [*layer_cases(), *activation_cases(program)]]
        cases += [(case, nodes, x, None, steps) for case, nodes, x, steps in preprocessing_cases()]
        for case, nodes, x, outputs, steps in cases:
            if arguments.only in case:
                tally.note(case, lambda: array_case(program, folder, nodes, x, outputs, steps))
        for path in examples(arguments.projects):
            case = f"example {path.parent.name}/{path.stem}"
            if arguments.only in case:
                tally.note(case, lambda: example_case(program, folder, path, arguments.steps))
    print(f"{tally.count} compared, largest relative difference {tally.worst:.1e}, "
          f"{len(tally.failed)} failed; operators: {' '.join(sorted(tally.operators))}")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
