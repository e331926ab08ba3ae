# ---- what transforms do: x is float [B, C, H, W] from 0 to 1, v their values [B, 1, 1, 1] ----


def _grey(x):
    if x.shape[1] == 1:
        return x
    return 0.299 * x[:, 0:1] + 0.587 * x[:, 1:2] + 0.114 * x[:, 2:3]


def _blend(x, v, base):
    return (v * x + (1 - v) * base).clamp(0, 1)


def _contrast(x, v):
    return _blend(x, v, _grey(x.mean(dim=(2, 3), keepdim=True)))


def _smoothed(x):
    beside_x, beside_y = int(x.shape[3] > 1), int(x.shape[2] > 1)
    padded = torch.nn.functional.pad(x, (beside_x, beside_x, beside_y, beside_y), mode="reflect")
    padded = padded.expand(x.shape[0], x.shape[1], x.shape[2] + 2, x.shape[3] + 2)
    box = torch.nn.functional.avg_pool2d(padded, 3, stride=1) * 9
    return (box + 4 * x) / 13


def _posterize(x, v):
    step = torch.exp2(8 - v.trunc().clamp(0, 8))
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
    counts = torch.zeros(levels.shape[0], WHITE + 1, dtype=torch.long, device=x.device)
    counts = counts.scatter_add(1, levels, torch.ones_like(levels))
    brightest = counts.gather(1, levels.amax(dim=1, keepdim=True))
    step = torch.div(levels.shape[1] - brightest, WHITE, rounding_mode="floor")
    usable = step.clamp(min=1)
    darker = counts.cumsum(1) - counts
    table = torch.div(darker + torch.div(usable, 2, rounding_mode="floor"), usable, rounding_mode="floor")
    equal = table.clamp(max=WHITE).gather(1, levels).to(x.dtype) / WHITE
    return torch.where(step > 0, equal, channels).view_as(x)


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
        return torch.softmax(-distance / (2 * v * v + 1e-12), dim=3)

    height, width = x.shape[-2:]
    return (weights(height) @ (x @ weights(width).transpose(2, 3))).clamp(0, 1)


# ---- transforms that draw more than their strength, from a generator or, without, torch's own ----


def _uniforms(like, shape, generator):
    device = like.device if generator is None else generator.device
    return torch.rand(shape, dtype=like.dtype, device=device, generator=generator).to(like.device)


def _normals(like, generator):
    device = like.device if generator is None else generator.device
    return torch.randn(like.shape, dtype=like.dtype, device=device, generator=generator).to(like.device)


def _covered(start, end, size, soft):
    """How much of each pixel lies between, for each image; pixel i reaches from i to i + 1."""
    place = torch.arange(size, dtype=start.dtype, device=start.device)
    if soft:
        return (torch.minimum(place + 1, end) - torch.maximum(place, start)).clamp(min=0)
    return ((place + 0.5 >= start) & (place + 0.5 < end)).to(start.dtype)


def _rectangle(x, left, right, top, bottom, soft):
    columns = _covered(left, right, x.shape[3], soft)
    rows = _covered(top, bottom, x.shape[2], soft)
    return (rows.unsqueeze(2) * columns.unsqueeze(1)).unsqueeze(1)


def _cutout(x, v, generator, soft):
    middle = _uniforms(x, (x.shape[0], 2), generator)
    middle_x, middle_y = middle[:, 0:1] * x.shape[3], middle[:, 1:2] * x.shape[2]
    half = v.view(-1, 1) / 2
    hole = _rectangle(x, middle_x - half, middle_x + half, middle_y - half, middle_y + half, soft)
    return x * (1 - hole)


def _erase(x, v, generator, soft):
    draws = _uniforms(x, (x.shape[0], 3), generator)
    stretch = torch.exp((draws[:, 0:1] - 0.5) * math.log(ERASE_LARGEST_RATIO))
    side = v.view(-1, 1)
    wide = (side * stretch).clamp(0, x.shape[3])
    high = (side / stretch).clamp(0, x.shape[2])
    left, top = draws[:, 1:2] * (x.shape[3] - wide), draws[:, 2:3] * (x.shape[2] - high)
    noise = _uniforms(x, x.shape, generator)
    return torch.lerp(x, noise, _rectangle(x, left, left + wide, top, top + high, soft).expand_as(x))


def _crop(x, v, generator):
    padding = v.view(-1, 1).round().clamp(min=0)
    draws = _uniforms(x, (x.shape[0], 2), generator)
    moved = x
    for axis in (2, 3):
        shift = torch.floor(draws[:, axis - 2 : axis - 1] * (2 * padding + 1)) - padding
        size = x.shape[axis]
        source = torch.arange(size, device=x.device) - torch.minimum(shift, padding).long()
        inside = (source >= 0) & (source < size)
        if POLICY["border"] == "edge":
            index = source.clamp(0, size - 1)
        elif POLICY["border"] == "reflection":
            forwards = source.remainder(2 * size)
            index = torch.minimum(forwards, 2 * size - 1 - forwards)
        else:
            index = source.remainder(size)
        shape = [x.shape[0], 1, 1, 1]
        shape[axis] = size
        moved = moved.gather(axis, index.view(shape).expand_as(x))
        if POLICY["border"] == "zeros":
            moved = moved * inside.view(shape).to(x.dtype)
    return moved


FUNCTIONS = {
    "brightness": lambda x, v, generator: (v * x).clamp(0, 1),
    "color": lambda x, v, generator: _blend(x, v, _grey(x)),
    "contrast": lambda x, v, generator: _contrast(x, v),
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
    "noise": lambda x, v, generator: (x + v * _normals(x, generator)).clamp(0, 1),
    "randblend": lambda x, v, generator: torch.lerp(x, _uniforms(x, x.shape, generator), v.expand_as(x)),
}


# ---- places of pixels ----


def _matrices(transform, v, height, width):
    """[B, 3, 3] for values [B], from places in the result to places in the image."""
    rows = _affine_rows(transform, v, height, width, torch.cos, torch.sin) + [[0, 0, 1]]
    entries = [torch.as_tensor(e, dtype=v.dtype, device=v.device).expand_as(v) for row in rows for e in row]
    return torch.stack(entries, dim=1).view(-1, 3, 3)


def _places(matrices, height, width):
    """[B, H, W] twice: the column and the row from where each pixel is read."""
    like = {"dtype": matrices.dtype, "device": matrices.device}
    rows = torch.arange(height, **like).view(-1, 1).expand(height, width)
    columns = torch.arange(width, **like).view(1, -1).expand(height, width)
    pixels = torch.stack([columns, rows, torch.ones_like(rows)]).view(3, -1)
    places = (matrices[:, :2] @ pixels).view(-1, 2, height, width)
    return places[:, 0], places[:, 1]


def _resample(x, matrices):
    height, width = x.shape[-2:]
    columns, rows = _places(matrices, height, width)
    grid = torch.stack([(2 * columns + 1) / width - 1, (2 * rows + 1) / height - 1], dim=3)
    read = torch.nn.functional.grid_sample(
        x,
        grid,
        mode=POLICY["interpolation"],
        padding_mode={"edge": "border"}.get(POLICY["border"], POLICY["border"]),
        align_corners=False,
    )
    return read.clamp(0, 1)


# ---- the policy applied ----


def draws(count, generator=None):
    """What each of so many images gets."""
    device = "cpu" if generator is None else generator.device
    return [
        draw(lambda: torch.rand((), device=device, dtype=torch.float64, generator=generator).item())
        for _ in range(count)
    ]


def apply(images, drawn, magnitudes=None, generator=None):
    """Does to float images [B, C, H, W] from 0 to 1 what was drawn for each of them.

    magnitudes: [T], those of the policy if there are none
    generator: of what transforms draw besides, torch's own if there is none
    """
    x = images
    height, width = x.shape[-2:]
    if magnitudes is None:
        magnitudes = torch.tensor([t["magnitude"] for t in POLICY["transforms"]])
    magnitudes = magnitudes.to(x.device, x.dtype)
    waiting = [None] * x.shape[0]
    for position in range(max(map(len, drawn), default=0)):
        groups = {}
        for image, own in enumerate(drawn):
            group = own[position][0] if position < len(own) else None
            groups.setdefault(group, []).append(image)
        pieces = []
        for index, members in groups.items():
            piece = x[torch.tensor(members, device=x.device)]
            if index is not None:
                transform = POLICY["transforms"][index]
                u = torch.tensor([drawn[i][position][1] for i in members], dtype=x.dtype, device=x.device)
                v = _value(transform, magnitudes[index], u, height, width)
                piece = _transformed(piece, transform, v, generator, waiting, members)
            pieces.append(piece)
        order = torch.tensor([image for members in groups.values() for image in members], device=x.device)
        x = torch.cat(pieces)[order.argsort()]
    left = [image for image, matrix in enumerate(waiting) if matrix is not None]
    if left:
        rows = torch.tensor(left, device=x.device)
        x = x.index_copy(0, rows, _resample(x[rows], torch.stack([waiting[i] for i in left])))
    return x


def _transformed(piece, transform, v, generator, waiting, members):
    """One transform of the images in the piece; affine ones that are to be composed wait."""
    function = transform["function"]
    if function == "identity":
        return piece
    if function in AFFINE:
        if function == "flip" and not POLICY["compose_affine"]:
            return _mirror(piece, transform["axis"])
        matrices = _matrices(transform, v, *piece.shape[-2:])
        if not POLICY["compose_affine"]:
            return _resample(piece, matrices)
        for image, matrix in zip(members, matrices):
            waiting[image] = matrix if waiting[image] is None else waiting[image] @ matrix
        return piece
    due = [n for n, image in enumerate(members) if waiting[image] is not None]
    if due:
        rows = torch.tensor(due, device=piece.device)
        moved = _resample(piece[rows], torch.stack([waiting[members[n]] for n in due]))
        piece = piece.index_copy(0, rows, moved)
        for n in due:
            waiting[members[n]] = None
    return FUNCTIONS[function](piece, v.view(-1, 1, 1, 1), generator)


def _mirror(x, axis):
    return x.flip(3 if axis == "X" else 2)


def _conformance_results(pixels, shape, drawn):
    levels = torch.tensor(list(pixels), dtype=torch.float32).view(1, *shape) / WHITE
    with torch.no_grad():
        results = apply(levels.expand(len(drawn), *shape), drawn)
    return results.flatten(1).tolist()
