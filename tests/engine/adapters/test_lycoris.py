"""LoHas and LoKrs against PEFT's own, and that nothing of them stays when they are off."""

import hashlib
import re

import pytest
import torch
from peft import LoHaConfig, LoKrConfig, inject_adapter_in_model
from torch import nn

from engine.checkpoints.products import Multiplied
from engine.errors import CheckpointError
from engine.library.lora import plan_lora
from engine.library.scanning import scan
from tests.adapters import ATTENTION, EVERYWHERE, kohya, low_rank, networks_of, put

TOLERANCE = {"atol": 2e-4, "rtol": 1e-3}
_PART = re.compile(r"(.+)\.((?:hada|lokr)_\w+)\.default")
_STARTS = {"unet": "lora_unet_", "text_encoder": "lora_te_text_model_"}
HALF = {"r": 4, "alpha": 3.0}
KINDS = {
    "LoHa": LoHaConfig(**HALF, use_effective_conv2d=True),
    "LoHa, kernels laid flat": LoHaConfig(**HALF),
    "LoKr of halves": LoKrConfig(**HALF, decompose_both=True, decompose_factor=16),
    "LoKr with kernels": LoKrConfig(**HALF, use_effective_conv2d=True),
    "LoKr of two whole": LoKrConfig(r=64, alpha=64.0),
}


def worn_by(pipeline, config, seed=0):
    """PEFT's adapter over a pipeline's networks, as LyCORIS' files have it."""
    config.init_weights = False
    torch.manual_seed(seed)
    file = {}
    for network, start in _STARTS.items():
        module = getattr(pipeline, network)
        config.target_modules = [
            name
            for name, layer in module.named_modules()
            if isinstance(layer, nn.Linear | nn.Conv2d) and re.search(EVERYWHERE, name)
        ]
        inject_adapter_in_model(config, module)
        for name, values in module.named_parameters():
            if told := _PART.fullmatch(name):
                values.data.mul_(1.5)
                stem = start + told[1].removeprefix("text_model.").replace(".", "_")
                file[f"{stem}.{told[2]}"] = values.data.clone()
                file[f"{stem}.alpha"] = torch.tensor(config.alpha)
    for name in file:
        if name.endswith("lokr_w1") and f"{name[:-1]}2" in file:
            # LyCORIS has no rank there, and so no alpha / r; PEFT has.
            file[name] *= config.alpha / config.r
    return file


def digest(model):
    found = hashlib.sha256()
    for network in (model.denoise._unet, model.prompts._layers.network):
        for name, tensor in network.state_dict().items():
            found.update(name.encode() + tensor.contiguous().numpy().tobytes())
        hooks = [hook for module in network.modules() for hook in module._forward_hooks.values()]
        assert not any(isinstance(hook, Multiplied) for hook in hooks)
    return found.hexdigest()


@pytest.mark.parametrize("kind", KINDS)
def test_the_latents_are_those_of_peft(
    families, models, pipelines, ours, theirs, asked, kind, tmp_path
):
    pipeline = pipelines("sd1")
    path = put("loras", "product", worn_by(pipeline, KINDS[kind]))
    plain = asked(families("sd1")[0])
    wanted = asked(families("sd1")[0], "a boat on the sea <lora:product>")
    before = digest(models("sd1"))
    (without, worn), _ = ours(models("sd1"), [plain, wanted])
    torch.testing.assert_close(worn, theirs(pipeline, wanted), **TOLERANCE)
    assert (worn - without).abs().max() > 0.01
    models("sd1").loras.wear(())
    assert digest(models("sd1")) == before
    assert path.stat().st_size > 1000


def test_it_counts_with_its_weight_beside_a_lora(families, models, pipelines, ours, theirs, asked):
    pipeline = pipelines("sd1")
    lora = low_rank(networks_of(pipeline), ATTENTION)
    put("loras", "low", kohya(lora))
    file = worn_by(pipeline, LoHaConfig(**HALF))
    put("loras", "half", file)
    double = {name: 2 * value if name.endswith("w1_a") else value for name, value in file.items()}
    put("loras", "double", double)
    first, second = (
        asked(families("sd1")[0], f"a boat <lora:low> <lora:{name}>")
        for name in ("half:0.8", "double:0.4")
    )
    made, _ = ours(models("sd1"), [first, second])
    torch.testing.assert_close(made[0], made[1], atol=1e-4, rtol=1e-4)
    alone, _ = ours(models("sd1"), [asked(families("sd1")[0], "a boat <lora:half:0.8>")])
    assert not torch.allclose(made[0], alone[0], atol=1e-2)


SHAPES = {"unet": {"mid.to_q": (8, 6), "mid.conv": (8, 6, 3, 3)}}
Q, CONV = "lora_unet_mid_to_q", "lora_unet_mid_conv"


def loha(name=Q, rank=2, out=8, into=6, **more):
    halves = {"w1_a": (out, rank), "w1_b": (rank, into), "w2_a": (out, rank), "w2_b": (rank, into)}
    parts = {f"{name}.hada_{part}": torch.ones(shape) for part, shape in halves.items()}
    return parts | {f"{name}.{key}": value for key, value in more.items()}


def lokr(name=Q, w1=(2, 2), w2=(4, 3), **more):
    parts = {f"{name}.lokr_w1": torch.ones(w1), f"{name}.lokr_w2": torch.ones(w2)}
    return parts | {f"{name}.{key}": value for key, value in more.items()}


@pytest.mark.parametrize("file", [loha(), loha(CONV, into=54), lokr(), lokr(CONV, w2=(4, 3, 3, 3))])
def test_what_fits_is_known(home, file):
    (one,) = plan_lora(put("loras", "good", file), SHAPES)
    assert one.rank == (2 if any("hada" in name for name in file) else None)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (loha(into=7), "8 x 6 in it, and is changed as 8 x 7"),
        (loha(CONV, into=6), "another kind of model"),
        (loha(rank=4000), "rank of 4000"),
        (loha(hada_t1=torch.ones(2, 2, 3, 3)), "do not fit one another"),
        (loha(alpha=torch.ones(2)), "no shape that is known"),
        (loha(dora_scale=torch.ones(8)), "a DoRA"),
        (lokr(w1=(3, 2)), "12 x 6"),
        (lokr(w1=(2,)), "do not fit one another"),
        (lokr(lokr_w1_a=torch.ones(2, 2)), "do not fit one another"),
        (lokr() | loha(), "do not fit one another"),
        ({f"{Q}.hada_w1_a": torch.ones(2, 6)}, "do not fit one another"),
        ({f"{Q}.lokr_w1": torch.ones(2, 6)}, "do not fit one another"),
    ],
)
def test_what_does_not_is_refused_in_a_sentence(home, file, words):
    with pytest.raises(CheckpointError, match=words) as refused:
        plan_lora(put("loras", "bad", file), SHAPES)
    assert refused.value.message.count(". ") == 0


def test_a_folder_lists_them_among_the_loras(home, tmp_path):
    from engine.library.layouts import LORAS, Layout

    for name, file in (("a", loha()), ("b", lokr())):
        put("loras", name, file).rename(tmp_path / f"{name}.safetensors")
    found = scan(Layout("", ((tmp_path, ""),)), {}).found
    assert {one.kind for one in found if one.path.suffix == ".safetensors"} == {LORAS}
