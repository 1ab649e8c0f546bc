"""All benchmarks: workloads A and B against other simulators, C and D, the first run."""

from __future__ import annotations

import sys

from benchmarks import campaign, cascades, first_run

if __name__ == "__main__":
    cascades.main()
    sys.argv[1:] = []
    campaign.main()
    first_run.main()
