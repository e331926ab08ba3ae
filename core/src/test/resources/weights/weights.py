"""Writes the files beside this one (PyTorch 1.13): state dictionaries as training scripts leave them, and files
that must be refused. Large tensors are expanded from one number, so that the files stay small.

    python3 weights.py
"""

import collections
import os
import zipfile

import torch
from torch import nn

FOLDER = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(FOLDER, name)


def mixed():
    """Tensors of all types, that share storages or lie in them in another order."""
    table = torch.arange(12, dtype=torch.float32).reshape(3, 4)
    state = collections.OrderedDict()
    state["plain"] = table
    state["transposed"] = table.t()
    state["second_row"] = table[1]
    state["float64"] = torch.tensor([0.1, -2.5], dtype=torch.float64)
    state["float16"] = torch.tensor([0.5, 1024.0], dtype=torch.float16)
    state["bfloat16"] = torch.tensor([[1.5, -3.0]], dtype=torch.bfloat16)
    state["parameter"] = nn.Parameter(torch.tensor([7.0]))
    state["num_batches_tracked"] = torch.tensor(2**40)
    state["int32"] = torch.tensor([-3, 3], dtype=torch.int32)
    state["uint8"] = torch.tensor([255], dtype=torch.uint8)
    state["bool"] = torch.tensor([True, False])
    state["empty"] = torch.zeros(0, 3)
    return state


def lenet(classes):
    """The parameters of a LeNet for images of 1x28x28 pixels, each of one number."""
    shapes = {
        "conv1.weight": (20, 1, 5, 5),
        "conv1.bias": (20,),
        "conv2.weight": (50, 20, 5, 5),
        "conv2.bias": (50,),
        "fc1.weight": (500, 800),
        "fc1.bias": (500,),
        "fc2.weight": (classes, 500),
        "fc2.bias": (classes,),
    }
    return collections.OrderedDict(
        (name, torch.tensor([0.01 * (i + 1)]).expand(shape)) for i, (name, shape) in enumerate(shapes.items())
    )


def checkpoint():
    """What a script that trains on several devices saves."""
    layer = nn.Linear(2, 1)
    optimizer = torch.optim.Adam(layer.parameters(), lr=1e-3)
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()
    wrapped = collections.OrderedDict(("module." + name, tensor) for name, tensor in lenet(100).items())
    return {
        "epoch": 90,
        "arch": "lenet",
        "best": (0.75, None, True),
        "seed": 2**31,
        "history": [1.0, 0.5, -300, 70000],
        "state_dict": wrapped,
        "optimizer": optimizer.state_dict(),
    }


def as_newer_versions_write(source, target):
    """The same tensors in the archive that PyTorch writes since 2.7: more entries, in this order, the data of each
    at a multiple of 64 bytes, sizes behind it."""
    with zipfile.ZipFile(source) as old, open(target, "wb") as file:
        folder = old.namelist()[0].split("/")[0]
        names = [name for name in old.namelist() if "/data/" in name]
        entries = {folder + "/data.pkl": old.read(folder + "/data.pkl")}
        entries[folder + "/.format_version"] = b"1"
        entries[folder + "/.storage_alignment"] = b"64"
        entries[folder + "/byteorder"] = b"little"
        entries.update((name, old.read(name)) for name in names)
        entries[folder + "/version"] = old.read(folder + "/version")
        entries[folder + "/.data/serialization_id"] = b"0123456789012345678901234567890123456789"
        with zipfile.ZipFile(Unseekable(file), "w") as new:
            for name, content in entries.items():
                entry = zipfile.ZipInfo(name)
                begin = file.tell() + 30 + len(name) + 4
                padding = -begin % 64
                entry.extra = b"FB" + padding.to_bytes(2, "little") + b"Z" * padding
                new.writestr(entry, content)
                # The table of contents does not repeat the padding.
                entry.extra = b""


class Unseekable:
    """A file that is written from beginning to end, so that sizes stand behind the data."""

    def __init__(self, file):
        self.write = file.write
        self.flush = file.flush


class Call:
    """Unpickled by Python, it would make a folder."""

    def __reduce__(self):
        return os.mkdir, ("called",)


def main():
    torch.save(mixed(), path("mixed.pt"))
    as_newer_versions_write(path("mixed.pt"), path("newer.pt"))
    torch.save(checkpoint(), path("checkpoint.pth"))
    torch.save(lenet(10), path("lenet.pth"))
    torch.save({"weight": torch.ones(1), "extra": Call()}, path("call.pt"))
    torch.save(nn.Linear(1, 1), path("module.pt"))
    torch.save({"weight": torch.ones(1)}, path("old.pt"), _use_new_zipfile_serialization=False)
    broken = lenet(10)
    broken["fc1.bias"] = torch.full((1,), float("nan")).expand(500)
    torch.save(broken, path("nan.pth"))


main()
