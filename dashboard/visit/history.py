"""What had this visitor chosen before? Undo and redo over choices, as a frozen value."""

from dataclasses import dataclass, replace

from kastje.dashboard.own.own import Own
from kastje.dashboard.visit.state import Choice

DEPTH = 200


@dataclass(frozen=True)
class History:
    """The present choice with what came before and after it."""

    present: Choice
    past: tuple[Choice, ...] = ()
    future: tuple[Choice, ...] = ()

    def choose(self, choice: Choice, *, same_move: bool = False) -> "History":
        """Take a new choice; `same_move` when a control is still being dragged, which is one step to undo."""
        if choice == self.present:
            return self
        if same_move:
            return replace(self, present=choice, future=())
        return History(choice, (*self.past, self.present)[-DEPTH:])

    def show(self, choice: Choice) -> "History":
        """Change what is looked at (language, outcome of the chart): nothing to undo."""
        return replace(self, present=choice)

    def given(self, own: Own) -> "History":
        """With these files in every choice that waited for them."""
        return History(
            self.present.given(own),
            tuple(choice.given(own) for choice in self.past),
            tuple(choice.given(own) for choice in self.future),
        )

    def undo(self) -> "History":
        """One step back; language and chart stay as they are. Without a past: the same history."""
        if not self.past:
            return self
        return History(self._looking_the_same(self.past[-1]), self.past[:-1], (self.present, *self.future))

    def redo(self) -> "History":
        """One step forward again. Without a future: the same history."""
        if not self.future:
            return self
        return History(self._looking_the_same(self.future[0]), (*self.past, self.present), self.future[1:])

    def _looking_the_same(self, choice: Choice) -> Choice:
        return replace(choice, lang=self.present.lang, show=self.present.show)
