"""Bugs in what is read: networks, tables of people, what was measured, kept results."""

from __future__ import annotations

from ..bug import Bug

FAULTS = "tests/scenarios/reading/test_faults.py::"
ROUND = "tests/scenarios/reading/test_round.py::"
TEXT = "tests/scenarios/reading/test_text.py::"
PEOPLE = "tests/scenarios/reading/test_people.py::"
TABLES = "tests/scenarios/observing/test_tables.py::"
ARCHIVE = "tests/experiments/results/test_archive.py::"

BUGS = (
    Bug(
        "an arrow is read the wrong way round",
        "scenarios/reading/assemble.py",
        "    if directed and _follows(ties, asked):",
        "    if directed and not _follows(ties, asked):",
        (f"{TEXT}test_which_way_the_arrow_points",),
    ),
    Bug(
        "a tie of both directions goes one way",
        "scenarios/reading/assemble.py",
        "        target = np.concatenate((target, back[0]))",
        "        target = np.concatenate((target, back[1]))",
        (f"{FAULTS}test_it_is_read_as_it_was_meant", f"{FAULTS}test_gexf_of_gephi"),
    ),
    Bug(
        "weights that are added lose the last",
        "scenarios/reading/assemble.py",
        "    new[1:] = (source[1:] != source[:-1]) | (target[1:] != target[:-1])",
        "    new[1:] = source[1:] != source[:-1]",
        (
            f"{FAULTS}test_the_order_of_lines_plays_no_part_in_sums",
            f"{FAULTS}test_what_is_given_again",
        ),
    ),
    Bug(
        "ids are the next person's",
        "scenarios/reading/assemble.py",
        "        ids = np.flatnonzero(there) + low\n",
        "        ids = np.flatnonzero(there) + low + 1\n",
        (f"{TEXT}test_ids_are_kept_and_sorted",),
    ),
    Bug(
        "names are filed in the order in which they come, under those in order",
        "scenarios/reading/assemble.py",
        "    rank[order] = np.arange(order.size)",
        "    rank = np.arange(order.size)",
        (f"{TEXT}test_whoever_is_tied_stays_tied_however_names_are_filed",),
    ),
    Bug(
        "007 is 7",
        "scenarios/reading/assemble.py",
        "    if not pc.all(pc.equal(pc.cast(found, pa.large_string()), column)).as_py():",
        "    if False:",
        (f"{TEXT}test_ids_are_kept_and_sorted",),
    ),
    Bug(
        "half a symmetric matrix is lost",
        "scenarios/reading/matrix.py",
        "        lower = u >= v",
        "        lower = u > v + 1",
        (f"{ROUND}test_matrices",),
    ),
    Bug(
        "people of a matrix are numbered from 0",
        "scenarios/reading/matrix.py",
        "        texts((u + 1).astype(str).tolist()),",
        "        texts(u.astype(str).tolist()),",
        (f"{ROUND}test_matrices",),
    ),
    Bug(
        "an edge of Pajek beside arcs goes one way",
        "scenarios/reading/pajek.py",
        "        edges = edges + [[v, u, *rest] for u, v, *rest in edges if u != v]",
        "        edges = edges + [[u, v, *rest] for u, v, *rest in edges if u != v]",
        ("tests/scenarios/reading/test_tables.py::test_pajek",),
    ),
    Bug(
        "the line of a fault is the one before",
        "scenarios/reading/delimited.py",
        "        for number, line in enumerate(self._lines, 1):",
        "        for number, line in enumerate(self._lines, 0):",
        (f"{TEXT}test_malformed_files_are_refused_with_a_sentence",),
    ),
    Bug(
        "the third column of three is no weight",
        "scenarios/reading/delimited.py",
        "    return Layout(0, 1, 2 if count == 3 else None)",
        "    return Layout(0, 1, 1 if count == 3 else None)",
        (f"{TEXT}test_weights",),
    ),
    Bug(
        "a traits table is put into the order of its own rows",
        "scenarios/reading/people.py",
        "    found[rows] = values\n",
        "    found[np.sort(rows)] = values\n",
        (f"{PEOPLE}test_any_table_is_read_back",),
    ),
    Bug(
        "the column beside is read for a trait",
        "scenarios/reading/roster.py",
        '    columns = [[cell(row[k]) if k < len(row) else "" for row in rows] for k in range(width)]',
        '    columns = [[cell(row[k - 1]) if k < len(row) else "" for row in rows] for k in range(width)]',
        (f"{PEOPLE}test_tables_in_python_are_the_same",),
    ),
    Bug(
        "a share in per cent is a hundred times as large",
        "scenarios/observing/rates.py",
        '        share = number / 100.0 if "%" in rows.columns[value][row] else number',
        "        share = number",
        (
            "tests/scenarios/observing/test_cascades.py::test_rates_by_the_names_that_tools_have_for_them",
        ),
    ),
    Bug(
        "weeks begin on Sundays",
        "scenarios/observing/dates.py",
        "                date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else date.min",
        "                date.fromisocalendar(int(found[1]), int(found[2]), 7) if found else date.min",
        (f"{TABLES}test_dates_of_every_form", f"{TABLES}test_a_week_is_told_from_a_day"),
    ),
    Bug(
        "a kept result is read with events for people",
        "experiments/results/tables.py",
        '    for k, name in enumerate(("events", "people")):\n        counts[',
        '    for k, name in enumerate(("people", "events")):\n        counts[',
        (f"{ARCHIVE}test_everything_comes_back",),
    ),
    Bug(
        "the rung before and after change places in what is kept",
        "experiments/results/tables.py",
        '        sender=codes(table, "before", RUNGS).astype(np.int32),\n        hop=codes(table, "rung", RUNGS).astype(np.int32),',
        '        sender=codes(table, "rung", RUNGS).astype(np.int32),\n        hop=codes(table, "before", RUNGS).astype(np.int32),',
        (f"{ARCHIVE}test_everything_comes_back",),
    ),
)
