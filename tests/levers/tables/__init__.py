"""Tables of levers, one a subject; every row is tested alike."""

from . import (
    advocacy,
    complaints,
    credibility,
    cycle,
    incentives,
    interaction,
    media,
    memes,
    people,
    talk,
    transaction,
)

SUBJECTS = (
    memes, credibility, incentives, transaction, interaction, complaints, advocacy, cycle, media,
    people, talk,
)  # fmt: skip
EVERY = {
    f"{subject.__name__.rpartition('.')[2]}: {lever.name}": lever
    for subject in SUBJECTS
    for lever in subject.LEVERS
}
