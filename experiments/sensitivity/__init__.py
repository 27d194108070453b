"""Sensitivity: on which inputs a figure depends, and on which the difference that the lessons make."""

from experiments.sensitivity.answer import Answer, answer
from experiments.sensitivity.inputs import Inputs, inputs_of
from experiments.sensitivity.question import Question, question

__all__ = ["Answer", "Inputs", "Question", "answer", "inputs_of", "question"]
