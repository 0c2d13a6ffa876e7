"""The lists' models, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from posmember.domain.coupon import Coupon
from posmember.domain.money import Money
from posmember.domain.rules.assessment import AssessedCoupon
from posmember.domain.rules.reasons import Verdict
from posmember.domain.rules.remedy import what_helps
from posmember.ui.models import cards
from posmember.ui.models.assets import CARD_ROLE, CODE_ROLE, DETAILS_ROLE
from posmember.ui.models.cards import ShownIn
from posmember.ui.models.coupons import CouponListModel
from posmember.ui.models.gift_cards import GiftCardListModel
from tests.gui import samples
from tests.gui.samples import CHECKING_IN, CONTEXT, NOW, SHOWN_IN

Role = Qt.ItemDataRole


@pytest.fixture
def coupons(qapp: object) -> CouponListModel:
    model = CouponListModel()
    watch(model)
    model.show_assets(samples.usual_coupons(), SHOWN_IN)
    return model


def watch(model: CouponListModel | GiftCardListModel) -> None:
    """Let Qt check every change of the model; a broken contract ends the process."""
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    QAbstractItemModelTester(model, fatal, model)


def codes(model: CouponListModel) -> list[str]:
    return [model.index(row).data(CODE_ROLE) for row in range(model.rowCount())]


def test_rows_keep_the_given_order(coupons: CouponListModel) -> None:
    wanted = [assessed.coupon.redemption_code for assessed in samples.usual_coupons()]
    assert codes(coupons) == wanted


def test_each_role_has_its_text(coupons: CouponListModel) -> None:
    index = coupons.index(0)
    assert index.data() == "满30减10"
    assert index.data(Role.AccessibleTextRole).startswith("满30减10；\u00a510；现金券；可用；")
    assert index.data(CARD_ROLE).title == "满30减10"
    assert index.data(DETAILS_ROLE).title == "满30减10"
    assert (
        index.data(Role.ToolTipRole)
        == "<span>满30减10 · 11-30 到期（9天） · 不与其他优惠同享</span>"
    )
    assert index.data(Role.DecorationRole) is None
    assert coupons.data(QModelIndex()) is None
    assert coupons.rowCount(index) == 0


def test_a_tooltip_is_never_markup(qapp: object) -> None:
    model = CouponListModel()
    model.show_assets(samples.odd_view().assessment.coupons, SHOWN_IN)
    assert "<b>" not in model.index(1).data(Role.ToolTipRole)


def test_new_verdicts_move_rows_and_keep_what_points_at_them(
    coupons: CouponListModel, qtbot: QtBot
) -> None:
    kept = QPersistentModelIndex(coupons.index(2))
    code = kept.data(CODE_ROLE)
    with (
        qtbot.assertNotEmitted(coupons.modelReset),
        qtbot.waitSignal(coupons.layoutChanged, timeout=0),
    ):
        coupons.show_assets(tuple(reversed(samples.usual_coupons())), SHOWN_IN)
    assert kept.row() == 7
    assert kept.data(CODE_ROLE) == code


def test_other_assets_reset_the_model(coupons: CouponListModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(coupons.modelReset, timeout=0):
        coupons.show_assets(samples.usual_coupons()[:3], SHOWN_IN)
    assert coupons.rowCount() == 3


def test_a_card_whose_words_stay_the_same_is_kept(coupons: CouponListModel) -> None:
    before = [coupons.index(row).data(CARD_ROLE) for row in range(3)]
    changed = replace(samples.usual_coupons()[1], saving=Money(1))
    again = tuple(
        replace(assessed) if row != 1 else changed
        for row, assessed in enumerate(samples.usual_coupons())
    )
    coupons.show_assets(again, ShownIn(replace(CONTEXT, now=NOW + timedelta(seconds=20))))
    after = [coupons.index(row).data(CARD_ROLE) for row in range(3)]
    assert [old is new for old, new in zip(before, after, strict=True)] == [True, False, True]
    assert after[1].saving == "最多约省 \u00a50.01"


def test_a_card_is_kept_when_another_amount_leaves_its_verdict(coupons: CouponListModel) -> None:
    before = [coupons.index(row).data(CARD_ROLE) for row in range(8)]
    order = replace(samples.ORDER, amount=Money(6000))
    context = replace(CONTEXT, order=order)
    again = tuple(samples.evaluated(found, context) for found in samples.usual_coupons())
    coupons.show_assets(again, ShownIn(context))
    after = [coupons.index(row).data(CARD_ROLE) for row in range(8)]
    assert [row for row in range(8) if before[row] is not after[row]] == [5]
    assert (before[5].parts[0], after[5].parts[0]) == (
        "还差 \u00a56.00 可用（满 \u00a564.00）",
        "还差 \u00a54.00 可用（满 \u00a564.00）",
    )


def test_what_would_help_is_asked_only_for_cards_that_are_made(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def count(asset: Coupon, *others: Any) -> object:
        asked.append(asset)
        return what_helps(asset, *others)

    monkeypatch.setattr(cards, "what_helps", count)
    model = CouponListModel()
    model.show_assets(samples.many_coupons(), SHOWN_IN)
    model.show_assets(tuple(reversed(samples.many_coupons())), SHOWN_IN)
    assert asked == []
    model.index(0).data()
    assert len(asked) == 1


def test_words_move_on_with_the_minute(coupons: CouponListModel) -> None:
    assert "还有 2 小时" in coupons.index(6).data(Role.AccessibleTextRole)
    later = replace(CONTEXT, now=NOW + timedelta(minutes=75))
    coupons.show_assets(samples.usual_coupons(), ShownIn(later))
    assert "还有 45 分钟" in coupons.index(6).data(Role.AccessibleTextRole)


def test_assets_without_a_code_of_their_own_are_told_apart(qapp: object) -> None:
    model = CouponListModel()
    twins: tuple[AssessedCoupon, ...] = tuple(
        replace(assessed, coupon=replace(assessed.coupon, redemption_code="", coupon_id=""))
        for assessed in samples.usual_coupons()[:3]
    )
    model.show_assets(twins, SHOWN_IN)
    keys = [model.row(row).key for row in range(3)]
    assert len(set(keys)) == 3
    assert [model.row_of_key(key) for key in keys] == [0, 1, 2]
    assert model.row_of_key(("missing", 0)) == -1


def test_cards_are_made_only_when_they_are_asked_for(qapp: object) -> None:
    model = CouponListModel()
    model.show_assets(samples.many_coupons(), SHOWN_IN)
    assert model.rowCount() == 1000
    assert model.made_cards() == []
    model.index(5).data()
    assert len(model.made_cards()) == 1


def test_forgetting_leaves_nothing(coupons: CouponListModel) -> None:
    coupons.index(0).data()
    coupons.forget()
    assert coupons.rowCount() == 0
    assert coupons.made_cards() == []


def test_gift_cards_say_what_is_left_and_their_number(qapp: object) -> None:
    model = GiftCardListModel()
    watch(model)
    model.show_assets(samples.usual_gift_cards(), SHOWN_IN)
    assert model.index(0).data(CARD_ROLE).value == "\u00a586.50"
    assert model.index(1).data(CARD_ROLE).value == "剩 3 次"
    assert model.index(0).data(CODE_ROLE) == "668800000001"
    assert "卡正在转赠中" in model.index(2).data(Role.AccessibleTextRole)


# --- those that are alike ----------------------------------------------------------------------


def alike(count: int, **changes: Any) -> tuple[AssessedCoupon, ...]:
    """Coupons of one template, value and dates."""
    first = samples.usual_coupons()[1]
    return tuple(
        replace(
            first,
            coupon=replace(first.coupon, redemption_code=f"77{number:04d}"),
            **changes,
        )
        for number in range(count)
    )


def shown(*coupons: AssessedCoupon) -> CouponListModel:
    model = CouponListModel()
    watch(model)
    model.show_assets(coupons, SHOWN_IN)
    return model


def test_coupons_that_are_alike_are_one_row(qapp: object) -> None:
    model = shown(*samples.usual_coupons()[:1], *alike(3))
    assert model.rowCount() == 2
    assert len(model.row(1).assets) == 3
    assert model.index(1).data(Role.AccessibleTextRole).endswith("；×3；第 2 条，共 2 条")
    assert model.index(1).data(CODE_ROLE) == "770000"


def test_opening_a_row_shows_each_and_again_closes_it(qapp: object) -> None:
    model = shown(*alike(3), *samples.usual_coupons()[:1])
    kept = QPersistentModelIndex(model.index(1))
    assert model.toggle_group(0)
    assert codes(model) == ["770000", "770000", "770001", "770002", "880000000001"]
    assert [model.row(row).place for row in range(5)] == [0, 1, 2, 3, 0]
    assert model.toggle_group(0)
    assert model.rowCount() == 2
    assert not model.toggle_group(1), "one alone cannot be opened"
    assert not kept.isValid() or kept.row() == 1


def test_what_differs_in_value_dates_or_verdict_is_not_alike(qapp: object) -> None:
    one, two = alike(2)
    for other in (
        replace(two, coupon=replace(two.coupon, percent_paid=Decimal(80))),
        replace(two, coupon=replace(two.coupon, valid_until=samples.day("2026-12-24"))),
        replace(two, coupon=replace(two.coupon, title="别的")),
        replace(two, eligibility=replace(two.eligibility, verdict=Verdict.CHECK)),
        replace(two, saving=Money(1)),
    ):
        assert shown(one, other).rowCount() == 2
    assert shown(one, two).rowCount() == 1


def test_new_verdicts_keep_an_open_row_open(qapp: object) -> None:
    model = shown(*alike(2))
    model.toggle_group(0)
    model.show_assets(alike(2, saving=Money(5)), SHOWN_IN)
    assert model.rowCount() == 3


def test_an_assets_row_is_found_also_among_those_alike(qapp: object) -> None:
    model = shown(*samples.usual_coupons()[:1], *alike(3))
    assert model.row_of_asset("770002") == 1
    assert model.row_of_asset("missing") == -1


# --- what is sought ----------------------------------------------------------------------------


def test_a_verdict_can_be_shown_alone(coupons: CouponListModel) -> None:
    coupons.seek(Verdict.CHECK, "")
    assert codes(coupons) == ["880000000004"]
    coupons.seek(None, "")
    assert coupons.rowCount() == 10


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("外卖", 2),
        ("8.8折", 1),
        ("外卖 家庭", 1),
        ("0004", 1),
        ("没有", 0),
        ("  ", 10),
        ("停车券", 1),
    ],
)
def test_rows_hold_every_word_that_is_sought(
    coupons: CouponListModel, words: str, found: int
) -> None:
    coupons.seek(None, words)
    assert coupons.rowCount() == found


def test_what_is_sought_is_forgotten_with_the_member(coupons: CouponListModel) -> None:
    coupons.seek(Verdict.USABLE, "外卖")
    coupons.forget()
    coupons.show_assets(samples.usual_coupons(), SHOWN_IN)
    assert coupons.rowCount() == 10


# --- what is not known yet ---------------------------------------------------------------------


def test_verdicts_are_none_while_they_are_checked(coupons: CouponListModel) -> None:
    assert set(coupons.verdicts(checking=True).values()) == {None}
    assert set(coupons.verdicts(checking=False).values()) == set(Verdict)


def test_rows_are_worded_anew_when_their_verdicts_are_known(coupons: CouponListModel) -> None:
    coupons.show_assets(samples.usual_coupons(), CHECKING_IN)
    assert coupons.index(0).data(CARD_ROLE).verdict is None
    coupons.show_assets(samples.usual_coupons(), SHOWN_IN)
    assert coupons.index(0).data(CARD_ROLE).verdict is Verdict.USABLE
