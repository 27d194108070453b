"""Who is the resident of a case, and what are things called? Names are made up and say so."""

from datetime import datetime, timedelta

from babel.dates import format_date

from kastje.dashboard.texts import LOCALES, Texts
from kastje.experiments.logs.stories import Event, Story
from kastje.model import LESSON_TABLE
from kastje.model.channels import CHANNEL_TABLE
from kastje.model.profile import Profile

NEEDS = {
    ("event_permit", "A"): "event_a",
    ("event_permit", "B"): "event_b",
    ("event_permit", "C"): "event_c",
    ("social_assistance", "single"): "single",
    ("social_assistance", "young"): "young",
    ("social_assistance", "complex"): "complex",
    ("building_permit", "small"): "small",
    ("building_permit", "large"): "large",
    ("building_permit", "other"): "felling",
}


class Naming:
    """The words of one language for the people, steps and departments of one profile."""

    def __init__(self, profile: Profile, texts: Texts) -> None:
        lang = texts.language
        self.texts = texts
        self._departments = {d.id: d.title.in_language(lang) for d in profile.departments}
        self._processes = {p.id: p.title.in_language(lang) for p in profile.processes}
        self._types = {(p.id, t.id): t.title.in_language(lang) for p in profile.processes for t in p.types}
        self._steps = {(p.id, s.id): s.title.in_language(lang) for p in profile.processes for s in p.steps}

    def name(self, resident: int) -> str:
        """The first name of the resident: the same resident always has the same one."""
        names = self.texts("case_who.names").split(", ")
        return names[resident * 7 % len(names)]

    def need(self, process: str, type_: str) -> str:
        """What the resident wants, in plain words."""
        key = NEEDS.get((process, type_), "other")
        return self.texts(f"case_need.{key}", process=self._processes[process])

    def case(self, story: Story) -> str:
        """Number, process, type and channel of a case."""
        type_ = self._types[story.process, story.type]
        return self.texts(
            "case_story.case",
            number=number_of(story.case),
            process=self._processes[story.process],
            type=type_[:1].lower() + type_[1:],
            channel=CHANNEL_TABLE[story.channel].in_sentence.in_language(self.texts.language),
        )

    def process(self, process: str) -> str:
        """A process by its title."""
        return self._processes.get(process, process)

    def department(self, department: str) -> str:
        """A department by its title."""
        return self._departments.get(department, department)

    def event(self, event: Event, story: Story) -> str:
        """What happened."""
        return self.texts(f"case_event.{event.kind}", step=self._steps.get((story.process, event.step), ""))

    def person(self, event: Event) -> str:
        """Who did it: the department and the employee's number, as far as it is somebody's."""
        if not event.department:
            return ""
        department = self.department(event.department)
        if event.employee < 0:
            return department
        return self.texts("case_event.who", department=department, number=event.employee)

    def date(self, story: Story, hours: float) -> str:
        """The day on which something happened, `hours` after the first contact."""
        return date_words(story.start + timedelta(hours=hours), self.texts)


def date_words(moment: datetime, texts: Texts) -> str:
    """A day as people write it: ma 5 jan."""
    return format_date(moment, "EEE d MMM", locale=LOCALES[texts.language]).replace(".", "")


def lesson_words(lesson: str, texts: Texts) -> str:
    """A lesson by its number and name."""
    known = LESSON_TABLE[lesson]
    return f"{known.number}. {known.label.in_language(texts.language)}"


def number_of(case: str) -> str:
    """The number of a case."""
    return case.rpartition("-")[2]
