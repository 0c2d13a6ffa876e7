"""微信会员卡 in the cashier's words."""
