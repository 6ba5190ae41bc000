#!/usr/bin/env python3
"""Reference values for dev.sparring.extract.Preprocessing by another formula; see README.md.

Resizing is a product of matrices with exact fractions, out = V @ image @ H^T: row i of V or H holds
the two weights of source position i * in / out. Everything else is exact too, from inputs that are
multiples of 1/128, which single precision holds exactly.
"""
import json
import math
import os
import random
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "../resources/dev/sparring/extract/preprocessing.json")
random.seed(11)


def weights(size_in, size_out):
    rows = []
    for i in range(size_out):
        at = Fraction(i * size_in, size_out)
        low = math.floor(at)
        row = [Fraction(0)] * size_in
        row[low] += 1 - (at - low)
        row[min(low + 1, size_in - 1)] += at - low
        rows.append(row)
    return rows


def product(a, b):
    columns = list(zip(*b))
    return [[sum((x * y for x, y in zip(row, c) if x), Fraction(0)) for c in columns] for row in a]


def resize(image, size):
    v = weights(len(image), size)
    h = weights(len(image[0]), size)
    return product(product(v, image), list(zip(*h)))


def ranged(x, kind):
    u = (x + 1) / 2
    if kind == "signed":
        return x
    if kind == "unit":
        return u
    return Fraction(max(0, min(255, math.floor(255 * u + Fraction(1, 2)))))


# name: range, channels, size, mean, divisor
F = Fraction
PRESETS = {
    "inception2015": ("bytes", 3, 299, [F(128)] * 3, [F(128)] * 3),
    "bytes": ("bytes", 3, None, None, None),
    "bytes@7": ("bytes", 3, 7, None, None),
    "unit@4": ("unit", None, 4, None, None),
    "unit": ("unit", None, None, None, None),
    "signed@11": ("signed", None, 11, None, None),
    "imagenet@6": (
        "unit",
        3,
        6,
        [F("0.485"), F("0.456"), F("0.406")],
        [F("0.229"), F("0.224"), F("0.225")],
    ),
    "dinov2": (
        "bytes",
        3,
        224,
        [255 * F("0.485"), 255 * F("0.456"), 255 * F("0.406")],
        [255 * F("0.229"), 255 * F("0.224"), 255 * F("0.225")],
    ),
}


def exact_image(shape):
    """Numbers beyond [-1, 1] too, of few binary digits."""
    return [
        [[Fraction(random.randint(-141, 141), 128) for _ in range(shape[2])] for _ in range(shape[1])]
        for _ in range(shape[0])
    ]


def case(name, shape, stride):
    kind, channels, size, mean, divisor = PRESETS[name]
    samples, result = [], []
    for _ in range(2):
        image = exact_image(shape)
        samples += [float(x) for plane in image for row in plane for x in row]
        planes = [[[ranged(x, kind) for x in row] for row in plane] for plane in image]
        if size:
            planes = [resize(plane, size) for plane in planes]
        if channels and len(planes) == 1:
            planes = planes * channels
        for c, plane in enumerate(planes):
            for row in plane:
                result += [(x - mean[c]) / divisor[c] if mean else x for x in row]
    side = [len(planes), len(planes[0]), len(planes[0][0])]
    return {
        "preprocessing": name,
        "shape": list(shape),
        "samples": samples,
        "output": side,
        "stride": stride,
        "values": [float(x) for x in result[::stride]],
    }


CASES = [
    case("unit", (2, 3, 2), 1),
    case("bytes", (1, 3, 4), 1),
    case("bytes", (3, 2, 3), 1),
    case("bytes@7", (1, 3, 5), 1),  # up
    case("unit@4", (1, 9, 6), 1),  # down, by a whole number nowhere
    case("signed@11", (2, 5, 13), 1),  # up and down
    case("imagenet@6", (1, 4, 6), 1),  # one side stays
    case("imagenet@6", (3, 3, 12), 1),
    case("inception2015", (1, 8, 8), 1009),
    case("inception2015", (3, 4, 6), 1009),
    case("dinov2", (3, 5, 6), 1009),
]

os.makedirs(os.path.dirname(OUT), exist_ok=True)
with open(OUT, "w") as f:
    json.dump({"cases": CASES}, f)
    f.write("\n")
