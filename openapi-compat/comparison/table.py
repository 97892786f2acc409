"""The table: a row for each tool, from its verdicts on the cases and on the public pairs."""

from dataclasses import dataclass, field
from typing import Optional

HEADER = """\
| Tool | Cases: right | missed breaks | false alarms | no verdict \
| Public pairs: compared | no verdict | CPU seconds, all | slowest | all : ours | MiB, highest |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""


@dataclass
class Row:
    """The results of a tool."""

    title: str
    right: int = 0
    missed: int = 0
    alarms: int = 0
    silent: int = 0
    #: The verdict and the measurement for each public pair.
    public: list = field(default_factory=list)

    def count(self, breaking: bool, verdict: Optional[bool]):
        self.right += verdict is breaking
        self.missed += breaking and verdict is False
        self.alarms += not breaking and verdict is True
        self.silent += verdict is None

    def markdown(self, ours):
        cells = [self.title, self.right, self.missed, self.alarms, self.silent]
        cells += self.times(ours) if self.public else [""] * 6
        return "| " + " | ".join(str(cell) for cell in cells) + " |"

    def times(self, ours):
        """Returns the cells on the public pairs. The ratio is that of the pairs that both compared."""
        compared = [measurement for verdict, measurement in self.public if verdict is not None]
        cells = [len(compared), len(self.public) - len(compared)]
        if not compared:
            return cells + [""] * 4
        seconds = [measurement.cpu for measurement in compared]
        highest = max(measurement.memory for measurement in compared)
        cells += [f"{sum(seconds):.1f}", f"{max(seconds):.1f}"]
        return cells + [ratio(self.public, ours.public if ours else []), f"{highest:.0f}"]


def ratio(results, ours):
    """Returns the ratio of the CPU time for the pairs that both tools compared."""
    both = [
        (result[1].cpu, our[1].cpu)
        for result, our in zip(results, ours)
        if result[0] is not None and our[0] is not None
    ]
    return f"{sum(one for one, _ in both) / sum(our for _, our in both):.1f}" if both else ""


def markdown(rows, ours):
    """Returns the table. `ours` is the row of this tool, or `None` if it was not run."""
    return HEADER + "\n".join(row.markdown(ours) for row in rows)
