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
import bisect
import itertools
import json
import math
import struct
import sys

import torch
import torchvision.transforms.functional as TF

@shared_policy.py@


@shared_torch.py@


class LearnedAugmentation(torch.nn.Module):
    """Augments images as the policy was learned."""

    @torch.no_grad()
    def forward(self, image):
        if not isinstance(image, torch.Tensor):
            return TF.to_pil_image(self.forward(TF.pil_to_tensor(image)))
        if image.dim() == 3:
            return self.forward(image.unsqueeze(0)).squeeze(0)
        drawn = draws(image.shape[0])
        if image.dtype == torch.uint8:
            augmented = apply(image.to(torch.float32) / WHITE, drawn)
            return (augmented * WHITE + 0.5).floor().clamp(0, WHITE).to(torch.uint8)
        return apply(image, drawn)

    def extra_repr(self):
        return _summary()


@shared_self_test.py@
