"""The queue: which jobs wait, in what order, and which of them are held back."""

from collections.abc import Container
from dataclasses import dataclass, field

from engine.commands import Job, JobId


@dataclass(slots=True)
class Waiting:
    """The waiting jobs, first come first, unless they are moved.

    `paused` names jobs that are held back, waiting or running; `all_paused` holds back everything.
    """

    jobs: list[Job] = field(default_factory=list)
    paused: set[JobId] = field(default_factory=set)
    all_paused: bool = False

    def first(self) -> Job | None:
        """Return the next job that may begin."""
        if self.all_paused:
            return None
        return next((job for job in self.jobs if job.id not in self.paused), None)

    def remove(self, ids: Container[JobId]) -> list[Job]:
        """Take jobs out of the queue and return them."""
        taken = [job for job in self.jobs if job.id in ids]
        self.jobs = [job for job in self.jobs if job.id not in ids]
        return taken

    def move(self, job_id: JobId, place: int) -> None:
        """Put a job at a place (0 is next), if it is waiting still."""
        for job in self.remove({job_id}):
            self.jobs.insert(max(place, 0), job)

    def holds(self, job_id: JobId) -> bool:
        """Whether a job may not go on for now."""
        return self.all_paused or job_id in self.paused

    def release(self, job_id: JobId | None) -> None:
        """Let one job go on, or everything."""
        if job_id is None:
            self.all_paused = False
            self.paused.clear()
        else:
            self.paused.discard(job_id)
