"""Studies on dask: the same rows, workers that die, schedulers that do not answer."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import wordofmouth as wom

from ..typed import Answer
from .test_runs import AXES, SMALL, STUDY, rows

distributed = pytest.importorskip("distributed")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_rows_are_the_same_on_two_processes_of_dask_and_after_an_interruption(
    tmp_path: Path,
) -> None:
    how = {"axes": AXES, "replicates": 3, "settings": SMALL, "progress": False}
    reference = wom.sweep("open_house", jobs=1, **how)
    on_dask = wom.sweep("open_house", dask="local", jobs=2, **how)
    assert rows(on_dask) == rows(reference)
    # As if it had been stopped half way: what is open is made, by others, and fits in.
    wom.sweep("open_house", out=tmp_path / "s", **{**how, "replicates": 1}).close()
    resumed = wom.sweep("open_house", out=tmp_path / "s", dask="local", jobs=2, **how)
    assert rows(resumed) == rows(reference)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_runs_of_a_worker_that_dies_are_made_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(Path(__file__).parent)
    monkeypatch.syspath_prepend(here)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, *sys.path]))
    monkeypatch.setenv("WOM_TEST_LOG", str(tmp_path / "mark"))
    deadly = importlib.import_module("models").deadly
    study = wom.sweep(
        deadly, {"x": list(range(30))}, replicates=2, dask="local", jobs=2, progress=False
    )
    assert (tmp_path / "mark").exists(), "a worker died"
    assert study.status["done"] == 60
    table = study.table(["value"])
    assert (table["value"] == table["x"] + table["replicate"]).all()


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_named(
    wom: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wordofmouth.experiments.studies.runs.cluster._ANSWER", 1)
    (tmp_path / "mine.toml").write_text(STUDY)
    answer = wom("sweep", "mine.toml", "--out", "kept", "--dask", "tcp://127.0.0.1:9")
    assert answer.code == 2
    last = answer.error.strip().splitlines()[-1]
    assert last.startswith("error: dask = 'tcp://127.0.0.1:9': no scheduler answers")
    assert wom("status", "kept", "--json").told["open"] == 8, "the study itself is kept"


@pytest.mark.filterwarnings("ignore")
def test_jobs_of_slurm_are_as_the_user_describes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dask_jobqueue")
    from dask import config
    from wordofmouth.experiments.studies.runs.cluster import slurm
    from wordofmouth.sim.errors import InputError

    with config.set({"jobqueue.slurm.cores": None}), pytest.raises(InputError, match="jobqueue"):
        slurm()
    with config.set({"jobqueue.slurm.cores": 2, "jobqueue.slurm.memory": "3GB"}):
        cluster = slurm()
        try:
            assert "#SBATCH --cpus-per-task=2" in cluster.job_script()
        finally:
            cluster.close()
