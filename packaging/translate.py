"""Collects the window's texts and compiles what was translated: `python3 packaging/translate.py`.

resources/i18n/*.ts are Qt Linguist's files, for people; *.qm what Qt reads of them; engine.txt
the engine's sentences, by which the window knows them again. New texts are put into the .ts files
unfinished and those that are gone are left out; the status is 1 while anything is unfinished.
"""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from texts import ENGINE, Text, collect

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
SENTENCES = "engine.txt"
LANGUAGES = {"en": 2, "zh_CN": 1}
"""How many forms of a noun a language has: one picture, two pictures. English is translated for
these alone."""

Key = tuple[str, str]
Catalogue = Mapping[Key, tuple[str, ...]]
"""Translations by context and source, a text for each form; an empty one is unfinished."""


def read(path: Path) -> Catalogue:
    """Read a .ts file, whoever wrote it; what is marked unfinished in it counts as empty."""
    if not path.exists():
        return {}
    tree = ET.parse(path)  # noqa: S314 - our own file
    return {
        (context.findtext("name", ""), message.findtext("source", "")): _forms(message)
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def _forms(message: ET.Element) -> tuple[str, ...]:
    said = message.find("translation")
    if said is None or said.get("type") == "unfinished":
        return ("",)
    forms = said.findall("numerusform")
    return tuple(one.text or "" for one in forms) if forms else (said.text or "",)


def wanted(texts: Sequence[Text], language: str) -> list[Text]:
    """Return those of the texts that are translated into a language."""
    return [text for text in texts if language != "en" or text.counts]


def unfinished(texts: Sequence[Text], known: Catalogue, language: str) -> list[Text]:
    """Return the texts of which a form is missing."""
    return [text for text in texts if not all(known_forms(text, known, language))]


def known_forms(text: Text, known: Catalogue, language: str) -> tuple[str, ...]:
    """Return a text's translation, as many forms as it must have, "" for those missing."""
    count = LANGUAGES[language] if text.counts else 1
    forms = known.get((text.context, text.source), ())
    return forms if len(forms) == count else ("",) * count


def written(texts: Sequence[Text], known: Catalogue, language: str) -> str:
    """Return the .ts file that has these texts, with their translations as far as known."""
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{language}" sourcelanguage="en">\n'  # noqa: E501
    return "".join([head, *_contexts(texts, known, language), "</TS>\n"])


def _contexts(texts: Sequence[Text], known: Catalogue, language: str) -> Iterator[str]:
    for context in sorted({text.context for text in texts}):
        yield f"<context>\n    <name>{context}</name>\n"
        for text in texts:
            if text.context == context:
                yield _message(text, known_forms(text, known, language))
        yield "</context>\n"


def _message(text: Text, forms: Sequence[str]) -> str:
    """Return one entry; no line numbers in it, so that it changes only when the text does."""
    numerus = ' numerus="yes"' if text.counts else ""
    state = "" if all(forms) else ' type="unfinished"'
    said = escape(forms[0])
    if text.counts:
        rows = "".join(f"\n            <numerusform>{escape(one)}</numerusform>" for one in forms)
        said = f"{rows}\n        "
    return (
        f"    <message{numerus}>\n"
        f'        <location filename="../../{text.place}"/>\n'
        f"        <source>{escape(text.source)}</source>\n"
        f"        <translation{state}>{said}</translation>\n"
        f"    </message>\n"
    )


def sentences(texts: Sequence[Text]) -> str:
    """Return the engine's texts, one a line."""
    return "".join(f"{text.source}\n" for text in texts if text.context == ENGINE)


def compile_to(folder: Path) -> None:
    """Put a .qm for each .ts into a folder."""
    for language in LANGUAGES:
        source, made = FOLDER / f"etascope_{language}.ts", folder / f"etascope_{language}.qm"
        aside = made.with_suffix(".part")  # a running window has the old one mapped
        command: list[str | Path] = [lrelease(), "-silent", source, "-qm", aside]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stdout + done.stderr)
        aside.replace(made)


def lrelease() -> Path:
    """Return Qt's compiler of translations, which comes with PySide6."""
    found = find_spec("PySide6")
    if found is None or found.origin is None:
        raise SystemExit("PySide6 is not here: run this with the Python in .venv.")
    return Path(found.origin).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")


def main() -> int:
    """Bring the files up to date; name what is still to be translated."""
    texts, missing = collect(ROOT), 0
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        path = FOLDER / f"etascope_{language}.ts"
        chosen, known = wanted(texts, language), read(path)
        path.write_text(written(chosen, known, language), encoding="utf-8", newline="\n")
        rest = unfinished(chosen, known, language)
        missing += len(rest)
        print(f"{path.name}: {len(chosen)} texts, {len(rest)} unfinished")
        for text in rest:
            print(f"  {text.place}: {text.source!r}")
    (FOLDER / SENTENCES).write_text(sentences(texts), encoding="utf-8", newline="\n")
    compile_to(FOLDER)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
