#!/usr/bin/python3
"""Layers of the wider vocabulary as PyTorch 1.13 computes them in double precision, with gradients.

Writes layers.f64.json. What PyTorch does not have is written out here in other operations than the library's:
pixel normalization, minibatch standard deviation (as in the code of arXiv:1710.10196, in NumPy's order of
dimensions) and maxout (amax). Everything that goes in comes from lcg(), as in golden.py.

    python3 layers.py DIRECTORY
"""
import json, os, sys
import numpy as np, torch, torch.nn.functional as F

torch.set_num_threads(1)


def lcg(seed, shape, scale=1.0, offset=0.0):
    x = seed & 0xffffffff
    out = np.empty(int(np.prod(shape)))
    for i in range(out.size):
        x = (1664525 * x + 1013904223) & 0xffffffff
        out[i] = ((x >> 8) / float(1 << 24)) * 2 - 1
    return torch.tensor(out.reshape(shape) * scale + offset)


def plain(t):
    return {'shape': list(t.shape), 'data': t.detach().contiguous().reshape(-1).tolist()}


def pixel_norm(x, eps):
    return x * torch.rsqrt(torch.mean(x ** 2, dim=1, keepdim=True) + eps)


def minibatch_deviation(x, size):
    """minibatch_stddev_layer of tkarras/progressive_growing_of_gans, networks.py; size divides the batch."""
    n, c, h, w = x.shape
    y = x.reshape(size, -1, c, h, w)
    y = torch.sqrt(((y - y.mean(0, keepdim=True)) ** 2).mean(0) + 1e-8)
    y = y.mean((1, 2, 3), keepdim=True)
    return torch.cat([x, y.repeat(size, 1, h, w)], 1)


def maxout(x, pieces):
    n, f = x.shape[:2]
    return x.reshape(n, f // pieces, pieces, *x.shape[2:]).amax(2)


# name, input shape, whether there are scale and shift, function of x, scale and shift; settings for the reader
CASES = [
    ('instanceNorm', (3, 2, 3, 4), False, lambda x, w, b: F.instance_norm(x, eps=1e-5), {'eps': 1e-5}),
    ('instanceNorm', (2, 3, 2, 5), True, lambda x, w, b: F.instance_norm(x, weight=w, bias=b, eps=1e-3), {'eps': 1e-3}),
    ('instanceNorm', (2, 3, 5), True, lambda x, w, b: F.instance_norm(x, weight=w, bias=b, eps=1e-5), {'eps': 1e-5}),
    ('layerNorm', (3, 2, 3, 4), False, lambda x, w, b: F.layer_norm(x, x.shape[1:], eps=1e-5), {'eps': 1e-5}),
    ('layerNorm', (2, 3, 2, 5), True, lambda x, w, b: F.layer_norm(x, x.shape[1:], eps=1e-3) * w[:, None, None] + b[:, None, None], {'eps': 1e-3}),
    ('layerNorm', (4, 7), True, lambda x, w, b: F.layer_norm(x, x.shape[1:], w, b, eps=1e-5), {'eps': 1e-5}),
    ('groupNorm', (3, 6, 2, 3), True, lambda x, w, b: F.group_norm(x, 2, w, b, eps=1e-5), {'eps': 1e-5, 'groups': 2}),
    ('groupNorm', (2, 6, 3, 1), False, lambda x, w, b: F.group_norm(x, 3, eps=1e-3), {'eps': 1e-3, 'groups': 3}),
    ('groupNorm', (3, 6), True, lambda x, w, b: F.group_norm(x, 3, w, b, eps=1e-5), {'eps': 1e-5, 'groups': 3}),
    ('pixelNorm', (2, 3, 2, 4), False, lambda x, w, b: pixel_norm(x, 1e-8), {'eps': 1e-8}),
    ('pixelNorm', (3, 5), False, lambda x, w, b: pixel_norm(x, 0.1), {'eps': 0.1}),
    ('pixelShuffle', (2, 8, 2, 3), False, lambda x, w, b: F.pixel_shuffle(x, 2), {'factor': 2}),
    ('pixelShuffle', (1, 9, 3, 2), False, lambda x, w, b: F.pixel_shuffle(x, 3), {'factor': 3}),
    ('globalAvgPool', (2, 3, 2, 5), False, lambda x, w, b: F.adaptive_avg_pool2d(x, 1).flatten(1), {}),
    ('globalSumPool', (2, 3, 2, 5), False, lambda x, w, b: torch.einsum('nchw->nc', x), {}),
    ('minibatchStdDev', (8, 2, 2, 3), False, lambda x, w, b: minibatch_deviation(x, 4), {'groupSize': 4}),
    ('minibatchStdDev', (3, 2, 2, 3), False, lambda x, w, b: minibatch_deviation(x, 3), {'groupSize': 4}),
    ('minibatchStdDev', (6, 2, 1, 3), False, lambda x, w, b: minibatch_deviation(x, 2), {'groupSize': 2}),
    ('minibatchStdDev', (10, 1, 2, 2), False, lambda x, w, b: minibatch_deviation(x, 5), {'groupSize': 4}),
    ('maxout', (3, 10), False, lambda x, w, b: maxout(x, 5), {'pieces': 5}),
    ('maxout', (2, 6, 2, 3), False, lambda x, w, b: maxout(x, 3), {'pieces': 3}),
    ('pad', (2, 2, 3, 4), False, lambda x, w, b: F.pad(x, (2, 2, 2, 2)), {'size': 2, 'reflect': False}),
    ('pad', (1, 2, 1, 2), False, lambda x, w, b: F.pad(x, (3, 3, 3, 3)), {'size': 3, 'reflect': False}),
    ('pad', (2, 2, 4, 5), False, lambda x, w, b: torch.nn.ReflectionPad2d(3)(x), {'size': 3, 'reflect': True}),
    ('pad', (1, 3, 3, 2), False, lambda x, w, b: torch.nn.ReflectionPad2d(1)(x), {'size': 1, 'reflect': True}),
]


def main(directory):
    cases = []
    for n, (name, shape, affine, f, settings) in enumerate(CASES):
        x = lcg(11000 + 7 * n, shape, 2.0, 0.25).requires_grad_(True)
        w = lcg(12000 + 7 * n, shape[1:2], 1.0, 1.5).requires_grad_(True) if affine else None
        b = lcg(13000 + 7 * n, shape[1:2]).requires_grad_(True) if affine else None
        y = f(x, w, b)
        cot = lcg(14000 + 7 * n, tuple(y.shape))
        ins = [x, w, b] if affine else [x]
        g = torch.autograd.grad((y * cot).sum(), ins)
        case = dict(layer=name, **settings, x=plain(x), grad_out=plain(cot), y=plain(y), grad_x=plain(g[0]))
        if affine:
            case.update(weight=plain(w), bias=plain(b), grad_weight=plain(g[1]), grad_bias=plain(g[2]))
        cases.append(case)
    text = {
        'description': 'layers by their words in recipes, with settings: y of x, and gradients of sum(y * grad_out). '
                       'layerNorm of images has scale and shift for each channel.',
        'dtype': 'float64',
        'made_with': 'torch %s, numpy %s' % (torch.__version__, np.__version__),
        'cases': cases,
    }
    with open(os.path.join(directory, 'layers.f64.json'), 'w') as out:
        json.dump(text, out, separators=(',', ':'), allow_nan=False)
    print(len(cases), 'cases')


if __name__ == '__main__':
    main(sys.argv[1])
