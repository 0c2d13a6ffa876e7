"""What a refusal means: by its code where that is known, else by what its sentence says of whom.

A sentence is read as a small grammar, in Chinese of either script and in English: its clauses; in
each the verbs that say that something is absent or wrong; and the noun that a verb is about, which
is the last one of its phrase. So 该openid对应的会员不存在 is about a member, 会员的优惠券不存在
about a coupon, and 签名错误 about the merchant's own signature. A member is not found where what
is absent is a member, what one is found by, or what the sentence does not name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from posmember.api.qimai.refusal_words import (
    A_THING,
    ACTIVITY,
    ASKED,
    BEFORE_A_NOUN,
    BEHIND_A_NOUN,
    BINDING,
    BUSINESS,
    CLAUSES,
    COMPARED,
    JAMMED,
    JOINED,
    MACHINES,
    NAMES_NOTHING,
    NOBODYS,
    NOUNS,
    OF_A_BUSINESS,
    OVERLOAD,
    PLACE,
    PREPOSITION,
    REFUSING,
    SIGNING_UP,
    SIMPLIFIED,
    VALUE,
    VERBS,
    Noun,
    Verb,
)
from posmember.errors import (
    ApiBusinessError,
    MemberNotFoundError,
    RateLimitedError,
    SignatureRejectedError,
)

Kind = type[ApiBusinessError]

# Codes seen in public clients (api/README: Envelope): a token that does not verify, a replay.
_SIGNATURE_CODES: Final = frozenset({"110004", "110007"})
_IDENTIFIERS: Final = (Noun.IDENTIFIER, Noun.NUMBER, Noun.CODE)
_MEMBERS: Final = (Noun.MEMBER, Noun.NOTHING, *_IDENTIFIERS)
_KEYS: Final = (Noun.KEYS, Noun.OPENID)
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def refusal_kind(succeeded: bool, code: str, words: str) -> Kind:
    """The kind of error that a refusal is.

    Args:
        succeeded: the envelope's ``status``; where it is false the platform itself failed, and
            that says nothing of a member.
        code: the envelope's ``code``.
        words: its ``message``, long numbers replaced by …
    """
    if code in _SIGNATURE_CODES:
        return SignatureRejectedError
    plain = _plain(words)
    said = [kind for clause in CLAUSES.split(plain) for kind in _said_in(clause)]
    if SignatureRejectedError in said:
        return SignatureRejectedError
    if OVERLOAD.search(plain):
        return RateLimitedError
    return said[0] if said and succeeded else ApiBusinessError


def _plain(words: str) -> str:
    """Half-width, small letters, simplified characters; a number that was left out is a 0."""
    half_width = unicodedata.normalize("NFKC", words.replace("…", "0"))
    text = JAMMED.sub(" ", half_width).lower().replace("_", " ")
    return JOINED.sub(r"\1\2", text.translate(SIMPLIFIED))


def _said_in(clause: str) -> Iterator[Kind]:
    """What the verbs of a clause say, but those that say nothing of members, keys or absence."""
    found = list(VERBS.finditer(clause))
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(clause)]
    for place, match in enumerate(found):
        before, after = clause[ends[place] : starts[place]], clause[match.end() : starts[place + 1]]
        kind = _said(Verb[str(match.lastgroup)], match[0], before, after)
        if kind is not None:
            yield kind


class _Saying(NamedTuple):
    """A verb's word, the phrases before and after it, and what these are about."""

    word: str
    before: str
    after: str
    ahead: Noun
    behind: Noun | None


def _said(verb: Verb, word: str, before: str, after: str) -> Kind | None:
    """What one verb says; the phrases before and after it reach to the next verbs."""
    before = PLACE.sub(r"\g<who>", before)
    saying = _Saying(word, before, after, noun_of(before), _object(after))
    match verb:
        case Verb.ABSENT:
            return _absent(_what_is_absent(saying))
        case Verb.NOT_FOUND:
            return _absent(saying.ahead if saying.behind is None else saying.behind)
        case Verb.NOT_JOINED:
            return _not_joined(saying)
        case Verb.NO_MEMBER:
            return MemberNotFoundError
        case Verb.ELSEWHERE:
            return _elsewhere(saying)
        case Verb.NONE:
            nobody = after.strip() and not ACTIVITY.search(after)
            return _absent(noun_of(after)) if nobody else None
        case Verb.EMPTY:
            asked = saying.ahead in _IDENTIFIERS or ASKED.search(before)
            return None if asked else _absent(saying.ahead)
        case Verb.UNAUTHORISED:
            return _unauthorised(saying)
        case _:  # WRONG, MISSING
            return _wrong(saying)


def _object(after: str) -> Noun | None:
    """What the phrase behind a verb is about; None where it names nothing, or is a place."""
    noun = noun_of(after)
    return None if noun is Noun.NOTHING or after.lstrip().startswith(("于", "在")) else noun


def _absent(noun: Noun) -> Kind:
    if noun in _KEYS:
        return SignatureRejectedError
    return MemberNotFoundError if noun in _MEMBERS else ApiBusinessError


def _what_is_absent(saying: _Saying) -> Noun:
    """会员不存在; and its object may stand behind: 系统不存在该会员, 会员不存在优惠券."""
    behind = saying.behind
    if behind is None:
        return saying.ahead
    nobody_named = saying.ahead is Noun.NOTHING
    is_object = behind is not Noun.OTHER or nobody_named or A_THING.search(saying.after)
    return behind if is_object else saying.ahead


def _elsewhere(saying: _Saying) -> Kind | None:
    """会员不属于本商户, 不属于本店会员; but 会员不在活动范围内 says nothing."""
    nobody_named = saying.ahead is Noun.NOTHING and saying.behind is Noun.MEMBER
    is_person = saying.ahead in (Noun.MEMBER, *_IDENTIFIERS) or nobody_named
    return MemberNotFoundError if is_person and OF_A_BUSINESS.match(saying.after) else None


def _unauthorised(saying: _Saying) -> Kind:
    """Of 未授权: a customer who has not let themselves be signed up is no member."""
    if SIGNING_UP.search(saying.after):
        return MemberNotFoundError
    of_others = MACHINES.search(saying.before) or OF_A_BUSINESS.match(saying.after)
    of_a_member = {saying.ahead, saying.behind} & {Noun.MEMBER, *_IDENTIFIERS}
    return ApiBusinessError if of_others or of_a_member else SignatureRejectedError


def _wrong(saying: _Saying) -> Kind | None:
    """Of 签名无效 and 无效的签名; what is wrong of what a member is found by is nobody's."""
    word, behind = saying.word, saying.behind
    if word == REFUSING and saying.ahead is Noun.MEMBER:
        return None  # 用户拒绝授权
    compared = (noun_of(one) for one in COMPARED.split(saying.before))
    if behind in _KEYS or any(noun in _KEYS for noun in compared):
        return SignatureRejectedError
    first = saying.after[:1]
    of_behind = behind is not None and BEFORE_A_NOUN.match(word + first)
    about = behind if of_behind and first not in (":", "(") else saying.ahead
    return MemberNotFoundError if about and word in NOBODYS.get(about, ()) else None


def _not_joined(saying: _Saying) -> Kind:
    """Of 未注册, 未绑定, 未开通: whoever has not signed up is no member; others lack something."""
    word, ahead, behind = saying.word, saying.ahead, saying.behind
    if BUSINESS.search(saying.before):
        return ApiBusinessError
    if behind is Noun.MEMBER or saying.after.endswith("会员卡"):
        return MemberNotFoundError
    found_by = (*_IDENTIFIERS, Noun.OPENID)
    if SIGNING_UP.search(word):
        who = ahead if behind is None else behind
        return MemberNotFoundError if who in (*_MEMBERS, *found_by) else ApiBusinessError
    unbound = behind is None and BINDING.search(word) and ahead in found_by
    return MemberNotFoundError if unbound else ApiBusinessError


def noun_of(phrase: str) -> Noun:
    """What a phrase is about: its last noun; in English the last one before a preposition."""
    text = _behind_a_colon(phrase).strip()
    if not _CHINESE.search(text):
        text = PREPOSITION.split(text, maxsplit=1)[0]
    in_a_value = False
    while True:
        text = _without_what_is_behind(text)
        for noun, pattern in NOUNS:
            if pattern.search(text):
                return noun
        if NAMES_NOTHING.fullmatch(text):
            return Noun.NOTHING
        value = VALUE.search(text)
        if value is None:
            return Noun.OTHER
        left, token = text[: value.start()], value[0]
        if token[0] in "([【" and not left:
            return noun_of(token[1:-1])
        if token[0].isalpha() and not (in_a_value or "-" in token or _CHINESE.search(left)):
            return Noun.OTHER
        # The letters right before a number are its first part: qm0000001.
        in_a_value = token[0].isdigit() and not left.endswith(" ")
        text = left


def _behind_a_colon(phrase: str) -> str:
    """提示:会员 is about what is behind it, 门店编码:A1 about what is before it."""
    before, _, behind = phrase.rpartition(":")
    return behind if _CHINESE.search(behind) or NAMES_NOTHING.fullmatch(before) else phrase


def _without_what_is_behind(text: str) -> str:
    while match := BEHIND_A_NOUN.search(text):
        text = text[: match.start()]
    return text
