"""Which hazards a unit found, and how it says so: chosen by a seed that is the unit's code.

The same call gives the same hazards for ever. A later file of the unit is a `retell` of the earlier one.
"""

import datetime
import random

from . import spelling
from . import texts
from .model import Hazard
from .model import Said
from .model import text_of
from .roster import UNITS

CAMPAIGN_START = datetime.date(2023, 5, 20)
STATUSES = {"open": ["待整改"], "in_rectification": ["整改中"], "rectified": ["已整改"]}
LEVELS = {"general": ["一般"], "major": ["重大"]}


def day(text):
    return datetime.date.fromisoformat(text)


def _hazard(unit, number, choice, filed, dice):
    category, location, description, measure = choice
    span = (filed - CAMPAIGN_START).days
    return Hazard(
        unit=unit,
        category=category,
        location=location,
        description=description,
        measure=measure,
        level="major" if description in texts.MAJOR else "general",
        found=CAMPAIGN_START + datetime.timedelta(days=dice.randint(3, span - 3)),
        responsible=dice.choice(texts.PERSONS),
        phone=f"1380000{2000 + dice.randint(0, 7999):04}",
        leader=dice.choice(texts.LEADERS),
        department=dice.choice(texts.DEPARTMENTS),
        funds=dice.choice([0, 0.05, 0.1, 0.3, 0.5, 0.8, 1.2, 2, 3.5, 6]),
    )


def tell(unit, count, filed, deadlines=("real",), found=("real",), rectified=("real",), statuses=None, levels=None, unit_written=None, skip=0,
         settled=0.55):
    """`count` rows of a unit's ledger as filled in on `filed`; spellings are taken in turn.

    `skip` leaves out that many of the unit's hazards, for a second table of the same unit. `settled` is the share of
    rows that are already rectified.
    """
    filed = day(filed)
    statuses = {**STATUSES, **(statuses or {})}
    levels = {**LEVELS, **(levels or {})}
    dice = random.Random("wushen-2023 " + unit)
    pool = list(texts.HAZARDS)
    dice.shuffle(pool)
    seen, chosen = set(), []
    for choice in pool:
        if choice[2] not in seen:
            seen.add(choice[2])
            chosen.append(choice)
    rows = []
    for number, choice in enumerate(chosen[: skip + count]):
        own = random.Random(f"wushen-2023 {unit} {number}")
        hazard = _hazard(unit, number, choice, filed, own)
        if number >= skip:
            rows.append(_said(hazard, number - skip, filed, deadlines, found, rectified, statuses, levels, unit_written, own, settled))
    return rows


def _said(hazard, number, filed, deadlines, found, rectified, statuses, levels, unit_written, dice, settled):
    style = deadlines[number % len(deadlines)]
    planned = hazard.found + datetime.timedelta(days=dice.choice([10, 15, 20, 30, 30, 45, 60, 90]))
    cell, meaning = spelling.deadline(style, planned, hazard.found)
    if meaning[:4] == "2023" and meaning < hazard.found.isoformat():
        hazard.found = day(meaning) - datetime.timedelta(days=12)
        cell, meaning = spelling.deadline(style, planned, hazard.found)
    roll = dice.random()
    status = "rectified" if roll < settled else "in_rectification" if roll < settled + (1 - settled) * 0.45 else "open"
    if meaning == "status_word":
        status = "rectified"
    done = None
    if meaning == "immediate" and status != "open":
        status, done = "rectified", hazard.found
    elif status == "rectified":
        done = min(hazard.found + datetime.timedelta(days=dice.randint(1, 25)), filed)
    words = statuses[status]
    level_words = levels[hazard.level]
    found_style = found[number % len(found)]
    found_cell = spelling.written(found_style, hazard.found)
    done_cell = spelling.written(rectified[number % len(rectified)], done) if done else None
    cells = {
        "category": hazard.category,
        "location": hazard.location,
        "description": hazard.description,
        "measure": hazard.measure,
        "level": level_words[number % len(level_words)],
        "found_on": found_cell,
        "found_by": "安全检查组",
        "deadline": cell,
        "status": words[number % len(words)],
        "rectified_on": done_cell,
        "responsible": hazard.responsible,
        "phone": hazard.phone,
        "leader": hazard.leader,
        "department": hazard.department,
        "funds": hazard.funds,
        "source": "自查",
        "plan": "有" if hazard.level == "major" else None,
        "interim_control": "设警戒区并专人看护" if hazard.level == "major" else None,
    }
    truth = {
        "unit": hazard.unit,
        "level": hazard.level,
        "found_on": hazard.found.isoformat(),
        "deadline": meaning,
        "status": status,
        "rectified_on": done.isoformat() if done else "",
        "funds": text_of(hazard.funds),
    }
    return Said(hazard, cells, truth, unit_written or UNITS[hazard.unit])


def retell(said, status=None, done=None, deadline=None):
    """The same hazard in a later file: a status moved on, a deadline changed."""
    later = Said(said.hazard, dict(said.cells), dict(said.truth), said.unit_written)
    if status:
        later.put("status", STATUSES[status][0], status)
    if done:
        later.put("rectified_on", spelling.written("real", day(done)), done)
    if deadline:
        later.put("deadline", spelling.written("real", day(deadline)), deadline)
    return later
