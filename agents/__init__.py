"""Who people are and how they decide: attitudes, acts, employees, managers, residents."""

from agents.acts import Act
from agents.employee import Employee
from agents.manager import Manager

__all__ = ["Act", "Employee", "Manager"]
