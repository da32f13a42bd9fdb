/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What happens on a board, and what it looks like at a moment: the words in which a board tells a
 * bench, and a bench its observers. All times are picoseconds of the board's time since the first power-on.
 */
#ifndef BENCH_EVENTS_H
#define BENCH_EVENTS_H

#include "formats/can_log/can_log.h"
#include "formats/image/image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PS_PER_MS UINT64_C(1000000000)
#define PS_PER_S UINT64_C(1000000000000)
#define BENCH_NEVER UINT64_MAX

/* ---- supply and reset ---- */

enum bench_supply {
    BENCH_SUPPLY_OFF,
    BENCH_SUPPLY_OK,
    BENCH_SUPPLY_DEADLOCK /* VDD is there, VCORE is not: only power off and on helps */
};

/* "off", "ok", "deadlock": the words of `--json`. */
const char *bench_supply_name(enum bench_supply supply);

/* What a reset is due to: bits of `causes`, as RCC_RSR tells them apart (RM0399 9.7.39). */
enum bench_reset_cause {
    BENCH_RESET_POWER = 1, /* VDD came up */
    BENCH_RESET_BROWN_OUT = 2,
    BENCH_RESET_PIN = 4,      /* NRST, by hand */
    BENCH_RESET_SOFTWARE = 8, /* SYSRESETREQ of a core */
    BENCH_RESET_WATCHDOG = 16,
    BENCH_RESET_LOW_POWER = 32, /* entering Stop or Standby while the option bytes forbid it */
    BENCH_RESET_DOMAIN = 64     /* D1 or D2 left DStandby */
};

struct bench_reset {
    unsigned causes;
    uint64_t time_ps;
};

/* ---- pins ---- */

/* Pins are numbered by port and number: PA0 is 0, PB0 16, PK15 175. */
#define BENCH_PINS 176u
#define BENCH_PIN(port, number) ((unsigned)((port) - 'A') * 16u + (number))
#define BENCH_PIN_NAME_MAX 5

enum bench_level { BENCH_LOW, BENCH_HIGH, BENCH_FLOATING, BENCH_CONFLICT };

/* A pin's level has changed. A pin without a change so far floats. */
struct bench_edge {
    unsigned pin;
    const char *name; /* "PA0" */
    enum bench_level level;
    uint64_t time_ps;
};

/*
 * One byte, start bit to stop bit, of an asynchronous serial line. The board moves these as a whole:
 * they make no edges.
 */
struct bench_serial {
    unsigned pin;
    const char *name;
    bool by_board; /* a peripheral of the chip sends; else it is sent to the chip */
    uint16_t data;
    uint8_t data_bits; /* without parity */
    uint8_t parity;    /* 0 none, 1 odd, 2 even */
    bool is_break;     /* low for a whole frame */
    uint32_t baud;     /* as the sender's clock makes it, rounded */
    uint64_t time_ps;  /* end of the stop bit */
};

/* What a pin is at the moment. */
struct bench_pin {
    bool driven; /* the chip drives it: an output of its port, or of a peripheral */
    enum bench_level level;
    char name[BENCH_PIN_NAME_MAX];
    uint64_t clock_hz; /* a clock that it gives out, without edges; 0: none */
    char function[24]; /* "TIM2_CH1"; "output" if the port drives it */
};

enum bench_led {
    BENCH_LED_GREEN,
    BENCH_LED_YELLOW,
    BENCH_LED_RED,
    BENCH_LED_BLUE,
    BENCH_LED_COUNT
};

struct bench_led_edge {
    enum bench_led led;
    bool on;
    uint64_t time_ps;
};

/* One high pulse on the servo's pin. */
struct bench_pulse {
    uint64_t rise_ps;
    uint64_t width_ps; /* 0 while it is high */
    uint64_t number;   /* 0-based since power-on */
    int32_t
        servo_pulse_ns; /* where the shaft stands at the rise: the pulse that would hold it there */
};

/* ---- CAN ---- */

enum bench_sender {
    BENCH_BY_BOARD,
    BENCH_BY_LOG, /* or a real bus (link/can_port.h) */
    BENCH_BY_CAR,
    BENCH_BY_OTHER /* a guest beside log or car */
};

/* As FDCAN_PSR.LEC codes them (RM0399 59.5.13). */
enum bench_can_error {
    BENCH_CAN_GOOD,
    BENCH_CAN_STUFF,
    BENCH_CAN_FORM,
    BENCH_CAN_ACK, /* nobody acknowledged */
    BENCH_CAN_BIT1,
    BENCH_CAN_BIT0,
    BENCH_CAN_CRC
};

/* A frame on the bus, whole or destroyed. */
struct bench_frame {
    struct can_log_frame content; /* its time_ns is that of the end */
    uint8_t dlc;                  /* as on the wire: 9 to 15 mean 8 bytes in a classic frame */
    enum bench_sender sender;
    const char *node; /* the sender's name: "FDCAN1" */
    enum bench_can_error error;
    uint64_t start_ps;
    uint64_t end_ps; /* end of frame; of a destroyed one when the error was seen */
};

enum bench_can_state {
    BENCH_CAN_OFF, /* not taking part */
    BENCH_CAN_SYNCHRONIZING,
    BENCH_CAN_ACTIVE,
    BENCH_CAN_PASSIVE,
    BENCH_CAN_BUS_OFF
};

/* A CAN controller of the chip at the moment. */
struct bench_can {
    char name[8]; /* "FDCAN1" */
    enum bench_can_state state;
    unsigned tec, rec; /* error counters */
    uint64_t errors;   /* frames it saw destroyed */
    uint64_t sent;
    uint64_t received;    /* seen as valid */
    uint64_t stored;      /* let through by its filters */
    uint64_t lost;        /* for want of room in its FIFOs */
    uint64_t rejected[2]; /* by its filters: of standard, of extended ids */
    uint32_t bit_hz;      /* its nominal bit rate; 0: it has none */
    uint32_t bus_bit_hz;  /* that of the car or log on its bus; 0: nobody else is there */
};

/* ---- Ethernet ---- */

/* A packet on the cable, from the destination address to the end of the FCS. */
struct bench_packet {
    const uint8_t *bytes;
    size_t length;
    bool by_board;
    uint64_t end_ps;
};

/* ---- cores ---- */

#define BENCH_CORES 2u
enum bench_core_name { BENCH_CM7, BENCH_CM4 };

/* "CM7", "CM4" */
const char *bench_core_name(enum bench_core_name core);

enum bench_core_state {
    BENCH_CORE_OFF,       /* no VDD, or no VCORE */
    BENCH_CORE_HELD,      /* not released: option bytes, RCC_GCR, NRST */
    BENCH_CORE_EMPTY,     /* nothing but erased flash where it boots */
    BENCH_CORE_HALTED,    /* by a debugger */
    BENCH_CORE_LOCKED_UP, /* a fault within a fault: only a reset helps */
    BENCH_CORE_STANDBY,   /* its domain, or the system, is in Standby: nothing of it has supply */
    BENCH_CORE_STOP,      /* deep sleep, Stop of its domain */
    BENCH_CORE_ASLEEP,
    BENCH_CORE_RUNS
};

struct bench_core_change {
    enum bench_core_name core;
    enum bench_core_state state;
    uint64_t time_ps;
};

#define BENCH_STACK_WORDS 64u

/* A core at a moment, as a debugger would see it. */
struct bench_core {
    enum bench_core_state state;
    uint32_t pc;
    uint32_t exception;    /* active exception number, 0 in thread mode (Armv7-M B1.5.2) */
    bool branches_to_self; /* the instruction at pc is `b .` */
    uint32_t stack[BENCH_STACK_WORDS]; /* from the stack pointer upwards */
    unsigned stack_words;
    const struct image *image; /* that holds the code at pc, or NULL */
};

/* ---- findings ---- */

/* One thing the images did that the manual forbids. */
struct bench_finding {
    const char *kind;
    bool harms;       /* over-voltage, too fast, too few wait states: no good image does so */
    const char *core; /* "CM7", "CM4" */
    const struct image *image; /* whose code that core runs; may be NULL */
    uint32_t pc;
    uint64_t first_ps;
    uint64_t count;
    char text[160]; /* what, in words */
};

#endif
