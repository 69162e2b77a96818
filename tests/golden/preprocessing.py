#!/usr/bin/env python3
"""Writes preprocessing.json: what scikit-learn 1.9 and numpy make of a small table with each step that learns from data.

Rows 0 to 15 are the training part. scikit-learn divides the covariance by n - 1 where it whitens; here it is divided by
n, as for standardize, so whitening stands in numpy. Signs: the largest entry of each axis is positive.
"""

import json
import pathlib

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler

WIDTH, TRAINING, EPSILON = 6, 16, 0.01


def make_rows():
    random = np.random.default_rng(5)
    hidden = random.normal(size=(20, 3))
    rows = hidden @ random.normal(size=(3, WIDTH)) + 0.2 * random.normal(size=(20, WIDTH)) + np.arange(WIDTH)
    rows[:, 5] = random.integers(2, 6, size=20)
    rows[18, 5] = 9  # never met in training
    return rows.astype(np.float32).astype(np.float64)


ROWS = make_rows()
FIT = ROWS[:TRAINING]
MEAN = FIT.mean(0)
VALUES, AXES = np.linalg.eigh((FIT - MEAN).T @ (FIT - MEAN) / TRAINING)
VALUES, AXES = VALUES[::-1], AXES[:, ::-1]
AXES = AXES * np.sign(AXES[np.abs(AXES).argmax(0), range(WIDTH)])
SPREADS = np.sqrt(VALUES + EPSILON)


def scores(keep):
    pca = PCA(keep, svd_solver="full").fit(FIT)
    signs = np.sign(pca.components_[range(len(pca.components_)), np.abs(pca.components_).argmax(1)])
    return pca.transform(ROWS) * signs


def channels():
    pixels = FIT.reshape(TRAINING, 3, 2)
    return ((ROWS.reshape(-1, 3, 2) - pixels.mean((0, 1))) / pixels.std((0, 1))).reshape(ROWS.shape)


def one_hot():
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(FIT[:, 5:])
    return np.hstack([ROWS[:, :5], encoder.transform(ROWS[:, 5:])])


def resized(shape, down, across):
    return np.einsum("yi,xj,nijc->nyxc", down, across, ROWS.reshape(-1, *shape)).reshape(len(ROWS), -1)


# Three pixels to two: each is the mean of one and a half. Two to four: on the lines between the middles.
SHRUNK = np.array([[2, 1, 0], [0, 1, 2]]) / 3
GROWN = np.array([[4, 0], [3, 1], [1, 3], [0, 4]]) / 4

CASES = [
    ("standardize", {}, [6], StandardScaler().fit(FIT).transform(ROWS)),
    ("min_max", {"low": -1, "high": 1}, [6], MinMaxScaler((-1, 1)).fit(FIT).transform(ROWS)),
    ("channel_standardize", {}, [1, 3, 2], channels()),
    ("mean_image", {}, [1, 3, 2], ROWS - MEAN),
    ("resize", {"height": 2, "width": 2}, [1, 3, 2], resized([1, 3, 2], np.ones((2, 1)), SHRUNK)),
    ("resize", {"height": 2, "width": 4}, [3, 2, 1], resized([3, 2, 1], SHRUNK, GROWN)),
    ("pca", {"components": 2}, [6], scores(2)),
    ("pca", {"variance": 0.8}, [6], scores(0.8)),
    ("pca", {"variance": 1}, [6], scores(6)),
    ("pca_whitening", {"epsilon": EPSILON}, [6], (ROWS - MEAN) @ AXES / SPREADS),
    ("pca_whitening", {"components": 3, "epsilon": EPSILON}, [6], (ROWS - MEAN) @ AXES[:, :3] / SPREADS[:3]),
    ("zca_whitening", {"epsilon": EPSILON}, [1, 3, 2], (ROWS - MEAN) @ (AXES / SPREADS) @ AXES.T),
    ("one_hot", {"columns": "c5"}, [6], one_hot()),
    ("clip", {"low": -1, "high": 2}, [6], ROWS.clip(-1, 2)),
    ("log", {}, [6], np.sign(ROWS) * np.log1p(np.abs(ROWS))),
]


def rounded(table):
    return [[float(f"{value:.9g}") for value in row] for row in table]


target = pathlib.Path(__file__).with_name("preprocessing.json")
lines = [json.dumps({"type": kind, "parameters": parameters, "shape": shape, "outputs": rounded(outputs)})
         for kind, parameters, shape, outputs in CASES]
target.write_text('{"training": %d,\n"rows": %s,\n"cases": [\n%s\n]}\n' % (TRAINING, json.dumps(rounded(ROWS)), ",\n".join(lines)))
