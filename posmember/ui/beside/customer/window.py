"""The customer's window: it fills their screen, takes no keyboard, and says what it is given."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent, QScreen
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget

from posmember.ui.beside.customer.content import WELCOME, Content, Page
from posmember.ui.beside.customer.pages import JoinPage, MemberPage, SentencePage
from posmember.ui.beside.customer.sizes import Sizes

translate = QCoreApplication.translate


class CustomerWindow(QWidget):
    """Hidden at first. Nobody owns it: what owned it would take it along when it is minimised."""

    def __init__(self) -> None:
        super().__init__(None, _flags(QGuiApplication.platformName()))
        self._content, self._store = WELCOME, ""
        self.setObjectName("customer")
        self.setWindowTitle(translate("CustomerScreen", "顾客屏"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self._sentence, self._member, self._join = SentencePage(), MemberPage(), JoinPage()
        self._pages = QStackedLayout(self)
        # It is as large as the screen, however large the one before was.
        self._pages.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for page in (self._sentence, self._member, self._join):
            self._pages.addWidget(page)
        self._show()

    def show_on(self, screen: QScreen) -> None:
        """Fill a screen; what is there stays below it."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        if QGuiApplication.platformName() == "wayland":
            self.showFullScreen()  # a client has no other way to choose its place
        else:
            self.show()
            self.raise_()

    def show_store(self, name: str) -> None:
        """Say the store's name."""
        self._store = name
        self._show()

    def show_code(self, picture: QImage) -> None:
        """Have another code to join by; a null one is none."""
        self._join.show_code(picture)

    def content(self) -> Content:
        """Return what is shown."""
        return self._content

    def show_content(self, content: Content) -> None:
        """Show it, and keep nothing of what was shown before."""
        if content != self._content:
            self._content = content
            self._show()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        sizes = Sizes.of(self.size())
        for page in (self._sentence, self._member, self._join):
            page.fit(sizes)

    def _show(self) -> None:
        content = self._content
        is_member = content.page is Page.MEMBER
        self._member.show_content(content if is_member else WELCOME)
        self._sentence.show_words(self._store, _sentence(content.page))
        pages = {Page.MEMBER: self._member, Page.JOIN: self._join}
        self._pages.setCurrentWidget(pages.get(content.page, self._sentence))


def _sentence(page: Page) -> str:
    match page:
        case Page.WELCOME:
            return translate("CustomerScreen", "欢迎光临")
        case Page.WAIT:
            return translate("CustomerScreen", "正在查询，请稍候")
        case Page.ASK:
            return translate("CustomerScreen", "请咨询店员")
    return ""


def _flags(platform: str) -> Qt.WindowType:
    """What makes the window stay in sight, out of the taskbar, and without the keyboard."""
    kinds = Qt.WindowType
    always = kinds.FramelessWindowHint | kinds.WindowDoesNotAcceptFocus
    if platform == "windows":
        return kinds.Tool | always | kinds.WindowStaysOnTopHint
    if platform == "xcb":
        # Some window managers hide tools of a program that is not in front: none sees this one.
        return kinds.Window | always | kinds.X11BypassWindowManagerHint
    return kinds.Window | always
