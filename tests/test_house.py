"""The house: sizes, names and promises that no single room can keep by itself."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import packaging.version
import pytest

from engine.menu import menu

ROOT = Path(__file__).parent.parent
ROOMS = sorted(path for house in ("engine", "gui") for path in (ROOT / house).rglob("*.py"))
SOURCES = [*ROOMS, ROOT / "launch.py", *sorted((ROOT / "packaging").rglob("*.py"))]
NOT_OURS = {"__pycache__", "build", "dist"}
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
PARAMETERS = 5


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def overrides(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).endswith("override") for decorator in node.decorator_list)


def our_files():
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] not in {".ci", ".gitignore"}
        if path.is_file() and not hidden and not NOT_OURS.intersection(parts):
            yield path


def test_the_library_packaging_is_not_hidden_by_our_folder():
    assert ROOT / "packaging" not in Path(packaging.version.__file__).parents
    assert not list((ROOT / "packaging").rglob("__init__.py"))


def test_resources_hold_no_python():
    assert not list((ROOT / "resources").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_functions_are_short_and_take_few_parameters(path):
    for node in functions(path):
        length = node.end_lineno - node.lineno + 1
        assert length <= LINES_OF_A_FUNCTION, f"{node.name}: {length} lines"
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        own = [parameter.arg for parameter in given if parameter.arg not in ("self", "cls")]
        assert len(own) <= PARAMETERS or overrides(node), f"{node.name}: {own}"


def on_the_map():
    """Yield every room that ARCHITECTURE.md names, by its path."""
    house = ""
    for line in (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"`(engine|gui)/`", line):
            house = heading[1]
        if line.startswith("| `"):
            first, what = line.strip("|").split("|", maxsplit=1)
            folder = re.match(r" `([a-z/]+)/`", first)
            inside, told = (f"{house}/{folder[1]}", what) if folder else (house, first)
            yield from (f"{inside}/{one}" for one in re.findall(r"\w+\.py", told))


def test_the_map_shows_every_room_in_its_place_and_no_others():
    rooms = {name(path) for path in ROOMS if path.name != "__init__.py"}
    shown = set(on_the_map())
    assert sorted(rooms - shown) == [], "ARCHITECTURE.md does not name these"
    assert sorted(shown - rooms) == [], "these are gone, or lie elsewhere"


@pytest.mark.parametrize("module", ["gui.app", "gui.__main__", "engine.cli"])
def test_torch_is_not_imported_before_it_is_needed(module):
    question = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heavy = {"torch", "diffusers", "transformers", "accelerate"}
    assert not heavy & set(done.stdout.split())


def test_the_command_line_does_not_import_qt():
    question = "import sys, gui.__main__, engine.cli; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not [module for module in done.stdout.split() if module.startswith("PySide6")]


def test_no_file_names_a_folder_of_some_machine():
    machine = re.compile(r"(?<![\w.~-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot"]) + r")/")
    for path in our_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found = machine.search(text)
        assert not found, f"{name(path)}: {text[found.start() : found.start() + 40]!r}"


def test_the_readme_begins_with_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.match(
        r"# Etascope\n\n```\w*\npython3 launch\.py\npython3 launch\.py test\n```\n", readme
    )


def test_the_locks_pin_torch_exactly_and_never_torchvision():
    folder = ROOT / "packaging"
    for lock in (folder / "requirements.lock", folder / "requirements-test.lock"):
        pins = lock.read_text(encoding="utf-8").splitlines()
        assert all(re.match(r"[a-z0-9-]+==[^ ]+( ; .+)?$", pin) for pin in pins), lock.name
        assert not [pin for pin in pins if pin.startswith(("torchvision", "nvidia"))]
    assert "torch==2.13.0\n" in (folder / "requirements.lock").read_text(encoding="utf-8")


def test_the_readme_tells_of_every_sampler_what_the_menu_says():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, entry in menu().items():
        told = (f"`{name}`", entry.about, entry.calls, ", ".join(entry.schedules))
        assert f"| {' | '.join(told)} |" in readme
