"""A membership card in the cashier's words: state, type, validity, the form; masked, or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from posmember.domain.values import CHINA, PlatformTime, Unreadable
from posmember.domain.wechat.card import (
    CardState,
    CardType,
    CardValidity,
    CommonEntry,
    CustomEntry,
    FormField,
    ValidityKind,
    WechatCard,
)
from posmember.domain.wechat.change import (
    NO_MOMENT,
    CardChange,
    CardField,
    ChangeProblem,
    Fault,
    NewValidity,
    change_problems,
    lost_answers,
)
from posmember.resources import resource
from posmember.sandbox.wechat.cards_odd import HOSTILE_LEVEL
from posmember.scanning.card_entry import payment_problems
from posmember.ui.view.wechat import ChangeLine
from posmember.ui.wording.wechat import card as wechat
from posmember.ui.wording.wechat import changes as wechat_changes
from tests.fakes.wechat_desk import PHONE, a_card

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"[{}]|None|Unreadable")
ODD = Unreadable("未来的值")


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load(str(resource("translations/posmember_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def at(text: str) -> PlatformTime:
    return PlatformTime(datetime.fromisoformat(text).replace(tzinfo=CHINA), text=text)


# --- state and type ----------------------------------------------------------------------------

STATES: dict[CardState | Unreadable | None, str] = {
    CardState.UNACTIVATED: "未激活",
    CardState.EFFECTIVE: "有效",
    CardState.EXPIRED: "已过期",
    CardState.INVALID: "已作废",
    None: "状态未提供",
    ODD: "状态未知，请升级程序",
}
TYPES: dict[CardType | Unreadable | None, str] = {
    CardType.PURCHASE: "付费卡",
    CardType.NORMAL: "普通卡",
    CardType.BALANCE: "储值卡",
    None: "",
    ODD: "未知类型",
}


def test_no_state_and_no_type_is_forgotten() -> None:
    assert {*STATES} >= {*CardState}
    assert {*TYPES} >= {*CardType}


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_state_is_said(state: CardState | Unreadable | None) -> None:
    assert wechat.card_state_text(state) == STATES[state]


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_a_type_is_said(kind: CardType | Unreadable | None) -> None:
    assert wechat.card_type_text(kind) == TYPES[kind]


# --- validity ----------------------------------------------------------------------------------

RANGE = CardValidity(ValidityKind.FIXED_RANGE, at("2026-01-01 00:00:00"), at("2026-12-31 23:59:59"))
VALIDITIES: list[tuple[CardValidity, str]] = [
    (CardValidity(ValidityKind.PERMANENT), "永久有效"),
    (CardValidity(ValidityKind.FIXED_TERM, days=30), "生效后 30 天内有效"),
    (CardValidity(ValidityKind.FIXED_TERM, days=None), "有效期未知"),
    (CardValidity(ValidityKind.FIXED_TERM, days=ODD), "有效期未知"),
    (RANGE, "2026-01-01 至 2026-12-31"),
    (replace(RANGE, begin=at("2026-01-01 08:30:00")), "2026-01-01 08:30 至 2026-12-31"),
    (replace(RANGE, begin=None), "未知 至 2026-12-31"),
    (replace(RANGE, end=ODD), "2026-01-01 至 未知"),
    (CardValidity(), "有效期未提供"),
    (CardValidity(ODD, RANGE.begin, RANGE.end), "有效期未知"),
    (replace(RANGE, kind=ValidityKind.PERMANENT, days=30), "永久有效"),
]


@pytest.mark.parametrize(("validity", "words"), VALIDITIES)
def test_a_validity_is_said(validity: CardValidity, words: str) -> None:
    assert wechat.card_validity_text(validity) == words


def test_days_are_of_china_wherever_the_time_was_told() -> None:
    end = datetime(2026, 12, 31, 15, 59, 59, 999_000, tzinfo=UTC)
    assert wechat.local_text(end) == "2026-12-31"
    assert wechat.local_text(end - timedelta(hours=1)) == "2026-12-31 22:59"
    assert wechat.local_text(None) == ""


# --- the form, masked --------------------------------------------------------------------------

FORM = {
    FormField.SEX: ("性别", "女", "****"),
    FormField.NAME: ("姓名", "王小明", "王*明"),
    FormField.BIRTHDAY: ("生日", "1990-03-14", "****"),
    FormField.ADDRESS: ("地址", "沙箱路1号", "****"),
    FormField.EMAIL: ("邮箱", "wang@sandbox.invalid", "****"),
    FormField.CITY: ("城市", "上海", "****"),
}
PERSONAL = a_card(
    code="VIP880001",
    picked_up_at=at("2026-11-17 09:30"),
    attach="门店:\n人民广场店",
    common_fields=(
        *(CommonEntry(name, value) for name, (_, value, _) in FORM.items()),
        CommonEntry(ODD, "42"),
    ),
    custom_fields=(
        CustomEntry("喜欢的运动", ("羽毛球", "游泳")),
        CustomEntry("常去\n门店", (Unreadable(""),)),
        CustomEntry("没有选", ()),
    ),
)


def facts(card: WechatCard, *, revealed: bool = False) -> dict[str, str]:
    return dict(wechat.card_facts(card, revealed=revealed))


def test_no_field_of_the_form_is_forgotten() -> None:
    assert {*FORM} == {*FormField}


def test_everything_personal_is_masked() -> None:
    assert facts(PERSONAL) == {
        "有效期": "有效期未提供",
        "卡号": "VIP880001",
        "手机号": "138****0001",
        "领卡时间": "2026-11-17 09:30",
        **{name: masked for name, _, masked in FORM.values()},
        "其他资料": "****",
        "喜欢的运动": "****、****",
        "常去 门店": "无法解密",
        "商家备注": "门店: 人民广场店",
    }


def test_a_mask_does_not_tell_how_long_it_is() -> None:
    short, long = (
        facts(a_card(common_fields=(CommonEntry(FormField.ADDRESS, value),)))["地址"]
        for value in ("一", "上海市黄浦区沙箱路1号")
    )
    assert short == long


def test_it_is_in_clear_where_that_is_asked_for() -> None:
    told = facts(PERSONAL, revealed=True)
    assert told["手机号"] == PHONE
    assert told["喜欢的运动"] == "羽毛球、游泳"
    assert told["常去 门店"] == "无法解密"
    assert [told[name] for name, _, _ in FORM.values()] == [value for _, value, _ in FORM.values()]


def test_what_is_not_there_takes_no_line() -> None:
    for revealed in (False, True):
        assert facts(WechatCard(code="1"), revealed=revealed) == {
            "有效期": "有效期未提供",
            "卡号": "1",
        }


def test_a_void_card_says_first_why_and_since_when() -> None:
    void = WechatCard(
        state=CardState.INVALID, invalid_reason="用户\n注销", invalid_at=at("2026-11-17 09:30")
    )
    first, second, *_ = wechat.card_facts(void, revealed=False)
    assert (first, second) == (("作废原因", "用户 注销"), ("作废时间", "2026-11-17 09:30"))
    odd = replace(void, invalid_reason="", invalid_at=Unreadable("?"))
    assert wechat.card_facts(odd, revealed=False)[0] == ("作废时间", "时间无法识别")


@pytest.mark.parametrize("revealed", [False, True])
def test_what_could_not_be_decrypted_or_read_is_said(revealed: bool) -> None:
    odd = WechatCard(code="1", phone=Unreadable(""), picked_up_at=Unreadable("2026-13-45"))
    assert facts(odd, revealed=revealed) == {
        "有效期": "有效期未提供",
        "卡号": "1",
        "手机号": "无法解密",
        "领卡时间": "时间无法识别",
    }


def test_hostile_texts_are_on_one_line_and_as_they_came() -> None:
    hostile = a_card(
        code="S/1",
        attach='<img src="x">\r\n第二行\u2028三',
        custom_fields=(CustomEntry("<h1>颜色\t</h1>", ("<i>红</i>\n绿",)),),
    )
    told = facts(hostile, revealed=True)
    assert told["<h1>颜色 </h1>"] == "<i>红</i> 绿"
    assert told["商家备注"] == '<img src="x"> 第二行 三'


# --- changes -----------------------------------------------------------------------------------


def test_every_field_has_a_name() -> None:
    assert {wechat_changes.card_field_text(name) for name in CardField} == {
        "等级", "卡颜色", "卡图片", "手机号", "有效期", "领卡时间", "开卡资料", "商家备注",
    }  # fmt: skip


def test_before_and_after_are_said_of_what_is_named_and_phones_are_masked() -> None:
    card = a_card(level="银卡", validity=RANGE)
    change = CardChange(
        level="金卡", color="#112233", phone="13900000009", attach="新\n备注",
        picture_url="https://p.invalid/1", validity=NewValidity(ValidityKind.PERMANENT),
    )  # fmt: skip
    lines = wechat_changes.lines_of(replace(card, attach=""), change)
    assert lines == (
        ChangeLine("等级", "银卡", "金卡"),
        ChangeLine("卡颜色", "#C89B4A", "#112233"),
        ChangeLine("卡图片", "（无）", "https://p.invalid/1"),
        ChangeLine("手机号", "138****0001", "139****0009"),
        ChangeLine("有效期", "2026-01-01 至 2026-12-31", "永久有效"),
        ChangeLine("商家备注", "（无）", "新 备注"),
    )


def test_what_was_kept_otherwise_is_said_as_asked_for_and_as_it_is() -> None:
    card = a_card(level="钻石会员", phone=Unreadable(""))
    change = CardChange(level="钻石会员一级", phone="13900000009")
    names = (CardField.LEVEL, CardField.PHONE)
    assert wechat_changes.otherwise_of(card, change, names) == (
        ChangeLine("等级", "钻石会员一级", "钻石会员"),
        ChangeLine("手机号", "139****0009", "无法解密"),
    )


def test_a_form_is_said_answer_by_answer_and_masked() -> None:
    card = a_card(
        common_fields=(CommonEntry(FormField.NAME, "王小明"), CommonEntry(FormField.CITY, "上海")),
        custom_fields=(CustomEntry("口味", ("少糖",)), CustomEntry("运动", ("跑步",))),
    )
    change = CardChange(
        picked_up_at=datetime(2026, 1, 31, 18, 0, tzinfo=CHINA),
        common_fields=((FormField.NAME, "赵敏"), (FormField.CITY, "上海"), (FormField.SEX, "女")),
        custom_fields=(("口味", ("少糖", "去冰")), ("运动", ("跑步",)), ("宠\n物", ("猫",))),
    )
    lines = (
        ChangeLine("领卡时间", "（无）", "2026-01-31 18:00"),
        ChangeLine("姓名", "王*明", "赵*"),
        ChangeLine("性别", "（无）", "****"),
        ChangeLine("口味", "****", "****、****"),
        ChangeLine("宠 物", "（无）", "****"),
    )
    assert wechat_changes.lines_of(card, change) == lines
    kept = wechat_changes.otherwise_of(card, change, change.named())
    assert kept == tuple(ChangeLine(line.name, line.after, line.before) for line in lines)


NEW_VALIDITIES = [
    (NewValidity(ValidityKind.PERMANENT), "永久有效"),
    (NewValidity(ValidityKind.FIXED_TERM, days=365), "生效后 365 天内有效"),
    (
        NewValidity(
            ValidityKind.FIXED_RANGE,
            datetime(2026, 1, 1, tzinfo=CHINA),
            datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA),
        ),
        "2026-01-01 至 2026-12-31",
    ),
]


@pytest.mark.parametrize(("validity", "words"), NEW_VALIDITIES)
def test_a_new_validity_is_said(validity: NewValidity, words: str) -> None:
    assert wechat_changes.new_validity_text(validity) == words


WRONG: dict[Fault, tuple[CardChange, str]] = {
    Fault.EMPTY: (CardChange(level=" "), "不能为空"),
    Fault.TOO_LONG: (CardChange(level="级" * 11), "最多 10 个字"),
    Fault.NOT_PLAIN: (CardChange(level="金\n卡"), "换行"),
    Fault.COLOR: (CardChange(color="red"), "#FFCC00"),
    Fault.PICTURE_URL: (CardChange(picture_url="http://p.invalid"), "https://"),
    Fault.PHONE: (CardChange(phone="1380000"), "11 位"),
    Fault.END_BEFORE_BEGIN: (
        CardChange(
            validity=NewValidity(
                ValidityKind.FIXED_RANGE,
                datetime(2026, 2, 1, tzinfo=CHINA),
                datetime(2026, 1, 1, tzinfo=CHINA),
            )
        ),
        "晚于开始",
    ),
    Fault.RANGE_INCOMPLETE: (
        CardChange(validity=NewValidity(ValidityKind.FIXED_RANGE)),
        "2026-12-31 这样",
    ),
    Fault.DAYS: (CardChange(validity=NewValidity(ValidityKind.FIXED_TERM, days=0)), "1 到 36500"),
    Fault.MOMENT: (CardChange(picked_up_at=NO_MOMENT), "2026-01-31 18:00 这样"),
    Fault.TWICE: (
        CardChange(common_fields=((FormField.SEX, "女"), (FormField.SEX, "男"))),
        "填了两次",
    ),
    Fault.FORM_UNREADABLE: (CardChange(custom_fields=(("口味", ("少糖",)),)), "会丢失"),
    Fault.PAYMENT_DATA: (CardChange(attach="134567890123456789"), "付款码"),
}
UNREADABLE_FORM = WechatCard(custom_fields=(CustomEntry("颜色", (Unreadable(""),)),))


def test_every_fault_is_in_the_table() -> None:
    assert {*WRONG} == {*Fault}


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_said_with_what_it_should_be(fault: Fault) -> None:
    change, words = WRONG[fault]
    lost = lost_answers(UNREADABLE_FORM, change)
    (problem,) = change_problems(change) or lost or payment_problems(change)
    assert problem.fault is fault
    said = wechat_changes.change_problem_text(problem)
    assert words in said
    assert not PLACEHOLDER.search(said)


# --- in English --------------------------------------------------------------------------------


@pytest.mark.usefixtures("english")
def test_all_of_it_is_there_in_english() -> None:
    english = [wechat.card_state_text(state) for state in STATES]
    english += [wechat.card_type_text(kind) for kind in TYPES if kind is not None]
    english += [wechat.card_validity_text(validity) for validity, _ in VALIDITIES]
    english += [wechat.form_field_text(name) for name in (*FormField, None)]
    english += [wechat_changes.card_field_text(name) for name in CardField]
    english += [wechat_changes.new_validity_text(validity) for validity, _ in NEW_VALIDITIES]
    english += [
        wechat_changes.change_problem_text(ChangeProblem(CardField.LEVEL, fault, 10))
        for fault in Fault
    ]
    whole = replace(PERSONAL, invalid_reason="x", invalid_at=at("2026-11-17"), custom_fields=())
    english += [name for name, _ in wechat.card_facts(whole, revealed=False)]
    english.append(wechat_changes.is_now(WechatCard(), CardField.LEVEL))
    left = [words for words in english if CHINESE.search(words) or PLACEHOLDER.search(words)]
    assert left == []
    assert all(english)


def test_a_level_that_means_harm_is_what_can_be_seen_of_it() -> None:
    card = a_card(level=HOSTILE_LEVEL)
    assert wechat_changes.is_now(card, CardField.LEVEL) == "<b>金</b>"
