"""A repository of new versions, and a till that asks it."""

from tests.fakes.update_tills import made, plan, template, web

__all__ = ["made", "plan", "template", "web"]
