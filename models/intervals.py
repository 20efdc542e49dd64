"""Intervals of shares: what a share could be, seen how few it was counted on."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers: TypeAlias = NDArray[np.float64]

# Two-sided 95 %.
Z = 1.959964


def wilson(hits: ArrayLike, n: ArrayLike) -> tuple[Numbers, Numbers]:
    """Give Wilson's 95 % interval of hits/n, which stays within 0 to 1; of nothing, NaN.

    Wilson, J. Am. Stat. Assoc. 22 (1927). It takes the counted things for independent.
    """
    k, total = np.asarray(hits, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / total
        middle = (share + Z**2 / (2 * total)) / (1 + Z**2 / total)
        half = Z / (1 + Z**2 / total) * np.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
        # None and all are exact ends: rounding must not leave a trace there.
        low = np.where(k == 0, np.where(total > 0, 0.0, np.nan), middle - half)
        high = np.where((k == total) & (total > 0), 1.0, middle + half)
    return low, high


def difference(
    hits_a: ArrayLike, n_a: ArrayLike, hits_b: ArrayLike, n_b: ArrayLike
) -> tuple[Numbers, Numbers, Numbers]:
    """Give a/n_a - b/n_b with its 95 % interval, built from both Wilson intervals.

    Newcombe's method 10, Stat. Med. 17 (1998): better than the normal one where counts are small.
    """
    low_a, high_a = wilson(hits_a, n_a)
    low_b, high_b = wilson(hits_b, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        a = np.asarray(hits_a, dtype=float) / np.asarray(n_a, dtype=float)
        b = np.asarray(hits_b, dtype=float) / np.asarray(n_b, dtype=float)
    apart = a - b
    down = np.sqrt((a - low_a) ** 2 + (high_b - b) ** 2)
    up = np.sqrt((high_a - a) ** 2 + (b - low_b) ** 2)
    return apart, apart - down, apart + up
