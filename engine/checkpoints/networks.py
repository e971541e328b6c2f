"""Networks built empty, then filled: their weights are read once, straight to where they stay."""

from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from typing import Any

import torch
from diffusers import AutoencoderKL, AutoencoderTiny, UNet2DConditionModel
from torch import Tensor
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from engine.library.headers import BYTES, Stored, parse_header
from engine.library.opening import open_plain
from engine.library.plan import Network, Settings, Shape, Weight, unusable

_DTYPES = {
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "F32": torch.float32,
    "F64": torch.float64,
    "F8_E4M3": torch.float8_e4m3fn,
    "F8_E5M2": torch.float8_e5m2,
}
_WHOLE = {"I64": torch.int64, "I32": torch.int32}
"""What a LoRA's alpha, a single number, may be as well."""
_THIRDS = 3


def _clip(kind: Any) -> Callable[[Settings], Any]:
    return lambda config: kind(CLIPTextConfig.from_dict(config.get("text_config", config)))


_KINDS: dict[str, Callable[[Settings], Any]] = {
    "UNet2DConditionModel": UNet2DConditionModel.from_config,
    "AutoencoderKL": AutoencoderKL.from_config,
    "AutoencoderTiny": AutoencoderTiny.from_config,
    "CLIPTextModel": _clip(CLIPTextModel),
    "CLIPTextModelWithProjection": _clip(CLIPTextModelWithProjection),
}


def outline(network: Network) -> Any:
    """Return the network without any memory for its weights, once they are known to fit.

    Raises ValueError, with the first weights' names, where some are missing or of another shape.
    """
    with torch.device("meta"):
        module = _KINDS[network.kind](network.config)
    wanted = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    if missing := sorted(wanted.keys() - network.weights.keys()):
        message = f"{network.kind} lacks weights ({', '.join(missing[:3])})"
        raise ValueError(message)
    for name, shape in wanted.items():
        if not _fits(network.weights[name].shape, shape):
            message = f"{name} in {network.kind} has another shape than its configuration says"
            raise ValueError(message)
    return module


def _fits(stored: Shape, wanted: Shape) -> bool:
    """Whether shapes are the same but for ones at the end: convolutions 1 x 1 were linear once."""
    longest = max(len(stored), len(wanted))
    return stored + (1,) * (longest - len(stored)) == wanted + (1,) * (longest - len(wanted))


def build(network: Network, device: str, dtype: torch.dtype) -> Any:
    """Return the network on `device`, in `dtype`, ready to answer.

    The weights take memory once, and one of them a second time for as long as it is converted.
    Raises ValueError and CheckpointError where they do not fit, or hold not-a-number.
    """
    module = outline(network)
    shapes = {name: tensor.shape for name, tensor in module.state_dict().items()}
    wanted = {name: network.weights[name] for name in shapes}
    weights = {
        name: tensor.reshape(shapes[name]).to(device, dtype)
        for name, tensor in read_weights(wanted)
    }
    module.load_state_dict(weights, assign=True)
    _fill_buffers(module, device)
    return module.eval().requires_grad_(requires_grad=False)


def read_weights(wanted: Mapping[str, Weight]) -> Iterator[tuple[str, Tensor]]:
    """Yield the tensors of these weights, each file from its beginning to its end.

    Raises CheckpointError where they changed since they were looked at, or hold not-a-number.
    """
    for path in dict.fromkeys(weight.file for weight in wanted.values()):
        here = {name: weight for name, weight in wanted.items() if weight.file == path}
        with open_plain(path) as file:
            # Once more, and from the same open file: it may have changed since it was looked at.
            stored = parse_header(file, path).tensors
            for name, weight in sorted(here.items(), key=lambda one: _place(one[1], stored)):
                yield name, _tensor(file, weight, stored[weight.name])


def _place(weight: Weight, stored: Mapping[str, Stored]) -> int:
    if weight.name not in stored:
        raise unusable(weight.file, "it changed while it was read")
    return stored[weight.name].begin


def _tensor(file: BufferedReader, weight: Weight, stored: Stored) -> Tensor:
    """Read one weight, as it is in the file but for its axes."""
    kinds = _DTYPES | _WHOLE if weight.count == 1 else _DTYPES
    if stored.dtype not in kinds:
        raise unusable(weight.file, f"{weight.name} holds no real numbers but {stored.dtype}")
    size = stored.end - stored.begin
    begin = stored.begin
    if weight.third is not None:
        size //= _THIRDS
        begin += weight.third * size
    if size != weight.count * BYTES[stored.dtype]:
        raise unusable(weight.file, "it changed while it was read")
    raw = torch.empty(size, dtype=torch.uint8)
    file.seek(begin)
    if file.readinto(raw.numpy().data) != size:
        raise unusable(weight.file, "it changed while it was read")
    shape = weight.shape[::-1] if weight.transposed else weight.shape
    tensor = raw.view(kinds[stored.dtype]).reshape(shape)
    # A sum is finite exactly if all of it is, but for an overflow that no real weight comes near.
    numbers = tensor.float() if stored.dtype.startswith("F8") else tensor
    if not torch.isfinite(numbers.sum(dtype=torch.float32)):
        raise unusable(weight.file, f"{weight.name} holds not-a-number")
    return tensor.T.contiguous() if weight.transposed else tensor


def _fill_buffers(module: Any, device: str) -> None:
    """Fill in what no file holds: the numbers of a prompt's places."""
    for part in module.modules():
        for name, buffer in part.named_buffers(recurse=False):
            if not buffer.is_meta:
                continue
            if name != "position_ids":
                message = f"{type(part).__name__} keeps {name}, which is not known"
                raise ValueError(message)
            places = torch.arange(buffer.shape[-1], device=device).expand(buffer.shape)
            part.register_buffer(name, places, persistent=False)
