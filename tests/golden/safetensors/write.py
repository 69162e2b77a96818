"""Writes numpy.safetensors and small.safetensors beside this script: pip install numpy safetensors."""

import pathlib

import numpy
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent
read = {
    "h1.weight": numpy.array([[1, -2, 0.1], [numpy.inf, 1e-45, -0.0]], numpy.float32),
    "h1.bias": numpy.array([0.5, 0.25], numpy.float32),
    "double": numpy.array([0.1, 1e300], numpy.float64),
    "half": numpy.array([1.5, -0.0999755859375, 65504, 6e-8, -numpy.inf, 0], numpy.float16),
    "bn1.num_batches_tracked": numpy.array(1234567890123, numpy.int64),
    "none": numpy.zeros((0, 4), numpy.float32),
}
save_file(read, here / "numpy.safetensors", {"made by": "safetensors"})

# What our writer must make byte for byte of the same tensors.
written = {
    "h1.weight": numpy.array([[1, -2, 0.5], [numpy.inf, -0.0, 3]], numpy.float32),
    "h1.bias": numpy.array([0.1, 0.2], numpy.float32),
    "exact": numpy.array([0.1], numpy.float64),
    "scalar": numpy.array(7, numpy.float32),
    "none": numpy.zeros((0, 4), numpy.float32),
}
save_file(written, here / "small.safetensors", {"format": "pt"})
