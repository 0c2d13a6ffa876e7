"""The words of the platform's refusals, in simplified characters and small letters.

Patterns of nouns fit the end of a phrase; those of verbs fit anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class Noun(Enum):
    """What a phrase is about.

    MEMBER: a person. IDENTIFIER, CODE: what one is found by; a code is good for a while only.
    KEYS: what signs the merchant's calls. OPENID: one of which it is not said whose it is.
    NOTHING: nothing that is named, so what was asked for.
    """

    MEMBER = auto()
    IDENTIFIER = auto()
    CODE = auto()
    KEYS = auto()
    OPENID = auto()
    NOTHING = auto()
    OTHER = auto()


class Verb(Enum):
    """What a verb says of its noun.

    In this order: 不存在, 未找到, 未注册, 不是会员, 没有, 为空, 未授权, 无效, 缺少.
    """

    ABSENT = auto()
    NOT_FOUND = auto()
    NOT_JOINED = auto()
    NO_MEMBER = auto()
    NONE = auto()
    EMPTY = auto()
    UNAUTHORISED = auto()
    WRONG = auto()
    MISSING = auto()


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


def _compile(pattern: str) -> re.Pattern[str]:
    # ASCII, so that a Chinese character is no letter, and a word of letters ends before it.
    return re.compile(pattern, re.ASCII)


_PEOPLE: Final = _any(
    "会员|用户|顾客|客户|消费者|买家|粉丝|账号|账户|[此该个]人",
    "member(?:ship)?s?|users?|customers?|accounts?",
)
_THINGS: Final = _any(
    "礼品|储值|优惠|权益|兑换|次|券|订单|支付|付款|门店|店铺|商户|商家|企业|员工|商品|设备|活动",
    r"gift|stored value|shop|store|merchant",
)
_NUMBER: Final = "(?:号码?|编号|id|number|no)"
_OF: Final = "(?:的|'s)? ?"
_KEY_WORDS: Final = _any(
    "签名|验签|鉴权|令牌|[密金]钥(?:id)?|授权(?:码|code)?|随机数|时间戳",
    r"\b(?:sign|signature|token|grantcode|nonce|timestamp|openkey|secret|credentials?)",
    r"\b(?:appid|appkey|appsecret|api key|access key)",
)
_NOUNS: Final[tuple[tuple[Noun, str], ...]] = (
    # The first that fits; what is another's before what is a member's.
    (Noun.OTHER, f"{_THINGS}卡?的? ?(?:卡?{_NUMBER}|卡|账号|账户|用户|(?:识别|二维|条)码)"),
    (Noun.OTHER, rf"{_THINGS} (?:card|account|user)|\b404"),
    (Noun.KEYS, f"(?:商户|商家|企业|merchant){_OF}openid"),
    (Noun.IDENTIFIER, f"(?:{_PEOPLE}|[该此这]个?|微信|公众号|小程序|wechat){_OF}openid"),
    (Noun.OPENID, "openid"),
    (Noun.KEYS, f"{_KEY_WORDS}(?:参数|字段|值|串)?"),
    (Noun.CODE, "会员(?:识别)?码|识别码|动态码|member(?:ship)? ?code"),
    (Noun.IDENTIFIER, "手机(?:号码?)?|电话(?:号码?)?|二维码|用户名"),
    (Noun.IDENTIFIER, "会员卡|实体卡|[该此本张]卡|^卡|member(?:ship)? card"),
    (Noun.IDENTIFIER, f"(?:{_PEOPLE}|会员卡|实体卡|卡) ?{_NUMBER}"),
    (Noun.IDENTIFIER, r"(?:phone|mobile|card|identifier) ?(?:number|no)"),
    (Noun.IDENTIFIER, r"unionid|\buid|mobile|phone"),
    (Noun.MEMBER, _PEOPLE),
)
NOUNS: Final = tuple((noun, _compile(f"(?:{pattern})$")) for noun, pattern in _NOUNS)

BEHIND_A_NOUN: Final = _compile(
    _any(
        "信息|资料|数据|记录|档案|详情|内容|结果|校验|验证|检验|核对|查询|对应|相应|关联|匹配",
        "可能|当前|目前|暂时|已经|确实|似乎|[的了也都均并还已尚仍又哦噢啦呢吧哈]",
        r"\b(?:info|information|data|profile|records?|details?|results?|check|verification)",
        r"\b(?:is|are|was|were|has|have|been|with|the|this|a|an|value|found|verify)",
        r"[\s:#=_\"'“”‘’<>《》{}~·*-]",
    )
    + "$"
)
"""What may stand behind a noun without changing what it is."""

NAMES_NOTHING: Final = _compile(
    _any(
        "查询|请求|相关|对应|匹配|符合条件|任何|指定|传入|输入|信息|数据|记录|结果|内容|资源|对象",
        "提示|错误|异常|失败|原因|说明|返回|系统|当前|[您你该此这那所要的到之位个条张名为中里内下上]",
        r"[:\s]|\b(?:the|a|an|this|such|any|sorry|error|requested|record|data|result|it)\b",
    )
    + "*"
)
VALUE: Final = _compile(r"(?:\([^()]*\)|\[[^][]*\]|【[^【】]*】|[0-9][0-9.*]*|[a-z][a-z_-]*)$")
"""What a sentence repeats of the question: in brackets, a number, a word of letters."""

PREPOSITION: Final = _compile(
    r"\b(?:with|for|by|of|in|on|at|having|whose|matching|from|under|using|you|that|which)\b"
)
A_THING: Final = _compile(f"{_THINGS}|积分|余额|等级|标签|规则|模板|品牌|接口|方法")
ACTIVITY: Final = _compile("权限|查询[^的]|操作|登录|访问|permission|access")
"""What 没有 may stand before that is no absence of anybody: 没有权限查询会员."""
PLACE: Final = _compile("(?P<who>会员|用户|顾客|客户|手机号|会员码|识别码)在[^在]*$")
"""Behind whom it says where they are not: 会员在本店不存在."""

_NOT: Final = "(?:尚未|还未|暂未|并未|从未|未能|没能|未|还没有?|没有?)"
_FIND: Final = "(?:查询|查找|查|找|检索|搜索|搜|获取|匹配|发现|识别)"
_CANNOT: Final = "(?:can ?not|can't|could not|couldn't)"
_JOIN: Final = "(?:注册|登记|入会|开卡|办卡|建档|加入|成为|绑定|关联|开通)"
_VERBS: Final[Mapping[Verb, str]] = {
    Verb.MISSING: _any("(?:不能|不可|不得|不允许)为空|缺少|缺失", r"\bmissing\b"),
    Verb.NOT_FOUND: _any(
        f"{_NOT}{_FIND}[到出得]|(?:无法|不能){_FIND}[到出]|{_FIND}不[到出]|查无",
        f"(?:{_CANNOT}|unable to|failed to|did not) find",
    ),
    Verb.NOT_JOINED: f"{_NOT}{_JOIN}(?:过|成?为)?",
    Verb.NO_MEMBER: _any("(?:不是|并非|非)[^,]{0,6}?会员", r"\bnot a (?:member|user|customer)\b"),
    Verb.ABSENT: _any(
        "不存在",
        rf"{_CANNOT} be found|\b(?:was |is )?not found|\bnot registered",
        r"\b(?:does not|doesn't|do not|don't|did not|not) exists?",
    ),
    Verb.EMPTY: "为空|是空的?|为null",
    Verb.NONE: _any(
        "没有|暂无|无(?=[此该这]|会员|用户|顾客|客户|数据|记录|信息|结果)", r"\bno (?:such )?"
    ),
    Verb.UNAUTHORISED: _any("未授权|未经授权|未认证", r"\bunauthori[sz]ed\b"),
    Verb.WRONG: _any(
        "无效|失效|过期|不正确|不合法|非法|错误|有误|不匹配|不一致|不符|不对|失败|异常",
        "[未不]通过|重复|拒绝|已被?使用|繁忙",
        r"\b(?:invalid|incorrect|wrong|expired|mismatch(?:ed)?|failed|failure|illegal|bad)\b",
        r"\b(?:denied|error|(?:does )?not match)\b",
    ),
}
VERBS: Final = _compile("|".join(f"(?P<{verb.name}>{pattern})" for verb, pattern in _VERBS.items()))
SIGNING_UP: Final = _compile("注册|登记|入会|开卡|办卡|建档")
BINDING: Final = _compile("绑定|关联")
OUTDATED: Final = ("无效", "失效", "过期", "invalid", "expired")

CLAUSES: Final = _compile(
    r"[,;。!?、|]|\.(?=\s|$)|或者?|(?=请)|(?=无法|不能(?!为空)|需要|重新|稍后|是否)"
    r"|\b(?:or|but|please)\b"
)
OVERLOAD: Final = _compile("频繁|限流|繁忙|too many requests|rate limit")

SIMPLIFIED: Final = str.maketrans(
    "會員戶號碼註冊簽籤無錯誤機門優單訂權鑰祕秘詢沒對應這個據驗證過頻請帳帐賬動時間該"
    "為關聯綁檢獲識別現錄開領實體顧買費禮儲規則異讀詳屬編敗經參數狀態還並從兌換類額積"
    "餘標級業務處話電掃條維鑒認",
    "会员户号码注册签签无错误机门优单订权钥密密询没对应这个据验证过频请账账账动时间该"
    "为关联绑检获识别现录开领实体顾买费礼储规则异读详属编败经参数状态还并从兑换类额积"
    "余标级业务处话电扫条维鉴认",
)
JOINED: Final = _compile(
    r"\b(open|union|user|customer|member|app|grant)[ _-](id|code|key|secret)\b"
)
"""Names in two words that are one: user_id, grant code."""
