#!/usr/bin/env python3
"""Writes embedding.json: principal components of a few rows by scikit-learn, for tests/engine/training/EmbedTest.cpp.
Made with scikit-learn 1.9."""

import json
import pathlib

import numpy as np
from sklearn.decomposition import PCA

random = np.random.default_rng(3)
rows = (random.normal(size=(30, 7)) @ random.normal(size=(7, 7)) + 5).astype(np.float32)
places = PCA(3, svd_solver="full").fit_transform(rows.astype(float))
pathlib.Path(__file__).with_suffix(".json").write_text(
    json.dumps({"rows": rows.astype(float).flatten().tolist(), "places": places.tolist()}) + "\n")
