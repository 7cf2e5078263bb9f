import signal

import pytest
from support.made import one_table
from support.sheets import xlsx

from validate import validate
from validate._src.reading import _apart, _worker
from validate._src.reading._apart import Pool, ReadingFailedError

FIELDS = [{"name": "pond", "type": "string"}]


@pytest.fixture
def pool(monkeypatch):
    pool = Pool()
    monkeypatch.setattr(_apart, "_pool", lambda parent: pool)
    yield pool
    pool.stop()


@pytest.fixture
def book(tmp_path):
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS)
    xlsx(file, ponds=[["pond"], ["Reed"], ["Lily"]])
    return folder, file


def test_a_process_serves_one_file_after_the_other(pool, book):
    _, file = book
    for _ in range(2):
        with pool.worker() as worker:
            assert worker.ask("open book", str(file)) == (("ponds", True, True),)
            assert worker.ask("open sheet", 0) == (0, 0, 2, 0)
            assert worker.ask("next rows", 2) == (2, (("text", None, "pond\x1fReed"),))
    assert pool.idle == [worker]


def test_two_files_that_are_open_at_once_have_a_process_each(pool):
    with pool.worker() as first, pool.worker() as second:
        assert first is not second
    assert {*pool.idle} == {first, second}


def test_a_process_that_has_ended_is_a_fault_of_its_file_alone(pool, book):
    folder, file = book
    with pool.worker() as worker:
        worker.ask("open book", str(file))
        worker.process.kill()
        with pytest.raises(ReadingFailedError, match=rf"fails \(status {-signal.SIGKILL}\)"):
            worker.ask("open sheet", 0)
    assert pool.idle == []
    assert validate(folder).valid


def test_what_does_not_come_to_an_end_is_ended(pool, book, monkeypatch):
    folder, _ = book
    with pool.worker() as worker:
        worker.process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(_apart, "LONGEST", 0.1)
    monkeypatch.setattr(_apart, "BYTES", 10**9)
    (finding,) = validate(folder).findings
    assert finding.code == "source-error"
    assert "does not come to an end in 0 seconds" in finding.message


def test_answers_that_nobody_takes_are_passed_over(pool, book):
    _, file = book
    with pool.worker() as worker:
        worker.send("open book", str(file))
        worker.send("open sheet", 0)
    with pool.worker() as again:
        assert again is worker
        assert again.ask("next rows", 1) == (1, (("text", None, "pond"),))


@pytest.mark.parametrize("error", [MemoryError(), type("Panic", (BaseException,), {})("at 1\nx")])
def test_whatever_a_library_raises_is_an_answer(monkeypatch, capfdbinary, error):
    import io

    def fail():
        raise error

    sent = io.BytesIO()
    _worker.send(sent, ("fail",))
    sent.seek(0)
    answers = io.BytesIO()
    monkeypatch.setattr(_worker, "ANSWERS", {"fail": fail})
    _worker.serve(sent, answers)
    answers.seek(0)
    said = str(error).split("\n")[0] or "MemoryError"
    assert _worker.receive(answers) == (False, said)
