#!/usr/bin/python3
"""Composite and conditional layers, by PyTorch 1.13 in double precision, with gradients.

Writes composites.f64.json. Blocks follow github.com/pfnet-research/sngan_projection, attention
github.com/brain-research/self-attention-gan (with channels in front), in training mode. Everything that goes in
comes from lcg(), as in golden.py.

    python3 composites.py DIRECTORY
"""
import json, os, sys
import numpy as np, torch, torch.nn.functional as F
from layers import lcg, plain

torch.set_num_threads(1)


def norm(x):
    return F.batch_norm(x, None, None, training=True, eps=1e-5)


def batch_norm(x, p, name, y):
    return F.batch_norm(x, None, None, p[name + '.weight'], p[name + '.bias'], True, eps=1e-5)


def conditional_norm(x, p, name, y):
    w = F.embedding(y, p[name + '.weight'].t())
    b = F.embedding(y, p[name + '.bias'].t())
    pixels = [1] * (x.dim() - 2)
    return norm(x) * w.reshape(*w.shape, *pixels) + b.reshape(*b.shape, *pixels)


def conv(x, p, name):
    w = p[name + '.weight']
    return F.conv2d(x, w, p[name + '.bias'], padding=w.shape[-1] // 2)


def generator_block(x, p, y, normalize, up):
    h = F.relu(normalize(x, p, 'layers.0', y))
    h = F.interpolate(h, scale_factor=2, mode='nearest') if up else h
    first = 3 if up else 2
    h = conv(h, p, 'layers.%d' % first)
    h = F.relu(normalize(h, p, 'layers.%d' % (first + 1), y))
    h = conv(h, p, 'layers.%d' % (first + 3))
    if up:
        return h + conv(F.interpolate(x, scale_factor=2, mode='nearest'), p, 'shortcut.1')
    return h + x


def discriminator_block(x, p, down):
    h = conv(F.relu(x), p, 'layers.1')
    h = conv(F.relu(h), p, 'layers.3')
    s = conv(x, p, 'shortcut.0') if 'shortcut.0.weight' in p else x
    return F.avg_pool2d(h, 2) + F.avg_pool2d(s, 2) if down else h + s


def optimized_block(x, p):
    h = conv(F.relu(conv(x, p, 'layers.0')), p, 'layers.2')
    return F.avg_pool2d(h, 2) + conv(F.avg_pool2d(x, 2), p, 'shortcut.1')


def attention(x, p, pool):
    def path(name):
        h = torch.einsum('nchw,oc->nohw', x, p[name + '.weight'][:, :, 0, 0])
        h = F.max_pool2d(h, 2) if pool and name != 'query.0' else h
        return h.flatten(2)
    n, c, height, width = x.shape
    q, k, v = path('query.0'), path('key.0'), path('value.0')
    weights = torch.softmax(torch.einsum('ncl,ncm->nlm', q, k), 2)
    seen = torch.einsum('nlm,ncm->ncl', weights, v).reshape(n, -1, height, width)
    return x + p['gamma'] * F.conv2d(seen, p['output.0.weight'])


def projection(x, p, y):
    return F.linear(x, p['linear.0.weight'], p.get('linear.0.bias')) + (
        F.embedding(y, p['embedding.0.weight'].t()) * x).sum(1, keepdim=True)


def planes(x, p, y):
    e = F.embedding(y, p['weight'].t())
    return torch.cat([x, e[:, :, None, None].expand(*e.shape, *x.shape[2:])], 1)


def block(channels, hidden, filters, kinds):
    """The shapes of a block's parameters: kinds are n for a norm of the input, m for one between, and so on."""
    shapes = {}
    for name, kind in kinds:
        if kind in ('batch', 'batch between'):
            size = channels if kind == 'batch' else hidden
            shapes[name + '.weight'] = (size,)
            shapes[name + '.bias'] = (size,)
        elif kind in ('table', 'table between'):
            size = channels if kind == 'table' else hidden
            shapes[name + '.weight'] = (size, 3)
            shapes[name + '.bias'] = (size, 3)
        else:
            out, into, kernel = {
                'one': (hidden, channels, 3), 'two': (filters, hidden, 3), 'short': (filters, channels, 1)}[kind]
            shapes[name + '.weight'] = (out, into, kernel, kernel)
            shapes[name + '.bias'] = (out,)
    return shapes


UP = [('layers.0', 'batch'), ('layers.3', 'one'), ('layers.4', 'batch between'), ('layers.6', 'two'), ('shortcut.1', 'short')]
SAME = [('layers.0', 'batch'), ('layers.2', 'one'), ('layers.3', 'batch between'), ('layers.5', 'two')]
TABLES = [(n, k.replace('batch', 'table')) for n, k in UP]
DOWN = [('layers.1', 'one'), ('layers.3', 'two'), ('shortcut.0', 'short')]
FIRST = [('layers.0', 'one'), ('layers.2', 'two'), ('shortcut.1', 'short')]

# The layer's word with its settings, the shape of x, the shapes of parameters in the order of a plan, the function.
CASES = [
    ('residualBlock', {'filters': 3, 'resample': 'up', 'normalize': 'batch'}, (3, 2, 2, 3), block(2, 3, 3, UP),
     lambda x, p, y: generator_block(x, p, y, batch_norm, True)),
    ('residualBlock', {'filters': 2, 'resample': 'none', 'normalize': 'batch', 'hidden': 4}, (2, 2, 3, 4), block(2, 4, 2, SAME),
     lambda x, p, y: generator_block(x, p, y, batch_norm, False)),
    ('residualBlock', {'filters': 3, 'resample': 'up', 'normalize': 'conditional'}, (4, 2, 3, 2), block(2, 3, 3, TABLES),
     lambda x, p, y: generator_block(x, p, y, conditional_norm, True)),
    ('residualBlock', {'filters': 5, 'resample': 'down', 'normalize': 'none'}, (2, 3, 4, 5), block(3, 3, 5, DOWN),
     lambda x, p, y: discriminator_block(x, p, True)),
    ('residualBlock', {'filters': 3, 'resample': 'none', 'normalize': 'none'}, (2, 3, 3, 4), block(3, 3, 3, DOWN[:2]),
     lambda x, p, y: discriminator_block(x, p, False)),
    ('residualBlock', {'filters': 4, 'resample': 'none', 'normalize': 'none'}, (2, 3, 3, 2), block(3, 3, 4, DOWN),
     lambda x, p, y: discriminator_block(x, p, False)),
    ('residualBlock', {'filters': 4, 'resample': 'down', 'normalize': 'none', 'first': True}, (2, 3, 4, 4), block(3, 4, 4, FIRST),
     lambda x, p, y: optimized_block(x, p)),
    ('selfAttention', {'reduction': 2, 'valueReduction': 3, 'pool': True}, (2, 6, 4, 5),
     {'query.0.weight': (3, 6, 1, 1), 'key.0.weight': (3, 6, 1, 1), 'value.0.weight': (2, 6, 1, 1),
      'output.0.weight': (6, 2, 1, 1), 'gamma': (1,)}, lambda x, p, y: attention(x, p, True)),
    ('selfAttention', {'reduction': 4, 'valueReduction': 1, 'pool': False}, (2, 5, 3, 2),
     {'query.0.weight': (1, 5, 1, 1), 'key.0.weight': (1, 5, 1, 1), 'value.0.weight': (5, 5, 1, 1),
      'output.0.weight': (5, 5, 1, 1), 'gamma': (1,)}, lambda x, p, y: attention(x, p, False)),
    ('conditionalBatchNorm', {}, (4, 2, 2, 3), {'weight': (2, 3), 'bias': (2, 3)},
     lambda x, p, y: conditional_norm(x, {'c.' + k: v for k, v in p.items()}, 'c', y)),
    ('conditionalBatchNorm', {}, (5, 3), {'weight': (3, 3), 'bias': (3, 3)},
     lambda x, p, y: conditional_norm(x, {'c.' + k: v for k, v in p.items()}, 'c', y)),
    ('projection', {'bias': True}, (4, 5), {'linear.0.weight': (1, 5), 'linear.0.bias': (1,), 'embedding.0.weight': (5, 3)},
     projection),
    ('projection', {'bias': False}, (2, 3), {'linear.0.weight': (1, 3), 'embedding.0.weight': (3, 3)}, projection),
    ('auxiliaryClassifier', {}, (3, 4), {'score.0.weight': (1, 4), 'score.0.bias': (1,), 'classes.0.weight': (3, 4), 'classes.0.bias': (3,)},
     lambda x, p, y: torch.cat([F.linear(x, p['score.0.weight'], p['score.0.bias']),
                                F.linear(x, p['classes.0.weight'], p['classes.0.bias'])], 1)),
    ('concatLabels', {'embedding': 2}, (3, 2, 2, 3), {'weight': (2, 3)}, planes),
    ('concatLabels', {'embedding': 4}, (3, 2), {'weight': (4, 3)},
     lambda x, p, y: torch.cat([x, F.embedding(y, p['weight'].t())], 1)),
    ('concatLabels', {}, (3, 2), {}, lambda x, p, y: torch.cat([x, F.one_hot(y, 3).double()], 1)),
    ('concatLabels', {}, (3, 1, 2, 2), {},
     lambda x, p, y: torch.cat([x, F.one_hot(y, 3).double()[:, :, None, None].expand(-1, -1, 2, 2)], 1)),
]


def main(directory):
    cases = []
    for n, (name, settings, shape, shapes, f) in enumerate(CASES):
        x = lcg(31000 + 7 * n, shape, 1.5, 0.25).requires_grad_(True)
        y = torch.tensor([(2 * i + n) % 3 if i != 3 else n % 3 for i in range(shape[0])])
        p = {k: lcg(32000 + 70 * n + 3 * i, s).requires_grad_(True) for i, (k, s) in enumerate(shapes.items())}
        out = f(x, p, y)
        cot = lcg(34000 + 7 * n, tuple(out.shape))
        g = torch.autograd.grad((out * cot).sum(), [x, *p.values()])
        cases.append(dict(
            layer=name, **settings, labels=y.tolist(), x=plain(x), grad_out=plain(cot), y=plain(out), grad_x=plain(g[0]),
            parameters={k: plain(v) for k, v in p.items()},
            gradients={k: plain(v) for k, v in zip(p, g[1:])}))
    text = {
        'description': 'layers by their words in recipes, with settings, for three classes: y of x and labels in training, '
                       'and gradients of sum(y * grad_out) by x and by parameters, which are named as below the layer.',
        'dtype': 'float64',
        'made_with': 'torch %s, numpy %s' % (torch.__version__, np.__version__),
        'cases': cases,
    }
    with open(os.path.join(directory, 'composites.f64.json'), 'w') as out:
        json.dump(text, out, separators=(',', ':'), allow_nan=False)
    print(len(cases), 'cases')


if __name__ == '__main__':
    main(sys.argv[1])
