"""LoRAs against diffusers' own loader (PEFT), and that the model is as it was when they are off."""

import hashlib
from dataclasses import replace

import pytest
import torch
from torch.nn import functional as F

from engine.checkpoints.loras import _Adds
from engine.errors import CheckpointError
from engine.library.lora import _kind, _Names, plan_lora
from engine.recipe import Adapter
from tests.adapters import (
    ATTENTION,
    EVERYWHERE,
    Half,
    kohya,
    kohya_original,
    low_rank,
    networks_of,
    old_diffusers,
    peft,
    put,
)

TOLERANCE = {"atol": 2e-4, "rtol": 1e-3}
LAYOUTS = {"kohya": kohya, "peft": peft, "old": old_diffusers}


def digest(model):
    """The digest of every parameter and buffer of a model, on which no LoRA has left a hook."""
    found = hashlib.sha256()
    networks = [model.denoise._unet, model.prompts._layers.network]
    networks += [model.second._layers.network] if model.second else []
    for network in networks:
        for name, tensor in network.state_dict().items():
            found.update(name.encode() + tensor.contiguous().numpy().tobytes())
        hooks = [hook for module in network.modules() for hook in module._forward_hooks.values()]
        assert not any(isinstance(hook, _Adds) for hook in hooks)
    return found.hexdigest()


@pytest.mark.parametrize(
    ("family", "layout", "layers"),
    [
        ("sd1", "kohya", EVERYWHERE),
        ("sd1", "peft", EVERYWHERE),
        ("sd1", "old", ATTENTION),
        pytest.param("sd2", "peft", ATTENTION, marks=pytest.mark.slow),
        ("sdxl", "kohya", ATTENTION),
        pytest.param("sdxl", "peft", EVERYWHERE, marks=pytest.mark.slow),
    ],
)
def test_the_latents_are_those_of_diffusers_own_loader(
    families, models, pipelines, ours, theirs, asked, family, layout, layers
):
    pipeline = pipelines(family)
    file = LAYOUTS[layout](low_rank(networks_of(pipeline), layers))
    put("loras", "Ink", file)
    plain = asked(families(family)[0])
    wanted = asked(families(family)[0], "a boat on the sea <lora:ink>")
    assert replace(wanted, adapters=()) == plain
    before = digest(models(family))
    (without, worn), _ = ours(models(family), [plain, wanted])
    pipeline.load_lora_weights(dict(file))
    torch.testing.assert_close(worn, theirs(pipeline, wanted), **TOLERANCE)
    assert (worn - without).abs().max() > 0.02
    models(family).loras.wear(())
    assert digest(models(family)) == before


def test_the_original_programs_names_mean_the_same_layers(
    families, models, pipelines, ours, theirs, asked
):
    pipeline = pipelines("sdxl")
    lora = low_rank(networks_of(pipeline), EVERYWHERE)
    put("loras", "original", kohya_original(lora, pipeline.unet.config))
    put("loras", "diffusers", kohya(lora))
    whole = {key: half for key, half in lora.items() if key[0] == "unet"}
    put("loras", "whole", {f"diffusion_model.{key.removeprefix('unet.')}": one
                           for key, one in peft(whole).items()})  # fmt: skip
    put("loras", "unet", peft(whole))
    names = ("original", "diffusers", "whole", "unet")
    recipes = [asked(families("sdxl")[0], f"a boat <lora:{name}:0.8>") for name in names]
    (first, second, third, fourth), _ = ours(models("sdxl"), recipes)
    assert torch.equal(first, second)
    assert torch.equal(third, fourth)
    pipeline.load_lora_weights(peft(lora), adapter_name="it")
    pipeline.set_adapters(["it"], [0.8])
    torch.testing.assert_close(first, theirs(pipeline, recipes[0]), **TOLERANCE)


def test_an_alpha_is_a_number_of_any_kind(families, models, pipelines, ours, asked):
    """Scripts write what they were given: a whole number, or one in half precision."""
    file = kohya(low_rank(networks_of(pipelines("sd1")), ATTENTION))
    for name, dtype in (("float", torch.float32), ("half", torch.float16), ("whole", torch.int64)):
        told = {key: one.to(dtype) for key, one in file.items() if key.endswith("alpha")}
        put("loras", name, file | told)
    recipes = [
        asked(families("sd1")[0], f"a boat <lora:{name}:0.8>", steps=1)
        for name in ("float", "half", "whole")
    ]
    (first, *others), _ = ours(models("sd1"), recipes)
    for other in others:
        torch.testing.assert_close(other, first, **TOLERANCE)


@pytest.mark.filterwarnings("ignore:Already found a `peft_config` attribute:UserWarning")
def test_several_count_together_each_with_its_weight(
    families, models, pipelines, ours, theirs, asked
):
    pipeline = pipelines("sd1")
    files = {
        "ink": kohya(low_rank(networks_of(pipeline), EVERYWHERE, rank=3, seed=1)),
        "wax": peft(low_rank(networks_of(pipeline), ATTENTION, rank=5, seed=2)),
    }
    for name, file in files.items():
        put("loras", name, file)
        pipeline.load_lora_weights(dict(file), adapter_name=name)
    pipeline.set_adapters([*files], [0.7, -0.4])
    wanted = asked(families("sd1")[0], "a boat <lora:ink:0.7>, the sea <lora:wax:-0.4>")
    assert [one.weight for one in wanted.adapters] == [0.7, -0.4]
    (made,), _ = ours(models("sd1"), [wanted])
    torch.testing.assert_close(made, theirs(pipeline, wanted), **TOLERANCE)


def test_what_peft_says_of_alpha_is_heeded(families, models, pipelines, ours, theirs, asked):
    from diffusers import StableDiffusionPipeline
    from diffusers.training_utils import _collate_lora_metadata
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    pipeline = pipelines("sd1")
    torch.manual_seed(3)
    config = LoraConfig(
        r=4,
        lora_alpha=12,
        init_lora_weights=False,
        target_modules=["to_q", "to_v"],
        alpha_pattern={"attn2.to_v": 2},
    )
    pipeline.unet.add_adapter(config)
    weights = get_peft_model_state_dict(pipeline.unet)
    path = put("loras", "alpha", {"x.lora_A.weight": torch.zeros(1, 1)})
    StableDiffusionPipeline.save_lora_weights(
        path.parent,
        unet_lora_layers=weights,
        weight_name=path.name,
        **_collate_lora_metadata({"unet": pipeline.unet}),
    )
    wanted = asked(families("sd1")[0], "a boat <lora:alpha>")
    (made,), _ = ours(models("sd1"), [wanted])
    torch.testing.assert_close(made, theirs(pipeline, wanted), **TOLERANCE)


def test_pictures_do_not_depend_on_their_neighbours_loras(families, models, pipelines, ours, asked):
    pipeline = pipelines("sd1")
    for seed, name in enumerate(("ink", "wax")):
        put("loras", name, kohya(low_rank(networks_of(pipeline), EVERYWHERE, seed=seed)))
    model, folder = models("sd1"), families("sd1")[0]
    before = digest(model)
    words = ["", "<lora:ink>", "<lora:ink>", "<lora:wax:0.5>", "<lora:ink:0.5>", ""]
    recipes = [asked(folder, f"a boat {one}", seed=k, steps=2) for k, one in enumerate(words)]
    together, calls = ours(model, recipes)
    assert calls == 2 * 4, "two steps of each of four sets of LoRAs"
    for recipe, made in zip(recipes, together, strict=True):
        (alone,), _ = ours(model, [recipe])
        torch.testing.assert_close(made, alone, atol=1e-4, rtol=1e-4)
    model.loras.wear(())
    assert digest(model) == before


def test_a_branch_may_put_a_lora_on(families, models, pipelines, ours, asked):
    from engine.recipe import Branch

    put("loras", "ink", kohya(low_rank(networks_of(pipelines("sd1")), EVERYWHERE)))
    model, folder = models("sd1"), families("sd1")[0]
    plain, worn = asked(folder), asked(folder, "a boat on the sea <lora:ink>")
    branch = replace(worn, branch=Branch(plain, 2))
    (first, second, third), _ = ours(model, [plain, worn, branch])
    assert not torch.equal(first, third)
    assert not torch.equal(second, third)


def test_a_convolution_made_of_two_is_both_one_after_the_other(models, home):
    """LoCon's lora_mid."""
    model = models("sd1")
    name = "down_blocks.0.resnets.0.conv1"
    layer = model.denoise._unet.get_submodule(name)
    torch.manual_seed(0)
    down, mid, up = (
        torch.randn(shape) / 8 for shape in ((4, 64, 1, 1), (4, 4, 3, 3), (64, 4, 1, 1))
    )
    stem = f"lora_unet_{name.replace('.', '_')}"
    file = {
        f"{stem}.lora_down.weight": down,
        f"{stem}.lora_mid.weight": mid,
        f"{stem}.lora_up.weight": up,
        f"{stem}.alpha": torch.tensor(8.0),
    }
    path = put("loras", "mid", file)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    x = torch.randn(1, 64, 8, 8)
    plain = layer(x)
    model.loras.wear((Adapter("mid", sha256, 0.5),))
    expected = F.conv2d(F.conv2d(F.conv2d(x, down), mid, padding=1), up) * (8 / 4 * 0.5)
    torch.testing.assert_close(layer(x) - plain, expected, atol=1e-5, rtol=1e-4)
    model.loras.wear(())
    assert torch.equal(layer(x), plain)


@pytest.mark.parametrize("family", ["sd1", pytest.param("sdxl", marks=pytest.mark.slow)])
def test_every_layer_of_the_real_size_is_found_by_each_of_its_names(tmp_path, family):
    """Built hollow: no weights, but all the names that there are."""
    from tests.originals import REAL, _parts

    parts = _parts(tmp_path, family, REAL[family], None)
    networks = {
        name: parts[name] for name in ("unet", "text_encoder", "text_encoder_2") if name in parts
    }
    layers = {
        name: {one: tuple(layer.weight.shape) for one, layer in module.named_modules()
               if isinstance(layer, torch.nn.Linear | torch.nn.Conv2d)}
        for name, module in networks.items()
    }  # fmt: skip
    empty = Half(torch.empty(1, 1), torch.empty(1, 1), 1.0)
    lora = {(network, name): empty for network, names in layers.items() for name in names}
    known = _Names(layers)
    for file in (kohya(lora), kohya_original(lora, parts["unet"].config), peft(lora)):
        found = {known.find(_kind(name, tmp_path)[0]) for name in file}
        assert found == lora.keys()


SHAPES = {"unet": {"mid.to_q": (8, 6), "mid.conv": (8, 6, 3, 3)}}
Q = "lora_unet_mid_to_q"


def halves(down, up, name=Q, **more):
    file = {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up}
    return file | {f"{name}.{key}": value for key, value in more.items()}


@pytest.mark.parametrize(
    ("file", "notes", "words"),
    [
        (halves(torch.ones(2, 6), torch.ones(8, 3)), {}, "ranks of its halves"),
        (halves(torch.ones(2, 7), torch.ones(8, 2)), {}, "8 x 6 in it, and is changed as 8 x 7"),
        (halves(torch.ones(2, 6), torch.ones(9, 2)), {}, "another kind of model"),
        (halves(torch.ones(2, 6, 3, 3), torch.ones(8, 2, 1, 1)), {}, "another kind of model"),
        (halves(torch.ones(10_000, 6), torch.ones(8, 10_000)), {}, "rank of 10000"),
        (halves(torch.ones(2), torch.ones(8, 2)), {}, "no shape that is known"),
        (halves(torch.ones(2, 6), torch.ones(8, 2), alpha=torch.ones(2)), {}, "no shape that is"),
        (
            halves(torch.ones(2, 6), torch.ones(8, 2))
            | {"unet.mid.to_q.lora_A.weight": torch.ones(2, 6)},
            {},
            "changes mid.to_q twice",
        ),
        (
            halves(torch.ones(2, 6), torch.ones(8, 2), "lora_unet_double_blocks_0"),
            {"ss_base_model_version": "flux1"},
            r"another kind of model \(flux1\)",
        ),
        (halves(torch.ones(2, 6), torch.ones(8, 2), "lora_te2_x"), {}, "which is not in it"),
        ({f"{Q}.lora_down.weight": torch.ones(2, 6)}, {}, "half of what it adds"),
        (halves(torch.ones(2, 6), torch.ones(8, 2), dora_scale=torch.ones(6)), {}, "a DoRA"),
        (
            {"unet.mid.to_q.lora_A.weight": torch.ones(2, 6),
             "unet.mid.to_q.lora_B.weight": torch.ones(8, 2)},
            {"lora_adapter_metadata": '{"unet.use_dora": true}'},
            "a DoRA",
        ),
        ({"model.diffusion_model.x": torch.ones(2)}, {}, "no LoRA"),
    ],
)  # fmt: skip
def test_what_cannot_be_worn_is_refused_in_a_sentence(home, file, notes, words):
    path = put("loras", "bad", file, notes)
    with pytest.raises(CheckpointError, match=words) as refused:
        plan_lora(path, SHAPES)
    assert refused.value.message.count(". ") == 0
    assert refused.value.advice


def test_a_refused_lora_leaves_the_model_as_it_was(families, models, pipelines, ours, asked):
    model, folder = models("sd1"), families("sd1")[0]
    fine = kohya(low_rank(networks_of(pipelines("sd1")), ATTENTION))
    put("loras", "fine", fine)
    name = next(name for name in fine if name.endswith("lora_up.weight"))
    wrong = dict(fine)
    wrong[name] = torch.full_like(fine[name], float("nan"))
    put("loras", "nan", wrong)
    cut = put("loras", "cut", fine)
    cut.write_bytes(cut.read_bytes()[:-100])
    put("loras", "large", kohya(low_rank(networks_of(pipelines("sdxl")), ATTENTION)))
    before = digest(model)
    expected, _ = ours(model, [asked(folder)])
    for bad, words in (("nan", "not-a-number"), ("cut", "cut off"), ("large", "another kind")):
        recipe = asked(folder, f"a boat <lora:fine> <lora:{bad}>")
        with pytest.raises(CheckpointError, match=words):
            ours(model, [recipe])
    assert digest(model) == before
    again, _ = ours(model, [asked(folder)])
    assert torch.equal(again[0], expected[0])
