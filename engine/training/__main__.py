"""``python -m engine.training``: train the starter model, or one stage of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

#: Stages in their order, with what each of them is for.
STAGES = {
    "vae": "train the autoencoder",
    "text": "learn the tokenizer and give the text encoder its first lessons",
    "latents": "draw the scenes and encode them",
    "unet": "train the UNet and the text encoder",
    "polish": "train the decoder alone once more",
    "score": "measure the exported model and write the tables",
    "export": "write the model in diffusers' layout",
    "all": "all of these but score, one after another",
}


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the settings of a run; exits with a message where they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m engine.training", description=__doc__)
    parser.add_argument("stage", nargs="?", default="all", choices=STAGES, help=_stages_help())
    parser.add_argument("--work", type=Path, default=Path("training"), help="checkpoints, sheets")
    parser.add_argument("--out", type=Path, default=Path("resources/starter"), help="the model")
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.add_argument("--dtype", default="auto", choices=("auto", "float32", "bfloat16"))
    parser.add_argument("--from", dest="start", type=Path, metavar="FOLDER",
                        help="go on from this model in diffusers' layout")  # fmt: skip
    parser.add_argument("--processes", type=_positive, default=None, help="default: 2 on a CPU")
    parser.add_argument("--minutes", type=float, help="limit of each training stage")
    parser.add_argument("--samples", type=_positive, help="limit of each training stage")
    parser.add_argument("--scenes", type=_positive, default=32_000, help="drawn for the UNet")
    parser.add_argument("--batch", type=_positive, help="samples a step and process")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="tables of the scores")
    parser.add_argument("--pictures", type=_positive, default=200, help="scored in each cell")
    parser.add_argument("--most-steps", type=_positive, default=1000,
                        help="leave out the cells of the table that take more")  # fmt: skip
    parser.add_argument("--tiny", action="store_true", help="toy networks, to try the machinery")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the stages that ``arguments`` name; returns the exit status."""
    settings = parse(arguments)
    from engine.training.run import run  # torch is slow to import: not before --help is answered

    return run(settings)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _stages_help() -> str:
    return "; ".join(f"{name}: {what}" for name, what in STAGES.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
