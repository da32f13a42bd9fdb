# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""Virtual boards with an STM32H755, for tests of one's own firmware (docs/library.md).

    import candial

    def test_led_blinks():
        with candial.Board(cm7="build/my_cm7.elf") as board:
            board.power(True)
            board.run(0.2)
            assert board.pin("PB0") == candial.HIGH

The library is found by CANDIAL_LIBRARY, beside this file, in build/host/lib, or where the system has it.
"""
import ctypes
import os

API_VERSION = 1
LOW, HIGH, FLOATING, CONFLICT = range(4)


class Error(Exception):
    """What cannot be done, in one line."""


class _Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("cm7", ctypes.c_char_p), ("cm4", ctypes.c_char_p),
                ("board", ctypes.c_char_p), ("wiring", ctypes.c_char_p), ("engine", ctypes.c_char_p),
                ("can_bitrate_bps", ctypes.c_uint32), ("seed", ctypes.c_uint64)]


class _Frame(ctypes.Structure):
    _fields_ = [("id", ctypes.c_uint32), ("extended", ctypes.c_uint8), ("fd", ctypes.c_uint8),
                ("remote", ctypes.c_uint8), ("bit_rate_switch", ctypes.c_uint8),
                ("length", ctypes.c_uint8), ("by_board", ctypes.c_uint8), ("error", ctypes.c_uint8),
                ("data", ctypes.c_uint8 * 64), ("time_us", ctypes.c_uint64)]


class _Finding(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_char_p), ("text", ctypes.c_char_p), ("function", ctypes.c_char_p),
                ("core", ctypes.c_int), ("pc", ctypes.c_uint32), ("time_us", ctypes.c_uint64),
                ("count", ctypes.c_uint64)]


_P, _S, _U64, _SIZE = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint64, ctypes.c_size_t
_INT, _U32 = ctypes.c_int, ctypes.c_uint32
_CALLS = {
    "api_version": (_INT, []),
    "open": (_P, [ctypes.POINTER(_Options), _S, _SIZE]),
    "close": (None, [_P]),
    "run": (None, [_P, _U64]),
    "now_us": (_U64, [_P]),
    "do": (_INT, [_P, _S, _S, _SIZE]),
    "pin": (_INT, [_P, _S]),
    "drive": (_INT, [_P, _S, _INT]),
    "servo_pulse_us": (ctypes.c_double, [_P]),
    "uart_send": (None, [_P, _S, _SIZE]),
    "uart_read": (_SIZE, [_P, _S, _SIZE]),
    "can_send": (_INT, [_P, ctypes.POINTER(_Frame)]),
    "can_read": (_INT, [_P, ctypes.POINTER(_Frame)]),
    "supply": (_S, [_P]),
    "core": (_S, [_P, _INT]),
    "function": (_S, [_P, _INT]),
    "resets": (_U64, [_P]),
    "read": (_INT, [_P, _INT, _U32, _S, _SIZE]),
    "write": (_INT, [_P, _INT, _U32, _S, _SIZE]),
    "symbol": (_U32, [_P, _INT, _S]),
    "finding_count": (_SIZE, [_P]),
    "finding": (_INT, [_P, _SIZE, ctypes.POINTER(_Finding)]),
}


def _load():
    here = os.path.dirname(os.path.abspath(__file__))
    name = "libcandial.so.%d" % API_VERSION
    places = [os.environ.get("CANDIAL_LIBRARY"), os.path.join(here, name),
              os.path.join(here, "..", "build", "host", "lib", name)]
    for place in places:
        if place and os.path.exists(place):
            name = place
            break
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise ImportError("%s: build it (ninja -C build/host candial_shared) or set CANDIAL_LIBRARY"
                          % error) from None
    for call, (result, arguments) in _CALLS.items():
        function = getattr(library, "candial_" + call)
        function.restype, function.argtypes = result, arguments
    if library.candial_api_version() != API_VERSION:
        raise ImportError("%s has another API than this candial.py" % name)
    return library


_library = _load()


class Frame:
    """A CAN frame: to be sent, or seen on the bus."""

    def __init__(self, id, data=b"", extended=False, fd=False, remote=False, bit_rate_switch=False,
                 by_board=False, error=False, time=0.0):
        self.id, self.data, self.extended, self.fd = id, bytes(data), extended, fd
        self.remote, self.bit_rate_switch = remote, bit_rate_switch
        self.by_board, self.error, self.time = by_board, error, time

    def __repr__(self):
        return "<Frame %0*X#%s at %.6f s>" % (8 if self.extended else 3, self.id, self.data.hex().upper(),
                                              self.time)


class Finding:
    """Something the manual forbids, and the firmware did."""

    def __init__(self, raw):
        self.kind, self.text, self.function = (
            value.decode() for value in (raw.kind, raw.text, raw.function))
        self.core, self.pc, self.time, self.count = raw.core, raw.pc, raw.time_us * 1e-6, raw.count

    def __repr__(self):
        return "<%s: %s>" % (self.kind, self.text)


class Board:
    """A board without power. Times are seconds of the board's own."""

    def __init__(self, cm7=None, cm4=None, board=None, wiring=None, engine=None, can_bitrate=0, seed=0):
        def text(value):
            return None if value is None else os.fsencode(value)

        error = ctypes.create_string_buffer(512)
        options = _Options(ctypes.sizeof(_Options), text(cm7), text(cm4), text(board), text(wiring),
                           text(engine), can_bitrate, seed)
        self._board = _library.candial_open(ctypes.byref(options), error, len(error))
        if not self._board:
            raise Error(error.value.decode())

    def close(self):
        _library.candial_close(self._board)
        self._board = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def run(self, seconds):
        _library.candial_run(self._board, round(seconds * 1e6))

    @property
    def now(self):
        return _library.candial_now_us(self._board) * 1e-6

    def do(self, action):
        """What hands do, as in a scenario: "nrst low", "boot0 high", "probe". What is said about it."""
        text = ctypes.create_string_buffer(256)
        status = _library.candial_do(self._board, action.encode(), text, len(text))
        if status < 0:
            raise Error("no such action: %s (docs/scenario.md)" % action)
        return text.value.decode()

    def power(self, on):
        self.do("power on" if on else "power off")

    def reset(self):
        self.do("nrst low")
        self.run(0.001)
        self.do("nrst high")

    def pin(self, name):
        level = _library.candial_pin(self._board, name.encode())
        if level < 0:
            raise Error("no such pin: %s" % name)
        return level

    def drive(self, name, level):
        """What is wired to the pin drives it; FLOATING lets go."""
        if _library.candial_drive(self._board, name.encode(), level) != 0:
            raise Error("%s cannot be driven so" % name)

    @property
    def servo_pulse(self):
        """Seconds of the last pulse on the servo's pin; None: there was none."""
        pulse = _library.candial_servo_pulse_us(self._board)
        return None if pulse < 0 else pulse * 1e-6

    def uart_send(self, data):
        data = data.encode() if isinstance(data, str) else bytes(data)
        _library.candial_uart_send(self._board, data, len(data))

    def uart_read(self):
        """All that has come since it was last asked for."""
        everything = b""
        buffer = ctypes.create_string_buffer(4096)
        while True:
            count = _library.candial_uart_read(self._board, buffer, len(buffer))
            if count == 0:
                return everything
            everything += buffer.raw[:count]

    def can_send(self, frame):
        raw = _Frame(frame.id, frame.extended, frame.fd, frame.remote, frame.bit_rate_switch,
                     len(frame.data))
        raw.data[:len(frame.data)] = frame.data
        if _library.candial_can_send(self._board, ctypes.byref(raw)) != 0:
            raise Error("%r is no frame" % frame)

    def can_read(self):
        """All frames that were on the bus since it was last asked for."""
        frames = []
        raw = _Frame()
        while _library.candial_can_read(self._board, ctypes.byref(raw)):
            frames.append(Frame(raw.id, bytes(raw.data[:raw.length]), bool(raw.extended), bool(raw.fd),
                                bool(raw.remote), bool(raw.bit_rate_switch), bool(raw.by_board),
                                bool(raw.error), raw.time_us * 1e-6))
        return frames

    @property
    def supply(self):
        return _library.candial_supply(self._board).decode()

    def core(self, core=7):
        return _library.candial_core(self._board, core).decode()

    def function(self, core=7):
        return _library.candial_function(self._board, core).decode()

    @property
    def resets(self):
        return _library.candial_resets(self._board)

    def symbol(self, name, core=7):
        address = _library.candial_symbol(self._board, core, name.encode())
        if address == 0:
            raise Error("no symbol %s in the CM%d's image" % (name, core))
        return address

    def _address(self, where, core):
        return self.symbol(where, core) if isinstance(where, str) else where

    def read(self, where, size, core=7):
        """Bytes at an address, or at a symbol."""
        buffer = ctypes.create_string_buffer(size)
        if _library.candial_read(self._board, core, self._address(where, core), buffer, size) != 0:
            raise Error("there is no memory at %s" % where)
        return buffer.raw

    def read_word(self, where, core=7):
        return int.from_bytes(self.read(where, 4, core), "little")

    def write(self, where, data, core=7):
        data = bytes(data)
        if _library.candial_write(self._board, core, self._address(where, core), data, len(data)) != 0:
            raise Error("there is no memory at %s" % where)

    @property
    def findings(self):
        found = []
        raw = _Finding()
        for index in range(_library.candial_finding_count(self._board)):
            _library.candial_finding(self._board, index, ctypes.byref(raw))
            found.append(Finding(raw))
        return found
