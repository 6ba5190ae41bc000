"""Pictures and what Pillow reads of them, for ImageFilesTest: python3 images.py writes both beside the
test's class. Needs NumPy and Pillow (written with Pillow 12.3.0)."""

import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

FOLDER = Path(__file__).parent.parent / "resources/dev/sparring/data/images"
N = 12
y, x = np.mgrid[0:N, 0:N]
RGB = np.stack([x * 20 % 256, y * 20 % 256, (x + y) * 10 % 256], -1).astype(np.uint8)
INKS = np.stack([x * 20, y * 20, (x + y) * 10, (x * y) * 2], -1).astype(np.uint8)
GREY = RGB[..., 2]


def profile(*colorants, space=b"RGB "):
    """An ICC profile: that of sRGB with other primaries."""
    p = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    p[16:20] = space
    count = struct.unpack(">I", p[128:132])[0]
    for tag, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), colorants):
        for i in range(count):
            entry = p[132 + 12 * i : 144 + 12 * i]
            if entry[:4] == tag:
                at = struct.unpack(">I", entry[4:8])[0]
                p[at + 8 : at + 20] = b"".join(struct.pack(">i", round(c * 65536)) for c in value)
    return bytes(p)


P3 = profile((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
PROPHOTO = profile((0.7977, 0.2880, 0.0), (0.1352, 0.7119, 0.0), (0.0313, 0.0001, 0.8249))


def jpeg(pixels=RGB, mode="RGB", **options):
    out = io.BytesIO()
    options = {"quality": 95, "subsampling": 0, **options}
    Image.fromarray(pixels, mode).save(out, "jpeg", **options)
    return out.getvalue()


def segments(file):
    """Markers and contents of the segments before the first scan, then the rest."""
    at, found = 2, []
    while file[at + 1] != 0xDA:
        length = struct.unpack(">H", file[at + 2 : at + 4])[0]
        found.append((file[at + 1], file[at + 4 : at + 2 + length]))
        at += 2 + length
    return found, file[at:]


def joined(parts, rest):
    return b"\xff\xd8" + b"".join(
        bytes([0xFF, m]) + struct.pack(">H", len(c) + 2) + c for m, c in parts) + rest


def without(file, *markers):
    parts, rest = segments(file)
    return joined([p for p in parts if p[0] not in markers], rest)


def with_segment(file, marker, contents):
    parts, rest = segments(file)
    return joined(parts[:1] + [(marker, contents)] + parts[1:], rest)


def named(file, ids):
    """The file with other names of its components."""
    parts, rest = segments(file)
    new = []
    for marker, c in parts:
        if marker in (0xC0, 0xC2):
            c = bytearray(c)
            for i, name in enumerate(ids):
                c[6 + 3 * i] = name
        new.append((marker, bytes(c)))
    rest = bytearray(rest)
    for i, name in enumerate(ids):
        rest[5 + 2 * i] = name
    return joined(new, bytes(rest))


def adobe(file, transform):
    parts, rest = segments(file)
    parts = [p for p in parts if p[0] not in (0xE0, 0xEE)]
    return joined([(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform]))] + parts, rest)


def png(bits, colour, rows, *chunks):
    """A PNG file; rows are bytes without filters."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", N, N, bits, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunk(k, d) for k, d in chunks)
            + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def packed(values, bits):
    """Rows of values of some bits each."""
    text = ["".join(format(v, f"0{bits}b") for v in row) for row in values]
    return [int(t, 2).to_bytes(len(t) // 8, "big") for t in text]


EXIF = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
plain = jpeg()
FILES = {
    "plain.jpg": plain,
    "display-p3.jpg": jpeg(icc_profile=P3),
    "prophoto.jpg": jpeg(icc_profile=PROPHOTO),
    "grey-profile.jpg": jpeg(icc_profile=profile(space=b"GRAY")),
    "damaged-profile.jpg": jpeg(icc_profile=P3[:200]),
    "half-profile.jpg": with_segment(plain, 0xE2, b"ICC_PROFILE\0\x01\x03" + P3[:99]),
    "grey-with-profile.jpg": jpeg(GREY, "L", icc_profile=P3),
    "progressive.jpg": jpeg(progressive=True, icc_profile=P3),
    "420.jpg": jpeg(subsampling=2),
    "422.jpg": jpeg(subsampling=1),
    "restarts.jpg": jpeg(restart_marker_blocks=1),
    "rgb.jpg": jpeg(keep_rgb=True),
    "no-jfif.jpg": without(plain, 0xE0),
    "no-jfif-420.jpg": without(jpeg(subsampling=2), 0xE0),
    "no-jfif-rgb-names.jpg": named(without(plain, 0xE0), b"RGB"),
    "no-jfif-other-names.jpg": named(without(plain, 0xE0), (0, 1, 2)),
    "adobe-0.jpg": adobe(plain, 0),
    "adobe-1.jpg": adobe(plain, 1),
    "adobe-2.jpg": adobe(plain, 2),
    "cmyk.jpg": jpeg(INKS, "CMYK"),
    "cmyk-profile.jpg": jpeg(INKS, "CMYK", icc_profile=profile(space=b"CMYK")),
    "cmyk-progressive.jpg": jpeg(INKS, "CMYK", progressive=True),
    "cmyk-no-adobe.jpg": without(jpeg(INKS, "CMYK"), 0xE0, 0xEE),
    "ycck.jpg": adobe(jpeg(INKS, "CMYK"), 2),
    "stray-at-end.jpg": plain[:-2] + bytes(99) + plain[-2:],
    "stray-in-header.jpg": plain[:20] + b"\0\0" + plain[20:],
    "trailer.jpg": plain + b"after the end\xff\xd9",
    "turned.jpg": with_segment(plain, 0xE1, EXIF),
    "gamma.png": png(8, 2, RGB.reshape(N, -1), (b"gAMA", struct.pack(">I", 20000))),
    "profile.png": png(8, 2, RGB.reshape(N, -1), (b"iCCP", b"p3\0\0" + zlib.compress(P3))),
    "grey-gamma.png": png(8, 0, GREY, (b"gAMA", struct.pack(">I", 100000))),
    "srgb.png": png(8, 2, RGB.reshape(N, -1), (b"sRGB", b"\0"),
                    (b"cHRM", struct.pack(">8I", *[10000 * i for i in range(3, 11)]))),
    "damaged-profile.png": png(8, 2, RGB.reshape(N, -1), (b"iCCP", b"p3\0\0" + P3[:99])),
    "turned.png": png(8, 2, RGB.reshape(N, -1), (b"eXIf", EXIF[6:])),
    "key.png": png(8, 2, RGB.reshape(N, -1), (b"tRNS", struct.pack(">3H", *RGB[3, 5]))),
    "grey-key.png": png(8, 0, GREY, (b"tRNS", struct.pack(">H", GREY[3, 5]))),
    "grey-1.png": png(1, 0, [bytes([0b10100110, 0b01010000])] * N),
    "grey-2.png": png(2, 0, packed((x + y) % 4, 2)),
    "grey-4.png": png(4, 0, packed((x + y) % 16, 4)),
    "grey-4-key.png": png(4, 0, packed((x + y) % 16, 4), (b"tRNS", struct.pack(">H", 3))),
    "palette.png": png(8, 3, (x + y) % 5, (b"PLTE", bytes(range(40, 55)))),
    "palette-alpha.png": png(8, 3, (x + y) % 5, (b"PLTE", bytes(range(40, 55))),
                             (b"tRNS", bytes([0, 128, 255]))),
    "palette-4.png": png(4, 3, packed((x + y) % 5, 4), (b"PLTE", bytes(range(40, 55)))),
    "alpha.png": png(8, 6, np.dstack([RGB, GREY]).reshape(N, -1)),
    "grey-alpha.png": png(8, 4, np.dstack([GREY, RGB[..., 0]]).reshape(N, -1)),
}


def over_white(value, alpha):
    return 255 - ((255 - value) * alpha + 127) // 255


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, contents in FILES.items():
        (FOLDER / name).write_bytes(contents)
        image = Image.open(io.BytesIO(contents))
        if "transparency" in image.info or image.mode in ("RGBA", "LA"):
            rgba = np.asarray(image.convert("RGBA")).astype(int)
            pixels = over_white(rgba[..., :3], rgba[..., 3:])
        else:
            pixels = np.asarray(image.convert("RGB"))
        expected[name] = bytes(pixels.transpose(2, 0, 1).astype(np.uint8).tobytes()).hex()
    text = ",\n".join(f'  "{k}": "{v}"' for k, v in expected.items())
    (FOLDER / "pixels.json").write_text("{\n" + text + "\n}\n")


if __name__ == "__main__":
    main()
