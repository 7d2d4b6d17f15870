#!/usr/bin/env python3
"""Makes pairs of alphas and what the field's error measures say of them, into Metrics/.

Usage:  python3 make_metrics.py          (Debian: python3-numpy python3-scipy)

NAME_pred.npy and NAME_true.npy are float32 H x W; NAME_errors.npy holds float64 MSE, MAD, SAD / 1000, gradient / 1000,
connectivity / 1000. Written from the definitions (Rhemann et al., CVPR 2009) with SciPy's filters, labels and nothing of
the C# code: two-dimensional filters instead of separable ones, everything in double but the thresholds of the connectivity.
Everything is seeded: a second run writes the same bytes.
"""
import os

import numpy as np
import scipy.ndimage as ndi

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Metrics")
RNG = np.random.default_rng(7)


def derivative_filters(sigma=1.4, floor=1e-2):
    """First-order Gaussian derivatives in x and in y, each with a sum of squares of 1."""
    half = int(np.ceil(sigma * np.sqrt(-2 * np.log(np.sqrt(2 * np.pi) * sigma * floor))))
    y, x = np.mgrid[-half:half + 1, -half:half + 1].astype(np.float64)
    gauss = np.exp(-(x ** 2 + y ** 2) / (2 * sigma ** 2)) / (2 * np.pi * sigma ** 2)
    dx = -x / sigma ** 2 * gauss
    dx /= np.sqrt((dx ** 2).sum())
    return dx, dx.T


def gradient_error(p, t):
    fx, fy = derivative_filters()

    def length(a):
        a = a.astype(np.float64)
        return np.hypot(ndi.convolve(a, fx, mode="nearest"), ndi.convolve(a, fy, mode="nearest"))

    return ((length(p) - length(t)) ** 2).sum()


def connectivity_error(p, t, theta=np.float32(0.15)):
    steps = np.arange(0, 11) / 10.0
    level = np.full(p.shape, -1.0)
    for k in range(1, 11):
        mask = (p >= np.float32(steps[k])) & (t >= np.float32(steps[k]))
        labels, n = ndi.label(mask)
        source = np.zeros(p.shape, bool)
        if n:
            source = labels == 1 + np.argmax(np.bincount(labels.ravel())[1:])
        level[(level == -1) & ~source] = steps[k - 1]
    level[level == -1] = 1
    level = level.astype(np.float32)
    dp, dt = p - level, t - level
    phi_p = 1.0 - dp.astype(np.float64) * (dp >= theta)
    phi_t = 1.0 - dt.astype(np.float64) * (dt >= theta)
    return np.abs(phi_p - phi_t).sum()


def errors(p, t):
    d = p.astype(np.float64) - t.astype(np.float64)
    return np.array([(d * d).mean(), np.abs(d).mean(), np.abs(d).sum() / 1000,
                     gradient_error(p, t) / 1000, connectivity_error(p, t) / 1000])


def blobs(height, width, count, softness, rng):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    a = np.zeros((height, width))
    for _ in range(count):
        cy, cx, r = rng.uniform(0, height), rng.uniform(0, width), rng.uniform(3, min(height, width) / 3)
        a = np.maximum(a, np.clip((r - np.hypot(y - cy, x - cx)) / softness + 0.5, 0, 1))
    return a


def pairs():
    t = blobs(45, 61, 4, 6, RNG)
    yield "soft", np.clip(t + ndi.gaussian_filter(RNG.normal(0, 1.2, t.shape), 2), 0, 1), t
    t = np.round(blobs(40, 33, 5, 1, RNG) * 255) / 255
    yield "levels", np.floor(np.clip(t * 0.8 + 0.1, 0, 1) * 255) / 255, t
    yield "noise", RNG.uniform(0, 1, (31, 70)), RNG.uniform(0, 1, (31, 70))
    # the largest region changes from one object to the other on the way up
    t = np.full((24, 50), 0.0)
    t[4:20, 4:24] = 0.55
    t[6:16, 30:44] = 0.95
    p = t + 0.05 * np.sin(np.arange(50) / 3.0)
    yield "two", np.clip(p, 0, 1), t
    yield "small", RNG.uniform(0, 1, (1, 3)), RNG.uniform(0, 1, (1, 3))
    yield "nothing", np.zeros((9, 17)), blobs(9, 17, 1, 2, RNG)


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    for name, p, t in pairs():
        p, t = p.astype(np.float32), t.astype(np.float32)
        np.save(os.path.join(HERE, f"{name}_pred.npy"), p)
        np.save(os.path.join(HERE, f"{name}_true.npy"), t)
        np.save(os.path.join(HERE, f"{name}_errors.npy"), errors(p, t))
        print(name, p.shape, errors(p, t))
