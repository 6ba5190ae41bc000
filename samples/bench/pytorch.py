"""Three of Sparring's recipes as a PyTorch user would write them, for `sparring bench --against`.

Usage: pytorch.py RECIPE SECONDS, with RECIPE sngan-32, digits or ring. Trains for some seconds, a third of
them as a warm-up, and prints one line of JSON: the seconds of each iteration, the peak memory, the version.
Threads are PyTorch's own default, OMP_NUM_THREADS. Runs on PyTorch 1.13 and later.
"""

import json
import math
import resource
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import spectral_norm


def hinge():
    real = lambda r, f: F.relu(1 - r).mean() + F.relu(1 + f).mean()
    return real, lambda f: -f.mean()


def non_saturating():
    bce = F.binary_cross_entropy_with_logits
    real = lambda r, f: bce(r, torch.ones_like(r)) + bce(f, torch.zeros_like(f))
    return real, lambda f: bce(f, torch.ones_like(f))


def sngan_32():
    """Table 3 of arXiv:1802.05957, on random images."""
    blocks = []
    for inputs, outputs in [(512, 256), (256, 128), (128, 64)]:
        blocks += [nn.ConvTranspose2d(inputs, outputs, 4, 2, 1), nn.BatchNorm2d(outputs), nn.ReLU(True)]
    generator = nn.Sequential(
        nn.Linear(128, 8192), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU(True),
        *blocks, nn.Conv2d(64, 3, 3, 1, 1), nn.Tanh())
    layers = []
    for inputs, outputs, kernel, stride in [
            (3, 64, 3, 1), (64, 64, 4, 2), (64, 128, 3, 1), (128, 128, 4, 2),
            (128, 256, 3, 1), (256, 256, 4, 2), (256, 512, 3, 1)]:
        layers += [spectral_norm(nn.Conv2d(inputs, outputs, kernel, stride, 1)), nn.LeakyReLU(0.1, True)]
    discriminator = nn.Sequential(*layers, nn.Flatten(), spectral_norm(nn.Linear(8192, 1)))
    images = [torch.rand(64, 3, 32, 32) * 2 - 1 for _ in range(4)]
    return generator, discriminator, hinge(), (2e-4, 2e-4), 128, 64, lambda i: images[i % 4]


class Bssn(nn.Module):
    """Bidirectional scaled spectral normalization (arXiv:2009.02773, section 4) of a layer's weight."""

    def __init__(self, layer, scale):
        super().__init__()
        self.layer, self.scale = layer, scale
        for i, matrix in enumerate(self.matrices()):
            self.register_buffer(f"u{i}", F.normalize(torch.randn(matrix.shape[0]), dim=0))

    def matrices(self):
        w = self.layer.weight
        rows = [w.reshape(w.shape[0], -1)]
        return rows if w.dim() == 2 else rows + [w.transpose(0, 1).reshape(w.shape[1], -1)]

    def sigma(self, matrix, u):
        with torch.no_grad():
            v = F.normalize(matrix.t() @ u, dim=0)
            u.copy_(F.normalize(matrix @ v, dim=0))
        return torch.dot(u.clone(), matrix @ v)

    def forward(self, x):
        sigmas = [self.sigma(m, getattr(self, f"u{i}")) for i, m in enumerate(self.matrices())]
        w = self.layer.weight * (self.scale * len(sigmas) / sum(sigmas))
        if w.dim() == 2:
            return F.linear(x, w, self.layer.bias)
        return F.conv2d(x, w, self.layer.bias, self.layer.stride, self.layer.padding)


def digits():
    """samples/recipes/digits.yaml; random images of its size take the same time."""
    generator = nn.Sequential(
        nn.Linear(64, 1024), nn.Unflatten(1, (64, 4, 4)), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.BatchNorm2d(32), nn.ReLU(), nn.Conv2d(32, 1, 3, 1, 1), nn.Tanh())
    discriminator = nn.Sequential(
        Bssn(nn.Conv2d(1, 32, 3, 1, 1), 1.4), nn.LeakyReLU(0.1),
        Bssn(nn.Conv2d(32, 64, 4, 2, 1), 1.4), nn.LeakyReLU(0.1),
        nn.Flatten(), Bssn(nn.Linear(1024, 1), 1.4))
    images = torch.rand(1797, 1, 8, 8) * 2 - 1
    return generator, discriminator, hinge(), (2e-4, 4e-4), 64, 64, lambda i: images[torch.randperm(1797)[:64]]


def ring():
    """samples/recipes/ring.yaml."""
    mlp = lambda inputs, outputs, act: nn.Sequential(
        nn.Linear(inputs, 128), act(), nn.Linear(128, 128), act(), nn.Linear(128, outputs))

    def points(_):
        angle = torch.randint(0, 8, (256,)) * (math.pi / 4)
        return torch.stack([angle.cos(), angle.sin()], 1) + 0.02 * torch.randn(256, 2)

    return (mlp(2, 2, nn.ReLU), mlp(2, 1, lambda: nn.LeakyReLU(0.2)), non_saturating(), (1e-3, 1e-3), 2, 256, points)


def main():
    recipes = {"sngan-32": sngan_32, "digits": digits, "ring": ring}
    if len(sys.argv) != 3 or sys.argv[1] not in recipes:
        sys.exit("usage: pytorch.py RECIPE SECONDS, with RECIPE one of " + ", ".join(recipes))
    torch.manual_seed(42)
    generator, discriminator, (loss_d, loss_g), rates, latent, batch, real = recipes[sys.argv[1]]()
    adam_g = torch.optim.Adam(generator.parameters(), rates[0], (0.5, 0.999))
    adam_d = torch.optim.Adam(discriminator.parameters(), rates[1], (0.5, 0.999))

    def step(i):
        samples = real(i)
        discriminator.requires_grad_(True)
        adam_d.zero_grad(set_to_none=True)
        with torch.no_grad():
            fake = generator(torch.randn(batch, latent))
        of_d = loss_d(discriminator(samples), discriminator(fake))
        of_d.backward()
        adam_d.step()
        discriminator.requires_grad_(False)
        adam_g.zero_grad(set_to_none=True)
        of_g = loss_g(discriminator(generator(torch.randn(batch, latent))))
        of_g.backward()
        adam_g.step()
        return of_d.item(), of_g.item()

    budget, times = float(sys.argv[2]), []
    start = time.perf_counter()
    while time.perf_counter() - start < 1.5 * budget or len(times) < 8:
        before = time.perf_counter()
        step(len(times))
        times.append(time.perf_counter() - before)
    print(json.dumps({
        "version": "PyTorch " + torch.__version__,
        "seconds": times[len(times) // 3:],
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    }))


main()
