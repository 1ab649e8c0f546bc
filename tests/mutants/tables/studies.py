"""Bugs in studies: the ledger, who makes which run, what it is called, its analysis."""

from __future__ import annotations

from ..bug import Bug

LEDGER = "tests/experiments/studies/test_ledger.py::"
RUNS = "tests/experiments/studies/test_runs.py::"
ANALYSIS = "tests/experiments/studies/test_analysis.py::"
KILL = "tests/experiments/studies/test_kill.py::"
LUCK = "tests/experiments/studies/test_luck.py::"
DESIGN = "tests/experiments/studies/test_design.py::"

BUGS = (
    Bug(
        "a resumed study repeats what is done",
        "experiments/studies/runs/ledger.py",
        "            rows = list(self.read(sql, (OPEN, most)))",
        "            rows = list(self.read(sql.replace('status = ?', 'status IN (?, 2)'), (OPEN, most)))",
        (f"{RUNS}test_what_is_done_is_not_run_again",),
    ),
    Bug(
        "what is planned anew forgets what it came to",
        "experiments/studies/runs/ledger.py",
        '                "ON CONFLICT (key) DO UPDATE SET point = COALESCE(point, excluded.point), "',
        '                "ON CONFLICT (key) DO UPDATE SET status = 0, point = COALESCE(point, excluded.point), "',
        (f"{RUNS}test_what_is_done_is_not_run_again",),
    ),
    Bug(
        "whoever is slow overwrites who took over",
        "experiments/studies/runs/ledger.py",
        "            if lost:\n                return lost",
        "            if False:\n                return lost",
        (f"{LEDGER}test_a_dead_driver_is_taken_over_and_a_slow_one_is_not_believed",),
    ),
    Bug(
        "a failed run counts as done",
        "experiments/studies/runs/ledger.py",
        "                status = DONE if row.error is None else FAILED",
        "                status = DONE",
        (f"{RUNS}test_a_failed_run_is_a_row_with_its_error",),
    ),
    Bug(
        "outcomes are written into the columns of others",
        "experiments/studies/runs/ledger.py",
        "                        made_with, *map(row.values.get, names), row.run,",
        "                        made_with, *map(row.values.get, reversed(names)), row.run,",
        (f"{RUNS}test_a_run_of_a_study_is_the_run_that_one_makes_by_hand",),
    ),
    Bug(
        "nobody buries the dead",
        "experiments/studies/runs/database.py",
        "            dead = here and started(process) != then",
        "            dead = False",
        (
            f"{KILL}test_a_killed_driver_is_taken_over_at_once",
            f"{LEDGER}test_a_dead_driver_is_taken_over_and_a_slow_one_is_not_believed",
        ),
    ),
    Bug(
        "the living are buried",
        "experiments/studies/runs/database.py",
        "            dead = here and started(process) != then",
        "            dead = here",
        (f"{LEDGER}test_a_dead_driver_is_taken_over_and_a_slow_one_is_not_believed",),
    ),
    Bug(
        "what is claimed and not begun is never given back",
        "experiments/studies/runs/runner.py",
        "                self.ledger.unclaim(claim.run for claim in self._claimed)",
        "                pass",
        (f"{RUNS}test_at_an_interrupt_others_may_have_what_was_not_begun_while_the_rest_is_made",),
    ),
    Bug(
        "what ran at the interrupt is thrown away",
        "experiments/studies/runs/runner.py",
        "            if self._flying:\n",
        "            if self._flying and not wish.is_set():\n",
        (f"{RUNS}test_one_interrupt_finishes_what_runs_and_keeps_it",),
    ),
    Bug(
        "a run is made with the luck of another",
        "experiments/studies/runs/runner.py",
        "        return RunTask(claim.run, changes, claim.seed, claim.world)",
        "        return RunTask(claim.run, changes, claim.seed + 1, claim.world)",
        (f"{RUNS}test_a_run_of_a_study_is_the_run_that_one_makes_by_hand",),
    ),
    Bug(
        "a run is made at the point beside",
        "experiments/studies/runs/runner.py",
        "        changes = self.model.in_replicate(self.design.at(claim.point).changes, claim.replicate)",
        "        changes = self.model.in_replicate(self.design.at(max(claim.point - 1, 0)).changes, claim.replicate)",
        (f"{RUNS}test_a_run_of_a_study_is_the_run_that_one_makes_by_hand",),
    ),
    Bug(
        "points with luck of their own have that of their replicate",
        "experiments/studies/runs/luck.py",
        '    text = f"{seed}|{replicate}|{parameters}|{before}"',
        '    text = f"{seed}|{replicate}"',
        (f"{LUCK}test_luck_and_world_are_shared_or_each_runs_own",),
    ),
    Bug(
        "a part that is damaged is read",
        "experiments/studies/runs/folder.py",
        "        data = read(path, checksum, _REMEDY)",
        '        data = read(path, "", _REMEDY)',
        (f"{RUNS}test_a_flipped_bit_in_a_part_is_named",),
    ),
    Bug(
        "series of runs are joined in the wrong order",
        "experiments/studies/analysis/table.py",
        '        found = plan.merge(rows, on="run").drop(columns="run")',
        '        found = plan.merge(rows.assign(run=rows["run"].to_numpy()[::-1]), on="run").drop(columns="run")',
        (f"{RUNS}test_what_is_kept_of_a_run_is_its_own",),
    ),
    Bug(
        "a formula is written into a cell",
        "experiments/studies/analysis/table.py",
        '    return f"\'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value',
        "    return value",
        ("tests/fuzz/test_faults.py::test_no_cell_of_a_csv_is_a_formula",),
    ),
    Bug(
        "pairs are of different replicates",
        "experiments/studies/analysis/summary.py",
        '    pairs = sides[0].merge(sides[1], on=by, suffixes=("", " against"))',
        '    sides[1] = sides[1].assign(replicate=sides[1]["replicate"].to_numpy()[::-1])\n    pairs = sides[0].merge(sides[1], on=by, suffixes=("", " against"))',
        (f"{ANALYSIS}test_paired_differences_do_without_luck",),
    ),
    Bug(
        "replicates of several points count as so many samples",
        "experiments/studies/analysis/summary.py",
        "    if found.size < 2:\n        return values",
        "    if found.size < 2000:\n        return values",
        (f"{ANALYSIS}test_responses_are_over_all_other_axes",),
    ),
    Bug(
        "the first axis turns fastest",
        "experiments/studies/design/part.py",
        "            for each in reversed(self.free):  # the last varies fastest, as in a loop",
        "            for each in self.free:",
        (f"{DESIGN}test_a_grid_is_every_combination_the_last_axis_fastest",),
    ),
)
