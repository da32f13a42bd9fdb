# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Tests of ST's template for the board, STM32CubeH7's Projects/NUCLEO-H745ZI-Q/Templates/BootCM4_CM7.

Its images are not ours to carry: build them, put cm7.elf and cm4.elf into FOLDER/VERSION/BootCM4_CM7, and

    CANDIAL_FOREIGN_IMAGES=FOLDER pytest python/example
"""
import glob
import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import candial  # noqa: E402

TEMPLATES = sorted(glob.glob(os.path.join(
    os.environ.get("CANDIAL_FOREIGN_IMAGES", "/nowhere"), "*", "BootCM4_CM7")))
RCC_CFGR = 0x58024410
PWR_CR3 = 0x5802480C

pytestmark = pytest.mark.skipif(not TEMPLATES, reason="CANDIAL_FOREIGN_IMAGES names no template")


@pytest.fixture(params=TEMPLATES, ids=[folder.split(os.sep)[-2] for folder in TEMPLATES])
def images(request):
    return {"cm%d" % core: os.path.join(request.param, "cm%d.elf" % core) for core in (7, 4)}


@pytest.fixture
def board(images):
    with candial.Board(**images) as board:
        board.power(True)
        board.run(0.05)
        yield board


def number(board, name, core=7):
    return int.from_bytes(board.read(name, 4, core), "little")


def test_both_cores_reach_their_loops(board):
    assert board.supply == "ok" and board.resets == 0
    assert board.core(7) == "runs" and board.function(7) == "main"
    assert board.core(4) == "runs" and board.function(4) == "main"


def test_the_clocks_are_those_of_the_comment(board):
    """400 MHz from PLL1 for the M7, half of it for the M4; SMPS."""
    assert number(board, "SystemCoreClock") == 400_000_000
    assert number(board, "SystemD2Clock") == 200_000_000
    assert board.read_word(RCC_CFGR) >> 3 & 7 == 3  # SWS: PLL1
    assert board.read_word(PWR_CR3) & 7 == 4  # SDEN alone


@pytest.mark.parametrize("core", [7, 4])
def test_a_tick_is_a_millisecond(board, core):
    before = number(board, "uwTick", core)
    board.run(0.1)
    assert number(board, "uwTick", core) - before in (99, 100, 101)


def test_a_board_wired_for_ldo_locks_up(images):
    with candial.Board(wiring="ldo", **images) as board:
        board.power(True)
        board.run(0.05)
        assert board.supply == "deadlock"
        assert "No device found" in board.do("probe")
        assert board.findings[-1].kind == "vcore-lost"


def test_without_the_stlinks_clock_it_gives_up(images):
    """HSE_STARTUP_TIMEOUT is five seconds; the M4 is never woken."""
    with candial.Board(**images) as board:
        board.do("hse absent")
        board.power(True)
        board.run(6)
        assert number(board, "uwTick") > 5000
        assert number(board, "SystemCoreClock") == 64_000_000  # still HSI
        assert board.core(4) == "stop"
