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

    MEMBER: a person. IDENTIFIER, NUMBER, CODE: what one is found by; a number is the member's own,
    so where it is wrong there is nobody, and a code is good for a while only.
    KEYS: what signs the merchant's calls. OPENID: one of which it is not said whose it is.
    NOTHING: nothing that is named, so what was asked for.
    """

    MEMBER = auto()
    IDENTIFIER = auto()
    NUMBER = auto()
    CODE = auto()
    KEYS = auto()
    OPENID = auto()
    NOTHING = auto()
    OTHER = auto()


class Verb(Enum):
    """What a verb says of its noun.

    In this order: 不存在, 未找到, 未注册, 不是会员, 不属于本店, 没有, 为空, 未授权, 无效, 缺少.
    """

    ABSENT = auto()
    NOT_FOUND = auto()
    NOT_JOINED = auto()
    NO_MEMBER = auto()
    ELSEWHERE = auto()
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
    "积分|余额|钱包|资产|银行|信用",
    r"gift|stored value|benefit|prepaid|bank|credit|coupon|points?|shop|store|merchant",
)
_NUMBER: Final = "(?:号码?|编号|编码|标识(?:码|符|号)?|主键|id|number|no)"
_OF: Final = "(?:的|'s)? ?"
_KEY_WORDS: Final = _any(
    "签名|验签|鉴权|令牌|[密金]钥(?:id)?|授权(?:码|code)?|随机数|随机串|时间戳|(?<!实名)身份",
    r"\b(?:sign|signature|token|grantcode|nonce|timestamp|openkey|secret(?: key)?|credentials?)",
    r"\b(?:authentication|authori[sz]ation|auth)",
    r"\b(?:appid|appkey|appsecret|api key|access key)",
)
_NOUNS: Final[tuple[tuple[Noun, str], ...]] = (
    # The first that fits; what is another's before what is a member's.
    (Noun.OTHER, f"{_THINGS}卡?的? ?(?:卡?{_NUMBER}|卡|账号|账户|用户|(?:识别|二维|条)码)"),
    (Noun.OTHER, rf"{_THINGS} (?:card|account|user)(?: ?(?:number|no|code|id))?|\b404"),
    (Noun.MEMBER, f"{_PEOPLE}(?:的?身份)"),
    (Noun.KEYS, f"(?:商户|商家|企业|merchant){_OF}openid"),
    (Noun.IDENTIFIER, f"(?:{_PEOPLE}|[该此这]个?|微信|公众号|小程序|wechat){_OF}openid"),
    (Noun.OPENID, "openid"),
    (Noun.KEYS, f"^认证|{_KEY_WORDS}(?: ?参数|字段|值|串|算法|方式|格式|认证)?"),
    (Noun.CODE, "(?:会员|用户|顾客|客户)(?:识别|动态|身份)?码|识别码|动态码|识别号码?"),
    (Noun.CODE, "(?:member(?:ship)?|user|customer|identifier) ?(?:code|number)"),
    (Noun.IDENTIFIER, "(?:^|[该此]|这个)号码?|手机(?:号码?)?|电话(?:号码?)?|二维码|用户名"),
    (Noun.NUMBER, r"会员卡|实体卡|[该此本张的]卡|^卡|\bcard"),
    (Noun.NUMBER, f"(?:{_PEOPLE}|会员卡|实体卡|卡)(?:的| |唯一)?{_NUMBER}"),
    (Noun.NUMBER, r"\bcard ?(?:number|no)"),
    (Noun.IDENTIFIER, r"(?:phone|mobile) ?(?:number|no)"),
    (Noun.IDENTIFIER, r"unionid|\buid|mobile|phone"),
    (Noun.MEMBER, _PEOPLE),
)
NOUNS: Final = tuple((noun, _compile(f"(?:{pattern})$")) for noun, pattern in _NOUNS)

BEHIND_A_NOUN: Final = _compile(
    _any(
        "信息|资料|资讯|数据|记录|档案|详情|内容|结果|对象|列表|主体|返回|为|被|不[能可]",
        "校验|验证|检验|检查|检测|核对|比对|对比|比较",
        "计算|解析|生成|解密|查询|检索|查找|获取|读取|识别|对应|相应|关联|匹配",
        "可能|当前|目前|暂时|已经|确实|似乎|根本|压根|其实|真的|[的了也都均并还已尚仍又哦噢啦呢吧哈]",
        r"\b(?:info|information|data|profile|records?|details?|results?|object|check|verification)",
        r"\b(?:is|are|was|were|has|have|been|with|the|this|a|an|value|found|verify|validat(?:ion|e)|match(?:es|ed)|already|registered)",
        r"[\s:#=_\"'“”‘’<>《》{}~·*-]",
    )
    + "$"
)
"""What may stand behind a noun without changing what it is."""

NAMES_NOTHING: Final = _compile(
    _any(
        "查询|请求|相关|对应|匹配|符合条件|任何|指定|传入|输入|信息|数据|记录|结果|内容|对象",
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
BUSINESS: Final = _compile(
    "(?:商户|商家|门店|店铺|[本贵该]店|租户|品牌|企业|公司|集团|总部|系统|平台"
    r"|\b(?:merchant|shop|store|brand|tenant))[下中内里]?$"
)
"""Of whom 未开通会员 says that they have no members at all."""
OF_A_BUSINESS: Final = _compile(
    "[于在]?(?:[该此本当前这个我您的]*)(?:商户|商家|门店|店铺|店|租户|品牌|企业|公司|集团|系统|平台)"
)
MACHINES: Final = _compile(
    r"(?:\bip(?:地址)?|域名|设备|终端|收银机|打印机|员工|操作员|收银员|门店|店铺)$"
    r"|\b(?:shop|store|device)(?: is)? ?$"
)
"""Of which 未授权 says nothing of the keys."""
REFUSING: Final = "拒绝"
COMPARED: Final = _compile("[与和跟]")
ASKED: Final = _compile(r"请求|传入|输入|提交|\b(?:request|value|field)\b")
"""What is empty of a question says nothing of a member."""
PLACE: Final = _compile("(?P<who>会员|用户|顾客|客户|手机号|会员码|识别码)在[^在]*$")
"""Behind whom it says where they are not: 会员在本店不存在."""

_NOT: Final = "(?:尚未|还未|暂未|并未|从未|未能|没能|未|还没有?|没有?)"
_MATCH: Final = "(?:识别|辨识|辨认|匹配|对应)"
_FIND: Final = "(?:查询|查找|查|找|检索|搜索|搜|获取|匹配|发现|识别)"
_CANNOT: Final = "(?:can ?not|can't|could not|couldn't)"
_JOIN: Final = "(?:注册|登记|入会|开卡|办卡|建档|加入|成为|绑定|关联|开通|领取?|办理)"
_VERBS: Final[Mapping[Verb, str]] = {
    Verb.MISSING: _any("(?:不能|不可|不得|不允许)为空|缺少|缺失", r"\bmissing\b"),
    Verb.NOT_FOUND: _any(
        f"{_NOT}{_FIND}[到出得]|(?:无法|不能){_FIND}[到出]|{_FIND}不[到出]|查无",
        f"(?:无法|不能|未能|没能|未){_MATCH}(?!的)|识别(?:失败|不了|有误)|识别(?=[^,]{{1,8}}失败)",
        f"(?:{_CANNOT}|unable to|failed to|did not) find",
    ),
    Verb.NOT_JOINED: f"{_NOT}{_JOIN}(?:过|成?为)?",
    Verb.NO_MEMBER: _any(
        "(?:不是|并非|非)[^,]{0,6}?会员",
        "先[^,]{0,4}?(?:注册|成为|加入|开通|办理|申请)[^,]{0,4}?会员",
        r"\bnot an? (?:valid |registered )?(?:member|user|customer)\b",
    ),
    Verb.ELSEWHERE: "不(?:属于|归属于?|隶属于?|在)",
    Verb.ABSENT: _any(
        "不存在",
        r"\bno exists?\b",
        rf"{_CANNOT} be found|\b(?:was |is )?not found|\bnot registered",
        r"\b(?:does not|doesn't|do not|don't|did not|not) exists?",
    ),
    Verb.EMPTY: _any(
        "为空|是空的?|为null|返回(?:空(?!间)|null)", r"\b(?:is|was|are) (?:null|none|empty|nil)\b"
    ),
    Verb.NONE: _any(
        "没有|未有|并无|暂无|无(?=[此该这]|相[关应]|对应|匹配|符合|任何|有效|会员|用户|顾客|客户)",
        "无(?=数据|记录|信息|结果|签名|令牌|token)",
        r"\bno (?:such )?",
    ),
    Verb.UNAUTHORISED: _any(
        "未(?:经|获得?)?授权|未认证|未签名", r"\b(?:unauthori[sz]ed|not authori[sz]ed)\b"
    ),
    Verb.WRONG: _any(
        "无效|失效|过期|不正确|不合法|非法|错误|有误|不匹配|不一致|不符|不对|失败|异常",
        "[未不]通过|(?:无法|不能)识别的|重复|拒绝|已被?使用|已经?存在|已用过?|用过|超时|逾时|超过|超出|繁忙|不支持",
        "(?<=输入|填写|提供|出示|扫描|使用)(?:正确|有效)的",
        r"\b(?:invalid|incorrect|wrong|expired|mismatch(?:ed)?|fail(?:ed|s)?|failure|illegal|bad)\b",
        r"\b(?:denied|error|(?:does )?not match|timed? ?out|out of range|already exists?)\b",
        r"\b(?:duplicated?|repeated|reused?|used)\b",
        r"\bnot (?:valid|correct)\b",
    ),
}
VERBS: Final = _compile("|".join(f"(?P<{verb.name}>{pattern})" for verb, pattern in _VERBS.items()))
SIGNING_UP: Final = _compile("注册|登记|入会|开卡|办卡|建档")
BINDING: Final = _compile("绑定|关联")
_VOID: Final = frozenset({"无效", "invalid", "not valid"})
_MISTAKEN: Final = frozenset(
    {"错误", "不正确", "有误", "不对", "正确的", "有效的", "wrong", "incorrect", "not correct"}
)
_OUTDATED: Final = frozenset({"失效", "过期", "不通过", "未通过", "expired"})
NOBODYS: Final[Mapping[Noun, frozenset[str]]] = {
    Noun.MEMBER: _VOID,
    Noun.NUMBER: _VOID | _MISTAKEN,
    Noun.CODE: _VOID | _MISTAKEN | _OUTDATED,
}
"""What, said of these, says that they are nobody's."""
BEFORE_A_NOUN: Final = _compile(
    "(?:无效|失效|过期|错误|不正确|有误|不对)的|无效(?!的)|(?:正确|有效)的"
    "|invalid|wrong|incorrect|expired"
)
"""What is said of the noun behind it, and does not begin a sentence as 错误: does."""

CLAUSES: Final = _compile(
    r"[,;。!?、|]|\.(?=\s|$)|或者?|(?=请(?!求))|(?=无法(?!识别|辨|匹配|找|查|搜|检索)|不能(?!为空|重复|识别|辨|匹配|找|查到)|需要|重新|稍后|是否)"
    r"|\b(?:or|but|please)\b"
)
_CALLS: Final = "(?:请求|调用|访问|接口|查询|并发|流量|api)"
_TOO_MUCH: Final = "(?:超限|超出|超过|超额|过[多高大快]|太[多高大快]|上限|受限|限制)"
_TOO_OFTEN: Final = "(?:过多|太多|超限|受限|上限|(?:超过|超出)(?:限制|上限|配额))"
OVERLOAD: Final = _compile(
    _any(
        "频繁|限流|限速|繁忙|过载|负载过高|太忙|[太过]快",
        f"{_CALLS}(?:(?!数据)[^,]){{0,4}}(?:频率|频次|次数|人数)[^,]{{0,2}}{_TOO_MUCH}",
        f"(?:频率|频次|[qt]ps)[^,]{{0,4}}{_TOO_MUCH}|(?:请求|调用|访问)[数量]{_TOO_MUCH}",
        f"{_CALLS}(?:已经?|被|已达到?)?{_TOO_OFTEN}|(?:并发|流量)[^,]{{0,3}}{_TOO_MUCH}",
        "(?:超出|超过|达到)[^,]{0,6}(?:频率|频次|并发|[qt]ps)",
        f"(?:超出|超过|达到)[^,]{{0,4}}{_CALLS}[^,]{{0,3}}(?:次数|量|上限|限制|配额)",
        r"too ?(?:many|frequent)|rate[ -]?limit|throttl|\bbusy\b|overload|[qt]ps (?:limit|exceed)",
        "(?:rate|quota|(?:request|call|api)s? limit) (?:is |was |has been )?exceed",
        r"\b(?:rate|traffic|qps)(?: is)? too high",
    )
)
SIMPLIFIED: Final = str.maketrans(
    "會員戶號碼註冊簽籤無錯誤機門優單訂權鑰祕秘詢沒對應這個據驗證過頻請帳帐賬動時間該為關聯綁"
    "檢獲識別現錄開領實體顧買費禮儲規則異讀詳屬編敗經參數狀態還並從兌換類額積餘標級業務處話電"
    "掃條維鑒認資確訊統後連線網絡輸點說當裡裏內於與專歸隸傳結載辦續絕許隨憑帶給尋擁變啟導進適"
    "選鍵鏈長閉隊階預題陣強佈試嘗將須稱種產銷貨團幣來兩萬計廠場圖誰讓運轉遲遠際難滿達雜複範節"
    "簡響顯貼銀錢絲終組織絶總縮繫約紀純細緩練査戸産収実訪調貴賣問們歷層職觸發僅價設備評購贈車"
    "郵釋鎖離雙頁項頭館凍掛撥擇擊斷暫極構樣決測營獨環監筆臨臺舊虛補覽嚴勵協勞區壞奪寫寶屆師幫"
    "庫彈徑戰護敵晉暢檔櫃氣滾灣熱爾牽眾礎穩競糾罰聲聽脫臟薦蓋術裝視觀訓託診詞諮謝譯議貢負責質"
    "賞賦趕趨軟較輕輪轄邊釐鑑鎮鐘閱隱靈靜頒頓願飲養馬駁驅驟髮鬆麼",
    "会员户号码注册签签无错误机门优单订权钥密密询没对应这个据验证过频请账账账动时间该为关联绑"
    "检获识别现录开领实体顾买费礼储规则异读详属编败经参数状态还并从兑换类额积余标级业务处话电"
    "扫条维鉴认资确讯统后连线网络输点说当里里内于与专归隶传结载办续绝许随凭带给寻拥变启导进适"
    "选键链长闭队阶预题阵强布试尝将须称种产销货团币来两万计厂场图谁让运转迟远际难满达杂复范节"
    "简响显贴银钱丝终组织绝总缩系约纪纯细缓练查户产收实访调贵卖问们历层职触发仅价设备评购赠车"
    "邮释锁离双页项头馆冻挂拨择击断暂极构样决测营独环监笔临台旧虚补览严励协劳区坏夺写宝届师帮"
    "库弹径战护敌晋畅档柜气滚湾热尔牵众础稳竞纠罚声听脱脏荐盖术装视观训托诊词咨谢译议贡负责质"
    "赏赋赶趋软较轻轮辖边厘鉴镇钟阅隐灵静颁顿愿饮养马驳驱骤发松么",
)
JOINED: Final = _compile(
    r"\b(open|union|user|customer|member|identifier|app|grant)[ _-](id|code|number|key|secret)\b"
)
"""Names in two words that are one: user_id, grant code."""

JAMMED: Final = re.compile(
    "(?<=[a-z])(?=(?:No|Not|Found|Exists?|Exception|Error|Null|Such|Registered|Busy|Is|Invalid|Expired|Fail(?:ed|ure)?"
    "|Does|Member|User|Customer|Card|Token|Sign|Signature|Mismatch|Missing)(?![a-z]))"
)
"""Where the next word of a MemberNotFound begins."""
