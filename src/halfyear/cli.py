"""The one command, `halfyear`."""

from importlib.metadata import version

import click

from halfyear.commands import (
    auditing,
    building,
    checking,
    founding,
    listing,
    periods,
    proving,
    reading,
)
from halfyear.commands.door import Door


@click.group(
    cls=Door, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(version("halfyear"), prog_name="halfyear")
@click.option("--lang", type=click.Choice(["vi", "en"]), expose_value=False)
def main() -> None:
    """Compare a period's outcomes with scenarios, targets and goals, and report on them."""


for command in (
    founding.init,
    listing.editions,
    periods.new,
    reading.intake,
    reading.accept,
    periods.take,
    periods.undo,
    checking.check,
    auditing.audit,
    building.report,
    building.editions,
    building.preview,
    periods.diff,
    periods.review,
    building.notebooks,
    building.compose,
    building.finish,
    building.site,
    proving.coverage,
    proving.verify,
    checking.verify_sources,
    founding.upgrade,
):
    main.add_command(command)
