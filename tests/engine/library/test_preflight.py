"""Folders of strangers: refused in one sentence, nothing in them run, nothing fetched."""

import json
import shutil
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import CheckpointError
from engine.library import Checkpoint
from engine.library.settings import read_settings


@pytest.fixture
def folder(tiny_resources, tmp_path):
    """A copy of the tiny checkpoint, to be made hostile."""
    copy = tmp_path / "model"
    shutil.copytree(tiny_resources / "starter", copy)
    return copy


def refused(folder):
    """Why the folder is refused, by our own check and within a second."""
    began = time.process_time()
    with pytest.raises(CheckpointError) as caught:
        Checkpoint("id", "Label", folder).check()
    assert time.process_time() - began < 1
    assert caught.value.advice
    assert "\n" not in caught.value.message
    return caught.value.message


def change(folder, name, **values):
    file = folder / name
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_the_tiny_checkpoint_passes(folder):
    Checkpoint("id", "Label", folder).check()


@pytest.mark.parametrize(
    "name", ["pipeline.py", "None.py", "unet/my_unet.py", "a.pyc", "lib.so", "x/y/z.dll"]
)
def test_code_in_a_folder_is_refused_and_never_run(folder, tmp_path, name):
    canary = tmp_path / "canary"
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"open({str(canary)!r}, 'w')")
    assert "is a program" in refused(folder)
    assert not canary.exists()


@pytest.mark.parametrize(
    ("part", "entry"),
    [
        ("unet", ["os", "system"]),
        ("unet", ["subprocess", "Popen"]),
        ("scheduler", ["antigravity", "DDIMScheduler"]),
        ("unet", ["diffusers", "DiffusionPipeline"]),
        ("unet", ["diffusers", ["UNet2DConditionModel"]]),
        ("unet", "UNet2DConditionModel"),
        ("unet", {"a": 1}),
        ("unet", 7),
        ("unet", ["diffusers", None]),
        ("extra", ["diffusers", "UNet2DConditionModel"]),
        ("transformer", ["diffusers", "FluxTransformer2DModel"]),
    ],
)
def test_only_classes_on_the_list_are_asked_for(folder, part, entry):
    change(folder, "model_index.json", **{part: entry})
    assert "list of parts" in refused(folder)


@pytest.mark.parametrize(
    "pipeline", ["FluxPipeline", ["StableDiffusionPipeline"], None, 7, {}, "os.system"]
)
def test_a_pipeline_of_another_kind_is_named(folder, pipeline):
    change(folder, "model_index.json", _class_name=pipeline)
    assert "it is a model of the kind" in refused(folder)


@pytest.mark.parametrize("name", ["auto_map", "trust_remote_code", "custom_pipeline"])
@pytest.mark.parametrize(
    "file", ["model_index.json", "unet/config.json", "scheduler/scheduler_config.json"]
)
def test_settings_that_ask_for_code_are_refused(folder, file, name):
    change(folder, file, more={"deep": [{name: "evil--module.Class"}]})
    assert "asks for code" in refused(folder)


def test_the_attention_that_transformers_would_fetch_is_refused(folder):
    change(folder, "text_encoder/config.json", _attn_implementation_internal="evil/kernel")
    assert "asks for code" in refused(folder)


def test_another_class_in_a_part_is_refused(folder):
    change(folder, "unet/config.json", _class_name="AutoencoderKL")
    assert "not a UNet2DConditionModel" in refused(folder)


def test_a_link_out_of_the_folder_is_refused(folder, tmp_path):
    outside = tmp_path / "secret.json"
    outside.write_text((folder / "unet/config.json").read_text())
    (folder / "unet/config.json").unlink()
    (folder / "unet/config.json").symlink_to(outside)
    assert "link out of its folder" in refused(folder)


@pytest.mark.parametrize("target", ["loop", "nowhere", "/"])
def test_a_link_that_leads_in_circles_nowhere_or_to_a_folder_is_refused(folder, target):
    (folder / "loop").symlink_to(target)
    assert "link out of its folder" in refused(folder)


def test_links_within_the_hub_s_own_cache_are_followed(folder, tmp_path):
    """The hub's cache keeps the files of a repository in `blobs`, and links to them."""
    snapshot = tmp_path / "models--a--b" / "snapshots" / ("0" * 40)
    blobs = tmp_path / "models--a--b" / "blobs"
    snapshot.parent.mkdir(parents=True)
    blobs.mkdir()
    shutil.move(folder, snapshot)
    weights = snapshot / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(blobs / "abc")
    weights.symlink_to("../../../blobs/abc")
    Checkpoint("id", "Label", snapshot).check()


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("unet/config.json", {"cross_attention_dim": 10**9}),
        ("unet/config.json", {"block_out_channels": [10**9]}),
        ("unet/config.json", {"layers_per_block": 10**6}),
        ("unet/config.json", {"transformer_layers_per_block": [[64, 64]], "layers_per_block": 2}),
        ("unet/config.json", {"block_out_channels": [32] * 1000}),
        ("unet/config.json", {"in_channels": 9}),
        ("unet/config.json", {"time_cond_proj_dim": 256}),
        ("unet/config.json", {"addition_embed_type": "text_time"}),
        ("unet/config.json", {"anything": 1e300}),
        ("text_encoder/config.json", {"num_hidden_layers": 200}),
        ("text_encoder/config.json", {"hidden_size": 10**9}),
        ("scheduler/scheduler_config.json", {"num_train_timesteps": 10**9}),
        ("vae/config.json", {"layers_per_block": 32, "block_out_channels": [8] * 9}),
    ],
)
def test_settings_that_would_eat_the_machine_are_refused(folder, file, values):
    change(folder, file, **values)
    refused(folder)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a": ' * 30 + b"1" + b"}" * 30,
        b'{"a": "' + b"x" * 2**21 + b'"}',
        b'{"a": Infinity}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": [' + b"1," * 200_000 + b"1]}",
        b"[]",
        b"",
        b"\xff\xfe",
        b"import os",
    ],
)
def test_configurations_too_large_too_deep_or_no_tables_are_refused(folder, text):
    (folder / "unet/config.json").write_bytes(text)
    refused(folder)


@pytest.mark.parametrize("name", ["diffusion_pytorch_model.bin", "diffusion_pytorch_model.ckpt"])
def test_pickled_weights_are_refused_by_name(folder, name):
    weights = folder / "unet/diffusion_pytorch_model.safetensors"
    weights.rename(folder / "unet" / name)
    assert "pickles" in refused(folder)


def test_pickles_beside_safetensors_are_left_alone(folder):
    (folder / "unet/diffusion_pytorch_model.bin").write_bytes(b"\x80\x04never opened")
    Checkpoint("id", "Label", folder).check()


def test_one_of_several_files_of_weights_that_is_missing_is_missed(folder):
    weights = folder / "unet/diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_name("diffusion_pytorch_model-00001-of-00002.safetensors"))
    assert "not all the files" in refused(folder)


@pytest.mark.parametrize("damage", ["vocab.json", "merges.txt", "tokenizer_config.json"])
def test_a_damaged_vocabulary_is_refused(folder, damage):
    (folder / "tokenizer" / damage).write_bytes(b"\xff[1, 2")
    refused(folder)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["_class_name", "unet", "vae", "x", "scheduler"]), JSON))
def test_any_index_at_all_is_a_known_error_or_passes(folder, index):
    (folder / "model_index.json").write_text(json.dumps(index))
    with suppress(CheckpointError):
        Checkpoint("id", "Label", folder).check()


KEYS = st.sampled_from(
    ["_class_name", "architectures", "cross_attention_dim", "block_out_channels", "sample_size"]
) | st.sampled_from(
    ["layers_per_block", "num_hidden_layers", "addition_embed_type", "in_channels", "hidden_size"]
)


@given(
    st.sampled_from(["unet", "vae", "text_encoder"]),
    st.dictionaries(KEYS | st.text(max_size=5), JSON),
)
def test_any_configuration_at_all_is_a_known_error_or_passes(folder, part, values):
    (folder / part / "config.json").write_text(json.dumps(values))
    with suppress(CheckpointError):
        Checkpoint("id", "Label", folder).check()


def test_what_a_stranger_wrote_cannot_move_the_terminal_s_cursor(folder):
    change(folder, "model_index.json", _class_name="\x1b[2J\n\u202eevil")
    assert refused(folder).isprintable()
    change(folder, "model_index.json", **{"\x1b[2J": ["os", "\x07"]})
    assert refused(folder).isprintable()


@given(st.binary(max_size=300))
def test_any_bytes_as_settings_are_a_known_error_or_a_table(tmp_path, text):
    file = tmp_path / "config.json"
    file.write_bytes(text)
    with suppress(CheckpointError):
        assert isinstance(read_settings(file), dict)


# Folders as they are found: odd, and sound


def weights_of(folder, part="unet"):
    return folder / part / "diffusion_pytorch_model.safetensors"


@pytest.mark.parametrize(
    "scheduler",
    ["PNDM", "EulerDiscrete", "EulerAncestralDiscrete", "DPMSolverMultistep", "UniPCMultistep",
     "LCM", "DPMSolverSinglestep", "SASolver", "DEISMultistep"],
)  # fmt: skip
def test_the_schedulers_of_diffusers_are_read_as_it_writes_them(folder, scheduler):
    """Those of DPM-Solver have an infinite number in them, which is no JSON."""
    import diffusers

    kind = f"{scheduler}Scheduler"
    made = getattr(diffusers, kind)(beta_start=0.00085, beta_end=0.012)
    made.save_pretrained(folder / "scheduler")
    change(folder, "model_index.json", scheduler=["diffusers", kind])
    checkpoint = Checkpoint("id", "Label", folder)
    checkpoint.check()
    settings = checkpoint.plan().scheduler
    assert (settings["beta_end"], settings["steps_offset"]) == (0.012, 1)


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "1e999"])
def test_other_numbers_without_end_are_refused(folder, number):
    file = folder / "scheduler" / "scheduler_config.json"
    file.write_text(file.read_text().replace("0.012", number))
    assert "beyond any real one" in refused(folder)


def test_old_settings_without_the_offset_of_stable_diffusion_are_given_it(folder):
    change(folder, "scheduler/scheduler_config.json", steps_offset=0)
    assert Checkpoint("id", "Label", folder).plan().scheduler["steps_offset"] == 1
    change(folder, "model_index.json", _class_name="LatentConsistencyModelPipeline")
    assert Checkpoint("id", "Label", folder).plan().scheduler["steps_offset"] == 0


@pytest.mark.parametrize("variant", ["fp16", "bf16", "fp32"])
def test_a_variant_alone_will_do(folder, variant):
    for file in list(folder.rglob("*.safetensors")):
        file.rename(file.with_suffix(f".{variant}.safetensors"))
    Checkpoint("id", "Label", folder).check()


@pytest.mark.parametrize("name", ["{stem}-00001-of-00001.fp16", "{stem}.fp16-00001-of-00001"])
def test_the_parts_of_a_variant_are_known_however_they_are_numbered(folder, name):
    file = weights_of(folder)
    stem = file.stem
    part = file.rename(file.with_name(name.format(stem=stem) + ".safetensors"))
    Checkpoint("id", "Label", folder).check()
    part.rename(part.with_name(part.name.replace("of-00001", "of-00002")))
    assert "not all the files" in refused(folder)


@pytest.mark.parametrize(
    ("settings", "sizes"),
    [
        ({"sample_size": [12, 20]}, (80, 48)),
        ({"sample_size": 32, "_diffusers_version": "0.6.0"}, (256, 256)),
        ({"sample_size": 32, "_diffusers_version": "0.10.2"}, (128, 128)),
        ({"sample_size": 96, "_diffusers_version": "0.6.0"}, (384, 384)),
    ],
)
def test_the_usual_size_is_the_one_that_diffusers_takes(folder, settings, sizes):
    change(folder, "unet/config.json", **settings)
    rule = Checkpoint("id", "Label", folder).sizes()
    assert (rule.width, rule.height) == sizes


@pytest.mark.parametrize("told", [[], [8], [1, 2, 3], ["a", "b"], [[8], 8]])
def test_sizes_that_make_no_sense_are_refused(folder, told):
    change(folder, "unet/config.json", sample_size=told)
    assert "lacks the sizes" in refused(folder)


@pytest.mark.parametrize(
    ("part", "settings", "word"),
    [
        ("vae", {"latents_mean": [0.0, 1.0, 2.0, 3.0], "latents_std": [1.0] * 4}, "shifted"),
        ("unet", {"num_class_embeds": 10}, "num_class_embeds"),
    ],
)
def test_networks_that_want_to_be_told_more_are_refused(folder, part, settings, word):
    change(folder, f"{part}/config.json", **settings)
    assert word in refused(folder)


def test_words_without_merges_are_no_vocabulary_where_there_is_a_whole_one(folder):
    place = folder / "tokenizer"
    table = {"model": {"vocab": json.loads((place / "vocab.json").read_text()), "merges": []}}
    (place / "tokenizer.json").write_text(json.dumps(table))
    (place / "merges.txt").unlink()
    Checkpoint("id", "Label", folder).check()
