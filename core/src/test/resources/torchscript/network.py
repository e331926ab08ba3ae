"""Writes network.pt and network.npz (PyTorch 1.13): a scripted module and what Python computes with it."""

import numpy
import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    def __init__(self, channels, out):
        super().__init__()
        self.conv = nn.Conv2d(channels, out, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(out)
        if channels == out:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1), nn.BatchNorm2d(out))

    def forward(self, x):
        return functional.relu(self.bn(self.conv(x)) + self.shortcut(x))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(inplace=True))
        self.blocks = nn.ModuleList([Block(4, 6), Block(6, 6)])
        self.pool = nn.MaxPool2d(2)
        self.norm = nn.GroupNorm(2, 6)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(6, 3)
        self.scale = nn.Parameter(torch.full((1,), 1.5), requires_grad=False)

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = self.pool(block(x))
        x = functional.adaptive_avg_pool2d(self.norm(x), 1).flatten(1)
        return self.head(self.drop(x)) * self.scale


torch.manual_seed(0)
model = Network()
torch.jit.script(model).save("network.pt")
images = torch.rand(5, 1, 12, 12)
arrays = {"images": images}
model.eval()
logits = model(images)
arrays["logits"] = logits
logits.square().sum().backward()
for name, parameter in model.named_parameters():
    if parameter.requires_grad:
        arrays["gradient." + name] = parameter.grad
model.train()
model(images)
for name, buffer in model.named_buffers():
    arrays["buffer." + name] = buffer.float()
numpy.savez("network.npz", **{name: array.detach().numpy() for name, array in arrays.items()})
