import hashlib

import pytest
import torch
from diffusers.utils.torch_utils import randn_tensor

from engine.noise import NoiseSource, digest


@pytest.mark.parametrize("seed", [0, 7, 2**63, 2**64 - 1])
def test_the_noise_is_what_a_diffusers_pipeline_draws(seed):
    generator = torch.Generator().manual_seed(seed)
    source = NoiseSource(seed, (4, 8, 8))
    for _ in range(3):
        theirs = randn_tensor((1, 4, 8, 8), generator=[generator], dtype=torch.float32)
        assert torch.equal(source.draw(), theirs)


def test_seeds_wrap():
    assert torch.equal(NoiseSource(2**64, (1, 2, 2)).draw(), NoiseSource(0, (1, 2, 2)).draw())


def test_the_digest_is_of_float32_little_endian():
    x = torch.tensor([[1.0, -2.0]])
    assert digest(x) == hashlib.sha256(bytes.fromhex("0000803f000000c0")).hexdigest()
