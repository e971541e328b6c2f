"""Every text is translated, whole and in the same words everywhere; what Qt reads is up to date."""

import re
from pathlib import Path

import pytest

import launch  # noqa: F401 - puts the next two where they can be found
from gui.retelling import OTHERWISE

import texts  # isort: skip
import translate  # isort: skip

ROOT = Path(__file__).parent.parent
REMEDY = "run: python packaging/translate.py"
PLACES = re.compile(r"%n|\{[^{}]*\}")
NO_WORDS = re.compile(r"\{\w+\}|\"[^\"]*\"|\w+:\w+|Access Tokens")
"""Places, commands, terms of a search and a name: what is in them is no word of a sentence."""
TYPED = "boat, house"
"""An example of what is typed, with the commas that are typed."""
OTHER_ENDINGS = {".": "。", "?": "？", "!": "！", ":": "：", "…": "…"}


@pytest.fixture(scope="module")
def collected():
    return texts.collect(ROOT)


@pytest.fixture(scope="module", params=translate.LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def known(language):
    return translate.read(translate.FOLDER / f"etascope_{language}.ts")


@pytest.fixture(scope="module")
def translations(collected, known, language):
    """Every finished text with its translation, its forms one after the other."""
    return [
        (text.source, form)
        for text in translate.wanted(collected, language)
        for form in translate.known_forms(text, known, language)
        if form
    ]


def glossary() -> dict[str, str]:
    """Return the words that CONTRIBUTING.md settles."""
    rules = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ]+) \| (\w+) \|$", rules, re.MULTILINE)
    return dict(rows)


def test_no_text_is_left_untranslated(collected, known, language):
    chosen = translate.wanted(collected, language)
    assert [text.source for text in translate.unfinished(chosen, known, language)] == [], REMEDY


def test_no_translation_is_of_a_text_that_is_gone(collected, known, language):
    there = {(text.context, text.source) for text in translate.wanted(collected, language)}
    assert set(known) - there == set(), REMEDY


def test_what_qt_reads_is_what_the_translators_wrote(language, tmp_path):
    translate.compile_to(tmp_path)
    name = f"etascope_{language}.qm"
    assert (tmp_path / name).read_bytes() == (translate.FOLDER / name).read_bytes(), REMEDY


def test_the_window_knows_every_sentence_of_the_engine(collected):
    kept = (translate.FOLDER / translate.SENTENCES).read_text(encoding="utf-8")
    assert kept == translate.sentences(collected), REMEDY


def test_what_is_put_into_a_text_is_put_into_its_translation(translations, language):
    """But a form for one thing need not say its number."""
    for source, said in translations:
        wanted, there = sorted(PLACES.findall(source)), sorted(PLACES.findall(said))
        if language == "en" and "%n" not in said:
            wanted.remove("%n")
        assert wanted == there, source


def test_translations_end_as_their_texts_do(translations, language):
    for source, said in translations:
        wanted = OTHER_ENDINGS.get(source[-1]) if language == "zh_CN" else source[-1]
        if source[-1] in OTHER_ENDINGS:
            assert said.endswith(wanted), source
        assert said.count("\n") == source.count("\n"), source
        assert said.strip() == said, source


@pytest.mark.parametrize("language", ["zh_CN"], indirect=True)
def test_chinese_has_chinese_punctuation(translations):
    """A comma or a full stop after a Chinese character is a wide one, and brackets round them."""
    narrow = re.compile(
        r"[\u4e00-\u9fff] ?(?:[,;!?]|:(?!:))|[\u4e00-\u9fff]\.(?!\w)|\([^()]*[\u4e00-\u9fff]"
    )
    for source, said in translations:
        assert TYPED in source or not narrow.search(said), source


@pytest.mark.parametrize("language", ["zh_CN"], indirect=True)
def test_a_term_is_always_translated_by_the_same_word(translations):
    for term, word in glossary().items():
        for source, said in translations:
            if re.search(rf"\b{term}s?\b", NO_WORDS.sub("", source), re.IGNORECASE):
                assert word in said, f"{term} is {word}: {source!r} is {said!r}"


NO_TEXTS = {
    *("leading, karras", "leading, trailing"),  # names that are typed
    *("kept {path}", "Model calls"),  # identities; the latter is marked as a text beside it
    "it is of a later version",  # said by the log alone
    *("model calls", "time of model calls"),  # what the engine calls units, to be told by them
    *("1 model call", "{calls} model calls"),  # on sheets, which are English
    *OTHERWISE,  # what the engine says on the command line, to be known again
}


@pytest.mark.parametrize("path", sorted((ROOT / "gui").rglob("*.py")), ids=lambda path: path.name)
def test_nothing_that_the_window_says_goes_untranslated(path):
    passed_over = texts.LOGGING | {"tr", "marked", "ValueError"}
    said = texts.templates(path.read_text(encoding="utf-8"), passed_over)
    missed = [text for text in said if texts.is_words(text, title=True)]
    assert set(missed) <= NO_TEXTS


def test_a_text_that_cannot_be_collected_is_refused(tmp_path):
    (tmp_path / "gui").mkdir()
    (tmp_path / "gui" / "a.py").write_text('tr(f"Saved {name}")', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gui/a\.py:1"):
        list(texts.window_texts(tmp_path))


def test_a_new_text_is_put_into_the_files_unfinished_and_a_gone_one_left_out(tmp_path):
    old = [texts.Text("Etascope", "Old", "gui/a.py"), texts.Text("Etascope", "<Kept>", "gui/a.py")]
    new = [old[1], texts.Text("Etascope", "%n step(s)", "gui/b.py", counts=True)]
    known = {("Etascope", "Old"): ("旧",), ("Etascope", "<Kept>"): ("留",)}
    file = tmp_path / "etascope_zh_CN.ts"
    file.write_text(translate.written(new, known, "zh_CN"), encoding="utf-8")
    read = translate.read(file)
    assert read == {("Etascope", "<Kept>"): ("留",), ("Etascope", "%n step(s)"): ("",)}
    assert translate.unfinished(new, read, "zh_CN") == [new[1]]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('Bad(f"{path.name} is {self.size} x {size}.")', "{name} is {size} x {size2}."),
        ('f"{len(self)} of {repr(word)}"', "{len} of {word}"),
        ('f"at {value:.2f} of {a + b}"', "at {value} of {value2}"),
        ('def f():\n    """A docstring is none."""', None),
        ('_log.info("the log speaks English")', None),
    ],
)  # fmt: skip
def test_what_an_f_string_says_has_named_places(code, told):
    assert list(texts.templates(code)) == ([] if told is None else [told])


@pytest.mark.parametrize(
    ("text", "is_words"),
    [
        ("There is no file {path}.", True),
        ("it holds no weights", True),
        ("{path} already exists.", True),
        ("Schedule type", False),
        ("negative_prompt", False),
        ("SELECT id FROM pictures WHERE name", False),
        ("<p>as it is</p>", False),
        ("%(asctime)s %(message)s", False),
    ],
)
def test_words_are_told_from_code(text, is_words):
    assert texts.is_words(text) == is_words
