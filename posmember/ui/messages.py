"""The cashier's words: everything that the window says, as plain text. No widgets.

The source texts are Chinese; `posmember.ui.i18n` installs another language.
"""

from __future__ import annotations

from posmember.ui.wording.account import account_unknown_text
from posmember.ui.wording.conditions import conditions
from posmember.ui.wording.connections import clear_text_warning
from posmember.ui.wording.errors import (
    entry_problem_text,
    error_text,
    helps_to_ask_again,
    identifier_problem_text,
    needs_support,
    support_code_text,
)
from posmember.ui.wording.fields import field_text
from posmember.ui.wording.plain import (
    breakable,
    in_groups,
    in_lines,
    joined,
    one_line,
    tooltip,
)
from posmember.ui.wording.reasons.notice import disagreement_text, notice_text, notice_texts
from posmember.ui.wording.reasons.reason import (
    checking_text,
    reason_hint,
    reason_text,
    unshown_text,
    verdict_text,
)
from posmember.ui.wording.remedies import remedy_hint, remedy_text
from posmember.ui.wording.rules import RuleRow, outcome_text, passed_text, rule_rows
from posmember.ui.wording.scans import (
    caps_lock_text,
    double_text,
    misread_text,
    other_case_text,
    others_text,
    phone_masked_text,
    phone_off_text,
    question_answers,
    question_text,
    test_code_text,
)
from posmember.ui.wording.spoken import (
    found_text,
    frozen_text,
    place_text,
    row_keys_text,
    usable_text,
)
from posmember.ui.wording.suggestions import nearly_text, suggestion_text
from posmember.ui.wording.times import (
    clock_text,
    date_text,
    day_text,
    moment_text,
    usable_from_text,
    validity_text,
    wait_text,
)
from posmember.ui.wording.values import (
    amount_text,
    category_text,
    coupon_kind_text,
    coupon_value_text,
    gender_text,
    gift_card_kind_text,
    gift_card_value_text,
    identifier_kind_text,
    list_text,
    money_text,
    number_text,
    order_type_text,
    saving_text,
    source_text,
)

__all__ = [
    "RuleRow",
    "account_unknown_text",
    "amount_text",
    "breakable",
    "caps_lock_text",
    "category_text",
    "checking_text",
    "clear_text_warning",
    "clock_text",
    "conditions",
    "coupon_kind_text",
    "coupon_value_text",
    "date_text",
    "day_text",
    "disagreement_text",
    "double_text",
    "entry_problem_text",
    "error_text",
    "field_text",
    "found_text",
    "frozen_text",
    "gender_text",
    "gift_card_kind_text",
    "gift_card_value_text",
    "helps_to_ask_again",
    "identifier_kind_text",
    "identifier_problem_text",
    "in_groups",
    "in_lines",
    "joined",
    "list_text",
    "misread_text",
    "moment_text",
    "money_text",
    "nearly_text",
    "needs_support",
    "notice_text",
    "notice_texts",
    "number_text",
    "one_line",
    "order_type_text",
    "other_case_text",
    "others_text",
    "outcome_text",
    "passed_text",
    "phone_masked_text",
    "phone_off_text",
    "place_text",
    "question_answers",
    "question_text",
    "reason_hint",
    "reason_text",
    "remedy_hint",
    "remedy_text",
    "row_keys_text",
    "rule_rows",
    "saving_text",
    "source_text",
    "suggestion_text",
    "support_code_text",
    "test_code_text",
    "tooltip",
    "unshown_text",
    "usable_from_text",
    "usable_text",
    "validity_text",
    "verdict_text",
    "wait_text",
]
