"""WeChat Pay's keys, or a relay's token: what is kept is said, and never shown but for its ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from posmember.errors import ConfigError, PosMemberError
from posmember.trust.credentials import CredentialStore
from posmember.ui.messages import breakable
from posmember.ui.settings.row import FormRow, TextRow
from posmember.ui.settings.scanned import not_looked_up_text
from posmember.ui.settings.work_page import WorkPage
from posmember.ui.threads import in_a_daemon
from posmember.ui.widgets.fields import ChoiceBox
from posmember.ui.widgets.in_window import wide_button
from posmember.ui.widgets.labels import plain_label
from posmember.ui.widgets.tick_box import TickBox
from posmember.ui.wording.plain import one_line

if TYPE_CHECKING:
    from posmember.ui.settings.wechat_access import Typed

_LONGEST = 4096


class WechatPage(WorkPage):
    """A form for the merchant's own key, for a relay, or for WeChat Pay's new public key.

    Args:
        store: gives where they are kept. audit_path: see `SetupPlace`.
    """

    changed = Signal()
    """Other keys are kept now, or none."""

    def __init__(self, store: CredentialStore, audit_path: Path) -> None:
        super().__init__()
        self._store, self._audit_path = store, audit_path
        self.kept = plain_label(wrap=True)
        self._make_rows()
        self.save, self.remove = wide_button(self.tr("保存密钥")), wide_button(self.tr("删除密钥"))
        self.save.clicked.connect(self._keep)
        self.remove.clicked.connect(self._drop)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._show_rows)
        self._show_rows()
        self.setFocusProxy(self.kind)

    def open_page(self) -> None:
        """Read what is kept."""
        self.start(self._read)

    def take_scan(self, _text: str) -> str:
        """Take no scan: nothing here is one."""
        return not_looked_up_text()

    def forget(self) -> None:
        """Keep no secret."""
        self.token.forget()
        self.say("")

    # --- what is done --------------------------------------------------------------------------

    async def _read(self) -> None:
        from posmember.lookup.wechat_keys import kept_access
        from posmember.ui.settings.wechat_access import access_text

        self.kept.setText(self.tr("正在读取…"))
        access = await in_a_daemon(lambda: kept_access(self._store, self._audit_path))
        self.kept.setText(breakable(access_text(access)))

    def _keep(self) -> None:
        if not self.work.running and not self._find_blank():
            self.start(self._kept)

    async def _kept(self) -> None:
        from posmember.lookup.wechat_keys import keep_access, kept_access
        from posmember.ui.settings.wechat_access import access_of

        typed = self._typed()

        def keep() -> None:
            kept = kept_access(self._store, self._audit_path) if self._is_key() else None
            keep_access(self._store, access_of(typed, kept), self._audit_path)

        self.say(self.tr("正在保存…"))
        await in_a_daemon(keep)
        self.token.forget()
        await self._read()
        self.say(self.tr("已保存，不用重新打开"))
        self.changed.emit()

    def _drop(self) -> None:
        if not self.work.running:
            self.start(self._dropped)

    async def _dropped(self) -> None:
        from posmember.lookup.wechat_keys import drop_access

        self.say(self.tr("正在删除…"))
        await in_a_daemon(lambda: drop_access(self._store, self._audit_path))
        await self._read()
        self.say(self.tr("已删除"))
        self.changed.emit()

    def _typed(self) -> Typed:
        from posmember.ui.settings.wechat_access import TypedKey, TypedMerchant, TypedRelay

        if self._is_key():
            return TypedKey(self.key_id.text(), self.public_key.text())
        ids = (self.brand.text(), self.card.text())
        if self._is_relay():
            on = self.fills.isChecked()
            return TypedRelay(*ids, self.url.text(), self.token.text(), on)
        merchant = (self.mchid, self.key_file, self.certificate, self.key_id, self.public_key)
        return TypedMerchant(*ids, *(row.text() for row in merchant))

    def _find_blank(self) -> bool:
        """Say which rows are blank, and go to the first; returns whether any is."""
        blank = [row for row in self._shown_rows() if not row.text().strip()]
        for row in self._shown_rows():
            row.say_problem(self.tr("这一项必填") if row in blank else "")
        if blank:
            blank[0].setFocus()
        return bool(blank)

    def refusal(self, error: PosMemberError) -> str:
        if not isinstance(error, ConfigError):
            return super().refusal(error)
        return self.tr("没有保存：{why}").format(why=one_line(str(error)))

    # --- how it is built -----------------------------------------------------------------------

    def _make_rows(self) -> None:
        self.kind = ChoiceBox()
        self.kind.addItems(
            [self.tr("商户密钥"), self.tr("公司的中转服务"), self.tr("微信支付换了公钥")]
        )
        self.brand, self.card = TextRow(self.tr("品牌 ID")), TextRow(self.tr("会员卡模板 ID"))
        self.mchid = TextRow(self.tr("商户号"))
        self.key_file = TextRow(self.tr("商户私钥文件"), "apiclient_key.pem")
        self.certificate = TextRow(self.tr("商户证书文件"), "apiclient_cert.pem")
        self.key_id = TextRow(self.tr("微信支付公钥 ID"), "PUB_KEY_ID_…")
        self.public_key = TextRow(self.tr("微信支付公钥文件"), "pub_key.pem")
        self.url = TextRow(self.tr("中转服务地址"))
        self.token = TextRow(self.tr("中转服务令牌"), secret=True)
        self.fills = TickBox(self.tr("openid 由中转服务补上"))
        self.beside = plain_label(
            self.tr("原来的公钥留着：微信支付全部换完之前，两把都要用。"), muted=True, wrap=True
        )
        self._ids = (self.brand, self.card)
        self._merchant = (
            self.mchid, self.key_file, self.certificate, self.key_id, self.public_key,
        )  # fmt: skip
        self._relay = (self.url, self.token)
        for row in (*self._ids, *self._merchant, *self._relay):
            row.field.setMaxLength(_LONGEST)
            row.entered.connect(lambda row=row: self._go_on(row))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(12)
        layout.addWidget(self.kept)
        layout.addWidget(self.result)
        layout.addWidget(FormRow(self.tr("要保存的"), self.kind))
        for row in (*self._ids, *self._merchant, *self._relay):
            layout.addWidget(row)
        layout.addWidget(self.fills)
        layout.addWidget(self.beside)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def _is_relay(self) -> bool:
        return self.kind.currentIndex() == 1

    def _is_key(self) -> bool:
        return self.kind.currentIndex() == 2

    def _shown_rows(self) -> tuple[TextRow, ...]:
        if self._is_key():
            return (self.key_id, self.public_key)
        return (*self._ids, *(self._relay if self._is_relay() else self._merchant))

    def _show_rows(self) -> None:
        shown = self._shown_rows()
        for row in (*self._ids, *self._merchant, *self._relay):
            row.setVisible(row in shown)
        self.fills.setVisible(self._is_relay())
        self.beside.setVisible(self._is_key())

    def _go_on(self, row: TextRow) -> None:
        rows = self._shown_rows()
        place = rows.index(row) + 1
        (rows[place] if place < len(rows) else self.save).setFocus()
