"""Collects what people read: the texts of the window, and those of the engine that it shows.

The window's are found by `tr("...")` and `marked("...")`. The engine knows nothing of languages:
of it, everything is taken that reads like a sentence, or like a part of one; what is put into it
by an f-string becomes a named place, "{path} is not a file.", by which `gui.retelling` knows the
sentence again.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

WINDOW, ENGINE = "Etascope", "Engine"
"""The contexts, by Qt's word for it: `gui.words.CONTEXT` and `gui.retelling.CONTEXT`."""

UNSEEN = ("cli/", "training/", "gallery/schema.py", "gallery/rows.py", "export/page.py")
"""Rooms of the engine whose words no window shows: they stay English."""
UNSEEN_FILES = ("animation.py", "bench.py", "reproduce.py")
TITLES = ("compare/starts.py", "compare/linking.py", "compare/words.py", "gallery/store.py")
"""Rooms whose texts are shown though they are neither a sentence nor a part of one."""
NOT_SHOWN = {
    "{infotext}, Grid: {summary}",
    "{name} is {value}",
    "a PNG begins with its head",
    "a cell has a place",
    "a destination needs a folder or a file",
    "a grid has at least one cell",
    "a place has a number for each axis",
    "a place's numbers are those of values",
    "an axis has texts or numbers",
    "an axis is a recipe's setting",
    "an unknown field",
    "can't allocate memory",
    "ddim, ddpm, plms, euler, heun, dpmpp_2m",
    "ddpm, ddim, plms",
    "does not fit",
    "no pipes",
    "no sampler {name}",
    "no schedule {unknown}",
    "not a key",
    "not a list",
    "not a table",
    "not a word of ours",
    "not an entry",
    "not enough memory",
    "not folders",
    "not what was found",
    "of another version",
    "out of memory",
    "the sampler has ended and asks for nothing",
    "uc negative_prompt",
    "without: {negative_prompt}",
}
"""What reads like words and is none: names, what bugs of ours say, what others' errors say."""
MENU_KEYS = ("label", "about", "without_eta")

_SENTENCE = re.compile(r"[A-Z\0'\"].*[a-z\0].*[.!?]")
_CLAUSE = re.compile(r"[a-z\0].*")
_WORDS = re.compile(r"[a-z]{2,}[,;:]? [\w\0'\"(]|[\0\d] [a-z]{2,}")
_CODE = re.compile(
    r"""\n | <[/!?\w] | \w= | ^% | %s | \\d               # a program, a page, a form, a pattern
    | \b(?:SELECT|INSERT|CREATE|WHERE|PRAGMA|ORDER\ BY)\b
    | ^[\w.]+\ [A-Z_]\w+$                              # a module and a name in it
    | ^(?:one\ of\ )?the\ recipe                        # what only a bug of ours would say
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate: where it is said, and whether it counts something ("%n")."""

    context: str
    source: str
    place: str
    counts: bool = False


def collect(root: Path) -> list[Text]:
    """Return every text once, by context and alphabet; raises ValueError for one that hides."""
    found: dict[tuple[str, str], Text] = {}
    for text in (*window_texts(root), *engine_texts(root), *menu_texts(root), *offer_texts(root)):
        found.setdefault((text.context, text.source), text)
    return [found[key] for key in sorted(found)]


def window_texts(root: Path) -> Iterator[Text]:
    """Yield what `tr` and `marked` are called with."""
    for path in sorted((root / "gui").rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in {"tr", "marked"}:
                yield from _said(node, place)


def _said(call: ast.Call, place: str) -> Iterator[Text]:
    """Yield the text of one call, or of each choice; where it is looked up it was marked before."""
    counts = len(call.args) > 1 or any(one.arg == "n" for one in call.keywords)
    match call.args[0] if call.args else None:
        case ast.Constant(value=str(source)):
            yield Text(WINDOW, source, place, counts)
        case ast.IfExp(body=ast.Constant(value=str(source)), orelse=ast.Constant(value=str(other))):
            yield Text(WINDOW, source, place, counts)
            yield Text(WINDOW, other, place, counts)
        case ast.Name() | ast.Attribute() | ast.Subscript() | ast.Call() if called(call) == "tr":
            pass
        case _:
            raise ValueError(f"{place}:{call.lineno}: a text must be written out in the call")


def called(call: ast.Call) -> str:
    """Return the name of the function that is called, without what it belongs to."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def menu_texts(root: Path) -> Iterator[Text]:
    """Yield what the samplers' menu says."""
    place = "resources/samplers.toml"
    for sampler in tomllib.loads((root / place).read_text(encoding="utf-8")).values():
        for table in (sampler, sampler.get("eta", {})):
            yield from (Text(ENGINE, table[key], place) for key in MENU_KEYS if key in table)


def offer_texts(root: Path) -> Iterator[Text]:
    """Yield what is said of the models worth getting."""
    place = "resources/checkpoints.toml"
    for offer in tomllib.loads((root / place).read_text(encoding="utf-8"))["checkpoint"]:
        yield from (Text(ENGINE, offer[key], place) for key in ("about", "licence"))


def engine_texts(root: Path) -> Iterator[Text]:
    """Yield what reads like words in the rooms whose errors and notes the window shows.

    Settings are named in sentences, "The width must be...", so their names are texts as well.
    """
    engine = root / "engine"
    yield from (Text(ENGINE, name, "engine/recipe.py") for name in settings(engine))
    for path in sorted(engine.rglob("*.py")):
        room = path.relative_to(engine).as_posix()
        if room.startswith(UNSEEN) or room in UNSEEN_FILES:
            continue
        for source in templates(path.read_text(encoding="utf-8")):
            if is_words(source, title=room in TITLES):
                yield Text(ENGINE, source, f"engine/{room}")


def settings(engine: Path) -> Iterator[str]:
    """Yield the names of a recipe's settings as sentences have them."""
    tree = ast.parse((engine / "recipe.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == "Recipe":
            fields = (one.target for one in node.body if isinstance(one, ast.AnnAssign))
            yield from (one.id.replace("_", " ") for one in fields if isinstance(one, ast.Name))


def is_words(source: str, *, title: bool = False) -> bool:
    """Whether a text of the program is meant for people, as far as that can be told."""
    bare = re.sub(r"\{\w*\}", "\0", source)
    if source in NOT_SHOWN or _CODE.search(bare) or not _WORDS.search(bare):
        return False
    return title or any(form.fullmatch(bare) for form in (_SENTENCE, _CLAUSE))


LOGGING = frozenset({"debug", "info", "warning", "error", "exception"})


def templates(code: str, passed_over: AbstractSet[str] = LOGGING) -> Iterator[str]:
    """Yield every text of a program; f-strings with {named} places.

    Docstrings are none, nor what the functions that are `passed_over` are called with.
    """
    tree = ast.parse(code)
    skipped = {id(part) for node in ast.walk(tree) for part in _not_texts(node, passed_over)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            yield template(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _not_texts(node: ast.AST, passed_over: AbstractSet[str]) -> Iterator[ast.AST]:
    """Yield the parts of `node` that are no texts of their own: docstrings, parts of f-strings."""
    match node:
        case ast.Expr(value=ast.Constant() as alone):
            yield alone
        case ast.JoinedStr(values=parts):
            yield from (part for part in parts if isinstance(part, ast.Constant))
        case ast.FormattedValue(format_spec=ast.JoinedStr() as form):
            yield from ast.walk(form)
        case ast.Call() if called(node) in passed_over:
            yield from ast.walk(node)


def template(text: ast.JoinedStr) -> str:
    """Return an f-string with a name in each place: those of its variables where they have one."""
    said, names = "", list[str]()
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            name = _name(part.value)
            again = sum(one == name for one in names) + 1
            names.append(name)
            said += f"{{{name}{again if again > 1 else ''}}}"
        elif isinstance(part, ast.Constant):
            said += str(part.value)
    return said


def _name(value: ast.expr) -> str:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").lower()
        case ast.Call(args=[ast.Name(id=name), *_]) if name != "self":
            return name.strip("_").lower()
        case ast.Call():
            return called(value).strip("_").lower() or "value"
        case ast.Subscript(value=inner):
            return _name(inner)
    return "value"
