"""Sensitivity: on which inputs a figure depends, and on which the difference that the lessons make."""

from kastje.experiments.studies.sensitivity.answer import Answer, answer
from kastje.experiments.studies.sensitivity.inputs import Inputs, inputs_of
from kastje.experiments.studies.sensitivity.question import Question, question

__all__ = ["Answer", "Inputs", "Question", "answer", "inputs_of", "question"]
