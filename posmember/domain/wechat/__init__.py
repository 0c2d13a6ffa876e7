"""微信会员卡: what one is, and what may be changed of it."""
