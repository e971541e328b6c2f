from gui.jobs import Progress


def test_the_time_left_follows_the_measured_steps():
    progress = Progress(10, since=0.0)
    assert progress.seconds_left() is None
    progress.stepped(1, 3.0)  # warming up
    for step in range(2, 6):
        progress.stepped(step, 3.0 + 0.5 * (step - 1))
    assert progress.seconds_left() == 2.5
    assert progress.share == 0.5
    assert progress.sentence() == "Step 5 of 10  ·  2.5 s left"


def test_before_the_first_step_no_time_is_promised():
    assert Progress(10, since=0.0).sentence() == "Step 0 of 10"


def test_long_times_are_said_in_minutes_and_hours():
    progress = Progress(1000, since=0.0)
    progress.stepped(1, 10.0)
    assert progress.sentence() == "Step 1 of 1000  ·  2 h 46 min left"
    progress.stepped(2, 10.2)
    assert progress.sentence() == "Step 2 of 1000  ·  3 min 20 s left"


def test_a_single_slow_step_is_smoothed():
    progress = Progress(10, since=0.0)
    for step, now in ((1, 1.0), (2, 2.0), (3, 3.0), (4, 14.0)):
        progress.stepped(step, now)
    assert progress.pace == 1 + 0.3 * 10


def test_the_time_while_a_job_was_held_back_does_not_count():
    progress = Progress(10, since=0.0)
    for step in (1, 2):
        progress.stepped(step, float(step))
    progress.resumed(100.0)
    progress.stepped(3, 101.0)
    assert progress.seconds_left() == 7
