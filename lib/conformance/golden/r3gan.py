#!/usr/bin/python3
"""Six steps of a small R3GAN (arXiv:2501.05441) in PyTorch 1.13: the paper's blocks, loss, penalties and resampling.

Writes r3gan.f64.json: with constant settings, and with the paper's schedules, half cosines over images, of rates,
beta2, the penalties' weight and the half-life of the generator's average. Written from the paper's equations and
tables; weights, noise and samples come from lcg(), as in whole_step.py. Grouped convolutions are einsums of patches,
resampling a product with a matrix for each dimension, the loss a log1p of exp: other operations than the library's.

    python3 r3gan.py DIRECTORY
"""
import json, os, sys
import numpy as np, torch
from whole_step import SPREAD, lcg

torch.set_num_threads(1)
STEPS, LATENT, BATCH, IMAGE, SLOPE, GAMMA = 6, 5, 4, (2, 8, 8), 0.2, 0.7
WIDTHS = (6, 4)  # of 4 x 4 and of 8 x 8
GROUPS, EXPANSION = (3, 2), 2


def leaky(x):
    return torch.where(x > 0, x, SLOPE * x)


def grouped(x, w, groups):
    """A 3 x 3 convolution with zeros at the borders."""
    n, c, h, s = x.shape
    p = torch.zeros(n, c, h + 2, s + 2, dtype=x.dtype)
    p = p.index_put((torch.arange(n)[:, None, None, None], torch.arange(c)[None, :, None, None],
                     torch.arange(1, h + 1)[None, None, :, None], torch.arange(1, s + 1)[None, None, None, :]), x)
    patches = torch.stack([torch.stack([p[:, :, i:i + h, j:j + s] for j in range(3)], -1) for i in range(3)], -2)
    out = []
    for g in range(groups):
        a, b = c // groups, w.shape[0] // groups
        out.append(torch.einsum('nchwij,ocij->nohw', patches[:, g * a:(g + 1) * a], w[g * b:(g + 1) * b]))
    return torch.cat(out, 1)


def pointwise(x, w):
    return torch.einsum('nchw,oc->nohw', x, w[:, :, 0, 0])


def down_matrix(size):
    """Rows of [1, 3, 3, 1] / 8, two pixels apart, cut off at the borders."""
    m = np.zeros((size // 2, size))
    for i in range(size // 2):
        for t, f in enumerate((1, 3, 3, 1)):
            if 0 <= 2 * i - 1 + t < size:
                m[i, 2 * i - 1 + t] = f / 8
    return torch.tensor(m)


def resampled(x, m):
    return torch.einsum('ih,nchw,jw->ncij', m, x, m)


def block(x, p, path, groups):
    y = pointwise(x, p[path + '.0.weight']) + p[path + '.0.bias'][:, None, None]
    y = grouped(leaky(y), p[path + '.2.weight'], groups) + p[path + '.2.bias'][:, None, None]
    return x + pointwise(leaky(y), p[path + '.4.weight'])


def generate(z, p):
    x = torch.einsum('nk,ck->nc', z, p['generator.0.weight'])[:, :, None, None] * p['generator.1.weight']
    x = block(x, p, 'generator.2.layers', GROUPS[0])
    x = pointwise(x, p['generator.3.weight'])
    x = resampled(x, 2 * down_matrix(8).t())
    x = block(x, p, 'generator.5.layers', GROUPS[1])
    return pointwise(x, p['generator.6.weight'])


def judge(x, p):
    x = pointwise(x, p['discriminator.0.weight'])
    x = block(x, p, 'discriminator.1.layers', GROUPS[1])
    x = resampled(x, down_matrix(8))
    x = pointwise(x, p['discriminator.3.weight'])
    x = block(x, p, 'discriminator.4.layers', GROUPS[0])
    x = torch.einsum('nchw,chw->nc', x, p['discriminator.5.weight'][:, 0])
    return torch.einsum('nc,oc->no', x, p['discriminator.7.weight'])


def block_shapes(path, width, groups):
    wide = width * EXPANSION
    return {path + '.0.weight': (wide, width, 1, 1), path + '.0.bias': (wide,),
            path + '.2.weight': (wide, wide // groups, 3, 3), path + '.2.bias': (wide,),
            path + '.4.weight': (width, wide, 1, 1)}


def shapes():
    a, b = WIDTHS
    g = {'generator.0.weight': (a, LATENT), 'generator.1.weight': (a, 4, 4)}
    g.update(block_shapes('generator.2.layers', a, GROUPS[0]))
    g['generator.3.weight'] = (b, a, 1, 1)
    g.update(block_shapes('generator.5.layers', b, GROUPS[1]))
    g['generator.6.weight'] = (IMAGE[0], b, 1, 1)
    d = {'discriminator.0.weight': (b, IMAGE[0], 1, 1)}
    d.update(block_shapes('discriminator.1.layers', b, GROUPS[1]))
    d['discriminator.3.weight'] = (a, b, 1, 1)
    d.update(block_shapes('discriminator.4.layers', a, GROUPS[0]))
    d['discriminator.5.weight'] = (a, 1, 4, 4)
    d['discriminator.7.weight'] = (1, a)
    return g, d


def softplus(x):
    return torch.clamp(x, min=0) + torch.log1p(torch.exp(-x.abs()))


def squares(scores, x):
    g, = torch.autograd.grad(scores.sum(), x, create_graph=True)
    return (g ** 2).sum((1, 2, 3)).mean()


class Adam:
    """Algorithm 1 of arXiv:1412.6980 with beta1 0, and the rate and beta2 of each step."""

    def __init__(self, params):
        self.params, self.t = params, 0
        self.v = {k: torch.zeros_like(p) for k, p in params.items()}

    def step(self, loss, lr, beta2):
        self.t += 1
        grads = torch.autograd.grad(loss, list(self.params.values()))
        with torch.no_grad():
            for (k, p), g in zip(self.params.items(), grads):
                self.v[k] = beta2 * self.v[k] + (1 - beta2) * g * g
                p -= lr * g / ((self.v[k] / (1 - beta2 ** self.t)).sqrt() + 1e-8)


class Cosine:
    """Half a cosine wave from one value to another over a number of images, constant afterwards."""

    def __init__(self, start, to, images):
        self.start, self.to, self.images = start, to, images

    def at(self, n):
        done = min(n * BATCH / self.images, 1)
        return self.to + (self.start - self.to) * (1 + np.cos(np.pi * done)) / 2


def train(name, lr_g, lr_d, beta2_g, beta2_d, r1, r2, half_life=None):
    """Numbers are functions of the step, from 0; without a half-life there is no average."""
    how, params = {}, []
    for n, net in enumerate(shapes()):
        own = {}
        for i, (path, shape) in enumerate(net.items()):
            seed = 1 + 500 * n + 17 * i
            scale = 1.0 if path.endswith('1.weight') and len(shape) == 3 else 0.6
            own[path] = lcg(seed, shape, scale).requires_grad_(True)
            how[path] = dict(seed=seed, scale=scale, offset=0.0, unit=False)
        params.append(own)
    g, d = params
    average = {k: p.detach().clone() for k, p in g.items()}
    of_g, of_d = Adam(g), Adam(d)
    losses_d, losses_g = [], []
    for n in range(STEPS):
        x = lcg(40000 + SPREAD * n, (BATCH,) + IMAGE).requires_grad_(True)
        fake = generate(lcg(50000 + SPREAD * n, (BATCH, LATENT), 2.0), g).detach().requires_grad_(True)
        real_scores, fake_scores = judge(x, d), judge(fake, d)
        penalty = (r1(n) * squares(real_scores, x) + r2(n) * squares(fake_scores, fake)) / 2
        loss = softplus(fake_scores - real_scores).mean() + penalty
        losses_d.append(loss.item())
        of_d.step(loss, lr_d(n), beta2_d(n))
        made = generate(lcg(60000 + SPREAD * n, (BATCH, LATENT), 2.0), g)
        loss = softplus(judge(x.detach(), d) - judge(made, d)).mean()
        losses_g.append(loss.item())
        of_g.step(loss, lr_g(n), beta2_g(n))
        if half_life:
            decay = 0.5 ** (BATCH / half_life(n)) if half_life(n) > 0 else 0.0
            average = {k: decay * average[k] + (1 - decay) * p.detach() for k, p in g.items()}
    print(name, losses_d, losses_g)
    tensor = lambda t: dict(shape=list(t.shape), data=t.detach().reshape(-1).tolist())
    final = {**g, **d}
    if half_life:
        final.update({'ema.' + k: p for k, p in average.items()})
    sample = generate(lcg(70000, (3, LATENT), 2.0), average if half_life else g)
    return dict(name=name, start=how, loss_d=losses_d, loss_g=losses_g,
                final={k: tensor(t) for k, t in final.items()}, sample=tensor(sample))


def main(directory):
    constant = lambda value: lambda n: value
    cases = [train('r3gan', constant(2e-3), constant(3e-3), constant(0.9), constant(0.9), constant(GAMMA),
                   constant(GAMMA)),
             train('scheduled', Cosine(2e-3, 5e-4, 24).at, Cosine(3e-3, 7e-4, 20).at, Cosine(0.9, 0.99, 24).at,
                   Cosine(0.8, 0.95, 18).at, Cosine(GAMMA, 0.07, 20).at, Cosine(0.4, 0.9, 14).at, Cosine(0, 30, 22).at)]
    text = dict(description='Six steps of a small R3GAN; see golden/r3gan.py.', dtype='float64',
                made_with='torch %s, numpy %s' % (torch.__version__, np.__version__),
                iterations=STEPS, latent=LATENT, batch=BATCH, gamma=GAMMA, cases=cases)
    with open(os.path.join(directory, 'r3gan.f64.json'), 'w') as out:
        json.dump(text, out, separators=(',', ':'), allow_nan=False)


if __name__ == '__main__':
    main(sys.argv[1])
