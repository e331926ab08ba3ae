"""Writes the small files of other programs' formats that the tests read, into this folder.

Run by Python 3 with NumPy 2 and SciPy 1: `python3 make.py`. Pixels follow one rule, which the tests
repeat: image i, channel c, row y, column x has the value (40 i + 20 c + 5 y + x) modulo 256.
"""

import io
import pickle
import struct
import tarfile
import zipfile
import zlib

import numpy as np
import scipy.io


def images(first, count, channels, height, width):
    """uint8 [N,C,H,W]"""
    i, c, y, x = np.ogrid[first : first + count, :channels, :height, :width]
    return ((40 * i + 20 * c + 5 * y + x) % 256).astype(np.uint8)


def channels_last(array):
    return np.ascontiguousarray(array.transpose(0, 2, 3, 1))


def numpy_files():
    # As MedMNIST: channels last, labels in a column.
    np.savez_compressed(
        "colours.npz",
        train_images=channels_last(images(0, 6, 3, 4, 5)),
        val_images=channels_last(images(6, 2, 3, 4, 5)),
        test_images=channels_last(images(8, 3, 3, 4, 5)),
        train_labels=np.array([[0], [1], [2], [0], [1], [2]], np.uint8),
        val_labels=np.array([[2], [0]], np.uint8),
        test_labels=np.array([[1], [1], [0]], np.uint8),
    )
    # As Keras: grey, without compression.
    np.savez(
        "grey.npz",
        x_train=images(0, 4, 1, 4, 5)[:, 0],
        y_train=np.array([1, 0, 1, 0], np.uint8),
        x_test=images(4, 2, 1, 4, 5)[:, 0],
        y_test=np.array([0, 1], np.int64),
    )
    np.save("train_images.npy", images(0, 5, 3, 4, 5))
    np.save("train_labels.npy", np.array([3, 0, 3, 0, 3], np.int32))


def svhn_files():
    # [H,W,C,N], the digit 0 as 10. SciPy packs each variable, as MATLAB does.
    def columns(first, count):
        return images(first, count, 3, 8, 6).transpose(2, 3, 1, 0)

    def save(name, first, labels, **options):
        y = np.array([[label] for label in labels], np.uint8)
        scipy.io.savemat(name, {"X": columns(first, len(labels)), "y": y}, **options)

    save("train_32x32.mat", 0, [1, 10, 9, 2], do_compression=True)
    save("test_32x32.mat", 4, [10, 5], do_compression=True)
    # Not packed, with doubles for labels and variables of other kinds.
    scipy.io.savemat(
        "extra_32x32.mat",
        {
            "note": "text",
            "z": np.array([1 + 2j]),
            "settings": {"a": 1},
            "X": columns(6, 3),
            "y": np.array([[3.0], [10.0], [4.0]]),
        },
    )


class Python2Pickle:
    """Writes what the module cPickle of Python 2 writes with protocol 2: texts as byte strings,
    numbers of what is remembered from 1."""

    def __init__(self):
        self.out = io.BytesIO()
        self.out.write(b"\x80\x02")
        self.remembered = {}

    def remember(self):
        number = len(self.remembered) + 1
        self.remembered[number] = None
        self.out.write(b"q" + bytes([number]) if number < 256 else b"r" + struct.pack("<i", number))
        return number

    def text(self, text):
        data = text if isinstance(text, bytes) else text.encode()
        if len(data) < 256:
            self.out.write(b"U" + bytes([len(data)]) + data)
        else:
            self.out.write(b"T" + struct.pack("<i", len(data)) + data)
        self.remember()

    def number(self, number):
        if 0 <= number < 256:
            self.out.write(b"K" + bytes([number]))
        elif 0 <= number < 65536:
            self.out.write(b"M" + struct.pack("<H", number))
        else:
            self.out.write(b"J" + struct.pack("<i", number))

    def name(self, module, name):
        self.out.write(f"c{module}\n{name}\n".encode())
        self.remember()

    def array(self, array):
        self.name("numpy.core.multiarray", "_reconstruct")
        self.name("numpy", "ndarray")
        self.number(0)
        self.out.write(b"\x85")
        self.remember()
        self.text("b")
        self.out.write(b"\x87")
        self.remember()
        self.out.write(b"R")
        self.remember()
        self.out.write(b"(")
        self.number(1)
        for size in array.shape:
            self.number(size)
        self.out.write(b"\x86")
        self.remember()
        self.name("numpy", "dtype")
        self.text("u1")
        self.number(0)
        self.number(1)
        self.out.write(b"\x87")
        self.remember()
        self.out.write(b"R")
        self.remember()
        self.out.write(b"(")
        self.number(3)
        self.text("|")
        self.out.write(b"NNN")
        self.number(-1)
        self.number(-1)
        self.number(0)
        self.out.write(b"t")
        self.remember()
        self.out.write(b"b")
        # Column by column or row by row.
        columns = array.flags.f_contiguous and not array.flags.c_contiguous
        self.out.write(b"\x88" if columns else b"\x89")
        self.text(array.tobytes("A"))
        self.out.write(b"t")
        self.remember()
        self.out.write(b"b")

    def value(self, value):
        if isinstance(value, dict):
            self.out.write(b"}")
            self.remember()
            self.out.write(b"(")
            for key, entry in value.items():
                self.value(key)
                self.value(entry)
            self.out.write(b"u")
        elif isinstance(value, list):
            self.out.write(b"]")
            self.remember()
            self.out.write(b"(")
            for entry in value:
                self.value(entry)
            self.out.write(b"e")
        elif isinstance(value, np.ndarray):
            self.array(value)
        elif isinstance(value, int):
            self.number(value)
        else:
            self.text(value)

    @classmethod
    def of(cls, value):
        writer = cls()
        writer.value(value)
        return writer.out.getvalue() + b"."


def rows(first, count):
    return images(first, count, 3, 32, 32).reshape(count, -1)


def cifar_files():
    files = {}
    names = "airplane automobile bird cat deer dog frog horse ship truck".split()
    for batch in range(1, 6):
        files[f"cifar-10-batches-py/data_batch_{batch}"] = Python2Pickle.of(
            {
                "batch_label": f"training batch {batch} of 5",
                "labels": [batch, 9],
                "data": rows(2 * batch, 2),
                "filenames": [f"a_{batch}.png", f"b_{batch}.png"],
            }
        )
    files["cifar-10-batches-py/test_batch"] = Python2Pickle.of(
        {"data": rows(50, 3), "labels": [0, 8, 4], "batch_label": "testing batch 1 of 1"}
    )
    files["cifar-10-batches-py/batches.meta"] = Python2Pickle.of(
        {"num_cases_per_batch": 10000, "label_names": names, "num_vis": 3072}
    )
    # The training images column by column; the others as Python 3 writes them.
    files["cifar-100-python/train"] = Python2Pickle.of(
        {
            "filenames": ["a", "b", "c"],
            "fine_labels": [2, 0, 1],
            "coarse_labels": [0, 0, 1],
            "data": np.asfortranarray(rows(0, 3)),
        }
    )
    test = {"data": rows(3, 2), "fine_labels": [1, 1], "coarse_labels": [1, 1]}
    files["cifar-100-python/test"] = pickle.dumps(test, 4)
    bytes_test = {key.encode(): value for key, value in test.items()}
    files["python3-protocol2/test"] = pickle.dumps(bytes_test, 2)
    files["cifar-100-python/meta"] = pickle.dumps(
        {"fine_label_names": ["apple", "aquarium_fish", "baby"], "coarse_label_names": ["x"]}, 2
    )
    with zipfile.ZipFile("cifar.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def png(level):
    """A grey image of 3x2 pixels of one level."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([level] * 3)) * 2
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tar(entries, **options):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, **options) as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name)
            if content is None:
                info.type = tarfile.DIRTYPE
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def tar_files():
    long = "/".join(["folder with a name of some length"] * 8)
    files = {
        "a-train-00.tar": tar(
            [
                ("./", None),
                ("0000.png", png(10)),
                ("0000.cls", b"3"),
                ("0001.cls", b"0\n"),
                ("0001.jpg", png(20)),
                ("0001.txt", b"a caption"),
            ],
            mode="w",
            format=tarfile.USTAR_FORMAT,
        ),
        "a-train-01.tar": tar(
            [
                (long + "/\u00e4.png", png(30)),
                (long + "/\u00e4.json", b'{"label": 0, "width": 3}'),
                ("x.y/0003.png", png(40)),
                ("x.y/0003.json", b'{"class": "3"}'),
                ("x.y/0004.PNG", png(50)),
                ("x.y/0004.cls", b"10"),
            ],
            mode="w",
            format=tarfile.PAX_FORMAT,
        ),
        "a-val-00.tar.gz": tar(
            [("v.png", png(60)), ("v.cls", b"10")], mode="w:gz", format=tarfile.GNU_FORMAT
        ),
        "a-test-00.tgz": tar(
            [(long + "/t.png", png(70)), (long + "/t.cls", b"3")],
            mode="w:gz",
            format=tarfile.GNU_FORMAT,
        ),
    }
    with zipfile.ZipFile("tar.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


numpy_files()
svhn_files()
cifar_files()
tar_files()
