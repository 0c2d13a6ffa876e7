"""Reasons and notices in words a cashier can say aloud.

Every code of RULES' table has words here, with and without its params: a param that is
missing makes the words less exact, never wrong.
"""
