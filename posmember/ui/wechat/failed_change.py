"""What is to be seen of a change of a 微信会员卡 that failed."""

from __future__ import annotations

from dataclasses import replace

from posmember.errors import ApiError, PinRejectedError, PosMemberError
from posmember.ui.messages import in_lines
from posmember.ui.view.wechat import ChangeStage, ChangeView
from posmember.ui.wording.wechat.errors import card_error_text


def failed_change(
    change: ChangeView, error: PosMemberError, code: str, unnoted: str, *, sent: bool
) -> ChangeView:
    """Return the change to be confirmed again, or mended.

    Where nobody knows whether it was made there is nothing to confirm: the card is to be asked
    for first.

    Args:
        code: the number that the log holds it under.
        unnoted: what is to be said of the audit log, or "".
        sent: whether the change was sent.
    """
    shown = replace(change, stage=ChangeStage.REVIEW)
    if sent and isinstance(error, ApiError) and not error.is_refusal:
        shown = ChangeView(ChangeStage.DONE)
    if isinstance(error, PinRejectedError):
        code = ""  # it is nothing to call support for
    message = in_lines(card_error_text(error, changing=sent), unnoted)
    return replace(shown, message=message, wrong=True, support_code=code)
