"""A LoRA file, to a plan of what it adds to which layer; read off its header, without its weights.

Hu et al. 2021: to a layer's answer W x is added (alpha / r) B A x, with A (r, in) and B (out, r).
Files name the layers in several ways: kohya's scripts with underscores, by diffusers' names or by
the original programs' (`lora_unet_..._to_q.lora_down.weight`), diffusers and PEFT with dots
(`unet....to_q.lora_A.weight`). With `lora_mid` A is a convolution made of two (LoCon). LoHas and
LoKrs, whose products are of another kind, are in `lycoris`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.library import ldm
from engine.library.headers import Header, read_header
from engine.library.lycoris import PARTS, Product, fits, is_product, rank_of, shape_of
from engine.library.peft import MOST_RANK, Scales
from engine.library.plan import Shape, Weight, unusable

Shapes = Mapping[str, Mapping[str, Shape]]
"""Networks by their names (unet, text_encoder, text_encoder_2), and in each the layers that can be
changed by theirs, with the shapes of their weights."""

_KINDS = {
    ".lora_down.weight": "down", ".lora_up.weight": "up", ".lora_mid.weight": "mid",
    ".alpha": "alpha",
    ".lora_A.weight": "down", ".lora_B.weight": "up",
    ".lora_A.default.weight": "down", ".lora_B.default.weight": "up",
    ".lora.down.weight": "down", ".lora.up.weight": "up",
    ".lora_linear_layer.down.weight": "down", ".lora_linear_layer.up.weight": "up",
    "_lora.down.weight": "down", "_lora.up.weight": "up",
    **PARTS,
}  # fmt: skip
_OTHERS = {
    r"\.dora_scale|\.lora_magnitude": "a DoRA",
    r"\.b?oft_": "an OFT", r"\.diff(_b)?$": "a difference of whole weights",
    r"\.on_input$": "an IA3", r"\.[ab][12]\.weight$": "a GLoRA",
    r"^bundle_emb\.": "a LoRA with an embedding in it",
}  # fmt: skip
_NETWORKS = {
    "lora_unet_": "unet", "lora_te_": "text_encoder", "lora_te1_": "text_encoder",
    "lora_te2_": "text_encoder_2", "unet.": "unet", "text_encoder.": "text_encoder",
    "text_encoder_2.": "text_encoder_2",
    "diffusion_model.": "unet", "model.diffusion_model.": "unet", "": "unet",
}  # fmt: skip
_OF_TEXT = ("text_model.", "encoder.layers.")
"""How the names begin where PEFT was laid over a text encoder alone."""
_OLD_TEXT = {"to_q": "q_proj", "to_k": "k_proj", "to_v": "v_proj", "to_out": "out_proj"}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Low:
    """What is added to one layer: B A x times `scale`, over r if `alpha` is there (a weight).

    `down` is A, `up` is B. Where `mid` is there, A is mid after down.
    """

    network: str
    layer: str
    down: Weight
    up: Weight
    mid: Weight | None = None
    alpha: Weight | None = None
    scale: float = 1.0

    @property
    def rank(self) -> int:
        """The number r of rows of A."""
        return (self.mid or self.down).shape[0]


def plan_lora(path: Path, shapes: Shapes) -> tuple[Low | Product, ...]:
    """Return what the file adds to networks of these shapes.

    Raises CheckpointError if it is damaged, no LoRA, or made for another model.
    """
    header = read_header(path)
    names = _Names(shapes)
    layers: dict[tuple[str, str], dict[str, Weight]] = {}
    for name, stored in header.tensors.items():
        stem, kind = _kind(name, path)
        layer = names.find(stem)
        if layer is None:
            raise _other_base(path, header, f"it changes {stem[:_LONGEST]}, which is not in it")
        if kind in layers.setdefault(layer, {}):
            raise unusable(path, f"it changes {layer[1]} twice")
        layers[layer][kind] = Weight(path, name, stored.shape)
    scales = Scales(path, header.notes)
    plan: list[Low | Product] = []
    for layer, parts in sorted(layers.items(), key=str):
        wanted = shapes[layer[0]][layer[1]]
        if is_product(parts):
            one = _product(layer, parts, scales, path)
            made = shape_of(one.parts)
            if not fits(made, wanted):
                raise _does_not_fit(layer[1], made, wanted, path, header)
            plan.append(one)
        else:
            low = _low(layer, parts, scales, path)
            _check(low, wanted, path, header)
            plan.append(low)
    return tuple(plan)


def _kind(name: str, path: Path) -> tuple[str, str]:
    """Return which layer a tensor belongs to, and as what."""
    suffix = next((one for one in _KINDS if name.endswith(one)), None)
    other = next((kind for mark, kind in _OTHERS.items() if re.search(mark, name)), None)
    if other is not None:
        raise unusable(path, f"it is {other}, which is not supported", "Plain LoRAs can be used.")
    if suffix is None:
        raise unusable(path, "it is no LoRA", "LoRAs come as .safetensors files of their own.")
    return name.removesuffix(suffix), _KINDS[suffix]


def _low(layer: tuple[str, str], parts: Mapping[str, Weight], scales: Scales, path: Path) -> Low:
    if not {"down", "up"} <= parts.keys():
        raise unusable(path, f"half of what it adds to {layer[1]} is missing")
    down, up, mid = parts["down"], parts["up"], parts.get("mid")
    low = Low(*layer, down, up, mid, parts.get("alpha"))
    flat = len(down.shape) < 2 or len(up.shape) < 2 or (mid and len(mid.shape) != 4)
    if flat or (low.alpha and low.alpha.count != 1):
        raise unusable(path, f"what it adds to {layer[1]} is of no shape that is known")
    if low.rank != up.shape[1] or (mid and mid.shape[1] != down.shape[0]):
        raise unusable(
            path, f"the ranks of its halves for {layer[1]} differ: {low.rank} and {up.shape[1]}"
        )
    _check_rank(low.rank, path)
    if low.alpha is not None:
        return low
    return Low(*layer, down, up, mid, scale=scales.of(*layer, low.rank))


def _product(
    layer: tuple[str, str], parts: Mapping[str, Weight], scales: Scales, path: Path
) -> Product:
    alpha = parts.get("alpha")
    factors = {name: weight for name, weight in parts.items() if name != "alpha"}
    try:
        shape_of(factors)
    except ValueError as error:
        reason = f"the parts of what it adds to {layer[1]} do not fit one another"
        raise unusable(path, reason) from error
    if alpha is not None and alpha.count != 1:
        raise unusable(path, f"what it adds to {layer[1]} is of no shape that is known")
    rank = rank_of(factors)
    if rank is not None:
        _check_rank(rank, path)
    scale = 1.0 if alpha is not None or rank is None else scales.of(*layer, rank)
    return Product(*layer, factors, rank, None if rank is None else alpha, scale)


def _check_rank(rank: int, path: Path) -> None:
    if not 1 <= rank <= MOST_RANK:
        raise unusable(path, f"its rank of {rank} is beyond any real one")


def _check(low: Low, wanted: Shape, path: Path, header: Header) -> None:
    """Raise unless B A has the shape of the layer's weight."""
    kernel = (low.mid or low.down).shape[2:]
    made = (low.up.shape[0], low.down.shape[1], *kernel)
    plain = all(side == 1 for side in (*low.up.shape[2:], *(low.down.shape[2:] if low.mid else ())))
    if not plain or _without_ones(made) != _without_ones(wanted):
        raise _does_not_fit(low.layer, made, wanted, path, header)


def _does_not_fit(layer: str, made: Shape, wanted: Shape, path: Path, header: Header) -> Exception:
    told = f"{layer} is {_sides(wanted)} in it, and is changed as {_sides(made)}"
    return _other_base(path, header, told)


def _without_ones(shape: Shape) -> Shape:
    """Leave out the sides of a kernel of one pixel: such convolutions were linear once."""
    return shape[:2] if all(side == 1 for side in shape[2:]) else shape


def _sides(shape: Shape) -> str:
    return " x ".join(map(str, _without_ones(shape)))


def _other_base(path: Path, header: Header, reason: str) -> Exception:
    told = (header.notes.get("ss_base_model_version"), header.notes.get("modelspec.architecture"))
    base = next((text for text in told if text), "")
    told_base = f" ({base[:_LONGEST]})" if base else ""
    made = f"it is made for another kind of model{told_base}"
    return unusable(path, f"{made}: {reason}", "Choose a LoRA of this model's family.")


class _Names:
    """The layers of some networks, by every name that files have for them."""

    def __init__(self, shapes: Shapes) -> None:
        self._known = {
            network: {_flat(name.removeprefix("text_model.")): name for name in layers}
            for network, layers in shapes.items()
        }
        blocks = re.compile(r"down_blocks\.0\.resnets\.(\d+)\.")
        found = [blocks.match(name) for name in shapes.get("unet", ())]
        self._layers = 1 + max((int(one[1]) for one in found if one), default=0)

    def find(self, stem: str) -> tuple[str, str] | None:
        """Return the network and the layer that a name means; None if there is none."""
        stem = stem.removeprefix("base_model.model.")
        if stem.startswith(_OF_TEXT):
            stem = f"text_encoder.{stem}"
        prefix = next(one for one in _NETWORKS if stem.startswith(one))
        network = _NETWORKS[prefix]
        known = self._known.get(network, {})
        for name in self._spellings(network, _flat(stem.removeprefix(prefix))):
            if name in known:
                return network, known[name]
        return None

    def _spellings(self, network: str, name: str) -> Iterator[str]:
        """Yield how a name may be spelt in diffusers', with underscores for dots."""
        if network != "unet":
            name = name.removeprefix("text_model_")
            yield name
            stem, _, last = name.rpartition("_to_")
            if stem:
                yield f"{stem}_{_OLD_TEXT.get(f'to_{last}', last)}"
            return
        yield name
        plain = name.replace("_processor_", "_")
        yield plain
        yield f"{plain}_0"  # the older files' to_out is to_out.0
        own = _from_original(name, self._layers)
        if own is not None:
            yield _flat(own)


def _flat(name: str) -> str:
    return name.replace(".", "_")


def _from_original(name: str, layers: int) -> str | None:
    """Return diffusers' name for a UNet's layer, of the original programs' with underscores."""
    match = re.fullmatch(r"(input_blocks|output_blocks)_(\d{1,3})_(\d)_(.+)", name)
    if match:
        dotted = f"{match[1]}.{match[2]}.{match[3]}.{_dotted(match[4])}"
    elif match := re.fullmatch(r"middle_block_(\d)_(.+)", name):
        dotted = f"middle_block.{match[1]}.{_dotted(match[2])}"
    else:
        ends = re.fullmatch(r"(time_embed|out)_(\d)|(label_emb|input_blocks)_0_(\d)", name)
        if not ends:
            return None
        dotted = f"{ends[1]}.{ends[2]}" if ends[1] else f"{ends[3]}.0.{ends[4]}"
    found = ldm.unet_name(f"{dotted}.weight", layers)
    return None if found is None else found.removesuffix(".weight")


def _dotted(inner: str) -> str:
    """Give a residual block's layer its dot: in_layers_2 is in_layers.2."""
    return re.sub(r"^((?:in|emb|out)_layers)_(\d)$", r"\1.\2", inner)
