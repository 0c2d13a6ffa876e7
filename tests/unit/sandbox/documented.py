"""The fields and enum values of the API documents, written down from them by hand."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEMBER_INFO: Final = {
    "": _words(
        """username mobile memberLevel memberLevelName memberLevelExpiredAt gender customerId
        cardNo cardName isMemberEnterprise paidBenefitsCardDetailList isPassword giftCardList
        labelList totalPoints giftBalance rechargeBalance totalGiftAmount totalRechargeAmount
        couponsList"""
    ),
    "paidBenefitsCardDetailList[]": _words("paidCardId cardName beginAt expiredAt"),
    "giftCardList[]": _words(
        """cardNo name thirdCardNo cardTotal cardType balance applicableType beginAt cardPrice
        cardSource cardStatus endAt todayUsedNum useTimeScope useWeeks"""
    ),
    "labelList[]": _words("labelName labelLevel"),
    "couponsList[]": _words("coupon_id start_at end_at status couponId template cardId"),
    "couponsList[].template": _words(
        """id type title total amount coupon_type min_amount_use number_of_user goods_range_type
        expire_type start_at end_at expire_days status scene_type only_coupon
        use_per_person_per_day is_use_time_range category max_num min_num min_num_use
        multi_range_type shop_ids explain_text second_max_num goods_range_num coupon_label
        coupon_title coupon_amount all_coupon_amount templateCode"""
    ),
}

IDENTITY: Final = {
    "": _words("user_info"),
    "user_info": _words(
        """id nickname username mobile status user_points user_coupons user_wealth_info
        multi_store_id is_open_points_pay pay_rule"""
    ),
    "user_info.user_coupons[]": _words(
        """coupon_id start_at end_at status verify_code is_lock date_time title coupon_type
        min_amount_use desc amount"""
    ),
    "user_info.user_wealth_info": _words("gift_amount recharge_amount total_amount"),
    "user_info.pay_rule": _words("points_num_type points_num exchange_astrict"),
}

GIFT_CARDS: Final = {
    "[]": _words(
        """id gift_card_id gift_title par_value cover expired_desc deduct_amount bind_status
        beginAt endAt createdAt status_desc status validType isErp"""
    ),
}

WECHAT_CARD: Final = {
    "": _words(
        """user_card_code card_id openid card_color card_picture_url brand_id card_type
        phone_number level valid_date_information pickup_time user_information attach
        user_card_state invalid_reason invalid_time"""
    ),
    "valid_date_information": _words(
        "type available_begin_time available_end_time available_day_after_receive"
    ),
    "user_information": _words("common_field_list custom_field_list"),
    "user_information.common_field_list[]": _words("name value"),
    "user_information.custom_field_list[]": _words("name user_chosen_values"),
}

WECHAT_ENUMS: Final = {
    "card_type": _words("PURCHASE NORMAL BALANCE"),
    "user_card_state": _words("UNACTIVATED EFFECTIVE EXPIRED INVALID"),
    "valid_date_information.type": _words("FIX_TIME_RANGE FIX_TERM PERMANENT"),
    "user_information.common_field_list[].name": _words(
        """USER_FORM_FLAG_SEX USER_FORM_FLAG_NAME USER_FORM_FLAG_BIRTHDAY USER_FORM_FLAG_ADDRESS
        USER_FORM_FLAG_EMAIL USER_FORM_FLAG_CITY"""
    ),
}

ENUMS: Final = {
    "member_info": {
        "gender": "0 1 2",
        "isMemberEnterprise": "0 1",
        "isPassword": "1 2",
        "giftCardList[].cardType": "1 2 3 4",
        "giftCardList[].applicableType": "1 2",
        "giftCardList[].cardSource": "0 1 2 3",
        "giftCardList[].cardStatus": "0 1 2 3 4 5 6 7",
        "labelList[].labelLevel": "1 2 3",
        "couponsList[].status": "0 1",
        "couponsList[].template.type": "1 2",
        "couponsList[].template.coupon_type": "0 1",
        "couponsList[].template.goods_range_type": "0 1",
        "couponsList[].template.expire_type": "0 1 2",
        "couponsList[].template.status": "0 1",
        "couponsList[].template.scene_type": "1 2 3 4 5 6 7",
        "couponsList[].template.only_coupon": "0 1",
        "couponsList[].template.is_use_time_range": "0 1",
        "couponsList[].template.category": "0 2 3 4 5 6 7 8",
        "couponsList[].template.multi_range_type": "0 1 2",
    },
    "identity": {
        "user_info.status": "0 1",
        "user_info.user_coupons[].status": "0 1",
        "user_info.user_coupons[].is_lock": "1 2",
        "user_info.user_coupons[].coupon_type": "0 1",
        "user_info.pay_rule.points_num_type": "1 2",
        "user_info.is_open_points_pay": "0 1",
    },
    "gift_cards": {
        "[].bind_status": "0 1",
        "[].status": "0 1 2 3 4 5 6 7",
        "[].validType": "0 1 2 3",
        "[].isErp": "0 1",
    },
}
