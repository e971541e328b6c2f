"""The command line's grammar."""

import argparse
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import NoReturn, TypeVar

from engine import __version__
from engine.commands import DEVICES, DTYPES
from engine.compare.axes import EQUALS
from engine.compare.linking import LINKS
from engine.menu import menu

_MISUSED = 2
T = TypeVar("T")


class _Parser(ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message.removeprefix('argument ')} (see --help)\n")
        raise SystemExit(_MISUSED)


def parse(argv: Sequence[str]) -> Namespace:
    """Parse `argv`; exits with status 2 after one sentence when it makes no sense."""
    parser = _Parser(
        prog="etascope",
        description="Type a prompt, watch it denoise, keep the picture.",
        epilog="Without a command the window opens.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"etascope {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_generate(commands.add_parser("generate", help="make pictures", allow_abbrev=False))
    compared = commands.add_parser("compare", help="make a grid of them", allow_abbrev=False)
    _add_compare(compared)
    _add_gallery(commands.add_parser("gallery", help="what you made", allow_abbrev=False))
    _add_models(commands.add_parser("models", help="what can be used", allow_abbrev=False))
    _add_inspect(commands.add_parser("inspect", help="what a tool wrote", allow_abbrev=False))
    again = commands.add_parser("reproduce", help="make it again, and compare", allow_abbrev=False)
    _add_inspect(again)
    _add_doctor(commands.add_parser("doctor", help="what is wrong here", allow_abbrev=False))
    _add_bench(commands.add_parser("bench", help="how quick it is here", allow_abbrev=False))
    return parser.parse_args(_with_minuses(argv))


def _with_minuses(argv: Sequence[str]) -> list[str]:
    """Let a query begin with a minus, as in -boat, which argparse takes for an option."""
    words = list(argv)
    if words[:2] == ["gallery", "export"] and "--query" in words[:-1]:
        at = words.index("--query")
        words[at : at + 2] = [f"--query={words[at + 1]}"]
    if words[:2] != ["gallery", "search"] or "--" in words:
        return words
    options: list[str] = []
    query: list[str] = []
    rest = iter(words[2:])
    for word in rest:
        is_option = word.startswith("--") or word == "-h"
        (options if is_option else query).append(word)
        if word == "--limit":
            options += islice(rest, 1)
    return [*words[:2], *options, "--", *query]


def _add_generate(parser: ArgumentParser) -> None:
    add = parser.add_argument
    _add_prompt(parser)
    add("--model", metavar="ID|PATH", help="which model (starter), or its file or folder")
    add("--sampler", metavar="NAME", help=f"one of {', '.join(menu())}")
    add("--schedule", metavar="NAME", help="how the steps are spaced (default)")
    add("--steps", metavar="N", type=_whole, help="1 to 1000")
    add("--eta", metavar="E", type=_number, help="fresh noise in each step, 0 to 1 (DDIM)")
    add("--guidance", metavar="G", type=_number, help="how strongly to follow the prompt, 1 to 30")
    add("--seed", metavar="N", type=_whole, help="0 to 2^64-1; by chance without it")
    _add_the_rest(parser)
    add("--out", metavar="FILE.png|FOLDER", type=_path, help="where to, instead of the gallery")
    add("--keep-partial", action="store_true", help="keep what Ctrl+C interrupts, as far as it is")
    add("--json", action="store_true", help="one JSON object a picture on stdout")


def _add_compare(parser: ArgumentParser) -> None:
    add = parser.add_argument
    _add_prompt(parser)
    add("--model", metavar="LIST", help="which models, as in starter")
    add("--sampler", metavar="LIST", help=f"as in ddpm,ddim; of {', '.join(menu())}")
    add("--schedule", metavar="LIST", help="how the steps are spaced, as in leading,trailing")
    add("--steps", metavar="LIST", help="as in 10,20,50; each 1 to 1000")
    add("--eta", metavar="LIST", help="as in 0,0.5,1; only for samplers that have an eta")
    add("--guidance", metavar="LIST", help="as in 1,5,9; each 1 to 30")
    add("--seed", metavar="LIST", help="as in 1,2,3; one by chance without it")
    add("--replace", metavar="LIST", help="words of the prompt, then others to put in their place")
    add(
        "--equal",
        choices=EQUALS,
        default="steps",
        help="what --steps counts: steps, model calls, or calls' time as measured here",
    )
    _add_the_rest(parser)
    add("--out", metavar="GRID.png", type=_path, help="where the grid goes; cells to the gallery")
    add("--animation", metavar="FILE.webp", type=_path, help="all cells denoising together, too")
    add("--linked", choices=LINKS, help="what its frames have in common (step)")
    add("--sequential", action="store_true", help="one picture after the other, not in lock-step")
    add("--keep-partial", action="store_true", help="keep what Ctrl+C interrupts, as far as it is")
    add("--json", action="store_true", help="a JSON object a picture on stdout, then the grid's")


def _add_prompt(parser: ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _sampler_help()
    parser.add_argument("prompt", metavar="PROMPT", nargs="?", help="may be empty")
    add = parser.add_argument
    add("--negative", metavar="T", help="what the picture should not be")
    add("--style", metavar="NAME", action="append", help="of styles.csv; may be repeated")


def _add_the_rest(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--count", metavar="N", type=_whole, default=1, help="how many, with seeds N, N+1, ...")
    add("--width", metavar="W", type=_whole, help="in pixels")
    add("--height", metavar="H", type=_whole, help="in pixels")
    add(
        "--lora",
        metavar="NAME|PATH[:WEIGHT]",
        action="append",
        help="lay a LoRA over the model, as in ink:0.7; may be repeated; also <lora:ink:0.7>",
    )
    add("--vae", metavar="NAME|PATH", help="decode with this VAE instead of the model's own")
    add("--clip-skip", metavar="N", type=_whole, help="text model's layer from the end: 2, say")
    add("--from", metavar="PICTURE", dest="source", type=_path, help="begin with its settings")
    add("--device", choices=DEVICES, default="auto", help="where to run")
    add("--dtype", choices=DTYPES, default="auto", help="how numbers are kept")
    add("--gallery", metavar="NAME", help="which gallery (Etascope)")
    add("--trajectory", metavar="FILE.safetensors", type=_path, help="keep every step as well")
    add("--exact", action="store_true", help="to the last bit as if each were made alone; slower")
    add("--force", action="store_true", help="replace existing files")


def _sampler_help() -> str:
    lines = [
        f"  {name:<6} {entry.about} {entry.calls} model calls for S steps."
        for name, entry in menu().items()
    ]
    return "\n".join(["samplers:", *lines])


def _actions(parser: ArgumentParser) -> Callable[[str, str], ArgumentParser]:
    """Return what adds an action, by its name and what it does, below a command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, told: str) -> ArgumentParser:
        one = actions.add_parser(name, help=told, description=told, allow_abbrev=False)
        one.add_argument("--json", action="store_true", help="JSON lines on stdout")
        return one

    return action


def _add_gallery(parser: ArgumentParser) -> None:
    action = _actions(parser)
    action("list", "the galleries, and how many pictures each has")
    search = action("search", "find pictures, as in: boat -red sampler:ddim eta>0.3 rating>=4")
    search.add_argument("query", metavar="QUERY", nargs="*", help="all without it")
    search.add_argument("--limit", metavar="N", type=_whole, help="at most so many")
    action("verify", "every file readable, every digest right, the index in step")
    action("rebuild", "read all pictures anew")
    export = action(
        "export", "a gallery as a folder, archive, contact sheet, web page or moving pictures"
    )
    export.add_argument("name", metavar="NAME", help="which gallery")
    export.add_argument("target", metavar="FOLDER", type=_path, help="or a file, by its ending")
    export.add_argument(
        "--as",
        dest="kind",
        choices=("folder", "zip", "sheet", "page", "webp", "gif"),
        help="what to make of it, if the target's ending does not say: a folder of pictures, one "
        "archive, contact sheets, one HTML page, or the steps to each picture as an animation",
    )
    export.add_argument("--query", metavar="QUERY", help="only what it finds")
    export.add_argument("--format", choices=("png", "jpeg", "webp", "avif"), help="turn into")
    export.add_argument("--clean", action="store_true", help="pixels alone, without settings")
    export.add_argument("--marks", action="store_true", help="ratings and tags in the files too")


def _add_models(parser: ArgumentParser) -> None:
    action = _actions(parser)
    action("list", "the models, their families and sizes, and whether they fit into memory")
    add = action("add", "put a model, or a folder of them, on the list; it stays where it is")
    check = action("check", "whether a model can be used, or why not")
    told = "a .safetensors file, or a folder in diffusers' layout"
    add.add_argument(
        "path", metavar="PATH", type=_path, help=f"{told}, or another program's folder"
    )
    check.add_argument("path", metavar="PATH", type=_path, help=told)
    get = action("get", "get a model from the Hub; again after a break, it goes on where it was")
    named = "owner/name, or owner/name/FILE.safetensors"
    get.add_argument("repository", metavar="REPO", help=named)
    get.add_argument("--revision", metavar="SHA", default="", help="a commit, a tag or a branch")
    search = action("search", "find models on the Hub by words of their names")
    search.add_argument("words", metavar="WORDS", nargs="+")
    remove = action("remove", "take a model or a folder off the list; its files stay")
    remove.add_argument("id", metavar="ID", help="its id, its name or its path")
    token = action("token", "keep your token for the Hub in the system's keyring; typed, not shown")
    token.add_argument("--forget", action="store_true", help="forget it")


def _add_inspect(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=_path)
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_doctor(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def _add_bench(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--model", metavar="ID", default="starter", help="which model (starter)")
    add("--rounds", metavar="N", type=_whole, default=5, help="how often each side runs (5)")
    add("--device", choices=DEVICES, default="auto", help="where to run")
    add("--dtype", choices=DTYPES, default="auto", help="how numbers are kept")
    add("--json", action="store_true", help="one JSON object a row on stdout")


def _named(name: str, convert: Callable[[str], T]) -> Callable[[str], T]:
    """Give a conversion the name by which argparse speaks of it."""
    convert.__name__ = name
    return convert


def _whole_number(text: str) -> int:
    return int(text)


def _real_number(text: str) -> float:
    return float(text)


def _some_path(text: str) -> Path:
    """Return the path; an empty one would mean the folder one happens to be in."""
    if not text:
        raise ValueError
    return Path(text)


_whole = _named("whole number", _whole_number)
_number = _named("number", _real_number)
_path = _named("path", _some_path)
