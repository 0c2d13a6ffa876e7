"""What the table says of one coupon, row by row, from every row that speaks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tests.fakes.opinion.coupons_joined import CouponOfRows, Row
from tests.fakes.opinion.dates import Validity
from tests.fakes.opinion.entries import Agreed, Entry, known
from tests.fakes.opinion.order import ORDER_TYPES, Member, Where, yuan
from tests.fakes.opinion.reading import (
    Json,
    Odd,
    empty,
    number,
    raw_of,
    shop_ids,
    text,
    when,
    whole,
)
from tests.fakes.opinion.spending import (
    Threshold,
    identity_threshold,
    percent_paid,
    saving,
    told_threshold,
)
from tests.fakes.opinion.table import SCENES, reason, value_unknown

NOTHING: Json = {}
DISCOUNTABLE = (None, 0)


@dataclass
class CouponView:
    """One coupon with what is asked of it beside its rows.

    Args:
        siblings: units that other coupons of the member prove.
        used: how many coupons of the same template are used.
        store_ids: every id by which this store is known; store_known: whether that is all.
    """

    coupon: CouponOfRows
    where: Where
    siblings: set[str]
    used: int
    store_ids: set[str]
    store_known: bool

    def __post_init__(self) -> None:
        told = [row.data.get("template") for row in self.coupon.of("member_info")]
        self.templates: list[Json] = [each for each in told if isinstance(each, dict) and each]
        self.template: Json = self.templates[0] if self.templates else NOTHING
        self.entries = [self._entry(row) for row in self.coupon.rows]
        self.agreed = Agreed(self.entries, self.where.now)

    # --- one source at a time --------------------------------------------------------------------

    def _entry(self, row: Row) -> Entry:
        data, first = row.data, row.source == "member_info"
        template = data.get("template") if first else NOTHING
        template = template if isinstance(template, dict) else NOTHING
        threshold = (
            told_threshold(template, self.coupon, self.siblings, self.where)
            if first
            else identity_threshold(data)
        )
        return Entry(
            source=row.source,
            status=whole(data.get("status")),
            start=when(data.get("start_at")),
            end=when(data.get("end_at")),
            threshold=threshold,
            blocked_by_threshold=isinstance(threshold, Threshold)
            and threshold.state(self.where) == "blocked",
            disabled=whole(template.get("status")) if template else None,
        )

    # --- the table -------------------------------------------------------------------------------

    def reasons(self) -> list[Json]:
        found = [*self._state(), *self.agreed.conflict(), *self._system(), *self._dates()]
        if not self.template:
            return [*found, *self._spend(), value_unknown("template")]
        return [
            *found,
            *self._hours(),
            *self._store(),
            *self._order_type(),
            *self._spend(),
            *self._items(),
            *self._exclusive(),
            *self._daily_limit(),
            *self._goods(),
            *self._odd_values(),
        ]

    def _state(self) -> list[Json]:
        found = []
        statuses: list[Any] = [entry.status for entry in self.entries]
        if 1 in statuses:
            found.append(reason("USED"))
        else:
            odd = [each for each in statuses if isinstance(each, int) and each != 0]
            status = odd[0] if odd else known(statuses)
            if status != 0:
                found.append(status_unknown(status))
        locks = [row.data.get("is_lock") for row in self.coupon.rows + self.coupon.maybe]
        if 2 in [whole(lock) for lock in locks]:
            found.append(reason("LOCKED"))
        unread = [lock for lock in locks if not empty(lock) and whole(lock) not in (1, 2)]
        found += [value_unknown("lock", raw_of(unread[0]))] if unread else []
        if self.agreed.every("disabled"):
            found.append(reason("DISABLED"))
        return found

    def _system(self) -> list[Json]:
        if whole(self.template.get("type")) == 2:
            return [reason("OTHER_SYSTEM", system="koubei")]
        if whole(self.template.get("category")) == 3:
            return [reason("OTHER_SYSTEM", system="erp")]
        return []

    def validity(self) -> Validity:
        """The coupon's own dates, of member-info before identity's, else the template's."""
        start = known([entry.start for entry in self.entries])
        end = known([entry.end for entry in self.entries])
        relative = whole(self.template.get("expire_type")) not in (None, 0)
        if not relative:
            start = known([start, when(self.template.get("start_at"))])
            end = known([end, when(self.template.get("end_at"))])
        return Validity(start, end)

    def _dates(self) -> list[Json]:
        validity, now = self.validity(), self.where.now
        found = []
        own = self.agreed
        if validity.not_started(now) and (own.every("not_started") or not own.tells("start")):
            assert not isinstance(validity.start, Odd | None)
            found.append(reason("NOT_STARTED", at=validity.start.at.isoformat()))
        if validity.expired(now) and (own.every("expired") or not own.tells("end")):
            assert validity.last is not None
            found.append(reason("EXPIRED", at=expired_at(validity)))
        maybe = self.agreed.maybe_over()
        return found + (validity.unknown(now) or ([maybe] if maybe else []))

    def _hours(self) -> list[Json]:
        if whole(self.template.get("is_use_time_range")) == 1:
            return [reason("HOURS_UNKNOWN", text="")]
        return []

    def _store(self) -> list[Json]:
        kind = whole(self.template.get("multi_range_type"))
        if kind not in (1, 2):
            return []
        written = self.template.get("shop_ids")
        listed = shop_ids(written)
        if listed is None or isinstance(listed, Odd):
            return [reason("STORE_UNKNOWN", listed.raw if listed else None)]
        if listed & self.store_ids:
            return [reason("STORE_NOT_ALLOWED")] if kind == 2 else []
        if not self.store_known:
            return [reason("STORE_UNKNOWN", raw_of(written))]
        return [reason("STORE_NOT_ALLOWED")] if kind == 1 else []

    def _order_type(self) -> list[Json]:
        category = whole(self.template.get("category"))
        scene = whole(self.template.get("scene_type"))
        told = isinstance(scene, int) and scene in SCENES
        allowed = SCENES[scene] if told else set(ORDER_TYPES)  # type: ignore[index]
        found = []
        if category == 6:
            allowed = allowed & {"delivery"}
        if self.where.order_type not in allowed:
            names = [name for name in ORDER_TYPES if name in allowed]
            found.append(reason("ORDER_TYPE_NOT_ALLOWED", allowed=names))
        if category in (7, 8):
            found.append(reason("NOT_FOR_ORDERS", category=category))
        return found

    def threshold(self) -> Threshold | Odd | None:
        return known([entry.threshold for entry in self.entries])

    def readings(self) -> set[int]:
        """In 分, everything that any entry's threshold may mean."""
        thresholds = [entry.threshold for entry in self.entries]
        told = [each for each in thresholds if isinstance(each, Threshold)]
        needs = {need for each in told for need in (each.need, each.other) if need}
        return {int(need) for need in needs if need > 0 and need == int(need)}

    def _spend(self) -> list[Json]:
        """Of every entry, each code once; what blocks counts where every entry blocks."""
        threshold = self.threshold()
        if isinstance(threshold, Odd):
            return [value_unknown("min_spend", threshold.raw)]
        found: dict[str, Json] = {}
        for entry in self.entries:
            if isinstance(entry.threshold, Threshold):
                for each in entry.threshold.reasons(self.where):
                    found.setdefault(each["code"], each)
        if not self.agreed.every("blocked_by_threshold"):
            found.pop("MIN_SPEND_NOT_MET", None)
        return list(found.values())

    def _items(self) -> list[Json]:
        needs, found = [whole(self.template.get("min_num_use"))], []
        if whole(self.template.get("category")) == 4:
            needs.append(whole(self.template.get("goods_range_num")))
        for field, need in zip(("min_items", "buy_count"), needs, strict=False):
            found += [value_unknown(field, need.raw)] if isinstance(need, Odd) else []
        most = max([need for need in needs if isinstance(need, int)], default=0)
        have = self.where.items
        if most > 0 and have is None:
            found.append(reason("ITEMS_UNKNOWN", need=most))
        elif have is not None and have < most:
            found.append(reason("MIN_ITEMS_NOT_MET", need=most, have=have, gap=most - have))
        return found

    def _exclusive(self) -> list[Json]:
        if whole(self.template.get("only_coupon")) == 1 and self.where.discount > 0:
            saves = self.saving_at(replace(self.where, discount=0))  # as the discount is then lost
            saves_text = None if saves is None else yuan(saves)
            params = {"saving": saves_text, "discount": yuan(self.where.discount)}
            return [reason("EXCLUSIVE_WITH_DISCOUNT", None, **params)]
        return []

    @property
    def daily_limit(self) -> int:
        limit = whole(self.template.get("use_per_person_per_day"))
        return limit if isinstance(limit, int) and limit > 0 else 0

    def _daily_limit(self) -> list[Json]:
        if self.daily_limit and self.used >= self.daily_limit:
            return [reason("DAILY_LIMIT_POSSIBLE", limit=self.daily_limit, used=self.used)]
        return []

    def _goods(self) -> list[Json]:
        restricted = whole(self.template.get("goods_range_type")) == 1
        return [reason("GOODS_RESTRICTED")] if restricted else []

    def _odd_values(self) -> list[Json]:
        documented: dict[str, tuple[str, set[int | None]]] = {
            "template_status": ("status", {0, 1}),
            "scene_type": ("scene_type", set(range(1, 8))),
            "category": ("category", {None, 0, 2, 3, 4, 5, 6, 7, 8}),
            "goods_range": ("goods_range_type", {None, 0, 1}),
            "expiry_kind": ("expire_type", {None, 0, 1, 2}),
            "store_range": ("multi_range_type", {None, 0, 1, 2}),
            "has_time_range": ("is_use_time_range", {None, 0, 1}),
            "exclusive": ("only_coupon", {None, 0, 1}),
            "platform": ("type", {None, 1, 2}),
        }
        found = [
            value_unknown(field, None if empty(told := self.template.get(key)) else raw_of(told))
            for field, (key, numbers) in documented.items()
            if whole(self.template.get(key)) not in numbers
        ]
        limit = whole(self.template.get("use_per_person_per_day"))
        return found + ([value_unknown("daily_limit", limit.raw)] if isinstance(limit, Odd) else [])

    # --- beside the table ------------------------------------------------------------------------

    def value(self) -> tuple[Any, Decimal | Odd | None]:
        """优惠形式 and 优惠券金额/折扣, of member-info where it tells them."""
        rows = [
            (row.data if row.source == "identity" else row.data.get("template") or {})
            for row in self.coupon.rows
        ]
        kind = known([whole(row.get("coupon_type")) for row in rows])
        values = [number(row.get("amount")) for row in rows]
        if kind == 1:  # what is no discount cannot be read as one
            discounts = [value for value in values if percent_paid(value) is not None]
            return kind, known(discounts or values)
        return kind, known(values)

    def saving(self) -> int | None:
        """What it saves, whether or not it may be used; None: no estimate."""
        if not self.template or whole(self.template.get("category")) not in DISCOUNTABLE:
            return None
        if whole(self.template.get("goods_range_type")) not in DISCOUNTABLE:
            return None
        kind, value = self.value()
        return saving(kind, value, self.where)

    def saving_at(self, where: Where) -> int | None:
        """What it would save on another order."""
        return replace(self, where=where).saving()

    @property
    def is_free_delivery(self) -> bool:
        return whole(self.template.get("category")) == 6

    def face(self) -> str | None:
        """The value as the JSON tells it."""
        kind, value = self.value()
        if kind == 1 and isinstance(value, Decimal):
            paid = percent_paid(value)
            return None if paid is None else f"{paid.normalize():f}%"
        return f"{value:.2f}" if kind == 0 and isinstance(value, Decimal) else None

    def notices(self) -> list[Json]:
        found = [{"code": "DAILY_LIMIT", "params": {"limit": self.daily_limit}}]
        found = found if self.daily_limit else []
        if whole(self.template.get("only_coupon")) == 1:
            found.append({"code": "EXCLUSIVE", "params": {}})
        found += self.validity().soon(self.where.now)
        threshold = self.threshold()
        if isinstance(threshold, Threshold) and threshold.basis in ("text", "assumed"):
            found.append({"code": "UNIT_ASSUMED", "params": {"basis": threshold.basis}})
        if text(self.template.get("explain_text")):
            found.append({"code": "TEXT_RULES", "params": {}})
        return found


def expired_at(validity: Validity) -> str:
    """The end as it is written: 00:00:00 stays what it says."""
    from tests.fakes.opinion.dates import last_second
    from tests.fakes.opinion.reading import When

    assert isinstance(validity.end, When)
    return last_second(validity.end).isoformat()


def status_unknown(status: int | Odd | None) -> Json:
    number_told = status if isinstance(status, int) else None
    raw = status.raw if isinstance(status, Odd) else None if status is None else str(status)
    return reason("STATUS_UNKNOWN", raw, value=number_told)


def store_of(member: Member, where: Where) -> tuple[set[str], bool]:
    """Every id of this store, and whether its number and its code are both known."""
    number_told = where.store_id
    if number_told is None and where.store_code is not None:
        asked = whole(member.of_user("multi_store_id"))
        number_told = str(asked) if isinstance(asked, int) and asked > 0 else None
    ids = {each for each in (where.store_code, number_told) if each}
    return ids, bool(where.store_code and number_told)
