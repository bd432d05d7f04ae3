"""The section on the tracked groups of projects."""

from halfyear.analysis.projects import Group, Projects
from halfyear.compose.chapter import Chapter, sentences
from halfyear.view import View


def projects(chapter: Chapter) -> None:
    """The groups as one picture, their on-track shares, and done against the scenario."""
    view = chapter.view
    study = view.study(Projects)
    ranked = study.ranked
    if not ranked:
        return
    chapter.head("projects")
    chapter.add(
        view.say(
            "projects.text",
            worst=_small(_name(view, ranked[0])),
            worst_share=view.span(ranked[0].shares[0], "unit"),
            best=_small(_name(view, ranked[-1])),
            best_share=view.span(ranked[-1].shares[0], "unit"),
        )
    )
    chapter.add(sentences(*(_scenario(view, group) for group in study.groups)))
    chapter.figure("states")


def _name(view: View, group: Group) -> str:
    name = view.say(f"projects.group.{group.group}")
    several = view.say(f"projects.measure.{group.measure}")
    return view.say("projects.named", group=name, measure=several)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _scenario(view: View, group: Group) -> str:
    if group.scenario is None or group.finished is None:
        return ""
    state, count = group.finished
    return view.say(
        f"projects.scenario.{state}",
        group=view.say(f"projects.group.{group.group}"),
        done=view.num(count.id),
        total=view.num(group.total.id),
        expected=view.num(group.scenario.id),
        period=view.when(group.period),
    )
