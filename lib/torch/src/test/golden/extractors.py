#!/usr/bin/env python3
"""Small networks as TorchScript and ONNX files, and what PyTorch makes of samples with them.

Written with PyTorch 1.13; the tests do not need Python. Run it again with: python3 extractors.py
"""
import json
import os
from typing import Dict, List

import torch
from torch import Tensor, nn

HERE = os.path.dirname(os.path.abspath(__file__))
TORCH = os.path.join(HERE, "../resources/dev/sparring/torch")
ONNX = os.path.join(HERE, "../../../../onnxruntime/src/test/resources/dev/sparring/onnxruntime")
torch.manual_seed(5)
torch.set_num_threads(1)


class Trunk(nn.Module):
    """(N, C, H, W) to maps (N, 5, H', W'), by numbers that no two places share."""

    def __init__(self, channels):
        super().__init__()
        self.first = nn.Conv2d(channels, 4, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.5)
        self.second = nn.Conv2d(4, 5, (1, 2))
        with torch.no_grad():
            self.norm.running_mean.uniform_(-1, 1)
            self.norm.running_var.uniform_(0.5, 2)
            self.norm.weight.uniform_(0.5, 2)
            self.norm.bias.uniform_(-1, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.second(self.drop(torch.relu(self.norm(self.first(x)))))


class Heads(nn.Module):
    """Maps first, logits second."""

    def __init__(self, channels):
        super().__init__()
        self.trunk = Trunk(channels)
        self.head = nn.Linear(5, 3)

    def forward(self, x: Tensor):
        maps = self.trunk(x)
        return maps, self.head(maps.mean([2, 3]))


class Named(nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def forward(self, x: Tensor) -> Dict[str, Tensor]:
        maps, logits = self.heads(x)
        return {"maps": maps, "logits": logits}


class LikeInception(nn.Module):
    """The signature of the published inception-2015-12-05.pt: bytes of any size, and a flag."""

    def __init__(self):
        super().__init__()
        self.trunk = Trunk(3)
        self.head = nn.Linear(5, 3)

    def forward(
        self,
        img: Tensor,
        return_features: bool = False,
        use_fp16: bool = False,
        no_output_bias: bool = False,
    ) -> Tensor:
        batch_size, channels, height, width = img.shape
        assert channels == 3
        x = img.to(torch.float16 if use_fp16 else torch.float32)
        x = nn.functional.interpolate(x, size=[9, 9], mode="bilinear", align_corners=False)
        x = (x - 128) / 128
        features = self.trunk(x).mean([2, 3])
        if return_features:
            return features
        return torch.softmax(self.head(features), dim=1)


class Pair(nn.Module):
    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        return x + y


class Listed(nn.Module):
    """In double precision, and not stored in rows."""

    def __init__(self, heads):
        super().__init__()
        self.heads = heads

    def forward(self, x: Tensor) -> List[Tensor]:
        maps, logits = self.heads(x)
        return [logits.double().t().contiguous().t(), maps]


class Mute(nn.Module):
    @torch.jit.export
    def backward(self, x: Tensor) -> Tensor:
        return x


class Words(nn.Module):
    def forward(self, x: Tensor) -> str:
        return "words"


def samples(shape):
    """Three images in [-1, 1]."""
    return (torch.rand(3, *shape) * 2 - 1).mul(2**12).round().div(2**12)


def unit(x):
    return (x + 1) / 2


def to_bytes(x):
    return torch.floor(unit(x.double()) * 255 + 0.5).clamp(0, 255).float()


def numbers(x):
    return {"shape": list(x.shape), "data": x.reshape(-1).tolist()}


def case(file, output, preprocessing, x, features):
    return {
        "file": file,
        "output": output,
        "preprocessing": preprocessing,
        "samples": numbers(x),
        "features": numbers(features),
    }


os.makedirs(TORCH, exist_ok=True)
os.makedirs(ONNX, exist_ok=True)
torch_cases, onnx_cases = [], []
with torch.no_grad():
    heads = Heads(3)  # in training mode, as a careless author would save it
    x = samples((3, 6, 8))
    torch.jit.script(heads).save(os.path.join(TORCH, "tuple.pt"))
    torch.jit.script(Named(heads)).save(os.path.join(TORCH, "dict.pt"))
    torch.jit.script(Listed(heads)).save(os.path.join(TORCH, "list.ts"))
    heads.eval()
    maps, logits = heads(unit(x))
    averaged = maps.mean([2, 3])
    for output, features in ((None, averaged), ("0", averaged), ("1", logits)):
        torch_cases.append(case("tuple.pt", output, "unit", x, features))
    for output, features in (("maps", averaged), ("logits", logits)):
        torch_cases.append(case("dict.pt", output, "unit", x, features))

    for output, features in ((None, logits), ("1", averaged)):
        torch_cases.append(case("list.ts", output, "unit", x, features))

    torch.onnx.export(
        heads,
        unit(x),
        os.path.join(ONNX, "heads.onnx"),
        input_names=["images"],
        output_names=["maps", "logits"],
        dynamic_axes={"images": {0: "n"}, "maps": {0: "n"}, "logits": {0: "n"}},
        opset_version=13,
    )
    for output, features in ((None, averaged), ("maps", averaged), ("logits", logits)):
        onnx_cases.append(case("heads.onnx", output, "unit", x, features))

    like = LikeInception()
    torch.jit.script(like).save(os.path.join(TORCH, "like-inception.pt"))
    like.eval()
    for shape in ((3, 5, 7), (1, 12, 10)):
        x = samples(shape)
        features = like(to_bytes(x).expand(3, 3, -1, -1), return_features=True)
        torch_cases.append(case("like-inception.pt", None, "bytes", x, features))

    gray = Trunk(1).eval()
    x = samples((1, 8, 8))
    torch.jit.trace(gray, x).save(os.path.join(TORCH, "gray.pt"))
    torch_cases.append(case("gray.pt", None, "signed", x, gray(x).mean([2, 3])))
    # A batch of a fixed size, as exporters write it unless they are told otherwise.
    torch.onnx.export(gray, x[:2], os.path.join(ONNX, "gray-pairs.onnx"), opset_version=13)
    onnx_cases.append(case("gray-pairs.onnx", None, "signed", x, gray(x).mean([2, 3])))

    torch.jit.script(Mute()).save(os.path.join(TORCH, "mute.pt"))
    torch.jit.script(Pair()).save(os.path.join(TORCH, "pair.pt"))
    torch.jit.script(Words()).save(os.path.join(TORCH, "words.pt"))
    torch.save(gray.state_dict(), os.path.join(TORCH, "weights.pt"))

for folder, cases in ((TORCH, torch_cases), (ONNX, onnx_cases)):
    with open(os.path.join(folder, "extractors.json"), "w") as f:
        json.dump({"cases": cases}, f)
        f.write("\n")
