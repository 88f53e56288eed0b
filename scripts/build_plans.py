"""Build src/felinar/extract/data/plans.npz from the package phonenumbers (libphonenumber's metadata, Apache-2.0).

Run `python scripts/build_plans.py [FILE]`. The same version of the package gives the same bytes. What the Python
readers (`extract/phone_plans.py`, `phone_display.py`, `phone_readings.py`) know of a region becomes rows and automata
for the kernels of `extract/native/phone_plans.py`: change those readers, and run this again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import phonenumbers
from digit_automata import Pool, recogniser
from numpy.typing import NDArray
from plan_formats import Signs, format_rows
from plan_regions import NAMES, STATES_OF_REGION, Cuts, code_rows, member_rows, region_rows

from felinar.extract import phone_readings
from felinar.extract.native.phone_digits import (
    BRITAIN,
    CUTS,
    HEADER,
    NOW,
    OWN_START,
    REGIONS,
    SOMEWHERE,
    UNITED_STATES,
)

TARGET = Path(__file__).parents[1] / "src/felinar/extract/data/plans.npz"


def main(target: Path) -> None:
    """Write the tables and say how large they are."""
    arrays = built()
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    sys.stdout.write(f"{len(arrays['regions'])} regions, {len(arrays['table'])} rows, {target.stat().st_size} bytes\n")


def built() -> dict[str, NDArray[Any]]:
    """Return the arrays of the file by name."""
    pool, cuts, signs = Pool(), Cuts(), Signs()
    regions, members, formats = region_rows(pool, cuts), member_rows(pool), format_rows(pool, signs)
    somewhere = recogniser(pool, [(phone_readings._somewhere().pattern, 1)])
    # State s of the pool becomes row `shift` + s; state 0 stays row 0.
    shift = REGIONS + len(regions) + len(members) - 1
    for rows, columns in ((regions, STATES_OF_REGION), (members, [OWN_START]), (formats, [0])):
        rows[:, columns] += np.where(rows[:, columns] > 0, shift, 0)
    states = np.array([[*nexts, now, at_end] for now, at_end, nexts in pool.states[1:]])
    states[:, :NOW] += np.where(states[:, :NOW] > 0, shift, 0)
    table = np.concatenate([code_rows(REGIONS + len(regions)), regions, members, states, cuts.table()])
    table[HEADER, CUTS] = len(table) - len(cuts.rows)
    table[HEADER, SOMEWHERE] = shift + somewhere
    table[HEADER, UNITED_STATES], table[HEADER, BRITAIN] = NAMES.index("US"), NAMES.index("GB")
    if table.max() > 0xFFFF or table.min() < 0:
        raise SystemExit(f"{len(table)} rows do not fit 16 bits: widen the table and its readers.")
    return {
        "table": table.astype(np.uint16),
        "formats": formats.astype(np.uint16),
        "signs": np.array([list(row) for row in signs.known], dtype=np.uint8),
        "regions": np.array(NAMES),
        "version": np.array([phonenumbers.__version__]),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
