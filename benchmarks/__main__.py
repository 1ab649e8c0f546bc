"""All benchmarks: workloads A and B against other simulators, then C and D."""

from __future__ import annotations

import sys

from benchmarks import campaign, cascades

if __name__ == "__main__":
    cascades.main()
    sys.argv[1:] = []
    campaign.main()
