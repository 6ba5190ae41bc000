"""Files that NumPy has written, for NpyTest: python3 npy.py writes them beside the test's class."""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent.parent / "resources/dev/sparring/data/npy"


def save(name, array, version=(1, 0)):
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


def main():
    i = np.arange(2 * 2 * 3 * 4)
    save("images-f4.npy", (i * 37 % 101 / 64 - 0.75).reshape(2, 2, 3, 4).astype("<f4"))
    points = np.array([[0.1, -2.5], [3e-5, 4e6], [5.25, -0.0]])
    save("points-f8.npy", points, (2, 0))
    n, h, w, c = np.ogrid[:2, :2, :4, :3]
    save("hwc-u1.npy", (n * 100 + h * 50 + w * 11 + c * 4).astype("u1"), (3, 0))
    save("labels-i8.npy", np.array([3, 0]))
    save("labels-u1.npy", np.array([1, 2, 200], "u1"))
    save("folder/b.npy", np.array([[4.0, 5.0, 6.0]], "<f4") / 8)
    save("folder/a.npy", np.array([[1.0, 2.0, 3.0]], "<f4") / 8)
    save("fortran.npy", np.asfortranarray(points))
    save("big.npy", points.astype(">f8"))
    save("ints.npy", np.array([[1, 2]], "<i4"))
    save("records.npy", np.zeros(2, [("x", "<f4"), ("y", "<f4")]))
    np.savez(FOLDER / "archive.npz", points)


if __name__ == "__main__":
    main()
