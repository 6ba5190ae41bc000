#!/usr/bin/env python3
"""Reference values for dev.sparring.metric by other formulas; see README.md."""
import json
import math
import os
from fractions import Fraction

import numpy as np
import scipy
import scipy.linalg
import scipy.stats

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "../resources/dev/sparring/metric/metrics.f64.json")
rng = np.random.default_rng(20)

# ------------------------------------------------------------------ core's random numbers
MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def stream(seed, purpose, *indices):
    key = mix((seed + GAMMA) & MASK)
    for part in [len(purpose)] + [ord(c) for c in purpose] + list(indices):
        key = (mix(key ^ part) + GAMMA) & MASK
    state = mix(key)
    while True:
        state = (state + GAMMA) & MASK
        yield mix(state)


def permutation(bits, count):
    order = []
    for i in range(count):
        j = ((next(bits) >> 32) * (i + 1)) >> 32
        order.append(i)
        order[i] = order[j]
        order[j] = i
    return order


def gaussians(bits, count):
    """Marsaglia's polar method."""
    values = []
    uniform = lambda: (next(bits) >> 11) * 2.0**-53
    while len(values) < count:
        u, v = 2 * uniform() - 1, 2 * uniform() - 1
        s = u * u + v * v
        if 0 < s < 1:
            factor = math.sqrt(-2 * math.log(s) / s)
            values += [u * factor, v * factor]
    return values[:count]


# ------------------------------------------------------------------ inputs
def short(x):
    """Few digits, so that the file stays small; exactly what Java reads."""
    return np.round(x, 4)


def correlated(n, d, scale=1.0, shift=0.0):
    return short((rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) * scale) + shift)


def tensor(x):
    x = np.asarray(x)
    return {"shape": list(x.shape), "data": x.reshape(-1).tolist()}


# ------------------------------------------------------------------ moments
def exact_moments(x):
    rows = [[Fraction(float(v)) for v in row] for row in x]
    n, d = len(rows), len(rows[0])
    mean = [sum(r[c] for r in rows) / n for c in range(d)]
    cov = [
        [sum((r[i] - mean[i]) * (r[j] - mean[j]) for r in rows) / (n - 1) for j in range(d)]
        for i in range(d)
    ]
    return np.array([float(m) for m in mean]), np.array([[float(v) for v in row] for row in cov])


def moments_case(name, x):
    mean, cov = exact_moments(x)
    return {"name": name, "samples": tensor(x), "mean": tensor(mean), "covariance": tensor(cov)}


moments = [
    moments_case("70 x 5", correlated(70, 5)),
    moments_case("9 x 1", correlated(9, 1)),
    moments_case("mean a million times the deviation", correlated(50, 3, 1.0, 1e6)),
]


# ------------------------------------------------------------------ Frechet distance
def frechet(name, x, y):
    m1, c1 = exact_moments(x)
    m2, c2 = exact_moments(y)
    # C1 C2 has the same eigenvalues but 0 as M M^T with M = X Y^T / sqrt((n-1)(m-1)).
    product = (x - m1) @ (y - m2).T / math.sqrt((len(x) - 1) * (len(y) - 1))
    root = np.linalg.svd(product, compute_uv=False).sum()
    mean_term = float(((m1 - m2) ** 2).sum())
    trace_term = float(np.trace(c1) + np.trace(c2) - 2 * root)
    d = x.shape[1]
    if min(len(x), len(y)) > d:
        by_sqrtm = np.trace(scipy.linalg.sqrtm(c1 @ c2)).real
        by_eigenvalues = np.sqrt(np.linalg.eigvals(c1 @ c2).astype(complex)).sum().real
        assert abs(by_sqrtm - root) < 1e-9 * root, (name, by_sqrtm, root)
        assert abs(by_eigenvalues - root) < 1e-9 * root, (name, by_eigenvalues, root)
    return {
        "name": name, "real": tensor(x), "fake": tensor(y),
        "mean_term": mean_term, "trace_term": trace_term, "value": mean_term + trace_term,
    }


frechets = [
    frechet("6 features", correlated(40, 6), correlated(35, 6, 1.5, 0.7)),
    frechet("1 feature", correlated(12, 1, 2.0), correlated(9, 1, 0.5, -3.0)),
    frechet("deviations from 0.01 to 10", *[
        short(rng.standard_normal((60, 5)) * np.array([0.01, 0.1, 1, 3, 10]) * s) for s in (1, 2)]),
    frechet("fewer samples than features", correlated(5, 9), correlated(7, 9, 1.0, 0.5)),
    frechet("one side deficient", correlated(4, 8), correlated(40, 8, 0.8)),
]


# ------------------------------------------------------------------ Inception score
def inception(name, logits, splits, seed=None):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    n = len(p)
    order = list(range(n)) if seed is None else permutation(stream(seed, "inception-score"), n)
    scores = []
    for i in range(splits):
        part = p[order[i * n // splits:(i + 1) * n // splits]]
        conditional = np.mean([scipy.stats.entropy(row) for row in part])
        scores.append(math.exp(scipy.stats.entropy(part.mean(axis=0)) - conditional))
    case = {"name": name, "logits": tensor(logits), "probabilities": tensor(p), "splits": splits,
            "mean": float(np.mean(scores))}
    if seed is not None:
        case["seed"] = seed
    if splits > 1:
        case["std"] = float(np.std(scores))
    return case


LOGITS = short(2 * rng.standard_normal((23, 5)))
inceptions = [
    inception("one split", LOGITS, 1),
    inception("four unequal splits", LOGITS, 4),
    inception("four splits, shuffled", LOGITS, 4, seed=7),
    inception("a sample a split", LOGITS, 23),
    inception("sure of its classes", short(np.kron(np.ones((5, 1)), 800 * np.eye(4))), 2, seed=1),
]


# ------------------------------------------------------------------ kernel distance
def kernel_estimate(x, y):
    d = x.shape[1]
    x = [[Fraction(float(v)) for v in row] for row in x]
    y = [[Fraction(float(v)) for v in row] for row in y]
    k = lambda a, b: (sum(p * q for p, q in zip(a, b)) / d + 1) ** 3
    m = len(x)
    xx = sum(k(x[i], x[j]) for i in range(m) for j in range(m) if i != j)
    yy = sum(k(y[i], y[j]) for i in range(m) for j in range(m) if i != j)
    xy = sum(k(a, b) for a in x for b in y)
    return float((xx + yy) / (m * (m - 1)) - 2 * xy / (m * m))


def kernel(name, x, y, subsets, size, seed):
    values = []
    for s in range(subsets):
        a = permutation(stream(seed, "kernel-distance", s, 0), len(x))[:size]
        b = permutation(stream(seed, "kernel-distance", s, 1), len(y))[:size]
        values.append(kernel_estimate(x[a], y[b]))
    case = {"name": name, "real": tensor(x), "fake": tensor(y), "subsets": subsets, "size": size,
            "seed": seed, "mean": float(np.mean(values))}
    if subsets > 1:
        case["std"] = float(np.std(values))
    return case


kernels = [
    kernel("all of both", correlated(20, 4), correlated(20, 4, 1.2, 0.5), 1, 20, 3),
    kernel("three subsets", correlated(30, 6), correlated(25, 6, 0.7, 0.3), 3, 10, 11),
    kernel("more than a block", short(rng.standard_normal((70, 2))),
           short(rng.standard_normal((75, 2)) + 0.5), 2, 66, 0),
]


# ------------------------------------------------------------------ precision, recall, density, coverage
def neighbors(name, x, y, k_pr, k_dc):
    dist = lambda a, b: ((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2)
    # Sorted rows begin with the sample itself, so index k is the k-th other.
    radius = lambda a, k: np.sort(dist(a, a), axis=1)[:, k]
    d = dist(x, y)
    return {
        "name": name, "real": tensor(x), "fake": tensor(y), "precision_k": k_pr, "density_k": k_dc,
        "precision": float((d <= radius(x, k_pr)[:, None]).any(axis=0).mean()),
        "recall": float((d <= radius(y, k_pr)[None, :]).any(axis=1).mean()),
        "density": float((d < radius(x, k_dc)[:, None]).sum(axis=0).mean() / k_dc),
        "coverage": float((d.min(axis=1) < radius(x, k_dc)).mean()),
    }


def lattice(n, shift):
    return np.round(2 * rng.standard_normal((n, 2))) + shift


near = short(rng.standard_normal((150, 3)))
neighbor_cases = [
    neighbors("one distribution, more than two blocks", near, short(rng.standard_normal((140, 3))), 3, 5),
    neighbors("crowded", near, short(0.3 * rng.standard_normal((90, 3))), 3, 5),
    neighbors("shifted, other neighbours", near, short(rng.standard_normal((80, 3)) + 1.5), 1, 2),
    neighbors("ties and duplicates on a lattice", lattice(60, 0), lattice(50, 1), 2, 3),
    neighbors("nearest neighbour on a sparse lattice", 3 * lattice(40, 0), lattice(45, 0), 3, 1),
    neighbors("odd width", correlated(30, 7), correlated(33, 7), 5, 3),
]


# ------------------------------------------------------------------ modes and classes
def modes(name, points, centres, deviation, threshold):
    d = np.sqrt(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))
    nearest = d.argmin(axis=1)
    good = d.min(axis=1) / deviation < threshold
    counts = np.bincount(nearest, minlength=len(centres))
    high = np.bincount(nearest[good], minlength=len(centres))
    uniform = np.ones(len(centres)) / len(centres)
    case = {
        "name": name, "points": tensor(points), "centres": tensor(centres), "deviation": deviation,
        "threshold": threshold, "counts": counts.tolist(), "high": high.tolist(),
        "modes_hit": int((high > 0).sum()), "high_quality": float(good.mean()),
        "reverse_kl": float(scipy.stats.entropy(counts / counts.sum(), uniform)),
    }
    if good.any():
        case["reverse_kl_high_quality"] = float(scipy.stats.entropy(high / high.sum(), uniform))
    return case


RING = np.array([[math.cos(2 * math.pi * k / 8), math.sin(2 * math.pi * k / 8)] for k in range(8)])
GRID = np.array([[x, y] for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4)], dtype=float)
some = rng.integers(0, 6, 60)
mode_cases = [
    modes("ring, two modes lost", short(RING[some] + 0.015 * rng.standard_normal((60, 2))), RING, 0.01, 3.0),
    modes("grid", short(GRID[rng.integers(0, 25, 80)] + 0.08 * rng.standard_normal((80, 2))), GRID, 0.05, 3.0),
    modes("nothing of high quality", short(5 + rng.standard_normal((10, 2))), RING, 0.01, 3.0),
    modes("three dimensions, another threshold", short(rng.standard_normal((40, 3))),
          np.array([[0, 0, 0], [1, 1, 1.0], [9, 9, 9]]), 0.4, 2.0),
]


def classes(name, labels, count):
    counts = np.bincount(labels, minlength=count)
    return {"name": name, "labels": labels.tolist(), "classes": count, "counts": counts.tolist(),
            "classes_hit": int((counts > 0).sum()),
            "reverse_kl": float(scipy.stats.entropy(counts / counts.sum(), np.ones(count) / count))}


class_cases = [
    classes("ten classes, some missing", rng.integers(0, 7, 100), 10),
    classes("one of four", np.full(9, 2), 4),
]

# ------------------------------------------------------------------ Monge distance
def monge(name, x, y, directions, seed):
    """The formula of the paper and of torch-fidelity 0.4.0, with core's directions."""
    d, n = x.shape[1], min(len(x), len(y))
    if len(x) > n:
        x = x[permutation(stream(seed, "monge-distance", 0), len(x))[:n]]
    if len(y) > n:
        y = y[permutation(stream(seed, "monge-distance", 1), len(y))[:n]]
    u = np.array([gaussians(stream(seed, "monge-distance", 2, i), d) for i in range(directions)])
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    sliced = (np.sort(x @ u.T, axis=0) - np.sort(y @ u.T, axis=0)) ** 2
    return {"name": name, "directions": directions, "seed": seed,
            "value": float(3 * d * sliced.mean(axis=0).mean())}


def monge_case(name, x, y, directions, seed):
    return {"real": tensor(x), "fake": tensor(y), **monge(name, x, y, directions, seed)}


monge_cases = [
    monge_case("equal numbers", correlated(30, 4), correlated(30, 4, 1.2, 0.5), 50, 3),
    monge_case("more real ones, more than a block of directions", correlated(41, 3),
               correlated(25, 3, 0.7, 0.3), 130, 11),
    monge_case("more generated ones", correlated(12, 6), correlated(29, 6), 7, 0),
]

with open(OUT, "w") as f:
    json.dump(
        {
            "description": "Metrics of the given samples by other formulas than core's; see "
            "lib/core/src/test/golden/README.md.",
            "made_with": "numpy %s, scipy %s" % (np.__version__, scipy.__version__),
            "moments": moments, "frechet": frechets, "inception": inceptions, "kernel": kernels,
            "neighbors": neighbor_cases, "modes": mode_cases, "classes": class_cases,
            "monge": monge_cases,
        },
        f, separators=(",", ":"), allow_nan=False)
    f.write("\n")
print(os.path.getsize(OUT), "bytes")
