"""The language of the window: the one chosen or the system's, and Qt's own words in it."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import RESOURCES

Language = Literal["system", "en", "zh_CN"]
Spoken = Literal["en", "zh_CN"]

NAMES: dict[str, str] = {"en": "English", "zh_CN": "简体中文"}
"""What each is called by those who speak it."""

FOLDER = RESOURCES / "i18n"


def speak(app: QCoreApplication, language: Language) -> None:
    """Have all texts made from now on in a language; those that are shown stay as they are."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    chosen = best(QLocale.system().uiLanguages()) if language == "system" else language
    QLocale.setDefault(QLocale(chosen))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in ((f"qtbase_{chosen}", qt), (f"etascope_{chosen}", str(FOLDER))):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)


def best(wanted: Sequence[str]) -> Spoken:
    """Return the first of the languages wanted ("zh-Hans-CN", "en-GB", ...) that is spoken here.

    Chinese in traditional characters counts as another language.
    """
    for name in wanted:
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        chinese = locale.language() == QLocale.Language.Chinese
        if chinese and locale.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"
