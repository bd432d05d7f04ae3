"""The verb that audits: audit."""

import click

from halfyear.commands import speech
from halfyear.commands.guard import DEFAULT_PERIOD
from halfyear.project import Project


@click.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def audit(period: str, lang: str) -> None:
    """Hold the documents of a PERIOD against each other and write build/PERIOD/audit.csv."""
    from halfyear import audit
    from halfyear.audit import tally
    from halfyear.edition import Edition

    edition = Edition.open(period)
    findings = audit.run(edition)
    path = Project.find().build / period / audit.NAME
    audit.write(findings, path)
    for finding in findings:
        note = finding.note_vi if lang == "vi" else finding.note_en
        click.echo(f"{finding.severity:<6} {finding.kind:<13} {note}")
    every = {q.key.subject: q for q in tally.counts(findings, edition.period)}
    click.echo(f"{every['all'].value} findings, {every['high'].value} high: {path}")
