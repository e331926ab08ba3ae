"""Writes the small files of other programs' formats that the tests read, into this folder.

Run by Python 3 with NumPy 2 and SciPy 1: `python3 make.py`. Pixels follow one rule, which the tests
repeat: image i, channel c, row y, column x has the value (40 i + 20 c + 5 y + x) modulo 256.
"""

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


numpy_files()
svhn_files()
