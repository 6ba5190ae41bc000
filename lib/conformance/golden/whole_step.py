#!/usr/bin/python3
"""Whole trainings of small GANs in PyTorch 1.13: given weights, noise and batches in, losses and final state out.

Writes whole_step.f64.json. Everything that goes in comes from lcg(), as in golden.py, so that the file holds
outputs only. Two of the cases use torch.nn.utils.spectral_norm; bidirectional spectral normalization is written
out here, after arXiv:2009.02773 and its code: weight * scale / mean of both norms, dense layers by the one norm.

    python3 whole_step.py DIRECTORY
"""
import json, os, sys
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

torch.set_num_threads(1)
ITERATIONS, BATCH, LATENT, IMAGE = 20, 5, 8, (2, 8, 8)
SPREAD = 1000003  # between the seeds of successive batches: neighbouring seeds of lcg() start alike


def lcg(seed, shape, scale=1.0, offset=0.0):
    x = seed & 0xffffffff
    out = np.empty(int(np.prod(shape)))
    for i in range(out.size):
        x = (1664525 * x + 1013904223) & 0xffffffff
        out[i] = ((x >> 8) / float(1 << 24)) * 2 - 1
    return torch.tensor(out.reshape(shape) * scale + offset)


class Bidirectional(nn.Module):
    """A convolution or dense layer whose weight is divided by the mean of the norms of its two matrices."""

    def __init__(self, inner, scale):
        super().__init__()
        self.inner, self.scale = inner, scale
        w = inner.weight
        # A dense layer's two matrices are each other's transpose.
        for suffix, axis in [('', 0)] + ([('_in', 1)] if w.dim() == 4 else []):
            self.register_buffer('u' + suffix, torch.empty(w.shape[axis], dtype=w.dtype))
            self.register_buffer('v' + suffix, torch.empty(w.numel() // w.shape[axis], dtype=w.dtype))

    def norm(self, suffix, matrix):
        u, v = getattr(self, 'u' + suffix), getattr(self, 'v' + suffix)
        with torch.no_grad():
            v.copy_(F.normalize(matrix.t() @ u, dim=0, eps=1e-12))
            u.copy_(F.normalize(matrix @ v, dim=0, eps=1e-12))
        return torch.dot(u.clone(), matrix @ v.clone())

    def forward(self, x):
        w = self.inner.weight
        norm = self.norm('', w.flatten(1))
        if w.dim() == 4:
            norm = (norm + self.norm('_in', w.transpose(0, 1).flatten(1))) / 2
            return F.conv2d(x, w * self.scale / norm, self.inner.bias, self.inner.stride, self.inner.padding)
        return F.linear(x, w * self.scale / norm, self.inner.bias)


def generator():
    # No bias before batch normalization, which takes it away again: its gradient would be rounding noise,
    # and Adam makes whole steps of that.
    return nn.Sequential(
        nn.Linear(LATENT, 32, bias=False), nn.Unflatten(1, (8, 2, 2)), nn.BatchNorm2d(8), nn.ReLU(),
        nn.ConvTranspose2d(8, 6, 4, 2, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
        nn.ConvTranspose2d(6, 4, 4, 2, 1), nn.Conv2d(4, 2, 3, 1, 1), nn.Tanh())


def discriminator(norm, slope):
    return nn.Sequential(
        norm(nn.Conv2d(2, 5, 3, 1, 1)), nn.LeakyReLU(slope),
        norm(nn.Conv2d(5, 7, 4, 2, 1)), nn.LeakyReLU(slope),
        norm(nn.Conv2d(7, 6, 3, 1, 1)), nn.LeakyReLU(slope),
        nn.Flatten(), norm(nn.Linear(96, 1)))


def discriminator_with_batch_norm(slope):
    return nn.Sequential(
        nn.Conv2d(2, 5, 3, 1, 1), nn.LeakyReLU(slope),
        nn.Conv2d(5, 7, 4, 2, 1, bias=False), nn.BatchNorm2d(7), nn.LeakyReLU(slope),
        nn.Flatten(), nn.Linear(112, 1))


def spectral(layer):
    return torch.nn.utils.spectral_norm(layer)


def hinge(real, fake):
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def cross_entropy(real, fake):
    b = F.binary_cross_entropy_with_logits
    return b(real, torch.ones_like(real)) + b(fake, torch.zeros_like(fake))


def least_squares(real, fake):
    return 0.5 * F.mse_loss(real, torch.ones_like(real)) + 0.5 * F.mse_loss(fake, torch.zeros_like(fake))


def adam(lr):
    return lambda p: torch.optim.Adam(p, lr, (0.5, 0.999))


CASES = {
    'sngan': dict(
        d=lambda: discriminator(spectral, 0.1), loss=(hinge, lambda f: -f.mean()),
        optimizers=(adam(2e-4), adam(4e-4)), updates=(1, 1)),
    'sngan, ten times the rates': dict(
        d=lambda: discriminator(spectral, 0.1), loss=(hinge, lambda f: -f.mean()),
        optimizers=(adam(2e-3), adam(4e-3)), updates=(1, 1)),
    'batch normalization in both, two discriminator updates': dict(
        d=lambda: discriminator_with_batch_norm(0.2),
        loss=(cross_entropy, lambda f: F.binary_cross_entropy_with_logits(f, torch.ones_like(f))),
        optimizers=(lambda p: torch.optim.RMSprop(p, 1e-3),
                    lambda p: torch.optim.AdamW(p, 1e-3, (0.5, 0.9), weight_decay=0.1)), updates=(2, 1)),
    'bssn, two generator updates': dict(
        d=lambda: discriminator(lambda m: Bidirectional(m, 1.5), 0.2),
        loss=(least_squares, lambda f: 0.5 * F.mse_loss(f, torch.ones_like(f))),
        optimizers=(lambda p: torch.optim.SGD(p, 0.02, 0.9),
                    lambda p: torch.optim.Adam(p, 2e-3, (0.5, 0.999), weight_decay=0.01)), updates=(1, 2)),
}


def our_name(name):
    """'2.weight_orig' and '2.inner.weight' are both '2.weight' to us; '2.u_in' is '2.weight_u_in'."""
    name = name.replace('_orig', '').replace('inner.', '')
    head, tail = name.split('.')
    return head + '.weight_' + tail if tail in ('u', 'v', 'u_in', 'v_in') else name


def start(net, name, first_seed):
    """Fills a network's tensors from lcg(), and says how."""
    how = {}
    state = [(k, t) for k, t in net.state_dict(keep_vars=True).items() if 'num_batches' not in k and 'running' not in k]
    for i, (key, t) in enumerate(state):
        ours, seed = our_name(key), first_seed + SPREAD * i
        vector = ours.split('.')[1].startswith('weight_')
        scale, offset = (1.0, 0.0) if vector else (0.25, 0.0) if t.dim() > 1 else (0.125, 1.0 if ours.endswith('weight') else 0.0)
        values = lcg(seed, tuple(t.shape), scale, offset)
        with torch.no_grad():
            t.copy_(F.normalize(values, dim=0) if vector else values)
        how[name + '.' + ours] = dict(seed=seed, scale=scale, offset=offset, unit=vector, shape=list(t.shape))
    return how


def run(case):
    G, D = generator().double(), case['d']().double()
    how = {**start(G, 'generator', 1), **start(D, 'discriminator', 500)}
    G.train(), D.train()
    d_loss, g_loss = case['loss']
    g_opt, d_opt = case['optimizers'][0](G.parameters()), case['optimizers'][1](D.parameters())
    d_updates, g_updates = case['updates']
    losses_d, losses_g, nd, ng = [], [], 0, 0
    for _ in range(ITERATIONS):
        total = 0
        for _ in range(d_updates):
            x = lcg(40000 + SPREAD * nd, (BATCH,) + IMAGE)
            z = lcg(50000 + SPREAD * nd, (BATCH, LATENT), 2.0)
            nd += 1
            with torch.no_grad():
                fake = G(z)
            real_score = D(x)
            loss = d_loss(real_score, D(fake))
            d_opt.zero_grad()
            loss.backward()
            d_opt.step()
            total += loss.item()
        losses_d.append(total / d_updates)
        total = 0
        for _ in range(g_updates):
            z = lcg(60000 + SPREAD * ng, (BATCH, LATENT), 2.0)
            ng += 1
            loss = g_loss(D(G(z)))
            g_opt.zero_grad()
            loss.backward()
            g_opt.step()
            total += loss.item()
        losses_g.append(total / g_updates)
    final = {}
    for net, name in ((G, 'generator'), (D, 'discriminator')):
        for key, t in net.state_dict().items():
            if 'num_batches' not in key:
                final[name + '.' + our_name(key)] = dict(shape=list(t.shape), data=t.reshape(-1).tolist())
    z = lcg(70000, (3, LATENT), 2.0)
    G.eval()
    made = G(z).detach()
    return dict(start=how, loss_d=losses_d, loss_g=losses_g, final=final,
                sample=dict(shape=list(made.shape), data=made.reshape(-1).tolist()))


if __name__ == '__main__':
    out = os.path.join(sys.argv[1] if len(sys.argv) > 1 else '.', 'whole_step.f64.json')
    cases = [dict(name=name, **run(case)) for name, case in CASES.items()]
    for c in cases:
        print(c['name'], 'loss_d %.4f .. %.4f' % (c['loss_d'][0], c['loss_d'][-1]), 'loss_g %.4f .. %.4f' % (c['loss_g'][0], c['loss_g'][-1]))
    with open(out, 'w') as f:
        json.dump(dict(
            description='%d steps of four small GANs; see whole_step.py. start: how each tensor begins: lcg(seed) * scale + offset, made a unit vector where unit is true. Update n (from 0) of the discriminator: real = lcg(40000 + 1000003 n) of shape (%d, 2, 8, 8), noise = 2 lcg(50000 + 1000003 n) of shape (%d, %d); of the generator: noise = 2 lcg(60000 + 1000003 n). loss_d and loss_g: means over a step\'s updates, each before its update. final: all tensors behind the last step. sample: the generator in evaluation on 2 lcg(70000) of shape (3, %d).' % (ITERATIONS, BATCH, BATCH, LATENT, LATENT),
            dtype='float64', made_with='torch %s, numpy %s' % (torch.__version__, np.__version__),
            iterations=ITERATIONS, batch=BATCH, latent=LATENT, cases=cases), f, separators=(',', ':'), allow_nan=False)
    print(os.path.getsize(out), 'bytes')
