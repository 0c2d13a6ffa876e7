"""A repository of new versions, and tills that ask it."""

from tests.fakes.update_tills import made, plan, strangers, template, updates, web

__all__ = ["made", "plan", "strangers", "template", "updates", "web"]
