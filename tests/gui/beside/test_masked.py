"""What programs are told without a person: titles that a platform filled with theirs, too."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from posmember.domain.coupon import Coupon
from posmember.domain.profile import Profile
from posmember.domain.rules.assessment import AssessedCoupon, Assessment
from posmember.lookup.sections import Loaded, Section
from posmember.report.anonymous import without_person
from posmember.report.member import Report, to_json
from tests.gui import samples

OWN = f"{samples.FULL_NAME} {samples.FULL_PHONE} VIP00012345 880000001234"
LEFT = "…"


def filled(text: str) -> str:
    return f"{text} {OWN}"


def report_of(profile: Profile, assessment: Assessment) -> Report:
    view = samples.loaded_view()
    return Report(
        identifier=samples.FULL_PHONE,
        kind="auto",
        store=view.store,
        order=view.order,
        at=view.now,
        sections={section: Loaded(None, 5, view.now) for section in Section},
        profile=profile,
        assessment=assessment,
        clear_text=False,
        offset_s=0,
        reveal=False,
    )


def told_of(profile: Profile, assessment: Assessment) -> Any:
    return without_person(to_json(report_of(profile, assessment)), profile)


def filled_profile(profile: Profile) -> Profile:
    person = profile.person
    assert person is not None
    tier = replace(person.tier, name=filled("金卡"))
    return replace(profile, person=replace(person, tier=tier, card_name=filled("会员卡")))


def filled_assessment(found: Assessment) -> Assessment:
    assert found.suggestion is not None
    coupons = [replace(each.coupon, title=filled(each.coupon.title)) for each in found.coupons]
    return replace(
        found,
        coupons=tuple(map(with_coupon, found.coupons, coupons)),
        gift_cards=tuple(
            replace(each, card=replace(each.card, name=filled(each.card.name)))
            for each in found.gift_cards
        ),
        benefit_cards=tuple(
            replace(each, card=replace(each.card, name=filled(each.card.name)))
            for each in found.benefit_cards
        ),
        suggestion=replace(found.suggestion, coupon=coupons[0], beside=coupons[1]),
    )


def with_coupon(assessed: AssessedCoupon, coupon: Coupon) -> AssessedCoupon:
    return replace(assessed, coupon=coupon)


def test_a_title_holds_nobody() -> None:
    view = samples.loaded_view()
    told = told_of(filled_profile(view.profile), filled_assessment(view.assessment))
    member, suggestion = told["member"], told["suggestion"]
    titles = [each["title"] for each in told["coupons"]]
    titles += [each["name"] for each in told["gift_cards"] + member["benefit_cards"]]
    titles += [member["tier"]["name"], member["card"]["name"]]
    titles += [suggestion["title"], suggestion["beside"]["title"]]
    assert len(titles) > 8
    assert all(LEFT in title for title in titles)
    text = json.dumps(told, ensure_ascii=False)
    assert not [own for own in OWN.split() if own in text]


def test_a_title_of_nobody_is_left() -> None:
    view = samples.loaded_view()
    told = told_of(view.profile, view.assessment)
    assert {"满30减10", "会员日全场8.8折"} <= {each["title"] for each in told["coupons"]}
    assert told["member"]["tier"]["name"] == "金卡会员"
