from engine.errors import BadSetting, KnownError, OutOfMemory, StorageError, problem_of


def test_a_known_error_is_told_in_its_own_words():
    problem = problem_of(StorageError("No space.", "Free some."))
    assert (problem.message, problem.advice) == ("No space.", "Free some.")
    assert not problem.is_bug


def test_a_bug_is_our_fault_and_has_details_to_copy():
    problem = problem_of(ZeroDivisionError("oh"))
    assert problem.is_bug
    assert "ZeroDivisionError: oh" in problem.details


def test_as_text_an_error_is_its_sentence_and_its_suggestion():
    assert str(KnownError("It failed.", "Try again.")) == "It failed. Try again."
    assert str(BadSetting("eta", "It failed.")) == "It failed."


def test_running_out_of_memory_has_one_wording():
    assert "memory" in OutOfMemory().message
    assert OutOfMemory().advice
