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
