"""The lists' models: assessed coupons and gift cards for item views."""
