#!/usr/bin/env python3
"""Writes results.json: what scikit-learn says of predictions, for tests/engine/training/ResultsTest.cpp. Rows of logits of
three classes, some of them twice so that scores tie; numbers for regression. The expected calibration error is the sum of
Guo et al. 2017, equation 3, over the bins of sklearn.calibration.calibration_curve. Made with scikit-learn 1.9."""

import json
import pathlib

import numpy as np
from sklearn import calibration, metrics

random = np.random.default_rng(5)
COUNT, CLASSES, BINS = 80, 3, 5
labels = random.integers(0, CLASSES, COUNT)
logits = random.normal(size=(COUNT, CLASSES)).astype(np.float32)
logits[np.arange(COUNT), labels] += 1
logits[40:50] = logits[:10]
wide = logits.astype(float)
shares = np.exp(wide) / np.exp(wide).sum(1, keepdims=True)
said = shares.argmax(1)
precision, recall, f1, support = metrics.precision_recall_fscore_support(labels, said, labels=range(CLASSES), zero_division=0)
curves = []
for k in range(CLASSES):
    is_case = labels == k
    false, hits, _ = metrics.roc_curve(is_case, shares[:, k], drop_intermediate=False)
    precisions, recalls, _ = metrics.precision_recall_curve(is_case, shares[:, k])
    curves.append({"roc": np.stack([false, hits], 1).tolist(), "roc_auc": metrics.roc_auc_score(is_case, shares[:, k]),
                   "pr": np.stack([recalls, precisions], 1).tolist(), "pr_auc": metrics.auc(recalls, precisions),
                   "average_precision": metrics.average_precision_score(is_case, shares[:, k])})


def calibrated(is_case, sure):
    right, mean = calibration.calibration_curve(is_case, sure, n_bins=BINS)
    counts = np.bincount(np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], sure), minlength=BINS)
    counts = counts[counts > 0]
    return {"bins": np.stack([mean, right, counts], 1).tolist(), "ece": float((counts * abs(right - mean)).sum() / counts.sum())}


actual = random.normal(size=50).astype(np.float32)
predicted = (actual + 0.3 * random.normal(size=50)).astype(np.float32)
result = {
    "labels": labels.tolist(), "logits": logits.astype(float).flatten().tolist(),
    "report": np.stack([precision, recall, f1, support], 1).tolist(), "accuracy": metrics.accuracy_score(labels, said),
    "macro_f1": metrics.f1_score(labels, said, average="macro"), "curves": curves,
    "calibration": {"-1": calibrated(labels == said, shares.max(1)), "2": calibrated(labels == 2, shares[:, 2])},
    "numbers": {"actual": actual.astype(float).tolist(), "predicted": predicted.astype(float).tolist(),
                "r2": metrics.r2_score(actual.astype(float), predicted.astype(float)),
                "mean": float((predicted.astype(float) - actual).mean()), "deviation": float((predicted.astype(float) - actual).std()),
                "bins": np.histogram(predicted - actual, 8)[0].tolist()},
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
