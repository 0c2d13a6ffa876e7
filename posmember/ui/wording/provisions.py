"""Why printed pages set nothing up, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from posmember.settings.pages import Taken
from posmember.settings.provision_errors import ProvisionError, ProvisionProblem

translate = QCoreApplication.translate


def provision_error_text(error: ProvisionError) -> str:
    """Say why, and what to do."""
    match error.problem:
        case ProvisionProblem.WRONG_PASSPHRASE:
            return translate("Paper", "口令不对，请核对后再输入（不分大小写）")
        case ProvisionProblem.EXPIRED:
            return translate("Paper", "这张纸过期了，请总部重新打印")
        case ProvisionProblem.CLOCK:
            return translate("Paper", "电脑时间比打印这张纸的时间还早，请先校准电脑时间")
        case ProvisionProblem.OTHER_VERSION:
            return translate("Paper", "这张纸是别的版本做的，请更新程序，或让总部重新打印")
        case ProvisionProblem.CUT | ProvisionProblem.CHANGED:
            return translate("Paper", "扫到的内容对不上，请把每个码重新扫一遍")
        case ProvisionProblem.NO_MEMORY:
            return translate("Paper", "电脑内存不够，请关掉别的程序再试")
        case ProvisionProblem.POLICY_MERCHANT | ProvisionProblem.OTHER_MERCHANT:
            return translate("Paper", "这张纸是别的商户的，没有用，请找总部要这家店的")
    return translate("Paper", "这张纸不能用，请总部重新打印")


def taken_text(taken: Taken) -> str:
    """Say what became of a scanned code of such a page; "" where it was taken."""
    match taken:
        case Taken.NEW:
            return ""
        case Taken.DOUBLE:
            return translate("Paper", "这个码扫过了，请扫别的")
        case Taken.OTHER_EXPORT:
            return translate("Paper", "这是另一次打印的码，没有用；要换成它请先按「重新开始」")
        case Taken.EXPIRED:
            return translate("Paper", "这张纸过期了，请总部重新打印")
        case Taken.DAMAGED:
            return translate("Paper", "这个码没扫完整，请再扫一次")
        case Taken.OTHER_VERSION:
            return translate("Paper", "这张纸是别的版本做的，请更新程序，或让总部重新打印")
        case Taken.NO_PART:
            return translate("Paper", "这不是装机纸上的码，没有查询也没有用")
