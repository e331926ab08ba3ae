"""A learned augmentation policy, exported by SmartAug @version@ for torchvision.

    from @module@ import LearnedAugmentation
    transform = torchvision.transforms.Compose([LearnedAugmentation(), torchvision.transforms.ToTensor()])

Takes PIL images, uint8 tensors, or float tensors from 0 to 1, [C, H, W] or [B, C, H, W] of 1 or 3
channels, and gives back the same kind; every image of a batch has draws of its own. To be used before
the images are normalised. Nothing is needed but torch and torchvision; the file may be copied.

    python @module@.py          tests itself against what SmartAug computed

Fidelity: with the same draws, results differ from SmartAug's by less than @tolerance@, as the self-test
shows, before they are rounded to 8 bits. Transforms that draw more than their strength (the place of a
hole, noise) draw it from torch's random numbers: alike in distribution, not image by image; the
self-test leaves them out. Draws are torch's: the same seed gives other draws than in SmartAug.
"""

import base64
import json
import math
import sys

import torch
import torchvision.transforms.functional as TF

POLICY = json.loads(r"""@policy@""")

CONFORMANCE = json.loads(r"""@conformance@""")

TOLERANCE = @tolerance@
WHITE = 255
# Levels that were resampled or blended differ from themselves by rounding; what jumps allows for it.
ROUNDING = 2.0**-16
ERASE_LARGEST_RATIO = 1 / 0.3
PADDING = {"zeros": "zeros", "reflection": "reflection", "edge": "border"}


# ---- what a transform does: x is float [1, C, H, W] from 0 to 1, v its value ----


def _affine_matrix(transform, v, height, width):
    """From places in the result to places in the image, by pixel centres at whole numbers."""
    function, axis = transform["function"], transform.get("axis")
    if function == "rotate":
        c, s = math.cos(math.radians(v)), math.sin(math.radians(v))
        x, y = (width - 1) / 2, (height - 1) / 2
        return [[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y]]
    if function == "translate":
        return [[1, 0, -v], [0, 1, 0]] if axis == "X" else [[1, 0, 0], [0, 1, -v]]
    if function == "shear":
        return [[1, -v, 0], [0, 1, 0]] if axis == "X" else [[1, 0, 0], [-v, 1, 0]]
    if axis == "X":
        return [[-1, 0, width - 1], [0, 1, 0]]
    return [[1, 0, 0], [0, -1, height - 1]]


def _product(left, right):
    """First the left one, seen from the result."""
    return [
        [
            sum(left[r][k] * right[k][c] for k in range(2)) + (left[r][2] if c == 2 else 0)
            for c in range(3)
        ]
        for r in range(2)
    ]


def _resample(x, matrix):
    height, width = x.shape[-2:]
    rows = torch.arange(height, dtype=x.dtype, device=x.device).view(-1, 1).expand(height, width)
    columns = torch.arange(width, dtype=x.dtype, device=x.device).view(1, -1).expand(height, width)
    places = torch.stack([columns, rows, torch.ones_like(rows)]).view(3, -1)
    like = {"dtype": x.dtype, "device": x.device}
    scale = torch.tensor([[2 / width], [2 / height]], **like)
    shift = torch.tensor([[0, 0, 1 / width - 1], [0, 0, 1 / height - 1]], **like)
    grid = torch.mm(shift + torch.tensor(matrix, **like) * scale, places)
    grid = grid.view(2, height, width).permute(1, 2, 0)
    read = torch.nn.functional.grid_sample(
        x,
        grid.unsqueeze(0),
        mode=POLICY["interpolation"],
        padding_mode=PADDING[POLICY["border"]],
        align_corners=False,
    )
    return read.clamp(0, 1)


def _grey(x):
    if x.shape[1] == 1:
        return x
    return 0.299 * x[:, 0:1] + 0.587 * x[:, 1:2] + 0.114 * x[:, 2:3]


def _blend(x, v, base):
    return (v * x + (1 - v) * base).clamp(0, 1)


def _smoothed(x):
    beside_x, beside_y = int(x.shape[3] > 1), int(x.shape[2] > 1)
    padded = torch.nn.functional.pad(x, (beside_x, beside_x, beside_y, beside_y), mode="reflect")
    padded = padded.expand(x.shape[0], x.shape[1], x.shape[2] + 2, x.shape[3] + 2)
    box = torch.nn.functional.avg_pool2d(padded, 3, stride=1) * 9
    return (box + 4 * x) / 13


def _posterize(x, v):
    step = 2.0 ** (8 - min(8, max(0, math.trunc(v))))
    return torch.floor((x + ROUNDING) * (WHITE / step)) * step / WHITE


def _solarize(x, v):
    return torch.where(x > v + ROUNDING, 1 - x, x)


def _autocontrast(x):
    darkest = x.amin(dim=(2, 3), keepdim=True)
    spread = x.amax(dim=(2, 3), keepdim=True) - darkest
    flat = spread < 1 / WHITE - 2 * ROUNDING
    return torch.where(flat, x, (x - darkest) / torch.where(flat, torch.ones_like(spread), spread))


def _equalize(x):
    channels = x.flatten(2).flatten(0, 1)
    levels = torch.floor((channels + 0.5 / WHITE + ROUNDING) * WHITE).clamp(0, WHITE).long()
    result = channels.clone()
    for channel in range(levels.shape[0]):
        histogram = torch.bincount(levels[channel], minlength=WHITE + 1)
        step = (levels.shape[1] - histogram[levels[channel].max()]).item() // WHITE
        if step > 0:
            darker = histogram.cumsum(0) - histogram
            table = torch.div(darker + step // 2, step, rounding_mode="floor").clamp(max=WHITE)
            result[channel] = table[levels[channel]].to(x.dtype) / WHITE
    return result.view_as(x)


def _hue(x, v):
    if x.shape[1] == 1:
        return x
    red, green, blue = x[:, 0:1], x[:, 1:2], x[:, 2:3]
    largest = x.amax(dim=1, keepdim=True)
    chroma = largest - x.amin(dim=1, keepdim=True)
    usable = torch.where(chroma == 0, torch.ones_like(chroma), chroma)
    not_red = torch.where(green == largest, (blue - red) / usable + 2, (red - green) / usable + 4)
    hue = torch.where(red == largest, (green - blue) / usable, not_red) + 6 * v
    phase = hue + torch.tensor([5.0, 3.0, 1.0], dtype=x.dtype, device=x.device).view(1, 3, 1, 1)
    place = phase.remainder(6)
    return largest - chroma * torch.minimum(place, 4 - place).clamp(0, 1)


def _blur(x, v):
    def weights(size):
        place = torch.arange(size, dtype=x.dtype, device=x.device)
        distance = (place.view(-1, 1) - place.view(1, -1)) ** 2
        return torch.softmax(-distance / (2 * v * v + 1e-12), dim=1)

    height, width = x.shape[-2:]
    return (weights(height) @ (x @ weights(width).t())).clamp(0, 1)


# ---- transforms that draw more than their strength ----


def _uniform():
    return torch.rand(()).item()


def _covered(start, end, size, like, soft):
    """How much of each pixel lies between; pixel i reaches from i to i + 1."""
    place = torch.arange(size, dtype=like.dtype, device=like.device)
    if soft:
        return (torch.clamp(place + 1, max=end) - torch.clamp(place, min=start)).clamp(min=0)
    return ((place + 0.5 >= start) & (place + 0.5 < end)).to(like.dtype)


def _rectangle(x, left, right, top, bottom, soft):
    columns = _covered(left, right, x.shape[3], x, soft)
    rows = _covered(top, bottom, x.shape[2], x, soft)
    return rows.view(1, 1, -1, 1) * columns.view(1, 1, 1, -1)


def _cutout(x, v, soft):
    middle_x, middle_y = _uniform() * x.shape[3], _uniform() * x.shape[2]
    half = v / 2
    hole = _rectangle(x, middle_x - half, middle_x + half, middle_y - half, middle_y + half, soft)
    return x * (1 - hole)


def _erase(x, v, soft):
    stretch = math.exp((_uniform() - 0.5) * math.log(ERASE_LARGEST_RATIO))
    wide, high = min(max(v * stretch, 0), x.shape[3]), min(max(v / stretch, 0), x.shape[2])
    left, top = _uniform() * (x.shape[3] - wide), _uniform() * (x.shape[2] - high)
    return torch.lerp(x, torch.rand_like(x), _rectangle(x, left, left + wide, top, top + high, soft))


def _crop(x, v):
    padding = max(0, round(v))
    moved = x
    for axis in (2, 3):
        shift = min(math.floor(_uniform() * (2 * padding + 1)) - padding, padding)
        size = x.shape[axis]
        source = torch.arange(size, device=x.device) - shift
        inside = (source >= 0) & (source < size)
        if POLICY["border"] == "edge":
            index = source.clamp(0, size - 1)
        elif POLICY["border"] == "reflection":
            forwards = source.remainder(2 * size)
            index = torch.minimum(forwards, 2 * size - 1 - forwards)
        else:
            index = source.remainder(size)
        moved = moved.index_select(axis, index)
        if POLICY["border"] == "zeros":
            shape = [1, 1, 1, 1]
            shape[axis] = size
            moved = moved * inside.view(shape).to(x.dtype)
    return moved


FUNCTIONS = {
    "identity": lambda x, v: x,
    "brightness": lambda x, v: (v * x).clamp(0, 1),
    "color": lambda x, v: _blend(x, v, _grey(x)),
    "contrast": lambda x, v: _blend(x, v, _grey(x.mean(dim=(2, 3), keepdim=True))),
    "sharpness": lambda x, v: _blend(x, v, _smoothed(x)),
    "posterize": _posterize,
    "solarize": _solarize,
    "autocontrast": lambda x, v: _autocontrast(x),
    "equalize": lambda x, v: _equalize(x),
    "invert": lambda x, v: 1 - x,
    "hue": _hue,
    "blur": _blur,
    "cutout": lambda x, v: _cutout(x, v, False),
    "soft-cutout": lambda x, v: _cutout(x, v, True),
    "erase": lambda x, v: _erase(x, v, False),
    "soft-erase": lambda x, v: _erase(x, v, True),
    "crop": _crop,
    "noise": lambda x, v: (x + v * torch.randn_like(x)).clamp(0, 1),
    "randblend": lambda x, v: torch.lerp(x, torch.rand_like(x), v),
}

AFFINE = {"rotate", "translate", "shear", "flip"}


# ---- the policy ----


def _value(transform, u, height, width):
    """Where in its range the magnitude and a draw from 0 to 1 place the value."""
    sizes = {"absolute": 1, "width": width, "height": height, "larger_side": max(height, width)}
    size = sizes[transform["unit"]]
    low, high, m = transform["min"] * size, transform["max"] * size, transform["magnitude"]
    if transform["scale"] == "symmetric":
        return (low + high) / 2 + m * (high - low) / 2 * (2 * u - 1)
    if transform["scale"] == "direct":
        return low + m * (high - low) * u
    return high - m * (high - low) * (1 - u)


def draw():
    """What one image gets: for each position the number of a transform, and a draw from 0 to 1."""
    if POLICY["sequences"]:
        weights = torch.tensor([s["probability"] for s in POLICY["sequences"]])
        chosen = POLICY["sequences"][torch.multinomial(weights, 1).item()]["transforms"]
    else:
        weights = torch.tensor([t["probability"] for t in POLICY["transforms"]])
        chosen = torch.multinomial(weights, POLICY["length"], replacement=True).tolist()
    return [(index, _uniform()) for index in chosen]


def apply(image, draws):
    """Does to a float image [C, H, W] from 0 to 1 what was drawn."""
    x = image.unsqueeze(0)
    height, width = x.shape[-2:]
    waiting = None
    for index, u in draws:
        transform = POLICY["transforms"][index]
        v = _value(transform, u, height, width)
        if transform["function"] in AFFINE:
            matrix = _affine_matrix(transform, v, height, width)
            if POLICY["compose_affine"]:
                waiting = matrix if waiting is None else _product(waiting, matrix)
            elif transform["function"] == "flip":
                x = x.flip(3 if transform["axis"] == "X" else 2)
            else:
                x = _resample(x, matrix)
        elif transform["function"] != "identity":
            if waiting is not None:
                x, waiting = _resample(x, waiting), None
            x = FUNCTIONS[transform["function"]](x, v)
    if waiting is not None:
        x = _resample(x, waiting)
    return x.squeeze(0)


class LearnedAugmentation(torch.nn.Module):
    """Augments images as the policy was learned."""

    @torch.no_grad()
    def forward(self, image):
        if not isinstance(image, torch.Tensor):
            levels = self._of_levels(TF.pil_to_tensor(image))
            return TF.to_pil_image(levels)
        if image.dim() == 4:
            return torch.stack([self.forward(each) for each in image])
        if image.dtype == torch.uint8:
            return self._of_levels(image)
        return apply(image, draw())

    @staticmethod
    def _of_levels(levels):
        augmented = apply(levels.to(torch.float32) / WHITE, draw())
        return (augmented * WHITE + 0.5).floor().clamp(0, WHITE).to(torch.uint8)

    def extra_repr(self):
        names = sorted(POLICY["transforms"], key=lambda t: -t["probability"])
        return ", ".join("%s %.1f %%" % (t["name"], 100 * t["probability"]) for t in names)


# ---- self-test ----


def self_test():
    """Compares with what SmartAug computed; gives the largest difference, by its draws."""
    shape = CONFORMANCE["shape"]
    pixels = torch.frombuffer(bytearray(base64.b64decode(CONFORMANCE["input"])), dtype=torch.uint8)
    image = pixels.view(shape).to(torch.float32) / WHITE
    differences = []
    for vector in CONFORMANCE["vectors"]:
        raw = torch.frombuffer(bytearray(base64.b64decode(vector["output"])), dtype=torch.uint8).view(-1, 2)
        expected = (raw[:, 0].to(torch.float32) * 256 + raw[:, 1].to(torch.float32)).view(shape) / 65535
        difference = (apply(image, vector["draws"]) - expected).abs().max().item()
        names = ", ".join("%s at %.2f" % (POLICY["transforms"][i]["name"], u) for i, u in vector["draws"])
        differences.append((difference, names))
    return differences


if __name__ == "__main__":
    found = self_test()
    wrong = [(d, n) for d, n in found if not d < TOLERANCE]
    for difference, names in wrong:
        print("differs by %.5f: %s" % (difference, names))
    print("%d of %d agree with SmartAug within %s" % (len(found) - len(wrong), len(found), TOLERANCE))
    sys.exit(1 if wrong else 0)
