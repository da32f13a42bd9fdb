# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Tests of a firmware: here candial's own. CM7 and CM4 name others.

    pytest python/example
"""
import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import candial  # noqa: E402

FIRMWARE = os.environ.get("CANDIAL_FIRMWARE_DIR", "build/firmware")
CM7 = os.environ.get("CM7", os.path.join(FIRMWARE, "candial_cm7.elf"))
CM4 = os.environ.get("CM4", os.path.join(FIRMWARE, "candial_cm4.elf"))


@pytest.fixture
def board():
    with candial.Board(cm7=CM7, cm4=CM4) as board:
        board.power(True)
        board.run(0.1)
        yield board


def test_it_starts(board):
    assert board.supply == "ok"
    assert board.core(7) in ("runs", "asleep") and board.core(4) in ("runs", "asleep")
    assert board.resets == 0 and board.findings == []
    board.run(0.2)
    assert b"candial " in board.uart_read()


def test_it_starts_after_the_next_power_on(board):
    board.power(False)
    assert board.supply == "off" and board.core(7) == "off"
    board.run(0.5)
    board.power(True)
    board.run(0.1)
    assert board.supply == "ok" and board.core(7) != "off"


def test_wired_for_ldo_it_locks_up():
    with candial.Board(cm7=CM7, cm4=CM4, wiring="ldo") as board:
        board.power(True)
        board.run(0.01)
        assert board.supply == "deadlock"
        assert "No device found" in board.do("probe")
        assert board.findings[0].kind == "vcore-lost" and board.findings[0].core == 7


def test_the_needle_follows_the_bus(board):
    parked = board.servo_pulse
    for _ in range(30):  # 90 degrees Celsius: the second byte less 60, every 100 ms
        board.can_send(candial.Frame(0x156, bytes([0, 150, 0, 0, 0, 0, 0, 0])))
        board.run(0.1)
    seen = board.can_read()
    assert len([frame for frame in seen if frame.id == 0x156 and not frame.error]) == 30
    assert not any(frame.by_board for frame in seen)  # it only listens
    assert board.servo_pulse > parked


def test_the_console_answers(board):
    board.uart_read()
    board.uart_send("version\r")
    board.run(0.1)
    assert b"candial " in board.uart_read()


def test_memory_and_pins(board):
    assert board.read_word(0x5C001000) == 0x20036450
    assert board.read("cm7_main", 2) != b"\xff\xff"
    board.drive("PC13", candial.HIGH)
    assert board.pin("PC13") == candial.HIGH
    board.drive("PC13", candial.FLOATING)
    with pytest.raises(candial.Error):
        board.pin("PZ1")
    with pytest.raises(candial.Error):
        board.read(0xD0000000, 4)
