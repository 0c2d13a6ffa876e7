"""The commands about WeChat Pay's membership cards: keys, supervisors, one card."""
