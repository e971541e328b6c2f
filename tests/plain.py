"""A checkpoint's folder as bytes, made without torch: small, and it passes the preflight."""

import json
import struct

SPECIAL = ("<|startoftext|>", "<|endoftext|>")


def safetensors(tensors: dict[str, tuple[int, ...]], seed: int = 0) -> bytes:
    """Return a file of half-precision tensors of these shapes, filled with numbers of a kind."""
    table, place, data = {}, 0, bytearray()
    for name, shape in tensors.items():
        count = 2
        for side in shape:
            count *= side
        table[name] = {"dtype": "F16", "shape": list(shape), "data_offsets": [place, place + count]}
        pattern = bytes((seed + 7 * k) % 120 for k in range(251))
        data += (pattern * (count // 251 + 1))[:count]
        place += count
    head = json.dumps(table).encode()
    return struct.pack("<Q", len(head)) + head + bytes(data)


def checkpoint(unet_bytes: int = 4096, variant: str = ".fp16") -> dict[str, bytes]:
    """Return the files of a folder in diffusers' layout by their paths."""
    parts = {
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "scheduler": ["diffusers", "DDIMScheduler"],
    }
    settings = {
        "model_index.json": {"_class_name": "StableDiffusionPipeline"} | parts,
        "unet/config.json": {
            "_class_name": "UNet2DConditionModel",
            "in_channels": 4,
            "out_channels": 4,
            "block_out_channels": [8],
            "layers_per_block": 1,
            "sample_size": 8,
            "cross_attention_dim": 768,
        },
        "vae/config.json": {"_class_name": "AutoencoderKL", "block_out_channels": [8, 8, 8, 8]},
        "text_encoder/config.json": {"num_hidden_layers": 1},
        "scheduler/scheduler_config.json": {"_class_name": "DDIMScheduler"},
        "tokenizer/vocab.json": {word: number for number, word in enumerate(SPECIAL)},
        "tokenizer/tokenizer_config.json": {"model_max_length": 77},
    }
    files = {name: json.dumps(table).encode() for name, table in settings.items()}
    files["tokenizer/merges.txt"] = b"#version: 0.2\n"
    weights = {"a.weight": (8, 8), "b.weight": (8, 8), "c.weight": (8,), "d.weight": (8,)}
    large = weights | {"conv_in.weight": (unet_bytes // 2,)}
    files[f"unet/diffusion_pytorch_model{variant}.safetensors"] = safetensors(large, 1)
    files[f"vae/diffusion_pytorch_model{variant}.safetensors"] = safetensors(weights, 2)
    files[f"text_encoder/model{variant}.safetensors"] = safetensors(weights, 3)
    return files
