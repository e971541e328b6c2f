"""Whether a model fits, told from headers."""

from engine import library
from engine.library.memory import Memory, memory_here, verdict, weights_bytes
from engine.library.plan import Network, Plan, Weight

GB = 10**9


def plan(family, unet, vae=0):
    """A plan of so many numbers, which nobody holds."""
    sizes = {"unet": unet, "vae": vae}
    networks = {
        name: Network("", {}, {"w": Weight(None, "w", (count,))}) for name, count in sizes.items()
    }
    return Plan(family, networks, (), {})


def test_the_weights_count_is_the_networks_own(tiny_model, tiny_starter):
    networks = tiny_starter.plan().networks
    unet = sum(weight.numel() for weight in tiny_model.denoise._unet.parameters())
    assert networks["unet"].count == unet
    others = networks["vae"].count
    assert weights_bytes(plan("", unet, others), 2) == 2 * unet + 4 * others


def test_verdicts_follow_what_is_free_and_what_is_there():
    sd_1 = plan("SD 1", GB)
    assert verdict(sd_1, Memory(total=16 * GB, free=8 * GB)) == "fits"
    assert verdict(sd_1, Memory(total=16 * GB, free=4 * GB)) == "slow"
    assert verdict(sd_1, Memory(total=4 * GB, free=2 * GB)) == "slow"
    assert verdict(sd_1, Memory(total=2 * GB, free=2 * GB)) == "does not fit"
    sdxl = plan("SDXL", 3 * GB)
    assert verdict(sdxl, Memory(total=8 * GB, free=8 * GB)) == "does not fit"
    assert verdict(sdxl, Memory(total=16 * GB, free=15 * GB)) == "fits"


def test_this_machine_has_memory_and_room_for_the_starter():
    memory = memory_here()
    assert 0 < memory.free <= memory.total
    assert verdict(library.find("starter").plan(), memory) == "fits"
