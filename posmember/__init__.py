"""posmember: a member, coupon and gift-card lookup for cashiers."""

__version__ = "0.1.0"
