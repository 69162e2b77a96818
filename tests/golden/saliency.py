#!/usr/bin/env python3
"""Writes saliency.json: which pixels a class rests on, by PyTorch in double, for tests/engine/training/AttributionTest.cpp:
the gradient of the class's score, integrated gradients from all zeros (midpoints of the steps), SmoothGrad with noise that
is stored, the gradient at an inner layer, guided backpropagation and guided Grad-CAM. Images are [C, H, W]. Made with PyTorch 2.15."""

import json
import pathlib
from collections import OrderedDict

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(4)
STEPS, SAMPLES = 20, 6


def exact(tensor):
    return tensor.float().double()


net = nn.Sequential(OrderedDict(c1=nn.Conv2d(2, 3, 3, padding=1), a1=nn.Softplus(), p1=nn.MaxPool2d(2), c2=nn.Conv2d(3, 4, 2),
                                a2=nn.Tanh(), f=nn.Flatten(), o=nn.Linear(24, 5)))
for parameter in net.parameters():
    parameter.data = exact(parameter.data)
image = exact(torch.randn(2, 6, 8))
noise = exact(0.3 * torch.randn(SAMPLES, 2, 6, 8))


def slopes(images, unit):
    images = images.clone().requires_grad_()
    net(images)[:, unit].sum().backward()
    return images.grad


cases = []
for unit in (0, 3):
    shares = (torch.arange(STEPS) + 0.5) / STEPS
    inner = net[:3](image[None]).detach().requires_grad_()
    net[3:](inner)[0, unit].backward()
    cases.append({
        "unit": unit,
        "score": net(image[None])[0, unit].item(),
        "gradient": slopes(image[None], unit)[0].flatten().tolist(),
        "integrated": (image * slopes(shares[:, None, None, None] * image, unit).mean(0)).flatten().tolist(),
        "smooth": slopes(image + noise, unit).mean(0).flatten().tolist(),
        "inner": inner.grad[0].flatten().tolist(),
        # Grad-CAM of p1: Selvaraju et al. 2017, equations 1 and 2.
        "cam": torch.relu((inner.grad[0].mean((1, 2))[:, None, None] * inner[0]).sum(0)).flatten().tolist(),
    })
result = {
    "nodes": [{"id": "in", "type": "input"},
              {"id": "c1", "type": "conv2d", "inputs": ["in"],
               "parameters": {"filters": 3, "padding": "same", "activation": "softplus"}},
              {"id": "p1", "type": "max_pool", "inputs": ["c1"]},
              {"id": "c2", "type": "conv2d", "inputs": ["p1"],
               "parameters": {"filters": 4, "kernel_size": 2, "activation": "tanh"}},
              {"id": "f", "type": "flatten", "inputs": ["c2"]},
              {"id": "o", "type": "dense", "inputs": ["f"], "parameters": {"units": 5}}],
    "weights": {name: {"shape": list(p.shape), "values": p.flatten().tolist()} for name, p in net.named_parameters()},
    "image": image.flatten().tolist(),
    "noise": noise.flatten().tolist(),
    "steps": STEPS,
    "cases": cases,
}


# Guided backpropagation (Springenberg et al. 2014) by hooks, and its product with Grad-CAM of a layer, spread bilinearly.
guided = nn.Sequential(OrderedDict(c1=nn.Conv2d(2, 5, 3, padding=1), a1=nn.ReLU(), p1=nn.MaxPool2d(2), c2=nn.Conv2d(5, 6, 2),
                                   a2=nn.ReLU(), f=nn.Flatten(), o=nn.Linear(36, 5)))
for parameter in guided.parameters():
    parameter.data = exact(3 * parameter.data)


def cam(unit):
    inner = guided[:3](image[None]).detach().requires_grad_()
    guided[3:](inner)[0, unit].backward()
    return torch.relu((inner.grad[0].mean((1, 2))[:, None, None] * inner[0]).sum(0)).detach()


places = [nn.functional.interpolate(cam(unit)[None, None], (6, 8), mode="bilinear")[0, 0] for unit in range(5)]
for module in guided:
    if isinstance(module, nn.ReLU):
        module.register_full_backward_hook(lambda module, into, out: (torch.relu(into[0]),))
guided_cases = []
for unit in range(5):
    one = image[None].clone().requires_grad_()
    guided(one)[0, unit].backward()
    guided_cases.append({"unit": unit, "guided": one.grad[0].flatten().tolist(),
                         "product": (one.grad[0] * places[unit]).flatten().tolist()})
result["guided"] = {
    "nodes": [{"id": "in", "type": "input"},
              {"id": "c1", "type": "conv2d", "inputs": ["in"],
               "parameters": {"filters": 5, "padding": "same", "activation": "relu"}},
              {"id": "p1", "type": "max_pool", "inputs": ["c1"]},
              {"id": "c2", "type": "conv2d", "inputs": ["p1"],
               "parameters": {"filters": 6, "kernel_size": 2, "activation": "relu"}},
              {"id": "f", "type": "flatten", "inputs": ["c2"]},
              {"id": "o", "type": "dense", "inputs": ["f"], "parameters": {"units": 5}}],
    "weights": {name: {"shape": list(p.shape), "values": p.flatten().tolist()} for name, p in guided.named_parameters()},
    "image": result["image"],
    "cases": guided_cases,
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
