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
        return replace(self, present=choice, past=(*self.past, self.present)[-DEPTH:], future=())

    def show(self, choice: Choice) -> "History":
        """Change what is looked at (language, outcome of the chart): nothing to undo."""
        return replace(self, present=choice)

    def given(self, own: Own) -> "History":
        """With these files in every choice that waited for them."""
        return replace(
            self,
            present=self.present.given(own),
            past=tuple(choice.given(own) for choice in self.past),
            future=tuple(choice.given(own) for choice in self.future),
        )

    def undo(self) -> "History":
        """One step back; language and chart stay as they are. Without a past: the same history."""
        if not self.past:
            return self
        before = self._looking_the_same(self.past[-1])
        return replace(self, present=before, past=self.past[:-1], future=(self.present, *self.future))

    def redo(self) -> "History":
        """One step forward again. Without a future: the same history."""
        if not self.future:
            return self
        after = self._looking_the_same(self.future[0])
        return replace(self, present=after, past=(*self.past, self.present), future=self.future[1:])

    def _looking_the_same(self, choice: Choice) -> Choice:
        return replace(choice, lang=self.present.lang, show=self.present.show)
