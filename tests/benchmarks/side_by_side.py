#!/usr/bin/env python3
"""The standard workloads side by side: perceptory-cli, PyTorch at its best and, for forward passes, ONNX Runtime.

    side_by_side.py [--only lenet,lstm] [--threads 1] [--rounds 5] [--seconds 1] [--build FOLDER]

All programs take turns in one run on the same pinned cores, with synthetic data in memory; every figure is the median of
its rounds, in samples per second. PyTorch is tried with contiguous and channels-last tensors, and with its usual and with
tuned environments; the fastest of a short trial takes part. GFLOP/s are nominal: the multiply-adds of the network's
formulas, whatever a kernel saves or wastes. With --memory, the largest resident memory while training instead, beyond what
each program holds before it builds the network. Prints one line of JSON for each workload, then a table. Needs PyTorch,
onnxruntime, onnx and numpy; build `benchmark_peak` and `perceptory-cli` before.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TUNED = {"ATEN_CPU_CAPABILITY": "avx512", "MALLOC_TRIM_THRESHOLD_": "2000000000",
         "MALLOC_MMAP_THRESHOLD_": "2000000000", "MALLOC_TOP_PAD_": "67108864"}
SPOILERS = ("OPENBLAS_CORETYPE", "OMP_NUM_THREADS", "MKL_NUM_THREADS", *TUNED)


# Multiply-adds of one sample, layer by layer; a training step does them three times, but for the first layer, whose input
# needs no gradient.
def dense_work(*sizes):
    return [a * b for a, b in zip(sizes, sizes[1:])]


def conv_work(side, inputs, filters, kernel):
    return side * side * inputs * filters * kernel * kernel


LENET = [conv_work(28, 1, 8, 5), conv_work(14, 8, 16, 5), 16 * 7 * 7 * 10]
CNN = [conv_work(32, 3, 32, 3), conv_work(16, 32, 64, 3), conv_work(8, 64, 128, 3), 128 * 4 * 4 * 10]
RESNET = [conv_work(32, 3, 16, 3), 2 * conv_work(32, 16, 16, 3),
          conv_work(16, 16, 32, 3) + conv_work(16, 32, 32, 3) + conv_work(16, 16, 32, 1),
          conv_work(8, 32, 64, 3) + conv_work(8, 64, 64, 3) + conv_work(8, 32, 64, 1), 64 * 10]
WORKLOADS = {  # batch, multiply-adds by layer, whether it trains, whether ONNX Runtime can take part
    "tiny_mlp": (10, dense_work(2, 4, 2, 1), True, False),
    "tiny_mlp_wide": (10, dense_work(2, 8, 8, 8, 1), True, False),
    "mlp_sgd": (64, dense_work(784, 128, 10), True, False),
    "mlp_adam": (64, dense_work(784, 128, 10), True, False),
    "mlp_cifar": (32, dense_work(3072, 500, 10), True, False),
    "lenet": (64, LENET, True, False),
    "lenet_forward": (64, LENET, False, True),
    "cnn_cifar": (128, CNN, True, False),
    "cnn_cifar_forward": (128, CNN, False, True),
    "resnet_small": (64, RESNET, True, False),
    "lstm": (64, [32 * 28 * 4 * 64, 32 * 64 * 4 * 64 + 64 * 10], True, False),
    "grid": (10000, dense_work(2, 4, 2, 1), False, True),
}
IMAGES = ("lenet", "lenet_forward", "cnn_cifar", "cnn_cifar_forward", "resnet_small")


def flops(name):
    _, work, trains, _ = WORKLOADS[name]
    return 2 * (3 * sum(work) - work[0] if trains else sum(work))


# --- one opponent, in a process of its own: a line on stdin asks for a measurement, a line on stdout answers ------------

def torch_network(name):
    from torch import nn

    def perceptron(*sizes, between=nn.ReLU, last=()):
        layers = []
        for a, b in zip(sizes, sizes[1:]):
            layers += [nn.Linear(a, b), between()]
        return nn.Sequential(*layers[:-1], *last)

    def convolutions(channels, kernel, filters, features):
        layers = []
        for count in filters:
            layers += [nn.Conv2d(channels, count, kernel, padding=kernel // 2), nn.ReLU(), nn.MaxPool2d(2)]
            channels = count
        return nn.Sequential(*layers, nn.Flatten(), nn.Linear(features, 10))

    class Residual(nn.Module):
        def __init__(self, before, filters, stride):
            super().__init__()
            def conv(inputs, kernel, step):
                return [nn.Conv2d(inputs, filters, kernel, step, kernel // 2, bias=False), nn.BatchNorm2d(filters)]
            self.main = nn.Sequential(*conv(before, 3, stride), nn.ReLU(), *conv(filters, 3, 1))
            self.skip = nn.Sequential(*conv(before, 1, stride)) if before != filters else nn.Identity()

        def forward(self, x):
            return (self.main(x) + self.skip(x)).relu_()

    class LastState(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.out = nn.LSTM(28, 64, batch_first=True), nn.Linear(64, 10)

        def forward(self, x):
            return self.out(self.lstm(x)[0][:, -1])

    base = name.removesuffix("_forward")
    if base in ("tiny_mlp", "grid"):
        return perceptron(2, 4, 2, 1, between=nn.Tanh, last=[nn.Tanh()])
    if base == "tiny_mlp_wide":
        return perceptron(2, 8, 8, 8, 1, between=nn.Tanh, last=[nn.Tanh()])
    if base in ("mlp_sgd", "mlp_adam"):
        return perceptron(784, 128, 10)
    if base == "mlp_cifar":
        return perceptron(3072, 500, 10)
    if base == "lenet":
        return convolutions(1, 5, (8, 16), 16 * 7 * 7)
    if base == "cnn_cifar":
        return convolutions(3, 3, (32, 64, 128), 128 * 4 * 4)
    if base == "resnet_small":
        return nn.Sequential(nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
                             Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2),
                             nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))
    return LastState()


def input_shape(name):
    return {"mlp_sgd": (784,), "mlp_adam": (784,), "mlp_cifar": (3072,), "lenet": (1, 28, 28),
            "lenet_forward": (1, 28, 28), "cnn_cifar": (3, 32, 32), "cnn_cifar_forward": (3, 32, 32),
            "resnet_small": (3, 32, 32), "lstm": (32, 28)}.get(name, (2,))


def torch_optimizer(name, parameters):
    import torch
    if name in ("tiny_mlp", "tiny_mlp_wide"):
        return torch.optim.SGD(parameters, lr=0.03)
    if name == "mlp_sgd":
        return torch.optim.SGD(parameters, lr=0.01)
    if name in ("lenet", "resnet_small"):
        return torch.optim.SGD(parameters, lr=0.01, momentum=0.9)
    return torch.optim.Adam(parameters, lr=0.001)


def torch_step(name, channels_last):
    import torch
    torch.manual_seed(1)
    batch, _, trains, _ = WORKLOADS[name]
    layout = {"memory_format": torch.channels_last} if channels_last else {}
    net = torch_network(name).to(**layout)
    numbers = name.startswith("tiny")
    batches = [(torch.randn(batch, *input_shape(name)).to(**layout),
                torch.rand(batch, 1).round() * 2 - 1 if numbers else torch.randint(0, 10, (batch,)))
               for _ in range(4 if trains else 1)]
    if not trains:
        def forward():
            with torch.inference_mode():
                net(batches[0][0])
        net.eval()
        return forward
    loss = torch.nn.functional.mse_loss if numbers else torch.nn.functional.cross_entropy
    optimizer, turn = torch_optimizer(name, net.parameters()), 0

    def step():
        nonlocal turn
        x, y = batches[turn % len(batches)]
        turn += 1
        optimizer.zero_grad()
        loss(net(x), y).backward()
        optimizer.step()
    return step


def onnx_model(name):
    """The network of torch_network, written down node by node."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from torch import nn
    nodes, weights, value = [], [], "x"
    for i, layer in enumerate(torch_network(name)):
        inputs = [value]
        for key, tensor in layer.state_dict().items():
            inputs.append(f"{i}.{key}")
            weights.append(numpy_helper.from_array(tensor.numpy(), inputs[-1]))
        value = f"v{i}"
        attributes = {}
        if isinstance(layer, nn.Conv2d):
            attributes = {"pads": [layer.padding[0]] * 4}
        elif isinstance(layer, nn.MaxPool2d):
            attributes = {"kernel_shape": [2, 2], "strides": [2, 2]}
        elif isinstance(layer, nn.Linear):
            attributes = {"transB": 1}
        kind = {"Linear": "Gemm", "ReLU": "Relu", "Conv2d": "Conv", "MaxPool2d": "MaxPool"}.get(
            type(layer).__name__, type(layer).__name__)
        nodes.append(helper.make_node(kind, inputs, [value], **attributes))
    batch = WORKLOADS[name][0]
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, [batch, *input_shape(name)])],
        [helper.make_tensor_value_info(value, TensorProto.FLOAT, [batch, "outputs"])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def onnx_step(name, threads):
    import numpy
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    session = onnxruntime.InferenceSession(onnx_model(name), options, providers=["CPUExecutionProvider"])
    x = numpy.random.default_rng(1).standard_normal((WORKLOADS[name][0], *input_shape(name))).astype(numpy.float32)
    return lambda: session.run(None, {"x": x})


def serve(program, name, threads):
    import torch
    torch.set_num_threads(threads)
    step = onnx_step(name, threads) if program == "onnx" else torch_step(name, program == "channels_last")
    for _ in range(3):
        step()
    for line in sys.stdin:
        seconds, count, begin = float(line), 0, time.perf_counter()
        while (spent := time.perf_counter() - begin) < seconds:
            for _ in range(max(1, count // 8)):
                step()
            count += max(1, count // 8)
        print(count / spent, flush=True)


def resident(kind):
    """VmRSS or VmHWM of this process, in MB."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(kind)) / 1024


def serve_memory(program, name, threads):
    import torch
    torch.set_num_threads(threads)
    torch.randn(64, 64) @ torch.randn(64, 64)
    before = resident("VmRSS")
    with open("/proc/self/clear_refs", "w") as peak:
        peak.write("5")
    step = torch_step(name, program == "channels_last")
    for _ in range(12):
        step()
    print(resident("VmHWM") - before)


# --- the referee --------------------------------------------------------------------------------------------------------

class Opponent:
    def __init__(self, values, program, name, tuned):
        self.label = program + (" tuned" if tuned else "")
        self.batch = WORKLOADS[name][0]
        environment = {key: value for key, value in os.environ.items() if key not in SPOILERS}
        environment.update(OMP_NUM_THREADS=str(values.threads), MKL_NUM_THREADS=str(values.threads),
                           **(TUNED if tuned else {}))
        self.process = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), "--serve", program, "--only", name, "--threads",
             str(values.threads)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def rate(self, seconds):
        self.process.stdin.write(f"{seconds}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline()) * self.batch

    def leave(self):
        self.process.stdin.close()
        self.process.wait()


class Ours:
    def __init__(self, values, name):
        self.command = [os.path.join(values.build, "bin/perceptory-cli"), *values.options.split(), "benchmark", name,
                        "--threads", str(values.threads), "--json", "--seconds"]

    def rate(self, seconds):
        out = subprocess.run(self.command + [str(seconds)], check=True, capture_output=True, text=True).stdout
        return json.loads(out)["samples_per_s"]


def fastest(values, name):
    """PyTorch as it runs this workload best; the others are sent away."""
    formats = ["contiguous", "channels_last"] if name in IMAGES else ["contiguous"]
    tried = []
    for program in formats:
        for tuned in (False, True):
            opponent = Opponent(values, program, name, tuned)
            opponent.rate(values.seconds / 4)
            tried.append((opponent.rate(values.seconds / 2), opponent))
            if len(tried) > 1:
                tried.sort(key=lambda one: -one[0])
                tried.pop()[1].leave()
    return tried[0][1]


def compare(values, name, peak):
    players = {"ours": Ours(values, name), "torch": fastest(values, name)}
    if WORKLOADS[name][3]:
        players["onnx"] = Opponent(values, "onnx", name, False)
    rates = {player: [] for player in players}
    for _ in range(values.rounds):
        for player, program in players.items():
            rates[player].append(program.rate(values.seconds))
    for player in ("torch", "onnx"):
        if player in players:
            players[player].leave()
    result = {"name": name, "threads": values.threads, "torch_configuration": players["torch"].label}
    for player, measured in rates.items():
        result[player] = round(statistics.median(measured), 1)
        result[player + "_range"] = [round(min(measured), 1), round(max(measured), 1)]
    for player in ("torch", "onnx"):
        if player in rates:
            result["ratio_to_" + player] = round(result["ours"] / result[player], 3)
    result["nominal_gflops"] = round(result["ours"] * flops(name) / 1e9, 2)
    result["percent_of_peak"] = round(100 * result["nominal_gflops"] / peak, 1)
    return result


def peak_of(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return usage.ru_maxrss / 1024


def memory(values, name):
    ours = Ours(values, name).command + ["1"], Ours(values, "tiny_mlp").command + ["0.1"]
    result = {"name": name, "ours_mb": round(peak_of(ours[0]) - peak_of(ours[1]), 1)}
    for layout in ("contiguous", "channels_last"):
        answer = subprocess.run(
            [sys.executable, os.path.abspath(__file__), "--serve", layout, "--memory", "--only", name, "--threads",
             str(values.threads)], check=True, capture_output=True, text=True).stdout
        result[f"torch_{layout}_mb"] = round(float(answer), 1)
    return result


def table(results, peak):
    print(f"\n{'workload':18} {'ours':>11} {'PyTorch':>11} {'ratio':>6} {'ONNX R.':>11} {'ratio':>6} "
          f"{'GFLOP/s':>8} {'% peak':>6}  PyTorch's configuration")
    for r in results:
        onnx = (f"{r['onnx']:11,.0f}", f"{r['ratio_to_onnx']:6.2f}") if "onnx" in r else (" " * 11, " " * 6)
        print(f"{r['name']:18} {r['ours']:11,.0f} {r['torch']:11,.0f} {r['ratio_to_torch']:6.2f} "
              f"{onnx[0]} {onnx[1]} {r['nominal_gflops']:8.2f} "
              f"{r['percent_of_peak']:6.1f}  {r['torch_configuration']}")
    print(f"samples per second, {results[0]['threads']} thread(s); FMA peak {peak:.1f} GFLOP/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="workloads, by comma; default: all")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1, help="of one measurement")
    parser.add_argument("--build", default=os.path.join(HERE, "../../build/release"))
    parser.add_argument("--options", default="", help="of perceptory-cli, such as \"--isa v3\"")
    parser.add_argument("--memory", action="store_true", help="compare memory, not speed")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    values = parser.parse_args()
    if values.serve:
        return (serve_memory if values.memory else serve)(values.serve, values.only, values.threads)
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[-values.threads:])  # those started from here inherit it
    names = values.only.split(",") if values.only else list(WORKLOADS)
    for name in names:
        if name not in WORKLOADS:
            sys.exit(f"{name}: there is no such workload. Known: {', '.join(WORKLOADS)}")
    if values.memory:
        for name in names:
            print(json.dumps(memory(values, name)), flush=True)
        return
    peak = float(subprocess.run([os.path.join(values.build, "bin/benchmark_peak")], check=True, capture_output=True,
                                text=True).stdout) * values.threads
    results = []
    for name in names:
        results.append(compare(values, name, peak))
        print(json.dumps(results[-1]), flush=True)
    table(results, peak)


if __name__ == "__main__":
    main()
