"""Writes what PyTorch and torchvision compute with the models of the zoo.

    python3 reference.py

Weights, buffers and images follow from a formula, so that only results are stored. For each model of
FULL, NAME.json holds the names and shapes of its parameters and buffers, logits in evaluation mode,
and after a pass in training mode the loss, norms of gradients and of buffers, and their products with
numbers by the formula. All of it is computed in float64. Dropout and stochastic depth are off, because
their masks differ. models.json holds parameters and a hash of all names and shapes for every model
that torchvision has. Made with PyTorch 1.13.0 and torchvision 0.14.1.
"""

import hashlib
import json
import zlib

import numpy
import torch
import torchvision
from torch import nn

CLASSES = 10

# Number of images and their size.
FULL = {
    "resnet18": (8, 32),
    "resnet50": (4, 64),
    "vgg11_bn": (2, 32),
    "densenet121": (4, 64),
    "efficientnet_b0": (4, 64),
    "efficientnet_b5": (3, 48),
    "mobilenet_v2": (4, 64),
    "convnext_tiny": (4, 64),
    "vit_b_16": (4, 32),
    "resnext50_32x4d": (4, 32),
    "wrn_28_10": (4, 16),
    "wrn_16_4": (4, 16),
}

NAMES = (
    "resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d resnext101_32x8d "
    "wide_resnet50_2 wide_resnet101_2 vgg11 vgg11_bn vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn "
    "densenet121 densenet161 densenet169 densenet201 mobilenet_v2 convnext_tiny vit_b_16 "
    + " ".join("efficientnet_b%d" % i for i in range(8))
).split()


def uniform(name, count):
    """Numbers in [-1, 1) that follow from a name."""
    x = numpy.arange(count, dtype=numpy.uint64) * 2654435761 + zlib.crc32(name.encode())
    x &= 0xFFFFFFFF
    x ^= x >> 16
    x = x * 0x45D9F3B & 0xFFFFFFFF
    x ^= x >> 16
    return x.astype(numpy.float64) / 2.0**31 - 1.0


def tensor(name, shape):
    """The value of a parameter, of a buffer or of the images."""
    count = int(numpy.prod(shape))
    values = uniform(name, count)
    if name.endswith("bias") or name.endswith("running_mean"):
        values = 0.1 * values
    elif count == shape[0]:
        values = 1 + 0.2 * values
    elif name != "images":
        values = numpy.sqrt(3.0 * shape[0] / count) * values
    return torch.tensor(values.astype(numpy.float32)).double().reshape(shape)


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.same = inputs == outputs and stride == 1
        if not self.same:
            self.convShortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        active = torch.relu(self.bn1(x))
        out = self.conv2(torch.relu(self.bn2(self.conv1(active))))
        return out + (x if self.same else self.convShortcut(active))


class WideStage(nn.Module):
    def __init__(self, depth, inputs, outputs, stride):
        super().__init__()
        first = WideBlock(inputs, outputs, stride)
        self.layer = nn.Sequential(first, *[WideBlock(outputs, outputs, 1) for _ in range(depth - 1)])

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    """Zagoruyko and Komodakis, "Wide Residual Networks", with the usual names of its PyTorch ports."""

    def __init__(self, depth, widening, classes):
        super().__init__()
        n = (depth - 4) // 6
        widths = [16, 16 * widening, 32 * widening, 64 * widening]
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.block1 = WideStage(n, widths[0], widths[1], 1)
        self.block2 = WideStage(n, widths[1], widths[2], 2)
        self.block3 = WideStage(n, widths[2], widths[3], 2)
        self.bn1 = nn.BatchNorm2d(widths[3])
        self.fc = nn.Linear(widths[3], classes)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(torch.relu(self.bn1(x)).mean((2, 3)))


def model(name, size=224, classes=1000):
    if name.startswith("wrn"):
        depth, widening = (int(part) for part in name.split("_")[1:])
        return WideResNet(depth, widening, classes)
    extra = {"image_size": size} if name.startswith("vit") else {}
    return getattr(torchvision.models, name)(weights=None, num_classes=classes, **extra)


def described(tensors):
    return ["%s %s" % (name, list(t.shape)) for name, t in tensors]


def summary(name):
    made = model(name)
    text = "\n".join(described(made.named_parameters()) + described(made.named_buffers()))
    return {
        "parameters": sum(p.numel() for p in made.parameters()),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def measured(name, value):
    """Norm, and product with numbers by the formula."""
    flat = value.detach().reshape(-1)
    other = torch.tensor(uniform(name + ".probe", flat.numel()))
    return [float(flat.norm()), float(flat @ other)]


def reference(name, images, size):
    made = model(name, size, CLASSES).double()
    for module in made.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if isinstance(module, torchvision.ops.StochasticDepth):
            module.p = 0.0
    result = {
        "size": size,
        "images": images,
        "parameters": described(made.named_parameters()),
        "buffers": described(made.named_buffers()),
    }
    with torch.no_grad():
        for key, value in list(made.named_parameters()) + list(made.named_buffers()):
            if value.is_floating_point():
                value.copy_(tensor(key, list(value.shape)))
    batch = tensor("images", [images, 3, size, size])
    made.eval()
    with torch.no_grad():
        result["logits"] = made(batch).tolist()
    made.train()
    labels = torch.arange(images) % CLASSES
    loss = nn.functional.cross_entropy(made(batch), labels)
    loss.backward()
    result["loss"] = float(loss)
    result["gradients"] = {k: measured(k, p.grad) for k, p in made.named_parameters()}
    result["moved"] = {
        k: measured(k, b) for k, b in made.named_buffers() if b.is_floating_point()
    }
    return result


def rounded(value):
    if isinstance(value, float):
        return float("%.8g" % value)
    if isinstance(value, list):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


def write(name, value):
    with open(name + ".json", "w") as file:
        file.write(json.dumps(rounded(value), indent=None, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    for full, (count, pixels) in FULL.items():
        write(full, reference(full, count, pixels))
    write("models", {name: summary(name) for name in NAMES})
