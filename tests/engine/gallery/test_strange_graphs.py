"""ComfyUI's graphs of nobody: those that bite their tails, and those without end."""

import json
import time

import pytest

from engine.gallery.formats.graph import MOST_NODES
from engine.gallery.metadata import interpret


def node(kind: str, **inputs: object) -> dict[str, object]:
    return {"class_type": kind, "inputs": inputs}


def sampler(**inputs: object) -> dict[str, object]:
    return node(
        "KSampler", seed=1, steps=9, cfg=7, positive=["a", 0], latent_image=["b", 0], **inputs
    )


RINGS = {
    "of reroutes": {
        "1": sampler(),
        "a": node("Reroute", x=["b", 0]),
        "b": node("Reroute", x=["a", 0]),
    },
    "of itself": {"1": sampler(model=["1", 0]), "a": node("X", text=["a", 0]), "b": sampler()},
    "of samplers": {"1": sampler(), "b": sampler() | {"x": 1}, "a": node("X", cond=["1", 0])},
    "of joins": {
        "1": sampler(),
        "a": node("CLIPTextEncode", text=["j", 0]),
        "j": node("StringConcatenate", string_a=["j", 0], string_b=["k", 0]),
        "k": node("JoinStrings", string_a=["j", 0], string_b="x"),
    },
    "of numbers": {
        "1": sampler() | node("KSampler", seed=["1", 0], positive=["1", 0], latent_image=[])
    },
}


@pytest.mark.parametrize("ring", RINGS)
def test_a_graph_that_bites_its_tail_ends(ring: str):
    reading = interpret({"prompt": json.dumps(RINGS[ring])})
    assert reading.tool == "ComfyUI"


def doubling(count: int) -> dict[str, object]:
    """Joins of joins: written out it would be 2^count words."""
    joins = {
        str(n): node("StringConcatenate", string_a=[str(n + 1), 0], string_b=[str(n + 1), 0])
        for n in range(count)
    }
    last = {str(count): node("PrimitiveString", value="boo ")}
    return {"s": sampler(), "a": node("CLIPTextEncode", text=["0", 0])} | joins | last


LARGE = {
    "a chain": {"s": sampler()} | {str(n): node("X", a=[str(n + 1), 0]) for n in range(50_000)},
    "a chain to the prompt": {
        "s": sampler(),
        "a": node("Combine", conditioning_1=["0", 0]),
        **{str(n): node("Combine", conditioning_1=[str(n + 1), 0]) for n in range(MOST_NODES)},
    },
    "all with all": {"s": sampler()}
    | {str(n): node("X", **{f"c{m}": [str(m), 0] for m in range(200)}) for n in range(200)},
    "joins of joins": doubling(60),
    "samplers": {str(n): sampler(latent=[str(n + 1), 0]) for n in range(5_000)},
    "savers": {"s": sampler()}
    | {f"v{n}": node("SaveImage", images=["x", 0]) for n in range(5_000)},
    "a long text": {"s": sampler(), "a": node("CLIPTextEncode", text="x " * 10**6)},
    "many texts": {"s": sampler(), "a": node("Concat", **{f"text_{n}": "x" for n in range(10**5)})},
}


@pytest.mark.parametrize("graph", LARGE)
def test_no_graph_takes_long(graph: str):
    text = json.dumps(LARGE[graph])
    before = time.process_time()
    reading = interpret({"prompt": text})
    assert time.process_time() - before < 3  # the slowest is read in a third of a second
    assert len(reading.settings.get("prompt", "")) < 3 * 10**6
