"""A learned augmentation policy, exported by SmartAug @version@ for kornia.

    from @module@ import LearnedAugmentation
    augmentation = LearnedAugmentation()
    augmented = augmentation(images)

Takes batches of float tensors [B, C, H, W] from 0 to 1 of 1 or 3 channels, on any device; every image has
draws of its own. Gradients reach the images and, with LearnedAugmentation(learn_magnitudes=True), the
parameter `magnitudes` [T]. To be used before the images are normalised. Nothing is needed but torch and
kornia; the file may be copied.

    python @module@.py          tests itself against what SmartAug computed

Fidelity: with the same draws, results differ from SmartAug's by less than @tolerance@, as the self-test
shows. Functions of kornia that are the same are used: for brightness, color, contrast of colour images,
invert and flip, and to read pixels where the border is not mirrored. Where kornia's differ (sharpness at the
border, posterize, solarize, equalize, blur, hue, a mirrored border), the file has its own. What jumps
(posterize, solarize, equalize, cutout, erase, crop) has the gradient of a jump, zero, where SmartAug learns by an
estimate. Transforms that draw more than their strength (the place of a hole, noise) draw it from torch's
random numbers: alike in distribution, not image by image; the self-test leaves them out. The same seed
gives other draws than in SmartAug.
"""

import base64
import bisect
import itertools
import json
import math
import struct
import sys

import kornia
import torch

@shared_policy.py@


@shared_torch.py@


# ---- what kornia has ----


def _contrast_by_kornia(x, v, generator):
    # Of grey images kornia takes the mean over the whole batch.
    if x.shape[1] == 1:
        return _contrast(x, v)
    return kornia.enhance.adjust_contrast_with_mean_subtraction(x, v)


FUNCTIONS.update(
    {
        "brightness": lambda x, v, generator: kornia.enhance.adjust_brightness_accumulative(x, v),
        "color": lambda x, v, generator: kornia.enhance.adjust_saturation_with_gray_subtraction(x, v),
        "contrast": _contrast_by_kornia,
        "invert": lambda x, v, generator: kornia.enhance.invert(x),
    }
)

_resample_by_torch = _resample


def _resample(x, matrices):
    # Kornia mirrors at the centre of the last pixel, not at its edge, and cannot leave an image one pixel wide.
    if POLICY["border"] == "reflection" or 1 in x.shape[-2:]:
        return _resample_by_torch(x, matrices)
    read = kornia.geometry.transform.remap(
        x,
        *_places(matrices, *x.shape[-2:]),
        mode=POLICY["interpolation"],
        padding_mode={"edge": "border"}.get(POLICY["border"], POLICY["border"]),
        align_corners=True,
    )
    return read.clamp(0, 1)


def _mirror(x, axis):
    return kornia.geometry.transform.hflip(x) if axis == "X" else kornia.geometry.transform.vflip(x)


class LearnedAugmentation(torch.nn.Module):
    """Augments images as the policy was learned.

    learn_magnitudes: whether the magnitudes get a gradient
    generator: of all draws, such as torch.Generator().manual_seed(0); torch's own if there is none
    """

    def __init__(self, learn_magnitudes=False, generator=None):
        super().__init__()
        magnitudes = torch.tensor([t["magnitude"] for t in POLICY["transforms"]])
        self.magnitudes = torch.nn.Parameter(magnitudes, requires_grad=learn_magnitudes)
        self.generator = generator

    def forward(self, images, drawn=None):
        """drawn: what draws() gave, to augment as before; drawn anew if it is missing."""
        if drawn is None:
            drawn = draws(images.shape[0], self.generator)
        return apply(images, drawn, self.magnitudes, self.generator)

    def extra_repr(self):
        return _summary()


@shared_self_test.py@
