"""Where a file is to be saved: asked for with Qt's own dialog, beside everything else."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

translate = QCoreApplication.translate

_Place = QStandardPaths.StandardLocation
_Option = QFileDialog.Option


async def ask_where(window: QWidget, title: str, name: str) -> Path | None:
    """Ask for a place, while everything else goes on.

    The dialog is Qt's and not the system's: a code that is scanned meanwhile would else be the
    name of a file, and its Enter would save it.

    Args:
        window: over which it lies. title: of the dialog.
        name: that is proposed; its suffix is added to one without.

    Returns:
        The place, at which there may be a file already; None where the person wants none.
    """
    dialog = QFileDialog(window, title, str(usual_folder()))
    for option in (_Option.DontUseNativeDialog, _Option.DontConfirmOverwrite, _Option.ReadOnly):
        dialog.setOption(option)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    suffix = Path(name).suffix
    dialog.setNameFilter(f"*{suffix}")
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(name)
    _word(dialog)
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    dialog.finished.connect(lambda result: None if answer.done() else answer.set_result(result))
    dialog.open()
    try:
        is_given = await answer == QDialog.DialogCode.Accepted.value
        window.activateWindow()  # the person was here, and goes on here
        found = dialog.selectedFiles() if is_given else []
        return Path(found[0]) if found else None
    finally:
        dialog.hide()
        dialog.deleteLater()


def usual_folder() -> Path:
    """Where people find what they save: the desktop, else their documents, else their home."""
    for place in (_Place.DesktopLocation, _Place.DocumentsLocation, _Place.HomeLocation):
        folder = Path(QStandardPaths.writableLocation(place))
        if folder.is_absolute() and folder.is_dir():
            return folder
    return Path.cwd()


def _word(dialog: QFileDialog) -> None:
    label = QFileDialog.DialogLabel
    for part, words in (
        (label.Accept, translate("Saving", "保存")),
        (label.Reject, translate("Saving", "取消")),
        (label.FileName, translate("Saving", "文件名")),
        (label.FileType, translate("Saving", "类型")),
        (label.LookIn, translate("Saving", "位置")),
    ):
        dialog.setLabelText(part, words)
