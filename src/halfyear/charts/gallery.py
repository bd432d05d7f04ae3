"""The charts of a briefing."""

from halfyear.analysis.projects import Projects
from halfyear.analysis.reach import Outlook
from halfyear.analysis.sectors import Sectors
from halfyear.analysis.targets import Targets
from halfyear.charts.chart import Chart
from halfyear.charts.course import course
from halfyear.charts.growths import growths
from halfyear.charts.prospects import prospects
from halfyear.charts.states import states
from halfyear.charts.timeline import timeline
from halfyear.view import View


def gallery(view: View) -> dict[str, Chart]:
    """Every chart that the results of an edition give, by its name.

    Sectors are not compared where a table holds the targets of each; the outlook ends with the
    year.
    """
    drawn, line = [], course(view)
    if line is not None:
        drawn.append(timeline(view, line))
    if len(view.study(Sectors).compared) > 1 and not view.study(Targets).targets:
        drawn.append(growths(view))
    if (flows := list(view.study(Outlook).projected)) and view.period.part != "FY":
        drawn.append(prospects(view, flows))
    if view.study(Projects).ranked:
        drawn.append(states(view))
    return {chart.name: chart for chart in drawn}
