"""Whether the parts of a model go together: told when it is loaded, not amid the first picture."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.library.checkpoint import Checkpoint

_CHUNK = 77
"""The places of a prompt's chunk, its beginning and its end among them."""
_SIZES = 6
_ADVICE = "Get all parts of one model from the same place."


def check_parts(
    checkpoint: Checkpoint, networks: Mapping[str, Any], tokenizers: Sequence[Any]
) -> None:
    """Raise CheckpointError where two parts were made for different models.

    `networks` are by the names that a plan has for them; the `tokenizers` are in the order of the
    text encoders.
    """
    reason = next(_reasons(networks, tokenizers), None)
    if reason is not None:
        raise checkpoint.damaged(reason, _ADVICE)


def _reasons(networks: Mapping[str, Any], tokenizers: Sequence[Any]) -> Iterator[str]:
    unet, vae = networks["unet"].config, networks["vae"].config
    texts = [network.config for name, network in networks.items() if name.startswith("text")]
    if vae.latent_channels != unet.in_channels:
        yield (
            f"its VAE makes latents of {vae.latent_channels} channels, "
            f"and its UNet takes {unet.in_channels}"
        )
    states = sum(text.hidden_size for text in texts)
    for width in _each(unet.cross_attention_dim):
        if width != states:
            yield f"its text encoders answer with {states} numbers, and its UNet reads {width}"
    added = unet.projection_class_embeddings_input_dim
    if unet.addition_embed_type == "text_time":
        told = texts[-1].projection_dim + _SIZES * unet.addition_time_embed_dim
        if told != added:
            yield f"its UNet is told of sizes and words in {told} numbers, and reads {added}"
    for text, tokenizer in zip(texts, tokenizers, strict=True):
        if text.max_position_embeddings < _CHUNK:
            yield f"its text encoder reads {text.max_position_embeddings} tokens, not {_CHUNK}"
        if max(tokenizer.get_vocab().values(), default=0) >= text.vocab_size:
            yield f"its vocabulary has words beyond the {text.vocab_size} that its encoder knows"


def _each(value: Any) -> Sequence[int]:
    return value if isinstance(value, list | tuple) else [value]
