"""Writes pictures of many formats, and what Pillow decodes them to, into `pictures.zip` beside it.

Run by Python 3 with Pillow 9 (with libtiff and libwebp) and NumPy 1: `python3 make.py`. Of each file
`NAME.FORMAT` there is `NAME.FORMAT.npy`, the pixels as uint8 [C,H,W]: transparency laid over white,
16 bits scaled to 8, turned upright as Exif says. Of colours of other than 8 bits Pillow cuts the
fraction off instead of rounding; theirs are the numbers that were stored, scaled.
"""

import io
import struct
import zipfile

import numpy as np
from PIL import Image, ImageOps

HEIGHT, WIDTH = 19, 23
files = {}


def bands(count, largest=255):
    """Smooth, [H,W] or [H,W,C]; the last of two or four is an alpha from none to full."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    waves = [
        0.5 + 0.5 * np.sin(x / 5 + y / 9 + 2 * band) * np.cos(y / 4 - band)
        for band in range(count)
    ]
    if count in (2, 4):
        waves[-1] = np.clip(1.4 * x / WIDTH - 0.2, 0, 1) + 0 * y
    levels = np.round(np.stack(waves, -1) * largest).astype(np.uint16 if largest > 255 else np.uint8)
    return levels[..., 0] if count == 1 else levels


def picture(mode):
    if mode == "1":
        return Image.fromarray(bands(1)).convert("1")
    if mode == "I;16":
        return Image.fromarray(bands(1, 65535))
    if mode == "P":
        return picture("RGB").quantize(40)
    return Image.fromarray(bands(len(mode)), mode)


def over_white(pixels):
    levels = pixels[..., :-1].astype(np.int64)
    alpha = pixels[..., -1:].astype(np.int64)
    return ((levels * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def has_greys_only(image):
    palette = np.array(image.getpalette(), np.uint8).reshape(-1, 3)
    used = palette[np.unique(np.array(image))]
    return (used == used[:, :1]).all()


def decoded(content):
    image = Image.open(io.BytesIO(content))
    if image.format != "TIFF":  # those are turned when they are loaded
        image = ImageOps.exif_transpose(image)
    image.load()
    if image.mode.startswith("I"):
        return np.round(np.array(image) / 257).astype(np.uint8)[None]
    if image.mode == "1":
        image = image.convert("L")
    if image.mode == "P" and "transparency" not in image.info:
        image = image.convert("L" if has_greys_only(image) else "RGB")
    if image.mode == "CMYK":
        image = image.convert("RGB")
    if "transparency" in image.info:
        image = image.convert("RGBA")
    pixels = np.array(image)
    if image.mode in ("LA", "RGBA"):
        pixels = over_white(pixels)
    return pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)


def add(name, content, expected=None):
    array = io.BytesIO()
    np.save(array, np.ascontiguousarray(decoded(content) if expected is None else expected))
    files[name] = content
    files[name + ".npy"] = array.getvalue()


def save(name, image, **options):
    out = io.BytesIO()
    image.save(out, name.split(".")[-1], **options)
    add(name, out.getvalue())


def turned(number):
    exif = Image.Exif()
    exif[0x0112] = number
    return exif


def bmp(header, pixels, palette=b""):
    start = 14 + len(header) + len(palette)
    return struct.pack("<2sIII", b"BM", start + len(pixels), 0, start) + header + palette + pixels


def bmp_header(bits, compression, size, height=HEIGHT, colours=0):
    return struct.pack(
        "<IiiHHIIiiII", 40, WIDTH, height, 1, bits, compression, size, 2835, 2835, colours, 0
    )


def bmp_files():
    for mode in ("1", "L", "P", "RGB"):
        save(f"{mode}.bmp", picture(mode))
    # Without a word on its fourth byte, which is no alpha then.
    save("RGBA.bmp", picture("RGBA"))
    add("alpha.bmp", alpha_bmp())
    rgb = bands(3).astype(np.uint16)
    row = 2 * WIDTH + (-2 * WIDTH) % 4
    for name, shifts, widths, compression in (
        ("555", (10, 5, 0), (5, 5, 5), 0),
        ("565", (11, 5, 0), (5, 6, 5), 3),
    ):
        levels = [rgb[..., band] >> (8 - widths[band]) for band in range(3)]
        words = sum(levels[band] << shifts[band] for band in range(3)).astype("<u2")
        masks = b"".join(
            struct.pack("<I", ((1 << widths[band]) - 1) << shifts[band]) for band in range(3)
        )
        pixels = b"".join(line.tobytes().ljust(row, b"\0") for line in words[::-1])
        header = bmp_header(16, compression, len(pixels))
        largest = [(1 << width) - 1 for width in widths]
        add(
            f"{name}.bmp",
            bmp(header, pixels, masks if compression else b""),
            np.stack([np.round(levels[band] * 255 / largest[band]) for band in range(3)]).astype(
                np.uint8
            ),
        )
    palette = bytes(level for i in range(16) for level in (17 * i, 255 - 17 * i, 90, 0))
    indices = bands(1) // 16
    runs = b""
    for line in indices[::-1]:
        runs += b"".join(bytes([1, index]) for index in line[:5])
        runs += bytes([0, WIDTH - 5]) + line[5:].tobytes() + b"\0" * ((WIDTH - 5) % 2) + b"\0\0"
    runs += b"\0\1"
    add("runs.bmp", bmp(bmp_header(8, 1, len(runs), colours=16), runs, palette))
    # Four bits a pixel, and the first row first.
    nibbles = np.pad(indices, ((0, 0), (0, 24 - WIDTH)))
    packed = (nibbles[:, ::2] << 4 | nibbles[:, 1::2]).astype(np.uint8).tobytes()
    add("down.bmp", bmp(bmp_header(4, 0, len(packed), -HEIGHT, 16), packed, palette))


def alpha_bmp():
    """A header of version 4, with masks for red, green, blue and alpha."""
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    header = bmp_header(32, 3, 4 * HEIGHT * WIDTH)
    header = struct.pack("<I", 108) + header[4:] + masks + b"BGRs" + bytes(48)
    return bmp(header, bands(4)[::-1, :, [2, 1, 0, 3]].tobytes())


def gif_files():
    save("L.gif", picture("L"))
    save("P.gif", picture("P"))
    save("interlaced.gif", picture("P"), interlace=1)
    save("transparent.gif", picture("P"), transparency=7)
    frames = [picture("P"), picture("P").rotate(180)]
    save("animated.gif", frames[0], save_all=True, append_images=frames[1:])
    # The first frame fills a part of the screen; the rest is transparent.
    small = bytearray(files["transparent.gif"])
    struct.pack_into("<HH", small, 6, WIDTH + 4, HEIGHT + 3)
    frame = small.index(b"\x2c\0\0\0\0" + struct.pack("<HH", WIDTH, HEIGHT))
    struct.pack_into("<HH", small, frame + 1, 3, 1)
    screen = np.full((3, HEIGHT + 3, WIDTH + 4), 255, np.uint8)
    screen[:, 1 : 1 + HEIGHT, 3 : 3 + WIDTH] = decoded(files["transparent.gif"])
    add("part.gif", bytes(small), screen)


def tiff_files():
    for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"):
        save(f"{mode.replace(';', '')}.tiff", picture(mode))
    for packing in ("tiff_lzw", "packbits", "tiff_adobe_deflate"):
        save(f"{packing}.tiff", picture("RGB"), compression=packing)
    for packing in ("group3", "group4"):
        save(f"{packing}.tiff", picture("1"), compression=packing)
    save("jpeg.tiff", picture("RGB"), compression="jpeg", quality=95)
    save("turned.tiff", picture("RGB"), tiffinfo={0x0112: 6})
    save("pages.tiff", picture("RGB"), save_all=True, append_images=[picture("L")])
    # Pillow writes none of the following.
    add("big-endian.tiff", tiff(">", bands(3)))
    # A fourth band that is said to be no alpha, and bands one after another.
    add("unspecified.tiff", tiff("<", bands(4), 0), bands(4)[..., :3].transpose(2, 0, 1))
    add("associated.tiff", tiff("<", premultiplied(), 1), over_white_associated())
    add("planes.tiff", tiff("<", bands(3).transpose(2, 0, 1)), bands(3).transpose(2, 0, 1))
    for order in "<>":
        deep = bands(3, 65535)
        scaled = np.round(deep / 257).astype(np.uint8).transpose(2, 0, 1)
        name = "deep-little" if order == "<" else "deep-big"
        add(f"{name}.tiff", tiff(order, deep), scaled)


def premultiplied():
    pixels = bands(4).astype(np.uint16)
    pixels[..., :3] = pixels[..., :3] * pixels[..., 3:] // 255
    return pixels.astype(np.uint8)


def over_white_associated():
    pixels = premultiplied().astype(np.uint16)
    return (pixels[..., :3] + 255 - pixels[..., 3:]).astype(np.uint8).transpose(2, 0, 1)


def tiff(order, pixels, extra=None):
    """Red, green and blue, and perhaps an extra band, in strips behind the directory."""
    planes = len(pixels) if len(pixels) <= 4 else 1
    count = planes if planes > 1 else pixels.shape[-1]
    data = pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()
    entries = [
        (256, 3, [WIDTH]),
        (257, 3, [HEIGHT]),
        (258, 3, [8 * pixels.dtype.itemsize] * count),
        (259, 3, [1]),
        (262, 3, [2]),
        (273, 4, range(planes)),
        (277, 3, [count]),
        (278, 3, [HEIGHT]),
        (279, 4, [len(data) // planes] * planes),
        (284, 3, [1 if planes == 1 else 2]),
    ] + ([] if extra is None else [(338, 3, [extra])])
    behind = 8 + 2 + 12 * len(entries) + 4
    values = b""
    directory = b""
    for tag, kind, numbers in entries:
        if tag == 273:
            pixels_at = behind + 2 * count + 8 * planes
            numbers = [pixels_at + plane * (len(data) // planes) for plane in numbers]
        code = "H" if kind == 3 else "I"
        packed = struct.pack(f"{order}{len(numbers)}{code}", *numbers)
        if len(packed) > 4:
            packed, values = struct.pack(order + "I", behind + len(values)), values + packed
        directory += struct.pack(order + "HHI", tag, kind, len(numbers)) + packed.ljust(4, b"\0")
    values = values.ljust(2 * count + 8 * planes, b"\0")
    start = {"<": b"II", ">": b"MM"}[order] + struct.pack(order + "HIH", 42, 8, len(entries))
    return start + directory + bytes(4) + values + data


def webp_files():
    for mode in ("L", "RGB", "RGBA", "P"):
        save(f"{mode}.webp", picture(mode), lossless=True, exact=True)
    save("animated.webp", picture("RGB"), lossless=True, save_all=True, append_images=[picture("L")])
    save("turned.webp", picture("RGB"), lossless=True, exif=turned(6).tobytes())
    # Larger, so that colours change slowly: their resolution is halved.
    large = (4 * WIDTH, 4 * HEIGHT)
    save("lossy.webp", picture("RGB").resize(large, Image.BICUBIC), quality=90)
    save("lossy-alpha.webp", picture("RGBA").resize(large, Image.BICUBIC), quality=90, exact=True)


def png_files():
    save("turned.png", picture("RGB"), exif=turned(8).tobytes())
    save("transparent.png", picture("P"), transparency=7)


def jpeg_files():
    save("L.jpeg", picture("L"), quality=90)
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        save(f"{name}.jpeg", picture("RGB"), quality=90, subsampling=sampling)
        save(f"{name}-progressive.jpeg", picture("RGB"), quality=90, subsampling=sampling, progressive=True)
    save("CMYK.jpeg", picture("CMYK"), quality=90)
    for number in range(1, 9):
        save(f"turned-{number}.jpeg", picture("L"), quality=90, exif=turned(number).tobytes())


bmp_files()
gif_files()
tiff_files()
webp_files()
png_files()
jpeg_files()
with zipfile.ZipFile("pictures.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for name, content in files.items():
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
