"""Networks that are lent to their device answer to the last bit as those that live there.

The device is the processor here, to which accelerate's hooks lend as they do to a card.
"""

import pytest
import torch
from torch import nn

from engine import checkpoints
from engine.checkpoints import load
from engine.checkpoints.quarters import Quarters
from engine.conditioning import text_of
from engine.device import choose, free_memory, runs_on
from engine.library import Checkpoint
from engine.library.placing import Placing
from engine.library.vaes import plan_vae
from engine.recipe import Part
from engine.vae import Decoder
from tests.adapters import ATTENTION, EVERYWHERE, kohya, low_rank, networks_of, put

LENT = [Placing.NETWORKS, Placing.LAYERS]
LATENTS = torch.randn((1, 4, 16, 18), generator=torch.Generator().manual_seed(2))


@pytest.fixture
def lent(families, monkeypatch):
    """A family, loaded with its networks lent."""

    def model(family, placing, device="cpu"):
        quarters = Quarters(device, placing)
        monkeypatch.setattr(checkpoints, "_quarters", lambda *_: quarters)
        folder, _ = families(family)
        return load(Checkpoint("folder", family, folder), choose("cpu", "float32"))

    return model


@pytest.mark.parametrize("placing", LENT)
@pytest.mark.parametrize(
    ("family", "layers"),
    [("sd1", EVERYWHERE), pytest.param("sdxl", ATTENTION, marks=pytest.mark.slow)],
    ids=["sd1", "sdxl"],
)
def test_pictures_with_and_without_a_lora_are_the_same(
    families, models, pipelines, ours, asked, lent, family, layers, placing
):
    put("loras", "Ink", kohya(low_rank(networks_of(pipelines(family)), layers)))
    recipes = [
        asked(families(family)[0], "a (boat:1.2) on the sea"),
        asked(families(family)[0], "a boat <lora:ink:0.7>", clip_skip=2, seed=8),
    ]
    theirs = lent(family, placing)
    found, _ = ours(theirs, recipes)
    wanted, _ = ours(models(family), recipes)
    for one, other in zip(found, wanted, strict=True):
        assert torch.equal(one, other)
    assert (theirs.decoder.decode(found[0]) == models(family).decoder.decode(found[0])).all()


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no card here")
@pytest.mark.parametrize("placing", LENT)
def test_on_a_card_they_answer_as_those_that_live_there(families, ours, asked, lent, placing):
    recipe = asked(families("sd1")[0])
    (found, wanted) = (
        ours(lent("sd1", how, "cuda"), [recipe])[0][0] for how in (placing, Placing.THERE)
    )
    assert torch.equal(found, wanted)


def weights(model):
    networks = [model.denoise._unet, model.decoder._network, model.prompts._layers.network]
    return [one for network in networks for one in network.parameters()]


def test_between_its_calls_a_layer_holds_nothing(lent):
    model = lent("sd1", Placing.LAYERS)
    model.denoise(LATENTS, torch.tensor([500.0]), model.encode("a boat"))
    model.decoder.decode(LATENTS)
    assert {one.device.type for one in weights(model)} == {"meta"}
    assert runs_on(model.denoise._unet) == torch.device("cpu")


@pytest.mark.parametrize("placing", LENT)
def test_another_vae_is_lent_as_well(families, lent, placing, monkeypatch):
    model = lent("sd1", placing)
    place = families("sd1")[0] / "vae"
    monkeypatch.setattr("engine.checkpoints.decoders.find", lambda *_: place)
    decoder = model.decoders.of(Part("own", "0" * 64))
    assert decoder is not model.decoder
    assert (decoder.decode(LATENTS) == model.decoder.decode(LATENTS)).all()
    assert hasattr(decoder._network, "_hf_hook")
    assert plan_vae(place, model.decoder.scale).count > 0


def test_nothing_of_a_call_stays_behind_on_the_processor(
    families, models, pipelines, asked, lent, monkeypatch
):
    """Lent to a device without memory, where tensors of two devices do not mix; sdxl has it all."""
    put("loras", "Ink", kohya(low_rank(networks_of(pipelines("sdxl")), ATTENTION)))
    recipe = asked(families("sdxl")[0], "a boat <lora:ink:0.7>")
    fitted = models("sdxl").preview
    monkeypatch.setattr(Decoder, "fit_preview", lambda _: fitted)
    model = lent("sdxl", Placing.LAYERS, "meta")
    told = model.encode(text_of(recipe, "a boat"))
    assert (told.states.device.type, told.pooled.device.type) == ("meta", "meta")
    empty = "Cannot copy out of meta tensor"  # the answer, on its way back to us
    with pytest.raises(NotImplementedError, match=empty):
        model.denoise(LATENTS, torch.tensor([500.0]), told)
    with pytest.raises(NotImplementedError, match=empty):
        model.decoder.decode(LATENTS)


class Told(nn.Linear):
    """A network that keeps where it was sent, and says that it is there."""

    def __init__(self):
        super().__init__(2, 2)
        self.sent = []

    def to(self, device):
        self.sent.append(torch.device(device).type)
        return super().to(device)


def test_a_network_that_is_asked_comes_and_the_others_go_home_first():
    """Onto the device without memory, from which nothing comes home: one network is enough."""
    quarters = Quarters("meta", Placing.NETWORKS)
    first, second = (quarters.settled(Told()) for _ in range(2))
    assert quarters.home == "cpu"
    assert first(torch.ones(1, 2, device="meta")).is_meta
    assert (first.sent, second.sent) == (["meta"], [])
    with pytest.raises(NotImplementedError, match="meta"):
        second(torch.ones(1, 2, device="meta"))
    assert (first.sent, second.sent) == (["meta", "cpu"], [])


def test_what_is_lent_can_be_asked_in_inference_mode_and_changed_afterwards():
    quarters = Quarters("meta", Placing.NETWORKS)
    network = quarters.settled(Told())
    with torch.inference_mode():
        network(torch.ones(1, 2, device="meta"))
    assert not network.weight.is_inference()


def test_room_counts_what_comes_home_and_what_must_come():
    quarters = Quarters("cpu", Placing.NETWORKS, limit=10**6)
    network = quarters.settled(nn.Linear(8, 8))
    assert quarters.room(network) == 10**6
    there = Quarters("cpu")
    assert abs(there.room(network) - free_memory("cpu")) < 10**9
