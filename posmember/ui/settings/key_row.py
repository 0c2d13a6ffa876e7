"""The open key as it is typed, pasted or scanned: never shown, checked at once."""

from __future__ import annotations

from posmember.trust.pasted import pasted, pasted_key
from posmember.ui.settings.row import TextRow


class KeyRow(TextRow):
    """A masked field; what comes along unseen with pasting is no part of the key.

    Args:
        in_keyring: whether the key goes into the keyring, which is then said.
    """

    def __init__(self, *, in_keyring: bool = True) -> None:
        self._in_keyring = in_keyring
        super().__init__(self.tr("密钥 OpenKey"), secret=True)
        self.field.setMaxLength(5000)
        self._is_kept = False
        self.edited.connect(self._edit)
        self.show_kept(is_kept=False)

    def show_kept(self, *, is_kept: bool) -> None:
        """Say whether a key is kept already, which is not shown."""
        self._is_kept = is_kept
        self.field.setPlaceholderText(
            self.tr("已保存，不显示；要换就输入新的") if is_kept else self.tr("粘贴，或扫二维码")
        )
        self._tell()

    def key(self) -> str:
        """Return the key; "" where there is none, or what was typed is none."""
        try:
            return pasted_key(self.text())
        except ValueError:
            return ""

    def problem(self, *others: str) -> str:
        """Return what is wrong with what was typed, in words; "" where nothing is.

        Args:
            others: what it cannot be, as that was typed elsewhere.
        """
        typed = pasted(self.text())
        if not typed:
            return ""
        if not self.key():
            return self.tr("密钥只有字母、数字和符号，中间没有空格，请重新复制")
        if self.key() in others:
            return self.tr("和上面填的一样，像是贴错了")
        return ""

    def missing(self) -> str:
        """Return the words where a key is needed and nothing was typed."""
        return "" if pasted(self.text()) or self._is_kept else self.tr("这一项必填")

    def forget(self) -> None:
        super().forget()
        self._tell()

    def _edit(self) -> None:
        self.say_problem(self.problem())
        self._tell()

    def _tell(self) -> None:
        """Say how much came, which tells a cut key from a whole one without showing it."""
        count = len(self.key())
        if count:
            self.explain(self.tr("收到 {count} 个字符，不显示内容").format(count=count))
        else:
            words = self.tr("只保存在这台电脑的系统密钥库里")
            self.explain(words if self._in_keyring else "")
