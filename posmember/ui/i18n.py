"""The window's language. Chinese is the language of the source texts; English is a Qt file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from posmember.resources import resource

LANGUAGES = ("zh", "en")


def install_language(app: QCoreApplication, language: str) -> None:
    """Set the language of every text, before the first window is made.

    Args:
        app: the application; it keeps the translators.
        language: "zh" or "en".

    Raises:
        ValueError: another language was asked for.
        FileNotFoundError: the English translation is missing or cannot be read.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    if language == "zh":
        QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        _install_qt_chinese(app)
        return
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    path = resource("translations/posmember_en.qm")
    translator = QTranslator(app)
    if not translator.load(str(path)):
        raise FileNotFoundError(f"translation cannot be read: {path.name}")
    app.installTranslator(translator)


def speaks_chinese() -> bool:
    """Whether the window's texts are Chinese, for what brings its own two languages."""
    return QLocale().language() == QLocale.Language.Chinese


def _install_qt_chinese(app: QCoreApplication) -> None:
    """Install Qt's own Chinese texts (menus of the fields), where this Qt brings them."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
