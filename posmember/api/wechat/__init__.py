"""WeChat Pay's brand membership cards: signed, verified, encrypted."""
