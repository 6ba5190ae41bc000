#!/usr/bin/python3
"""Weight normalization by torch.nn.utils.weight_norm of PyTorch 1.13 in double precision, with gradients.

Writes weight_norm.f64.json. Everything that goes in comes from lcg(), as in layers.py.

    python3 weight_norm.py DIRECTORY
"""
import json, os, sys
import torch, torch.nn as nn
from layers import lcg, plain

CASES = [
    ('linear', lambda: nn.Linear(4, 3, bias=False), 0),
    ('conv', lambda: nn.Conv2d(2, 3, 2, bias=False), 0),
    ('convTranspose', lambda: nn.ConvTranspose2d(3, 2, 3, bias=False), 1),
]


def main(directory):
    cases = []
    for n, (name, make, axis) in enumerate(CASES):
        layer = make().double()
        raw = lcg(15000 + 7 * n, tuple(layer.weight.shape), 0.5, 0.125)
        layer.weight.data = raw.clone()
        layer = nn.utils.weight_norm(layer, dim=axis)
        start = layer.weight_g.detach().clone()
        g = lcg(16000 + 7 * n, tuple(start.shape), 1.0, 1.25)
        layer.weight_g.data = g.clone()
        image = (2, raw.shape[1 if axis == 0 else 0], 3, 3) if raw.dim() == 4 else (2, 4)
        y = layer(lcg(17000 + 7 * n, image))  # makes the weight anew
        cot = lcg(18000 + 7 * n, tuple(raw.shape))
        dv, dg = torch.autograd.grad((layer.weight * cot).sum(), [layer.weight_v, layer.weight_g])
        cases.append(dict(name=name, output_axis=axis, v=plain(raw), start=plain(start), g=plain(g), grad_out=plain(cot),
                          w=plain(layer.weight), grad_v=plain(dv), grad_g=plain(dg)))
    text = {
        'description': 'w of v and g, gradients of sum(w * grad_out), and the g that belongs to an unnormalized v.',
        'dtype': 'float64',
        'made_with': 'torch %s' % torch.__version__,
        'cases': cases,
    }
    with open(os.path.join(directory, 'weight_norm.f64.json'), 'w') as out:
        json.dump(text, out, separators=(',', ':'), allow_nan=False)
    print(len(cases), 'cases')


if __name__ == '__main__':
    main(sys.argv[1])
