"""The expected ledger and its overdue list, worked out from the generation data alone.

Written against the product contract (merging: the newer submission stands, a blank never erases, the first in
path order stands among equals; dates: the deadline day itself is in time), not against the product's code.
"""

import datetime

AS_OF = datetime.date(2023, 8, 15)
# A day before the last submissions: what happened later has not happened yet.
EARLIER = datetime.date(2023, 7, 20)
DUE_SOON_DAYS = 10
GENERAL_DAYS = 15
UNDATED = {"ongoing", "vague", "conditional", "event", "ambiguous", "impossible", "status_word"}
UNREADABLE = {"ambiguous", "impossible", "status_word"}
MERGED = ["category", "deadline", "deadline_text", "status", "rectified_on", "responsible", "phone", "measure", "funds"]


def merge(files):
    """Sets `outcome` and `reason` of each record, and returns hazards and conflicts."""
    hazards, conflicts = {}, []
    for file in sorted((f for f in files if not f.error), key=lambda f: f.path):
        for sheet in file.sheets:
            for row, truth, said in sheet.records:
                truth["file"], truth["sheet"], truth["row"] = file.path, sheet.name, row
                if said.rejected:
                    truth["outcome"], truth["reason"] = "rejected", said.rejected
                    continue
                key = (truth["unit"], truth["found_on"], truth["location"], truth["description"])
                told = hazards.setdefault(key, [])
                truth["reason"] = ""
                truth["outcome"] = _outcome(told, file, truth, conflicts)
                told.append((file, truth))
    newest = {}
    for file in files:
        if file.submitted_on and not file.error:
            for sheet in file.sheets:
                for _, truth, _ in sheet.records:
                    newest[truth["unit"]] = max(newest.get(truth["unit"], file.submitted_on), file.submitted_on)
    return [_settle(told, newest) for told in hazards.values()], conflicts


def _outcome(told, file, truth, conflicts):
    if not told:
        return "new"
    same_day = [(other, values) for other, values in told if other.submitted_on == file.submitted_on]
    if same_day:
        first_file, first = same_day[0]
        differing = [name for name in MERGED if name != "deadline_text" and first[name] and truth[name] and first[name] != truth[name]]
        for name in differing:
            conflicts.append({"unit": truth["unit"], "description": truth["description"], "field": name, "kept": first[name], "other": truth[name],
                              "kept_from": first_file.path, "other_from": file.path})
        return "?" if differing else "duplicate"
    if any(other.submitted_on > file.submitted_on for other, _ in told):
        return "?"
    latest = max(told, key=lambda pair: pair[0].submitted_on)[1]
    changed = [name for name in MERGED if name != "deadline_text" and truth[name] and truth[name] != latest[name]]
    return "updated" if changed else "?"


def _settle(told, newest):
    order = sorted(told, key=lambda pair: (pair[0].submitted_on or AS_OF, ), reverse=True)
    newest_day = order[0][0].submitted_on
    # Among the records of one day the first in path order stands; `told` is in path order and sorting is stable.
    first = told[0][1]
    hazard = {name: first[name] for name in ("unit", "description", "location", "found_on")}
    for name in MERGED:
        hazard[name] = next((truth[name] for _, truth in order if truth[name]), "")
    # 等级 belongs to the bureau once it has been reported.
    hazard["level"] = next((truth["level"] for _, truth in sorted(told, key=lambda pair: pair[0].submitted_on or AS_OF) if truth["level"]), "")
    hazard["status"] = hazard["status"] or "open"
    hazard["missing"] = "yes" if newest_day and newest.get(hazard["unit"], newest_day) > newest_day else ""
    return hazard


def overdue(hazard, as_of=AS_OF):
    """deadline, deadline_source, state, late, days of one hazard; `?` where the contract leaves room.

    None when the hazard had not been found by that day.
    """
    written, found, level, status, done = (hazard[name] for name in ("deadline", "found_on", "level", "status", "rectified_on"))
    if found > as_of.isoformat():
        return None
    if status == "rectified" and done not in ("", "?") and done > as_of.isoformat():
        status = "in_rectification"
    elif status == "rectified" and done in ("", "?") and as_of < AS_OF:
        status = "?"
    deadline, source = "", "none"
    if written == "?":
        deadline, source = "?", "?"
    elif written[:4] == "2023":
        deadline, source = written, "stated"
    elif written == "immediate":
        deadline, source = (found, "immediate") if found else ("?", "?")
    elif written == "" and level == "general" and found:
        deadline = (datetime.date.fromisoformat(found) + datetime.timedelta(days=GENERAL_DAYS)).isoformat()
        source = "level"
    elif written == "" and level != "major":
        deadline, source = "?", "?"
    elif written and written not in UNDATED:
        raise AssertionError(f"no such deadline kind: {written}")
    answer = {"deadline": deadline, "deadline_source": source, "state": "?", "late": "?", "days": "?"}
    if status == "?":
        return answer
    if status == "rectified":
        answer["state"] = "awaiting_verification"
        if deadline == "":
            answer["late"] = "no"
        elif deadline != "?" and done and done != "?":
            answer["late"] = "yes" if done > deadline else "no"
        return answer
    answer["late"] = "no"
    if deadline == "":
        # Something is written that is no day: 期限有误. What names no day (尽快) and a blank are without a deadline.
        answer["state"] = "deadline_unreadable" if written in UNREADABLE else "undated"
        answer["days"] = ""
    elif deadline != "?":
        days = (as_of - datetime.date.fromisoformat(deadline)).days
        answer["days"] = str(days)
        answer["state"] = "overdue" if days > 0 else "due_soon" if -days <= DUE_SOON_DAYS else "in_time"
    return answer
