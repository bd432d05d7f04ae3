"""The one command, `halfyear`."""

import click

from halfyear.commands import auditing, building, checking, periods, proving, reading


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Compare a period's outcomes with scenarios, targets and goals, and report on them."""


for command in (
    building.report,
    building.compose,
    building.notebooks,
    checking.check,
    checking.verify_sources,
    auditing.audit,
    proving.coverage,
    proving.verify,
    periods.new,
    periods.take,
    periods.diff,
    periods.review,
    reading.intake,
    reading.accept,
):
    main.add_command(command)
