#!/usr/bin/env python3
"""Makes the little pictures in Images/ and, beside each, the pixels that a reader must find in it.

Usage:  python3 make_images.py          (Debian: python3-pil python3-numpy python3-opencv)

NAME.npy holds uint8 pixels, H x W x 3 or, where the file is transparent, H x W x 4, before any EXIF orientation.
Where Pillow reads the kind of file, the pixels are Pillow's; 16-bit files and BMP's 5 and 6-bit colours are
what they were made from (high byte; top bits repeated). Everything is seeded: a second run writes the same bytes.
"""
import os
import struct
import zlib

import cv2
import numpy as np
from PIL import Image, ImageCms

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Images")
W, H = 23, 17
RNG = np.random.default_rng(1)


def picture():
    """A smooth picture with an edge and a little noise, uint16 H x W x 4."""
    y, x = np.mgrid[0:H, 0:W].astype(np.float64)
    a = np.stack([x / (W - 1), y / (H - 1), (x + y) / (W + H - 2), 1 - x * y / ((W - 1) * (H - 1))], -1)
    a[4:9, 6:15, :3] = [0.9, 0.2, 0.1]
    a = a + RNG.normal(0, 0.02, a.shape)
    return (a.clip(0, 1) * 65535).astype(np.uint16)


P16 = picture()
P8 = (P16 >> 8).astype(np.uint8)
RGB, RGBA, GREY = P8[..., :3].copy(), P8, P8[..., 2].copy()


def path(name):
    return os.path.join(HERE, name)


def expect(name, pixels):
    np.save(path(name + ".npy"), np.ascontiguousarray(pixels.astype(np.uint8)))


def pillow(name, alpha=False):
    """The pixels that Pillow finds."""
    with Image.open(path(name)) as image:
        expect(name, np.asarray(image.convert("RGBA" if alpha else "RGB")))


def repeat(grey):
    return np.repeat(grey[..., None], 3, -1)


# ---- PNG, written by hand: every depth, colour type and interlacing ----------------------------------------------

def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed_rows(samples, bits):
    """Rows H x (samples) to bytes with filter 0 in front."""
    out = b""
    for row in samples:
        flat = row.reshape(-1)
        if bits == 16:
            line = flat.astype(">u2").tobytes()
        elif bits == 8:
            line = flat.astype(np.uint8).tobytes()
        else:
            line = np.packbits(np.unpackbits(flat.astype(np.uint8)[:, None], axis=1)[:, 8 - bits:].reshape(-1)).tobytes()
        out += b"\0" + line
    return out


def png(name, samples, bits, colour_type, interlaced=False, **chunks):
    samples = samples.reshape(H, W, -1)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, bits, colour_type, 0, 0, int(interlaced)))
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        data = b"".join(packed_rows(samples[y::dy, x::dx], bits) for x, y, dx, dy in passes if samples[y::dy, x::dx].size)
    else:
        data = packed_rows(samples, bits)
    extra = b"".join(chunk(key.encode(), value) for key, value in chunks.items())
    with open(path(name), "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def orientation_exif(value, big=False):
    e = ">" if big else "<"
    return (b"MM\0*" if big else b"II*\0") + struct.pack(e + "IHHHIHHI", 8, 1, 0x112, 3, 1, value, 0, 0)


def make_png():
    png("rgb8.png", RGB, 8, 2); expect("rgb8.png", RGB)
    png("rgb8_interlaced.png", RGB, 8, 2, interlaced=True); expect("rgb8_interlaced.png", RGB)
    png("rgba8.png", RGBA, 8, 6); expect("rgba8.png", RGBA)
    png("rgb16.png", P16[..., :3], 16, 2); expect("rgb16.png", RGB)
    png("rgba16.png", P16, 16, 6); expect("rgba16.png", RGBA)
    png("grey16.png", P16[..., 2], 16, 0); expect("grey16.png", repeat(GREY))
    png("grey8.png", GREY, 8, 0); expect("grey8.png", repeat(GREY))
    for bits in (1, 2, 4):
        levels = GREY >> (8 - bits)
        png(f"grey{bits}.png", levels, bits, 0); expect(f"grey{bits}.png", repeat(levels * (255 // (2 ** bits - 1))))
    png("grey_alpha8.png", P8[..., 2:4], 8, 4); expect("grey_alpha8.png", np.dstack([repeat(GREY), P8[..., 3]]))
    # the most frequent level is the transparent one
    key = int(np.bincount(GREY.reshape(-1)).argmax())
    png("grey8_key.png", GREY, 8, 0, tRNS=struct.pack(">H", key)); expect("grey8_key.png", np.dstack([repeat(GREY), np.where(GREY == key, 0, 255)]))
    colour = RGB[0, 0]
    png("rgb8_key.png", RGB, 8, 2, tRNS=struct.pack(">3H", *map(int, colour)))
    expect("rgb8_key.png", np.dstack([RGB, np.where((RGB == colour).all(-1), 0, 255)]))
    palette = RNG.integers(0, 256, (16, 3), dtype=np.uint8)
    index = GREY >> 4
    png("palette4.png", index, 4, 3, PLTE=palette.tobytes()); expect("palette4.png", palette[index])
    alpha = np.full(16, 255, np.uint8); alpha[:5] = [0, 40, 80, 120, 160]
    png("palette8_transparent.png", index, 8, 3, PLTE=palette.tobytes(), tRNS=alpha[:5].tobytes())
    expect("palette8_transparent.png", np.dstack([palette[index], alpha[index]]))
    png("orientation6.png", RGB, 8, 2, eXIf=orientation_exif(6)); expect("orientation6.png", RGB)


# ---- JPEG --------------------------------------------------------------------------------------------------------

def make_jpeg():
    rgb, grey = Image.fromarray(RGB), Image.fromarray(GREY)
    rgb.save(path("420.jpg"), quality=85, subsampling=2); pillow("420.jpg")
    rgb.save(path("422.jpg"), quality=85, subsampling=1); pillow("422.jpg")
    rgb.save(path("444.jpg"), quality=95, subsampling=0); pillow("444.jpg")
    rgb.save(path("progressive.jpg"), quality=85, progressive=True); pillow("progressive.jpg")
    grey.save(path("grey.jpg"), quality=85); pillow("grey.jpg")
    cv2.imwrite(path("restart.jpg"), RGB[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85, cv2.IMWRITE_JPEG_RST_INTERVAL, 1]); pillow("restart.jpg")
    Image.fromarray(P8, "CMYK").save(path("cmyk.jpg"), quality=90); pillow("cmyk.jpg")
    # YCCK: the three inverted inks as luma and chroma; Pillow inverts what it stores, so the numbers go in inverted, and
    # the marker's transform, 0 as Pillow writes it, becomes 2
    luma = np.asarray(Image.fromarray(255 - RGBA[..., :3]).convert("YCbCr"))
    Image.fromarray(255 - np.dstack([luma, 255 - RGBA[..., 3]]), "CMYK").save(path("ycck.jpg"), quality=90)
    data = open(path("ycck.jpg"), "rb").read()
    adobe = data.index(b"Adobe") + 11
    open(path("ycck.jpg"), "wb").write(data[:adobe] + b"\2" + data[adobe + 1:]); pillow("ycck.jpg")
    for value in range(1, 9):
        name = f"orientation{value}.jpg"
        rgb.save(path(name), quality=85, exif=b"Exif\0\0" + orientation_exif(value, big=value % 2 == 0)); pillow(name)


# ---- WebP --------------------------------------------------------------------------------------------------------

def make_webp():
    rgb, rgba = Image.fromarray(RGB), Image.fromarray(RGBA)
    rgb.save(path("lossy.webp"), quality=80); pillow("lossy.webp")
    rgb.save(path("lossless.webp"), lossless=True); pillow("lossless.webp")
    rgba.save(path("lossy_alpha.webp"), quality=80); pillow("lossy_alpha.webp", alpha=True)
    rgba.save(path("lossless_alpha.webp"), lossless=True, exact=True); pillow("lossless_alpha.webp", alpha=True)
    rgb.save(path("orientation8.webp"), lossless=True, exif=b"Exif\0\0" + orientation_exif(8)); pillow("orientation8.webp")
    rgb.save(path("animated.webp"), save_all=True, append_images=[Image.fromarray(255 - RGB)], lossless=True, duration=100); pillow("animated.webp")


# ---- TIFF: Pillow's where it can, others by hand -------------------------------------------------------------------

def tiff(name, blocks, bits, photometric, tile=None, planar=1, extra=None, big_endian=False, big=False, orientation=None, colours=None):
    """blocks: uncompressed strips (one per plane, whole height) or tiles."""
    e = ">" if big_endian else "<"
    samples = len(bits)
    tags = {256: ("I", [W]), 257: ("I", [H]), 258: ("H", bits), 259: ("H", [1]), 262: ("H", [photometric]), 277: ("H", [samples]), 284: ("H", [planar])}
    if extra is not None:
        tags[338] = ("H", [extra])
    if orientation:
        tags[274] = ("H", [orientation])
    if colours is not None:
        tags[320] = ("H", colours)
    offsets, counts = (324, 325) if tile else (273, 279)
    if tile:
        tags[322], tags[323] = ("I", [tile]), ("I", [tile])
    else:
        tags[278] = ("I", [H])
    start = 16 if big else 8
    positions, body = [], b""
    for block in blocks:
        positions.append(start + len(body))
        body += block
    tags[offsets], tags[counts] = ("I", positions), ("I", [len(b) for b in blocks])
    directory = start + len(body)
    entry_size, count_code, offset_code, inline = (20, "Q", "Q", 8) if big else (12, "H", "I", 4)
    behind = directory + struct.calcsize(e + count_code) + entry_size * len(tags) + struct.calcsize(e + offset_code)
    entries, values = b"", b""
    for tag, (code, numbers) in sorted(tags.items()):
        data = struct.pack(f"{e}{len(numbers)}{code}", *map(int, numbers))
        entries += struct.pack(e + "HH" + offset_code, tag, 3 if code == "H" else 4, len(numbers))
        if len(data) <= inline:
            entries += data.ljust(inline, b"\0")
        else:
            entries += struct.pack(e + offset_code, behind + len(values))
            values += data + b"\0" * (len(data) % 2)
    order = b"MM" if big_endian else b"II"
    head = order + (struct.pack(e + "HHHQ", 43, 8, 0, directory) if big else struct.pack(e + "HI", 42, directory))
    with open(path(name), "wb") as f:
        f.write(head + body + struct.pack(e + count_code, len(tags)) + entries + struct.pack(e + offset_code, 0) + values)


def make_tiff():
    rgb = Image.fromarray(RGB)
    for compression in ("tiff_lzw", "tiff_deflate", "packbits", "jpeg"):
        name = compression.replace("tiff_", "") + ".tif"
        rgb.save(path(name), compression=compression); pillow(name)
    Image.fromarray(RGBA).save(path("rgba.tif"), compression="tiff_lzw"); pillow("rgba.tif", alpha=True)
    Image.fromarray(GREY).save(path("grey8.tif")); pillow("grey8.tif")
    Image.fromarray(P8, "CMYK").save(path("cmyk.tif")); pillow("cmyk.tif")
    Image.fromarray(GREY > 127).save(path("group4.tif"), compression="group4"); pillow("group4.tif")
    rgb.quantize(16).save(path("palette.tif")); pillow("palette.tif")
    tiff("rgb16.tif", [P16[..., :3].astype("<u2").tobytes()], [16] * 3, 2); expect("rgb16.tif", RGB)
    tiff("rgb16_big_endian.tif", [P16[..., :3].astype(">u2").tobytes()], [16] * 3, 2, big_endian=True); expect("rgb16_big_endian.tif", RGB)
    tiff("grey16.tif", [P16[..., 2].astype("<u2").tobytes()], [16], 1); expect("grey16.tif", repeat(GREY))
    tiff("planar.tif", [RGB[..., c].tobytes() for c in range(3)], [8] * 3, 2, planar=2); expect("planar.tif", RGB)
    tiff("white_is_zero.tif", [(255 - GREY).tobytes()], [8], 0); expect("white_is_zero.tif", repeat(GREY))
    four = GREY >> 4
    rows = np.zeros((H, (W + 1) // 2), np.uint8)
    rows[:, :] = four[:, 0::2] << 4
    rows[:, :W // 2] |= four[:, 1::2]
    tiff("grey4.tif", [rows.tobytes()], [4], 1); expect("grey4.tif", repeat(four * 17))
    padded = np.zeros((32, 32, 3), np.uint8); padded[:H, :W] = RGB
    tiles = [padded[y:y + 16, x:x + 16].tobytes() for y in (0, 16) for x in (0, 16)]
    tiff("tiled.tif", tiles, [8] * 3, 2, tile=16); expect("tiled.tif", RGB)
    tiff("bigtiff.tif", [RGB.tobytes()], [8] * 3, 2, big=True, orientation=3); expect("bigtiff.tif", RGB)
    tiff("four_samples.tif", [RGBA.tobytes()], [8] * 4, 2, extra=0); expect("four_samples.tif", RGBA)


# ---- BMP -----------------------------------------------------------------------------------------------------------

def bmp(name, rows, bits, compression=0, palette=b"", masks=b"", top_down=False, header=40):
    """rows: the pixel bytes as they go into the file."""
    start = 14 + header + (len(masks) if header == 40 else 0) + len(palette)
    if header == 12:
        info = struct.pack("<IHHHH", 12, W, H, 1, bits)
    else:
        info = struct.pack("<IiiHHIIiiII", header, W, -H if top_down else H, 1, bits, compression, len(rows), 2835, 2835, len(palette) // 4, 0)
        info += masks if header == 40 else masks.ljust(header - 40, b"\0")
    with open(path(name), "wb") as f:
        f.write(struct.pack("<2sIHHI", b"BM", start + len(rows), 0, 0, start) + info + palette + rows)


def bmp_rows(lines, flip=True):
    return b"".join(line + b"\0" * (-len(line) % 4) for line in (lines[::-1] if flip else lines))


def make_bmp():
    bgr = RGB[..., ::-1]
    bmp("rgb24.bmp", bmp_rows([r.tobytes() for r in bgr]), 24); expect("rgb24.bmp", RGB)
    bmp("top_down.bmp", bmp_rows([r.tobytes() for r in bgr], False), 24, top_down=True); expect("top_down.bmp", RGB)
    bmp("core_header.bmp", bmp_rows([r.tobytes() for r in bgr]), 24, header=12); expect("core_header.bmp", RGB)
    bgrx = np.dstack([bgr, np.zeros((H, W), np.uint8)])
    bmp("rgb32.bmp", bmp_rows([r.tobytes() for r in bgrx]), 32); expect("rgb32.bmp", RGB)
    bgra = np.dstack([bgr, P8[..., 3]])
    bmp("rgba32.bmp", bmp_rows([r.tobytes() for r in bgra]), 32, 3, masks=struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000), header=108)
    expect("rgba32.bmp", RGBA)
    r5, g6, g5, b5 = RGB[..., 0] >> 3, RGB[..., 1] >> 2, RGB[..., 1] >> 3, RGB[..., 2] >> 3
    five, six = (lambda v: (v << 3) | (v >> 2)), (lambda v: (v << 2) | (v >> 4))
    v555 = (r5.astype("<u2") << 10) | (g5.astype("<u2") << 5) | b5
    bmp("rgb555.bmp", bmp_rows([r.astype("<u2").tobytes() for r in v555]), 16); expect("rgb555.bmp", np.dstack([five(r5), five(g5), five(b5)]))
    v565 = (r5.astype("<u2") << 11) | (g6.astype("<u2") << 5) | b5
    bmp("rgb565.bmp", bmp_rows([r.astype("<u2").tobytes() for r in v565]), 16, 3, masks=struct.pack("<3I", 0xF800, 0x7E0, 0x1F))
    expect("rgb565.bmp", np.dstack([five(r5), six(g6), five(b5)]))
    colours = RNG.integers(0, 256, (256, 3), dtype=np.uint8)
    table = lambda n: np.dstack([colours[:n, ::-1].reshape(1, n, 3), np.zeros((1, n, 1), np.uint8)]).tobytes()
    bmp("palette8.bmp", bmp_rows([r.tobytes() for r in GREY]), 8, palette=table(256)); expect("palette8.bmp", colours[GREY])
    four, one = GREY >> 4, GREY >> 7
    nibbles = [bytes((int(r[i]) << 4) | (int(r[i + 1]) if i + 1 < W else 0) for i in range(0, W, 2)) for r in four]
    bmp("palette4.bmp", bmp_rows(nibbles), 4, palette=table(16)); expect("palette4.bmp", colours[four])
    bmp("palette1.bmp", bmp_rows([np.packbits(r).tobytes() for r in one]), 1, palette=table(2)); expect("palette1.bmp", colours[one])
    # runs, then a literal of three, then the rest in runs; every row ends with an end-of-line code
    rle8 = b""
    for row in GREY[::-1]:
        rle8 += bytes([5, row[0]]) + bytes([0, 3, *row[5:8], 0]) + b"".join(bytes([1, v]) for v in row[8:]) + b"\0\0"
    run = GREY.copy(); run[:, :5] = GREY[:, :1]
    bmp("rle8.bmp", rle8 + b"\0\1", 8, 1, palette=table(256)); expect("rle8.bmp", colours[run])
    rle4 = b""
    for row in four[::-1]:
        rle4 += bytes([6, (row[0] << 4) | row[1]]) + bytes([0, 5, (row[6] << 4) | row[7], (row[8] << 4) | row[9], row[10] << 4, 0])
        rle4 += b"".join(bytes([1, v << 4]) for v in row[11:]) + b"\0\0"
    run = four.copy(); run[:, 0:6:2] = four[:, :1]; run[:, 1:6:2] = four[:, 1:2]
    bmp("rle4.bmp", rle4 + b"\0\1", 4, 2, palette=table(16)); expect("rle4.bmp", colours[run])


# ---- pictures with a colour profile ----------------------------------------------------------------------------------

def make_profiles():
    """The same sRGB profile in every format; profile.icc is what a reader must find."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = bytes(12)  # when it was made
    profile = bytes(made)
    with open(path("profile.icc"), "wb") as f:
        f.write(profile)
    for name, settings in (("profile.png", {}), ("profile.jpg", {"quality": 90}), ("profile.webp", {"lossless": True}), ("profile.tif", {})):
        Image.fromarray(RGB).save(path(name), icc_profile=profile, **settings)
        pillow(name)


# ---- OpenCV's resizes ------------------------------------------------------------------------------------------------

def make_resizes():
    for width, height in ((31, 40), (9, 6), (23, 5)):
        for flag, label in ((cv2.INTER_LINEAR, "linear"), (cv2.INTER_NEAREST, "nearest")):
            for source, kind in ((RGB, "rgb"), (GREY, "grey")):
                np.save(path(f"opencv_{label}_{kind}_{width}x{height}.npy"), cv2.resize(source, (width, height), interpolation=flag))


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    for old in os.listdir(HERE):
        os.remove(path(old))
    make_png()
    make_jpeg()
    make_webp()
    make_tiff()
    make_bmp()
    make_profiles()
    make_resizes()
