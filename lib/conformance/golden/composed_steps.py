#!/usr/bin/python3
"""Trainings of small GANs with terms, augmentations, packs, accumulated batches and an average, in PyTorch 1.13.

Writes composed_steps.f64.json. Weights, noise and samples come from lcg(), as in whole_step.py; what the library
draws by itself on the way, shares of the gradient penalty and mirrored images, comes from its streams of random
numbers, which are written out here from their description: SplitMix64 under a key mixed of seed, purpose and index.

    python3 composed_steps.py DIRECTORY
"""
import json, os, sys
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from whole_step import SPREAD, cross_entropy, lcg, our_name, spectral, start

torch.set_num_threads(1)
STEPS, LATENT, IMAGE, SEED = 6, 4, (2, 4, 4), 42
MASK, GAMMA = (1 << 64) - 1, 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniforms(purpose, index, count):
    """n numbers in [0, 1) of the stream of a purpose."""
    key = mix((SEED + GAMMA) & MASK)
    key = (mix(key ^ len(purpose)) + GAMMA) & MASK
    for c in purpose:
        key = (mix(key ^ ord(c)) + GAMMA) & MASK
    key = (mix(key ^ index) + GAMMA) & MASK
    state, out = mix(key), []
    for _ in range(count):
        state = (state + GAMMA) & MASK
        out.append((mix(state) >> 11) * 2.0 ** -53)
    return np.array(out)


def generator():
    return nn.Sequential(
        nn.Linear(LATENT, 12, bias=False), nn.Unflatten(1, (3, 2, 2)), nn.BatchNorm2d(3), nn.Tanh(),
        nn.ConvTranspose2d(3, 2, 4, 2, 1), nn.Tanh())


def discriminator(packing, norm):
    # Smooth activations: their second derivatives count in the penalty, and no kink divides the two precisions.
    return nn.Sequential(
        norm(nn.Conv2d(2 * packing, 3, 3, 1, 1)), nn.SiLU(), norm(nn.Conv2d(3, 4, 4, 2, 1)), nn.Tanh(),
        nn.Flatten(), norm(nn.Linear(16, 1)))


def wasserstein(real, fake):
    return fake.mean() - real.mean()


def relativistic(real, fake):
    return cross_entropy(real - fake.mean(), fake - real.mean())


CASES = {
    'packs, a penalty, mirrored images, a smaller batch for the generator': dict(
        packing=2, accumulate=2, batch=6, generator_batch=4, reuse=False, d_steps=2, g_steps=1, norm=lambda m: m,
        loss=(wasserstein, lambda f: -f.mean()), penalty=10.0, flip=0.5, ema=(0.4, 3, True),
        optimizers=(lambda p: torch.optim.Adam(p, 2e-3, (0.5, 0.9)), lambda p: torch.optim.Adam(p, 3e-3, (0.5, 0.9)))),
    'the same noise twice for the generator, a penalty on normalized weights': dict(
        packing=1, accumulate=2, batch=5, generator_batch=5, reuse=True, d_steps=1, g_steps=2, norm=spectral,
        loss=(cross_entropy, lambda f: F.binary_cross_entropy_with_logits(f, torch.ones_like(f))),
        penalty=0.5, flip=0.3, ema=(0.8, 1, False),
        optimizers=(lambda p: torch.optim.SGD(p, 0.05, 0.9), lambda p: torch.optim.SGD(p, 0.1, 0.5))),
    'a loss that compares, r1 in every other update, orthogonal regularization, clipped weights': dict(
        packing=1, accumulate=2, batch=4, generator_batch=6, reuse=False, d_steps=1, g_steps=1, norm=lambda m: m,
        relativistic=True, loss=(relativistic, lambda f, r: relativistic(f, r)), r1=(3.0, 2), orthogonal=0.03, clip=0.2,
        flip=0.5, ema=(0.5, 1, True),
        optimizers=(lambda p: torch.optim.SGD(p, 0.05), lambda p: torch.optim.SGD(p, 0.1))),
}


def flipped(x, probability, purpose, number):
    chosen = uniforms('augment %s 0' % purpose, number, x.shape[0]) < probability
    return torch.where(torch.tensor(chosen)[:, None, None, None], x.flip(3), x)


def seen(x, case, purpose, number):
    x = flipped(x, case['flip'], purpose, number)
    return torch.cat(x.split(x.shape[0] // case['packing']), 1)


def penalty(D, real, fake, weight, number):
    a = torch.tensor(uniforms('term 0', number, real.shape[0]))[:, None, None, None]
    x = (a * real + (1 - a) * fake).detach().requires_grad_(True)
    g, = torch.autograd.grad(D(x).sum(), x, create_graph=True)
    return weight * ((g.flatten(1).norm(2, dim=1) - 1) ** 2).mean()


def r1(D, real, gamma, every, update):
    if update % every:
        return 0
    x = real.detach().requires_grad_(True)
    g, = torch.autograd.grad(D(x).sum(), x, create_graph=True)
    return every * gamma / 2 * (g ** 2).flatten(1).sum(1).mean()


def orthogonal(net, weight):
    total = 0
    for m in net:
        if hasattr(m, 'weight') and m.weight.dim() > 1:
            w = m.weight.transpose(0, 1) if isinstance(m, nn.ConvTranspose2d) else m.weight
            w = w.flatten(1)
            total = total + ((w @ w.t()) * (1 - torch.eye(w.shape[0], dtype=w.dtype))).pow(2).sum()
    return weight * total


def run(case):
    G, D = generator().double(), discriminator(case['packing'], case['norm']).double()
    how = {**start(G, 'generator', 1), **start(D, 'discriminator', 500)}
    average = {k: p.detach().clone() for k, p in G.named_parameters()}
    G.train(), D.train()
    d_loss, g_loss = case['loss']
    g_opt, d_opt = case['optimizers'][0](G.parameters()), case['optimizers'][1](D.parameters())
    parts, losses_d, losses_g, nd, ng = case['accumulate'], [], [], 0, 0
    for step in range(1, STEPS + 1):
        total = 0
        for _ in range(case['d_steps']):
            d_opt.zero_grad()
            for part in range(parts):
                n = nd * parts + part
                x = lcg(40000 + SPREAD * n, (case['batch'],) + IMAGE)
                with torch.no_grad():
                    fake = G(lcg(50000 + SPREAD * n, (case['batch'], LATENT), 2.0))
                real, fake = seen(x, case, 'real', n), seen(fake, case, 'fake', n)
                real_score = D(real)
                loss = d_loss(real_score, D(fake))
                if 'penalty' in case:
                    loss = loss + penalty(D, real, fake, case['penalty'], n)
                if 'r1' in case:
                    loss = loss + r1(D, real, *case['r1'], nd)
                if 'orthogonal' in case:
                    loss = loss + orthogonal(D, case['orthogonal'])
                (loss / parts).backward()
                total += loss.item() / parts
            d_opt.step()
            if 'clip' in case:
                for p in D.parameters():
                    p.data.clamp_(-case['clip'], case['clip'])
            nd += 1
        losses_d.append(total / case['d_steps'])
        total = 0
        for _ in range(case['g_steps']):
            g_opt.zero_grad()
            for part in range(parts):
                n = ng * parts + part
                z = (lcg(50000 + SPREAD * ((nd - 1) * parts + part), (case['batch'], LATENT), 2.0) if case['reuse']
                     else lcg(60000 + SPREAD * n, (case['generator_batch'], LATENT), 2.0))
                scores = D(seen(G(z), case, 'fake for the generator', n))
                if case.get('relativistic'):
                    x = lcg(40000 + SPREAD * ((nd - 1) * parts + part), (case['batch'],) + IMAGE)
                    loss = g_loss(scores, D(seen(x, case, 'real for the generator', n)))
                else:
                    loss = g_loss(scores)
                if 'orthogonal' in case:
                    loss = loss + orthogonal(G, case['orthogonal'])
                (loss / parts).backward()
                total += loss.item() / parts
            g_opt.step()
            ng += 1
        losses_g.append(total / case['g_steps'])
        decay, first, warmup = case['ema']
        k = step - first
        d = 0 if k < 0 else min(decay, (1 + k) / (10 + k)) if warmup else decay
        for key, p in G.named_parameters():
            average[key] = d * average[key] + (1 - d) * p.detach()
    final = {}
    for net, name in ((G, 'generator'), (D, 'discriminator')):
        for key, t in net.state_dict().items():
            if 'num_batches' not in key:
                final[name + '.' + our_name(key)] = t.clone()
    for key, t in average.items():
        final['ema.generator.' + our_name(key)] = t
    for key, p in G.named_parameters():
        p.data.copy_(average[key])
    G.eval()
    made = G(lcg(70000, (3, LATENT), 2.0)).detach()
    tensor = lambda t: dict(shape=list(t.shape), data=t.reshape(-1).tolist())
    return dict(start=how, loss_d=losses_d, loss_g=losses_g, final={k: tensor(t) for k, t in final.items()}, sample=tensor(made))


def paired():
    """One look at both objectives on paired images, as in pix2pix, with the distance by both measures."""
    G = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), nn.SiLU(), nn.Conv2d(4, 2, 3, 1, 1), nn.Tanh()).double()
    D = nn.Sequential(nn.Conv2d(5, 3, 4, 2, 1), nn.SiLU(), nn.Conv2d(3, 1, 1)).double()
    how = {**start(G, 'generator', 1), **start(D, 'discriminator', 500)}
    source, target = lcg(81, (3, 3, 4, 4)), lcg(82, (3, 2, 4, 4))
    case = dict(flip=0.5, packing=1)
    look = lambda y, purpose, number: seen(torch.cat([source, y], 1), case, purpose, number)
    d_value = cross_entropy(D(look(target, 'real', 7)), D(look(G(source).detach(), 'fake', 7)))
    made = G(source)
    scores = D(look(made, 'fake for the generator', 9))
    g_value = (F.binary_cross_entropy_with_logits(scores, torch.ones_like(scores))
               + 100 * (made - target).abs().mean() + 3 * ((made - target) ** 2).mean())
    tensor = lambda t: dict(shape=list(t.shape), data=t.reshape(-1).tolist())
    gradients = lambda value, net, name: {
        name + '.' + k: tensor(g) for (k, _), g in zip(net.named_parameters(), torch.autograd.grad(value, list(net.parameters())))}
    return dict(start=how, discriminator=d_value.item(), generator=g_value.item(),
                gradients={**gradients(d_value, D, 'discriminator'), **gradients(g_value, G, 'generator')})


if __name__ == '__main__':
    out = os.path.join(sys.argv[1] if len(sys.argv) > 1 else '.', 'composed_steps.f64.json')
    cases = [dict(name=name, **run(case)) for name, case in CASES.items()]
    for c in cases:
        print(c['name'], 'loss_d', ['%.4f' % v for v in c['loss_d']], 'loss_g', ['%.4f' % v for v in c['loss_g']])
    with open(out, 'w') as f:
        json.dump(dict(
            description='%d steps of small GANs with terms and augmentations; see composed_steps.py. Fields as in whole_step, with number n that of the batch and ema.* the average of the generator, which makes sample. paired: both objectives and their gradients on source = lcg(81), (3, 3, 4, 4), and target = lcg(82), (3, 2, 4, 4), batch 7 of the discriminator and 9 of the generator.' % STEPS,
            dtype='float64', made_with='torch %s, numpy %s' % (torch.__version__, np.__version__),
            iterations=STEPS, latent=LATENT, cases=cases, paired=paired()), f, separators=(',', ':'), allow_nan=False)
    print(os.path.getsize(out), 'bytes')
