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
from typing import Final

from posmember.api.qimai.refusal_words import (
    A_THING,
    ACTIVITY,
    BEHIND_A_NOUN,
    BINDING,
    CLAUSES,
    JOINED,
    NAMES_NOTHING,
    NOUNS,
    OUTDATED,
    OVERLOAD,
    PLACE,
    PREPOSITION,
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
_IDENTIFIERS: Final = (Noun.IDENTIFIER, Noun.CODE)
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
    text = unicodedata.normalize("NFKC", words.replace("…", "0")).lower().replace("_", " ")
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


def _said(verb: Verb, word: str, before: str, after: str) -> Kind | None:
    """What one verb says; the phrases before and after it reach to the next verbs."""
    ahead, behind = noun_of(PLACE.sub(r"\g<who>", before)), _object(after)
    match verb:
        case Verb.ABSENT:
            # 会员不存在, and its object may stand behind: 系统不存在该会员, 会员不存在优惠券.
            is_object = behind is not Noun.OTHER or ahead is Noun.NOTHING or A_THING.search(after)
            return _absent(behind if behind is not None and is_object else ahead)
        case Verb.NOT_FOUND:
            return _absent(ahead if behind is None else behind)
        case Verb.NOT_JOINED:
            return _not_joined(word, ahead, behind, after)
        case Verb.NO_MEMBER:
            return MemberNotFoundError
        case Verb.NONE:
            nobody = after.strip() and not ACTIVITY.search(after)
            return _absent(noun_of(after)) if nobody else None
        case Verb.EMPTY:
            return None if ahead in _IDENTIFIERS else _absent(ahead)
        case Verb.UNAUTHORISED:
            of_a_member = {ahead, behind} & {Noun.MEMBER, Noun.IDENTIFIER}
            return ApiBusinessError if of_a_member else SignatureRejectedError
        case _:  # WRONG, MISSING
            return _wrong(word, (ahead, behind))


def _object(after: str) -> Noun | None:
    """What the phrase behind a verb is about; None where it names nothing, or is a place."""
    noun = noun_of(after)
    return None if noun is Noun.NOTHING or after.lstrip().startswith(("于", "在")) else noun


def _absent(noun: Noun) -> Kind:
    if noun in _KEYS:
        return SignatureRejectedError
    return MemberNotFoundError if noun in _MEMBERS else ApiBusinessError


def _wrong(word: str, nouns: tuple[Noun, Noun | None]) -> Kind | None:
    """Of 签名无效 and 无效的签名; a member code that is out of date is nobody's any more."""
    if any(noun in _KEYS for noun in nouns):
        return SignatureRejectedError
    return MemberNotFoundError if Noun.CODE in nouns and word in OUTDATED else None


def _not_joined(word: str, ahead: Noun, behind: Noun | None, after: str) -> Kind:
    """Of 未注册, 未绑定, 未开通: whoever has not signed up is no member; others lack something."""
    if behind is Noun.MEMBER or after.endswith("会员卡"):
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
