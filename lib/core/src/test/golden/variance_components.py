"""Components of variance of a crossed table by the analysis of variance (VarianceComponentsTest).

Sums of squares of each effect from marginal means; mean squares; expected mean squares solved for the
components. The Java code takes differences of pairs instead.
"""
import itertools
import numpy as np

levels = (3, 4, 2)
values = np.array([
    12.0, 14.5, 11.0, 15.5, 9.0, 13.0, 17.5, 18.0,
    22.0, 20.5, 19.0, 27.5, 16.0, 21.0, 25.5, 31.0,
    7.0, 10.5, 12.0, 8.5, 3.0, 9.0, 14.5, 11.0,
]).reshape(levels)

m = len(levels)
subsets = [s for k in range(1, m + 1) for s in itertools.combinations(range(m), k)]


def effect(s):
    """The effect of a set of sources: marginal means, less those of all smaller sets."""
    total = np.zeros([n if i in s else 1 for i, n in enumerate(levels)])
    for k in range(len(s) + 1):
        for t in itertools.combinations(s, k):
            others = tuple(i for i in range(m) if i not in t)
            total = total + (-1) ** (len(s) - k) * values.mean(axis=others, keepdims=True)
    return total


def times(s):
    return int(np.prod([n for i, n in enumerate(levels) if i not in s]))


square = {}
sums = {}
for s in subsets:
    sums[s] = float((effect(s) ** 2).sum() * times(s))
    square[s] = sums[s] / np.prod([levels[i] - 1 for i in s])

# The sums of squares of all effects add up to that of the table.
assert np.isclose(sum(sums.values()), ((values - values.mean()) ** 2).sum())
for s in sorted(subsets, key=lambda s: (len(s), sum(2 ** i for i in s))):
    own = sum(
        (-1) ** (len(t) - len(s)) * square[t] for t in subsets if set(s) <= set(t)
    ) / times(s)
    print(s, "sum of squares", repr(sums[s]), "component", repr(own))
