"""Who people are and how they decide: attitudes, acts, employees, managers, residents."""

from kastje.agents.acts import Act
from kastje.agents.employee import Employee
from kastje.agents.manager import Manager

__all__ = ["Act", "Employee", "Manager"]
