"""微信会员卡 in the window: asked for, shown, changed."""
