"""Coupons and gift cards as rows of one height, painted by one delegate."""
