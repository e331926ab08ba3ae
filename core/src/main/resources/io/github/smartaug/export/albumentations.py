"""A learned augmentation policy, exported by SmartAug @version@ for albumentations.

    from @module@ import LearnedAugmentation
    transform = albumentations.Compose([LearnedAugmentation(), albumentations.Normalize()])
    augmented = transform(image=image)["image"]

Takes images of uint8, or of float32 from 0 to 1, [H, W, 3], [H, W, 1] or [H, W], and gives back the same
kind. Masks and boxes stay as they are, so the policy is for classes of images. To be used before the images are
normalised. Nothing is needed but albumentations, with its OpenCV and numpy; the file may be copied.

    python @module@.py          tests itself against what SmartAug computed

Fidelity: with the same draws, results differ from SmartAug's by less than @tolerance@, as the self-test
shows, before they are rounded to 8 bits. Levels in between are kept as float32 from one transform to the
next, and pixels are read at exact places, not at 32nds of a pixel as OpenCV's warps do. Transforms that
draw more than their strength (the place of a hole, noise) draw it from numpy's random numbers: alike in
distribution, not image by image; the self-test leaves them out. Draws are albumentations': the same seed
gives other draws than in SmartAug.
"""

import base64
import bisect
import itertools
import json
import math
import random
import struct
import sys

import albumentations
import cv2
import numpy as np

@shared_policy.py@


# Farther places are outside of every image that OpenCV can remap.
FARTHEST = 32000
BORDERS = {"zeros": cv2.BORDER_CONSTANT, "reflection": cv2.BORDER_REFLECT, "edge": cv2.BORDER_REPLICATE}


# ---- what transforms do: x is float32 [H, W, C] from 0 to 1, v a number ----


def _unit(x):
    return np.clip(x, 0, 1)


def _grey(x):
    if x.shape[2] == 1:
        return x
    return 0.299 * x[:, :, 0:1] + 0.587 * x[:, :, 1:2] + 0.114 * x[:, :, 2:3]


def _blend(x, v, base):
    return _unit(v * x + (1 - v) * base)


def _mean(x):
    return _grey(x.mean(axis=(0, 1), keepdims=True, dtype=np.float64)).astype(np.float32)


def _smoothed(x):
    box = cv2.boxFilter(x, -1, (3, 3), normalize=False, borderType=cv2.BORDER_REFLECT_101)
    return (box.reshape(x.shape) + 4 * x) / 13


def _posterize(x, v):
    step = 2.0 ** (8 - min(8, max(0, math.trunc(v))))
    return np.floor((x + np.float32(ROUNDING)) * np.float32(WHITE / step)) * np.float32(step / WHITE)


def _solarize(x, v):
    return np.where(x > v + ROUNDING, 1 - x, x)


def _autocontrast(x):
    darkest = x.min(axis=(0, 1))
    spread = x.max(axis=(0, 1)) - darkest
    flat = spread < 1 / WHITE - 2 * ROUNDING
    return np.where(flat, x, (x - darkest) / np.where(flat, 1, spread))


def _equalize(x):
    levels = np.floor((x + 0.5 / WHITE + ROUNDING) * WHITE).clip(0, WHITE).astype(np.int64)
    result = x.copy()
    for channel in range(x.shape[2]):
        own = levels[:, :, channel]
        counts = np.bincount(own.ravel(), minlength=WHITE + 1)
        step = (own.size - counts[own.max()]) // WHITE
        if step > 0:
            table = np.minimum((np.cumsum(counts) - counts + step // 2) // step, WHITE)
            result[:, :, channel] = table[own] / WHITE
    return result


def _hue(x, v):
    if x.shape[2] == 1:
        return x
    red, green, blue = x[:, :, 0:1], x[:, :, 1:2], x[:, :, 2:3]
    largest = x.max(axis=2, keepdims=True)
    chroma = largest - x.min(axis=2, keepdims=True)
    usable = np.where(chroma == 0, 1, chroma)
    not_red = np.where(green == largest, (blue - red) / usable + 2, (red - green) / usable + 4)
    hue = np.where(red == largest, (green - blue) / usable, not_red) + 6 * v
    place = np.mod(hue + np.array([5, 3, 1], dtype=np.float32), 6)
    return largest - chroma * _unit(np.minimum(place, 4 - place))


def _blur(x, v):
    # What is farther weighs less than 1e-7.
    radius = min(max(x.shape[:2]), max(1, math.ceil(6 * v)))
    weights = np.exp(-np.arange(-radius, radius + 1.0) ** 2 / (2 * v * v + 1e-12))

    def smooth(image):
        smoothed = cv2.sepFilter2D(image, cv2.CV_64F, weights, weights, borderType=cv2.BORDER_CONSTANT)
        return smoothed.reshape(image.shape)

    return _unit(smooth(x) / smooth(np.ones_like(x[:, :, 0:1])))


# ---- transforms that draw more than their strength, from a numpy generator ----


def _covered(start, end, size, soft):
    """How much of each pixel lies between; pixel i reaches from i to i + 1."""
    place = np.arange(size)
    if soft:
        return (np.minimum(place + 1, end) - np.maximum(place, start)).clip(0, None)
    return ((place + 0.5 >= start) & (place + 0.5 < end)).astype(np.float64)


def _rectangle(x, left, right, top, bottom, soft):
    columns = _covered(left, right, x.shape[1], soft)
    rows = _covered(top, bottom, x.shape[0], soft)
    return (rows[:, None] * columns[None, :])[:, :, None]


def _cutout(x, v, generator, soft):
    middle_x, middle_y = generator.random() * x.shape[1], generator.random() * x.shape[0]
    half = v / 2
    return x * (1 - _rectangle(x, middle_x - half, middle_x + half, middle_y - half, middle_y + half, soft))


def _mixed(x, other, share):
    return x + share * (other - x)


def _erase(x, v, generator, soft):
    stretch = math.exp((generator.random() - 0.5) * math.log(ERASE_LARGEST_RATIO))
    wide, high = min(max(v * stretch, 0), x.shape[1]), min(max(v / stretch, 0), x.shape[0])
    left, top = generator.random() * (x.shape[1] - wide), generator.random() * (x.shape[0] - high)
    return _mixed(x, generator.random(x.shape), _rectangle(x, left, left + wide, top, top + high, soft))


def _crop(x, v, generator):
    padding = max(0, round(v))
    moved = x
    for axis in (0, 1):
        shift = min(math.floor(generator.random() * (2 * padding + 1)) - padding, padding)
        size = x.shape[axis]
        source = np.arange(size) - shift
        if POLICY["border"] == "edge":
            index = source.clip(0, size - 1)
        elif POLICY["border"] == "reflection":
            forwards = source % (2 * size)
            index = np.minimum(forwards, 2 * size - 1 - forwards)
        else:
            index = source % size
        moved = np.take(moved, index, axis=axis)
        if POLICY["border"] == "zeros":
            inside = (source >= 0) & (source < size)
            moved = moved * inside.reshape((-1, 1, 1) if axis == 0 else (1, -1, 1))
    return moved


FUNCTIONS = {
    "brightness": lambda x, v, generator: _unit(v * x),
    "color": lambda x, v, generator: _blend(x, v, _grey(x)),
    "contrast": lambda x, v, generator: _blend(x, v, _mean(x)),
    "sharpness": lambda x, v, generator: _blend(x, v, _smoothed(x)),
    "posterize": lambda x, v, generator: _posterize(x, v),
    "solarize": lambda x, v, generator: _solarize(x, v),
    "autocontrast": lambda x, v, generator: _autocontrast(x),
    "equalize": lambda x, v, generator: _equalize(x),
    "invert": lambda x, v, generator: 1 - x,
    "hue": lambda x, v, generator: _hue(x, v),
    "blur": lambda x, v, generator: _blur(x, v),
    "cutout": lambda x, v, generator: _cutout(x, v, generator, False),
    "soft-cutout": lambda x, v, generator: _cutout(x, v, generator, True),
    "erase": lambda x, v, generator: _erase(x, v, generator, False),
    "soft-erase": lambda x, v, generator: _erase(x, v, generator, True),
    "crop": _crop,
    "noise": lambda x, v, generator: _unit(x + v * generator.standard_normal(x.shape)),
    "randblend": lambda x, v, generator: _mixed(x, generator.random(x.shape), v),
}


# ---- places of pixels ----


def _read(x, columns, rows):
    """The pixels at whole places."""
    places = np.stack([columns, rows], axis=2).clip(-FARTHEST, FARTHEST).astype(np.int16)
    read = cv2.remap(x, places, None, cv2.INTER_NEAREST, borderMode=BORDERS[POLICY["border"]], borderValue=0)
    return read.reshape(x.shape)


def _resample(x, matrix):
    height, width = x.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float64)
    across, down = (row[0] * columns + row[1] * rows + row[2] for row in matrix[:2])
    if POLICY["interpolation"] == "nearest":
        return _read(x, np.rint(across), np.rint(down))
    left, top = np.floor(across), np.floor(down)
    right_share = (across - left).astype(np.float32)[:, :, None]
    lower_share = (down - top).astype(np.float32)[:, :, None]
    upper = _mixed(_read(x, left, top), _read(x, left + 1, top), right_share)
    lower = _mixed(_read(x, left, top + 1), _read(x, left + 1, top + 1), right_share)
    return _unit(_mixed(upper, lower, lower_share))


# ---- the policy applied ----


def apply(image, drawn, generator=None):
    """Does to a float32 image [H, W, C] from 0 to 1 what was drawn.

    generator: of numpy, of what transforms draw besides
    """
    x = image
    height, width = x.shape[:2]
    generator = np.random.default_rng() if generator is None else generator
    waiting = None
    for index, u in drawn:
        transform = POLICY["transforms"][index]
        function = transform["function"]
        v = _value(transform, transform["magnitude"], u, height, width)
        if function == "flip" and not POLICY["compose_affine"]:
            x = np.flip(x, 1 if transform["axis"] == "X" else 0)
        elif function in AFFINE:
            matrix = np.array(_affine_rows(transform, v, height, width, math.cos, math.sin) + [[0, 0, 1]])
            waiting = matrix if waiting is None else waiting @ matrix
            if not POLICY["compose_affine"]:
                x, waiting = _resample(x, waiting), None
        elif function != "identity":
            if waiting is not None:
                x, waiting = _resample(x, waiting), None
            x = FUNCTIONS[function](x, v, generator)
        x = np.ascontiguousarray(x, dtype=np.float32)
    return x if waiting is None else _resample(x, waiting)


class LearnedAugmentation(albumentations.ImageOnlyTransform):
    """Augments images as the policy was learned."""

    def __init__(self, p=1.0, always_apply=False):
        super().__init__(p=p)
        # Of versions before 2, whose replays hand it over.
        self.always_apply = always_apply

    def get_params(self):
        # Newer versions give every transform random numbers of its own.
        source = getattr(self, "py_random", random)
        return {"drawn": draw(source.random), "noise_seed": source.getrandbits(32)}

    def apply(self, img, drawn=(), noise_seed=0, **params):
        shape = img.shape if img.ndim == 3 else (*img.shape, 1)
        generator = np.random.default_rng(noise_seed)
        if img.dtype == np.uint8:
            augmented = apply(np.float32(img.reshape(shape)) / WHITE, drawn, generator)
            return np.floor(augmented * WHITE + 0.5).astype(np.uint8).reshape(img.shape)
        return apply(np.float32(img.reshape(shape)), drawn, generator).reshape(img.shape)

    def get_transform_init_args_names(self):
        return ()


def _conformance_results(pixels, shape, drawn):
    image = np.frombuffer(pixels, dtype=np.uint8).reshape(shape).transpose(1, 2, 0)
    levels = np.ascontiguousarray(np.float32(image) / WHITE)
    return [apply(levels, own).transpose(2, 0, 1).ravel().tolist() for own in drawn]


@shared_self_test.py@
