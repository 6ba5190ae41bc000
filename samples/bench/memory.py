#!/usr/bin/env python3
"""Compares the memory that `sparring check` estimates with what a short `sparring train` takes at its peak.

    python3 samples/bench/memory.py > memory.md

For every recipe in samples/ (claims, sweeps and programs are none) and both engines: the estimate, the peak of the
resident memory as Linux counts it for the process (ru_maxrss), and their ratio. The exit code is 1 if an estimate is
off by more than 30 %. Only Python's standard library is used.

Data that is not here is made up: files of the same number and size as the real ones, with pictures of stripes. Numbers
do not change how much memory a training takes.
"""

import argparse
import glob
import os
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import zlib

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RECIPES = [
    "samples/*.gan.kts",
    "samples/recipes/*.yaml",
    "samples/recipes/*/*.yaml",
    "samples/studies/*/*.yaml",
    "samples/bench/*.gan.kts",
]
LARGEST_ERROR = 0.3


def png(path, width, height):
    """Writes an RGB picture of stripes."""
    row = b"\0" + bytes((x * 7 + c) & 255 for x in range(width) for c in range(3))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
        file.write(chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


def pictures(folder, count, width, height):
    os.makedirs(folder)
    first = os.path.join(folder, "0.png")
    png(first, width, height)
    for i in range(1, count):
        os.link(first, os.path.join(folder, f"{i}.png"))


def cifar(folder):
    os.makedirs(folder)
    for name in [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]:
        with open(os.path.join(folder, name), "wb") as file:
            for i in range(10000):
                file.write(bytes([i % 10]) + bytes([i & 255]) * 3072)


# What recipes name that is not part of this project: folder -> how to make it up.
STAND_INS = {
    "facades/train": lambda folder: pictures(folder, 400, 512, 256),
    "horse2zebra/trainA": lambda folder: pictures(folder, 1067, 256, 256),
    "horse2zebra/trainB": lambda folder: pictures(folder, 1334, 256, 256),
    "emoji": lambda folder: pictures(folder, 997, 72, 72),
    "cifar-10-batches-bin": cifar,
}


def recipes():
    """The files that are recipes, with the names of lists' members."""
    for pattern in RECIPES:
        for path in sorted(glob.glob(os.path.join(HOME, pattern))):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            members = re.findall(r'"([\w-]+)" to ', text) if path.endswith(".kts") else []
            if members:
                yield from (f"{path}#{name}" for name in members)
            elif path.endswith(".kts") or re.search("^generator:", text, re.MULTILINE):
                yield path


def run(command, folder, log):
    """Exit code, output and peak memory in bytes of one process."""
    with tempfile.TemporaryFile(mode="w+") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    print("$", shlex.join(command), text, sep="\n", file=log, flush=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, text, used.ru_maxrss * unit


def short(estimate, evaluates):
    """Settings of a training of a few steps, more where they cost little, that measures few samples."""
    steps = 100 if estimate < 500 else 10 if estimate < 2000 else 2
    settings = {"train.steps": steps}
    if evaluates:
        settings |= {"evaluate.every": steps, "evaluate.samples": 200}
    return steps, [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]


def measure(sparring, recipe, engine, work, log):
    """A row of the table, and whether it is as it should be."""
    name = os.path.relpath(recipe, os.path.join(HOME, "samples"))
    row = [name, engine]
    code, text, _ = run([*sparring, "check", "--engine", engine, recipe], work, log)
    found = re.search(r"memory: about ([\d,]+) MB", text)
    if code != 0 or not found:
        return [*row, "", "", "", text.strip().splitlines()[-1] if text.strip() else f"exit code {code}"], False
    estimate = float(found[1].replace(",", ""))
    with open(recipe.split("#")[0], encoding="utf-8") as file:
        evaluates = re.search(r"^evaluate:|^\s*evaluate\b", file.read(), re.MULTILINE) is not None
    steps, settings = short(estimate, evaluates)
    out = os.path.join(work, "runs", re.sub(r"\W", "-", name) + "-" + engine)
    command = [*sparring, "train", recipe, "--engine", engine, "--out", out, "--ignore-memory", *settings]
    code, text, peak = run(command, work, log)
    if code != 0:
        return [*row, f"{estimate:,.0f}", "", "", text.strip().splitlines()[-1]], False
    ratio = estimate / (peak / 1e6)
    right = abs(ratio - 1) <= LARGEST_ERROR
    return [*row, f"{estimate:,.0f}", f"{peak / 1e6:,.0f}", f"{ratio:.2f}", f"{steps} steps"], right


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recipe", nargs="*", help="parts of recipes' names (default: all)")
    parser.add_argument("--engine", action="append", help="torch, nd4j or both (default)")
    parser.add_argument("--sparring", default=os.path.join(HOME, "sparring"), help="the command")
    parser.add_argument("--log", default=os.devnull, help="a file for the output of all processes")
    options = parser.parse_args()
    wanted = [r for r in recipes() if not options.recipe or any(part in r for part in options.recipe)]
    if not wanted:
        parser.error("no recipe has such a name")
    with tempfile.TemporaryDirectory() as work, open(options.log, "a", encoding="utf-8") as log:
        for folder, make in STAND_INS.items():
            make(os.path.join(work, folder))
        print("| recipe | engine | estimate, MB | peak, MB | ratio | |\n|---|---|---:|---:|---:|---|", flush=True)
        wrong = 0
        for recipe in wanted:
            for engine in options.engine or ["torch", "nd4j"]:
                row, right = measure(shlex.split(options.sparring), recipe, engine, work, log)
                wrong += not right
                print("| " + " | ".join(row) + " |", flush=True)
    print(f"{wrong} of the rows are off by more than {LARGEST_ERROR:.0%} or have none", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
