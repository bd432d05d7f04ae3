"""The verb that audits: audit."""

import click

from halfyear.commands import speech
from halfyear.commands.guard import built, usual


@click.command()
@click.argument("period", default=usual)
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def audit(period: str, lang: str) -> None:
    """Hold the documents of a PERIOD against each other and write build/PERIOD/audit.csv."""
    from halfyear import audit, manifest
    from halfyear.audit.finding import SEVERITIES
    from halfyear.edition import Edition

    edition = Edition.open(period)
    findings = audit.run(edition)
    path = built(period) / manifest.AUDIT
    audit.write(findings, path)
    for finding in findings:
        note = finding.note_vi if lang == "vi" else finding.note_en
        click.echo(f"{finding.severity:<9} {finding.kind:<13} {note}")
    important = sum(finding.severity == SEVERITIES[0] for finding in findings)
    click.echo(f"{len(findings)} findings, {important} important: {path}")
