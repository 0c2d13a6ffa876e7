"""The whole opinion of one member: every coupon and card, balances, points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import merge
from typing import Any

from tests.fakes.opinion.card_rules import (
    CardView,
    benefit_reasons,
    benefit_validity,
    cards_of,
)
from tests.fakes.opinion.coupon_rules import CouponView, store_of
from tests.fakes.opinion.coupons_joined import CouponOfRows, coupons_of
from tests.fakes.opinion.disagreements import card_disagreements, coupon_disagreements
from tests.fakes.opinion.order import Member, Where, yuan
from tests.fakes.opinion.reading import Json, Odd, When, flag, number, raw_of, text, whole
from tests.fakes.opinion.spending import Threshold, points_payment, proven_unit
from tests.fakes.opinion.table import BLOCKS, BY_TIME, in_order, reason, verdict_of

A_YEAR = timedelta(days=366)


@dataclass
class Opinion:
    """What is thought of one asset.

    Args:
        ask: its reasons, in order, for another situation.
        doubtful: nobody can tell which row is its twin: only the verdict's safety counts.
        across: and of those rows, both sources have some.
        twice: one source has it more than once.
    """

    kind: str
    names: set[str]
    ids: set[str]
    sources: list[str]
    ask: Callable[[Where], list[Json]]
    where: Where
    reasons: list[Json]
    notices: list[Json] = field(default_factory=list)
    next_usable_at: datetime | None = None
    shown: Json = field(default_factory=dict)
    doubtful: bool = False
    twice: bool = False
    across: bool = False
    view: Any = None
    account_known: bool = True

    @property
    def verdict(self) -> str:
        return self.verdict_at(self.where)

    @property
    def guessed_fen(self) -> bool:
        """Whether its threshold was guessed to be in 分: in 元 it would be a hundred times that."""
        threshold = self.view.threshold() if self.kind == "coupon" else None
        return isinstance(threshold, Threshold) and (threshold.other or 0) > threshold.need

    def verdict_at(self, where: Where) -> str:
        """The verdict in another situation; of an account nobody knows never better than check."""
        found = verdict_of(self.reasons if where == self.where else self.ask(where))
        return "check" if found == "usable" and not self.account_known else found


@dataclass
class Page:
    """Everything that is thought of one member."""

    coupons: list[Opinion]
    gift_cards: list[Opinion]
    benefit_cards: list[Opinion]
    balances: Json
    account: str
    needs_password: bool

    @property
    def of_member(self) -> list[str]:
        """What is said once of the member, by code."""
        found = ["NEEDS_PASSWORD"] if self.needs_password else []
        unknown = self.account not in ("active", "frozen")
        return found + (["VALUE_UNKNOWN", "ACCOUNT_UNCHECKED"] if unknown else [])


def opinion_of(member: Member, where: Where) -> Page:
    """The second opinion of a member's raw answers."""
    account = account_of(member)
    info = member.info or {}
    password = flag(info.get("isPassword"), 1, 2)
    coupons = coupons_of(rows_of(info.get("couponsList")), rows_of(member.of_user("user_coupons")))
    cards = cards_of(rows_of(info.get("giftCardList")), rows_of(member.cards))
    benefits = rows_of(info.get("paidBenefitsCardDetailList"))
    page = Page(
        coupons=[_coupon(each, coupons, member, where, account) for each in coupons],
        gift_cards=[_gift_card(card, where, account, password) for card in cards],
        benefit_cards=[_benefit_card(row, where, account) for row in benefits],
        balances=_balances(member, where),
        account=account,
        needs_password=False,
    )
    for each in (*page.coupons, *page.gift_cards, *page.benefit_cards):
        each.account_known = account in ("active", "frozen")
    stored = [page.balances[name] for name in ("principal", "bonus", "total")]
    page.needs_password = bool(password) and any(float(each or 0) > 0 for each in stored)
    return page


def rows_of(value: Any) -> list[Json]:
    """The rows of a list, or of PHP's object of a list with holes."""
    if isinstance(value, dict) and all(key.isdigit() for key in value):
        value = list(value.values())
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def account_of(member: Member) -> str:
    """active, frozen, failed (identity did not answer) or unreadable."""
    if member.identity is None:
        return "failed"
    return {0: "frozen", 1: "active"}.get(whole(member.user.get("status")), "unreadable")  # type: ignore[arg-type]


def of_account(account: str) -> list[Json]:
    """What the account is to every asset; what is not known of it is said once, of the member."""
    return [reason("ACCOUNT_FROZEN")] if account == "frozen" else []


# --- coupons -------------------------------------------------------------------------------------


def _coupon(
    coupon: CouponOfRows, every: list[CouponOfRows], member: Member, where: Where, account: str
) -> Opinion:
    siblings = set().union(
        *(proven_unit(each) for each in every if each.codes or not each.doubtful)
    )
    template_id = _template_id(coupon)
    used = sum(
        _is_used(other) for other in every if template_id and template_id == _template_id(other)
    )
    store_ids, store_known = store_of(member, where)

    def view(at: Where) -> CouponView:
        return CouponView(coupon, at, siblings, used, store_ids, store_known)

    def ask(at: Where) -> list[Json]:
        return in_order([*of_account(account), *view(at).reasons()])

    here = view(where)
    reasons = ask(where)
    blocked = verdict_of(reasons) == "not_usable"
    saves = None if blocked else here.saving()
    starts = [entry.start for entry in here.entries] + [here.validity().start]
    moments = sorted(start.at for start in starts if isinstance(start, When))
    return Opinion(
        kind="coupon",
        names=coupon.codes,
        ids=coupon.ids,
        sources=coupon.sources,
        ask=ask,
        where=where,
        reasons=reasons,
        notices=here.notices() + coupon_disagreements(here),
        next_usable_at=next_usable(ask, where, reasons, moments),
        shown={
            "estimated_saving": None if saves is None else yuan(saves),
            "value": here.face(),
            "never_expires": here.validity().never,
        },
        doubtful=coupon.doubtful,
        across=bool(coupon.maybe),
        twice=any(len(coupon.of(source)) > 1 for source in coupon.sources),
        view=here,
    )


def _template_id(coupon: CouponOfRows) -> str:
    found = [text((row.data.get("template") or {}).get("id")) for row in coupon.of("member_info")]
    return next((each for each in found if each), "")


def _is_used(coupon: CouponOfRows) -> bool:
    return any(whole(row.data.get("status")) == 1 for row in coupon.rows)


# --- cards ---------------------------------------------------------------------------------------


def _gift_card(card: CardView, where: Where, account: str, password: bool | None) -> Opinion:
    def ask(at: Where) -> list[Json]:
        return in_order([*of_account(account), *card.reasons(at)])

    reasons = ask(where)
    starts = sorted(entry.start.at for entry in card.entries if isinstance(entry.start, When))
    moments = merge(starts, card.hours.boundaries(where.now))
    notices = card.notices(where, verdict_of(reasons), password) + card_disagreements(card)
    return Opinion(
        kind="gift_card",
        names={card.number} - {""},
        ids=set(),
        sources=card.sources,
        ask=ask,
        where=where,
        reasons=reasons,
        notices=notices,
        next_usable_at=next_usable(ask, where, reasons, moments),
        shown={"balance": card.told_money(), "never_expires": card.validity().never},
        twice=len(card.told) > 1 or len(card.listed) > 1,
        view=card,
    )


def _benefit_card(row: Json, where: Where, account: str) -> Opinion:
    def ask(at: Where) -> list[Json]:
        return in_order([*of_account(account), *benefit_reasons(row, at)])

    reasons, validity = ask(where), benefit_validity(row)
    moments = [validity.start.at] if isinstance(validity.start, When) else []
    return Opinion(
        kind="benefit_card",
        names={text(row.get("paidCardId"))},
        ids=set(),
        sources=[],
        ask=ask,
        where=where,
        reasons=reasons,
        notices=validity.soon(where.now),
        next_usable_at=next_usable(ask, where, reasons, moments),
        shown={"never_expires": validity.never},
    )


def next_usable(
    ask: Callable[[Where], list[Json]],
    where: Where,
    reasons: list[Json],
    moments: Iterable[datetime],
) -> datetime | None:
    """The first of the moments at which no rule of time blocks, not even each entry by another."""
    blocking = {each["code"] for each in reasons} & BLOCKS
    if not blocking or not blocking <= BY_TIME:
        return None
    for moment in moments:
        if moment <= where.now:
            continue
        if moment > where.now + A_YEAR:
            return None
        codes = {each["code"] for each in ask(replace(where, now=moment))}
        if "EXPIRED" in codes:
            return None
        if not codes & (BY_TIME | {"EVERY_ENTRY_BLOCKS"}):
            return moment
    return None


# --- balances ------------------------------------------------------------------------------------


def _balances(member: Member, where: Where) -> Json:
    """Points and money: member-info's in 元, identity's in 分 where that cannot be read."""
    info = member.info or {}
    wealth = member.of_user("user_wealth_info") or {}
    pairs = {
        "points": (number(info.get("totalPoints")), number(member.of_user("user_points"))),
        "principal": (_fen(info.get("rechargeBalance")), number(wealth.get("recharge_amount"))),
        "bonus": (_fen(info.get("giftBalance")), number(wealth.get("gift_amount"))),
    }
    chosen = {
        name: next((each for each in pair if isinstance(each, Decimal)), None)
        for name, pair in pairs.items()
    }
    differ = [
        name
        for name, (ours, theirs) in pairs.items()
        if isinstance(ours, Decimal) and isinstance(theirs, Decimal) and ours != theirs
    ]
    principal, bonus = chosen["principal"], chosen["bonus"]
    both = principal is not None and bonus is not None
    total = principal + bonus if both else number(wealth.get("total_amount"))  # type: ignore[operator]
    return {
        "points": None if chosen["points"] is None else _plain(chosen["points"]),
        "principal": None if principal is None else yuan(principal),
        "bonus": None if bonus is None else yuan(bonus),
        "total": yuan(total) if isinstance(total, Decimal) else None,
        "points_payment": points_payment(member, chosen["points"], where),
        "disagree": sorted(differ),
    }


def _fen(value: Any) -> Decimal | Odd | None:
    told = number(value)
    if not isinstance(told, Decimal):
        return told
    return told * 100 if told * 100 == int(told * 100) else Odd(raw_of(value))


def _plain(value: Decimal) -> int | str:
    return int(value) if value == int(value) else f"{value:f}"
