"""LoRAs as PEFT saves them, with their strength in a file beside them: against PEFT itself."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadSetting, CheckpointError
from engine.library.extras import LORA, find, known, listed, name_of
from engine.library.extras import at as part_at
from engine.library.identity import PREFIX, Identities
from engine.library.lora import plan_lora
from engine.library.peft import Scales, settings_beside
from engine.paths import current_paths
from tests.adapters import put

TOLERANCE = {"atol": 2e-4, "rtol": 1e-3}
SHAPES = {"unet": {"mid.to_q": (8, 6), "mid.deep.to_q": (8, 6), "mid.to_qq": (8, 6)}}


def tuned(pipeline, network="unet", **settings):
    """The network of a pipeline with a LoRA of PEFT's over it, and where that is saved."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(3)
    config = LoraConfig(
        **{"r": 4, "target_modules": ["to_q", "to_v", "q_proj"], "init_lora_weights": False}
        | settings
    )
    return get_peft_model(getattr(pipeline, network), config)


@pytest.mark.parametrize(
    "settings",
    [
        {"lora_alpha": 12},
        {"lora_alpha": 12, "use_rslora": True},
        {
            "lora_alpha": 6,
            "rank_pattern": {"attn2.to_v": 2},
            "alpha_pattern": {"attn1.to_q": 16, "to_q": 2, "attn2.to_v": 9},
        },
    ],
)
def test_the_latents_are_those_of_peft(
    families, models, pipelines, ours, theirs, asked, tmp_path, settings
):
    pipeline = pipelines("sd1")
    wrapped = tuned(pipeline, **settings)
    wrapped.save_pretrained(LORA.place / "ink")
    wanted = asked(families("sd1")[0], "a boat <lora:Ink:1>")
    assert [one.name for one in wanted.adapters] == ["ink"], "it is called as its folder is"
    (made,), _ = ours(models("sd1"), [wanted])
    torch.testing.assert_close(made, theirs(pipeline, wanted, prompt="a boat"), **TOLERANCE)
    (LORA.place / "ink" / "adapter_config.json").unlink()
    without = asked(families("sd1")[0], "a boat <lora:ink>")
    assert without.adapters != wanted.adapters
    (other,), _ = ours(models("sd1"), [without])
    assert not torch.allclose(other, made, atol=1e-3)


def saved(name="ink", **told):
    """A LoRA of rank 2 in a folder of its own, with PEFT's settings."""
    file = {
        "base_model.model.mid.to_q.lora_A.weight": torch.ones(2, 6),
        "base_model.model.mid.to_q.lora_B.weight": torch.ones(8, 2),
    }
    path = put(f"loras/{name}", "adapter_model", file)
    usual = {"peft_type": "LORA", "r": 2, "lora_alpha": 8}
    path.with_name("adapter_config.json").write_text(json.dumps(usual | told))
    return path


def scale(path):
    (low,) = plan_lora(path, SHAPES)
    return low.scale


def test_what_the_file_beside_says_is_heeded(home):
    assert scale(saved()) == 4
    assert scale(saved(use_rslora=True)) == pytest.approx(8 / 2**0.5)
    assert scale(saved(lora_alpha=None)) == 1
    assert scale(saved(alpha_pattern={"deep.to_q": 1, "mid.to_q": 3, "to_q": 5})) == 1.5
    assert scale(saved(alpha_pattern={"^to_q": 1, "id.to_q": 3, "q": 5})) == 4
    assert scale(saved(r=16, rank_pattern={"^mid.to_q": 2})) == 4


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"lora_alpha": "8"}, "lora_alpha of 8 makes no sense"),
        ({"lora_alpha": True}, "lora_alpha of True makes no sense"),
        ({"lora_alpha": 10**9}, "beyond any real one"),
        ({"lora_alpha": [8]}, "makes no sense"),
        ({"r": 3}, "a rank of 3 for mid.to_q, which has 2"),
        ({"rank_pattern": {"to_q": 3}}, "a rank of 3"),
        ({"alpha_pattern": [1]}, "alpha_pattern makes no sense"),
        ({"alpha_pattern": {"(a+)+$": 1}}, "by a rule"),
        ({"alpha_pattern": {"to_q": {}}}, "makes no sense"),
        ({"use_dora": True}, "a DoRA"),
        ({"peft_type": "LOHA"}, "a LOHA of PEFT's"),
        ({"init_lora_weights": "pissa_niter_4"}, "changes the model itself"),
        ({"auto_map": {"a": "evil.py"}}, "asks for code"),
        ({"alora_invocation_tokens": [1]}, "not supported"),
    ],
)
def test_settings_that_make_no_sense_or_want_more_are_refused_in_a_sentence(home, told, words):
    with pytest.raises(CheckpointError, match=words) as refused:
        scale(saved(**told))
    assert refused.value.message.count(". ") == 0
    assert refused.value.advice


@pytest.mark.parametrize("text", [b"", b"[]", b"{" * 10**5, b"\xff", b'{"r": 1e999}'])
def test_a_damaged_file_beside_is_refused(home, text):
    path = saved()
    path.with_name("adapter_config.json").write_bytes(text)
    with pytest.raises(CheckpointError, match=r"adapter_config\.json"):
        scale(path)


def test_settings_that_came_later_do_not_disturb_the_search_for_another_file(home):
    path = saved()
    beside = path.with_name("adapter_config.json")
    beside.rename(home / "away.json")
    identities = Identities(current_paths())
    alone = identities.of(path)
    (home / "away.json").rename(beside)
    again = Identities(current_paths())
    assert again.place_of(PREFIX + "0" * 64) is None
    together = again.of(path)
    assert together != alone
    assert Identities(current_paths()).place_of(together) == path
    assert settings_beside(Path(path.anchor)) is None


def test_which_file_is_meant_is_said_of_both_together(home):
    saved()
    with pytest.raises(CheckpointError) as refused:
        find(LORA, "ink", "0" * 64)
    assert "adapter_config.json" in refused.value.advice


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
KEYS = st.sampled_from(["r", "lora_alpha", "alpha_pattern", "rank_pattern", "use_rslora"])


@given(st.dictionaries(KEYS, JSON | st.dictionaries(st.sampled_from(["to_q", "^a", "("]), JSON)))
def test_any_settings_at_all_are_a_number_or_a_known_error(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("any") / "adapter_model.safetensors"
    path.with_name("adapter_config.json").write_text(json.dumps(told))
    try:
        found = Scales(path, {}).of("unet", "mid.to_q", 2)
    except CheckpointError:
        return
    assert abs(found) < 2**30


# What it is called, and known by


def test_its_hash_is_that_of_both_files(home):
    path = saved()
    first = part_at(path)
    assert (first.name, known(path)) == ("ink", first)
    assert find(LORA, "ink", first.sha256) == path
    moved = path.parent.rename(path.parent.with_name("moved")) / path.name
    Identities(current_paths()).of(moved)
    assert find(LORA, "ink", first.sha256) == moved, "it is known by its content, wherever it is"
    beside = moved.with_name("adapter_config.json")
    beside.write_text(beside.read_text().replace("8", "4"))
    assert known(moved) is None
    second = part_at(moved)
    assert second.sha256 != first.sha256
    with pytest.raises(CheckpointError):
        find(LORA, "moved", first.sha256)
    beside.unlink()
    plain = Identities(current_paths()).of(moved)
    assert plain.removeprefix(PREFIX) not in {first.sha256, second.sha256}
    assert find(LORA, "moved", plain.removeprefix(PREFIX)) == moved


def test_two_folders_hold_two_loras(home):
    saved("ink")
    saved("wax")
    put("loras", "pytorch_lora_weights", {"x": torch.ones(1)})
    put("loras/lcm", "pytorch_lora_weights", {"x": torch.ones(1)})
    named = ["ink", "lcm", "pytorch_lora_weights", "wax"]
    assert [name_of(path) for path in listed(LORA)] == named


def test_a_file_that_is_reached_by_two_paths_is_one(home, asked, families):
    ink = saved("ink")
    (LORA.place / "again").mkdir()
    (LORA.place / "again" / "ink.safetensors").symlink_to(ink)
    (LORA.place / "round").symlink_to(LORA.place, target_is_directory=True)
    assert len(asked(families("sd1")[0], "a boat <lora:ink>").adapters) == 1
    shutil.copy(ink, LORA.place / "ink.safetensors")
    with pytest.raises(BadSetting, match="There are 2 LoRAs called 'ink'"):
        asked(families("sd1")[0], "a boat <lora:ink>")


def test_a_name_is_the_same_however_its_letters_are_put_together(home):
    """A macOS archive has é as e and an accent of its own."""
    path = put("loras", "cafe\u0301", {"x": torch.ones(1)})
    assert name_of(path) == "caf\u00e9"
    assert find(LORA, "cafe\u0301", part_at(path).sha256) == path
