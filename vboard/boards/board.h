/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_BOARDS_BOARD_H
#define VBOARD_BOARDS_BOARD_H

/*
 * A virtual board: an STM32H755 or its sister, its supply wiring, LEDs, a user button, BOOT0, an ST-LINK's UART and
 * clock output, a CAN transceiver and a servo, where board_data.h says; without a word the
 * NUCLEO-H755ZI-Q (MB1363, UM2408 Rev 6). No globals: as many boards as you like live in one process; each
 * is used by one thread at a time.
 *
 *     struct board *b = board_create(&(struct board_config){0}, &error);
 *     board_load(b, 0x08000000, image, length);
 *     board_power(b, true);
 *     board_run_until(b, VTIME_S(10));
 *     board_destroy(b);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vboard/boards/board_data.h"
#include "vboard/chip/sd_slot.h"
#include "vboard/cpu/dcache.h"
#include "vboard/kernel/findings.h"
#include "vboard/kernel/vtime.h"
#include "vboard/kernel/supply.h"

struct board;
struct can_bus;
struct chip;
struct cpu;
struct servo;

/* The 8 MHz that the ST-LINK's MCO gives to PH0 (UM2408 7.9.1; facts: it may be absent or off). */
enum board_hse_kind { BOARD_HSE_PRESENT, BOARD_HSE_ABSENT, BOARD_HSE_LATE, BOARD_HSE_DROPS };

/* One high pulse on the servo's pin, measured on the pin. */
struct board_pulse {
    vtime_ps rise;
    vtime_ps width;  /* 0 in `rose` */
    uint64_t number; /* 0-based since power-on */
};

/* Whoever watches; called from within board_run_until. Any may be NULL. */
struct board_listener {
    void (*uart)(void *ctx, uint8_t byte, vtime_ps now);  /* ST-LINK's virtual COM port */
    void (*rose)(void *ctx, const struct board_pulse *p); /* rising edge of TIM2_CH1's pin */
    void (*fell)(void *ctx, const struct board_pulse *p); /* its falling edge: width known */
    void (*led)(void *ctx, enum board_led led, bool on, vtime_ps now);
    void (*reset)(void *ctx, uint32_t sources, vtime_ps now); /* bit mask of enum reset_source */
    void (*adapter)(void *ctx, uint8_t byte, vtime_ps now); /* the USB-UART adapter, if attached */
    /* A packet on the Ethernet cable, from the destination address to the end of the FCS; at its end. */
    void (*eth)(void *ctx, const uint8_t *packet, size_t length, bool by_board, vtime_ps now);
    void *ctx;
};

/* 0 everywhere is the board as it is sold. */
struct board_config {
    const struct board_data *data; /* NULL: board_nucleo_h755zi_q; must outlive the board */
    enum supply_wiring wiring;     /* 0 = direct SMPS; data->wiring is how it is sold */
    enum board_hse_kind hse_kind;
    uint64_t hse_uhz;             /* 0 = as sold: 8 MHz */
    vtime_ps hse_at;              /* LATE: appears then; DROPS: vanishes then */
    bool strict_kernel_mux;       /* kernel clock switches want both clocks (periph/rcc.h) */
    uint32_t optsr, boot7, boot4; /* 0 = factory */
    uint32_t idcode;              /* 0 = 0x20036450 */
    uint8_t rom;                  /* boot ROM version: 0x90 (also for 0) or 0x91 */
    bool adapter;                 /* a USB-UART adapter hangs on PB10/PB11, CN10-32/34 (8E1) */
    uint32_t eth_peer, eth_pings; /* IPv4, of parts/eth_peer.h: 0 = 192.168.0.1, nobody */
    uint64_t seed;                /* contents of RAM at power-on, the car's traffic */
    bool no_fast_forward;         /* execute idle loops instruction by instruction (same results) */
    const char *engine;           /* what executes the code (cpu/engine.h); NULL: the default */
    /* What is on the SD card in the slot; without a slot the card hangs on SDMMC1's pins. Copied. NULL: no card. */
    const struct sd_medium *sd;
    enum dcache_scope dcache; /* incoherency with the M7's D-cache is found (cpu/dcache.h) */
    struct board_listener listener;
};

/* NULL and a one-line reason in `error` (a static string) when the board cannot be made. */
struct board *board_create(const struct board_config *config, const char **error);
void board_destroy(struct board *b);

/* Writes bytes into flash as a programmer would, ECC and all, or into the board's own flash as an external loader does;
 * -1 if any is outside it. Any time. */
int board_load(struct board *b, uint32_t address, const void *bytes, size_t length);
/* Why board_load said no, in a line for people that begins with the image's name. */
void board_say_misfit(const struct board *b, const char *image, uint32_t address, size_t length,
                      char *text, size_t size);

/* Plugs USB in or out: VDD and the ST-LINK. */
void board_power(struct board *b, bool on);
/* Another VDD than 3300 mV while the power is on: brown-outs (RM0399 7.5). */
void board_vdd(struct board *b, uint32_t mv);
void board_nrst(struct board *b, bool held_low);
void board_boot0(struct board *b, bool high); /* counts at the next reset */
void board_button(struct board *b, bool pressed);
/* The level on PVD_IN (PB7), millivolts; BOARD_PVD_IN_OPEN as it is sold: nothing is connected. */
void board_pvd_in(struct board *b, uint32_t mv);
#define BOARD_PVD_IN_OPEN SUPPLY_PVD_IN_OPEN
/* The same by the 12 V side, millivolts, through the divider of docs/wiring.md. BOARD_FEED_OPEN: none. */
void board_feed(struct board *b, uint32_t mv);
#define BOARD_FEED_OPEN UINT32_MAX
/* Puts a wire between two pins. False: no such pin, or no wire left. */
bool board_wire(struct board *b, struct board_pin from, struct board_pin to);
/* `count` pulses of that frequency into a pin, half high, half low; the generator stays there and drives
 * low. False: no such pin, or no generator left. */
bool board_pulses(struct board *b, struct board_pin pin, uint64_t count, uint64_t uhz);
/* From now on that voltage is at a pin, for converters and comparators: its level does not follow. False: no such
 * pin. */
bool board_volts(struct board *b, struct board_pin pin, uint32_t mv);
/* Sends bytes into a pin, 8N1; what sends stays there, and idles high. False: no such pin, or none left. */
bool board_send(struct board *b, struct board_pin pin, uint32_t baud, const void *bytes,
                size_t length);
/* Pulls the servo's plug, or puts it in again. */
void board_servo_plug(struct board *b, bool plugged);
/* The clock on OSC_IN changes: 0 = no clock, BOARD_HSE_SOLD = the board's own, 8 MHz. */
void board_hse(struct board *b, uint64_t uhz);
#define BOARD_HSE_SOLD UINT64_MAX
/* The ST-LINK tries to connect; what it says goes into `text` (some lines). True: connected. */
bool board_probe(const struct board *b, char *text, size_t size);
#define BOARD_PROBE_TEXT 200 /* room for what it says */

/* Idle loops are computed instead of executed (config.no_fast_forward), or not: the results are the same. */
void board_fast_forward(struct board *b, bool on);
/* Runs to the virtual time `until` (inclusive of its events). */
void board_run_until(struct board *b, vtime_ps until);
/* From within it: it returns as soon as the present turn or event is over, board_now() before `until`. */
void board_stop(struct board *b);
vtime_ps board_now(const struct board *b);

bool board_led(const struct board *b, enum board_led led);
bool board_has_led(const struct board *b, enum board_led led);
/* The simulated shaft, in milli-degrees of the servo. */
int32_t board_servo_mdeg(const struct board *b);
/* Sends bytes from the PC into the virtual COM port, 115200 8N1. */
void board_uart_send(struct board *b, const void *bytes, size_t length);
/* The same in the format and at the baud rate of the board's last frame there, which the PC then keeps. */
void board_type(struct board *b, const void *bytes, size_t length);
/* The PC sets another baud rate there, both ways; between bytes. */
void board_uart_baud(struct board *b, uint32_t baud);

/* The USB-UART adapter, if there is one: bytes to the board, its baud rate, bytes still to be sent. */
void board_adapter_send(struct board *b, const void *bytes, size_t length);
void board_adapter_baud(struct board *b, uint32_t baud);
size_t board_adapter_pending(const struct board *b);
/* The boot ROM runs and has nothing to do but to wait for a byte. */
bool board_rom_waits(const struct board *b);

/* Calls back for each block of the SD card that was written or erased, in no order, the last time as it is now. */
void board_sd_changes(const struct board *b,
                      void (*changed)(void *ctx, uint32_t block, const uint8_t *bytes), void *ctx);

/* "ok", "deadlock" (VCORE lost), "off". */
const char *board_supply_state(const struct board *b);
/* Both cores alive? A core locked up never recovers but by reset. */
bool board_locked_up(const struct board *b);

/* The parts, for whoever needs more: attach CAN nodes, read registers, hang a core. */
struct can_bus *board_can_bus(struct board *b);
struct chip *board_chip(struct board *b);
struct cpu *board_cpu(struct board *b, unsigned core);
/* Bits that the board itself drove dominant on the bus, frames it sent. */
uint64_t board_tx_bits(const struct board *b);
uint64_t board_tx_frames(const struct board *b);
/* Frames lost in a full receive FIFO. */
uint64_t board_rx_lost(const struct board *b);
/* System resets since power-on, not counting the power-on itself. */
uint64_t board_resets(const struct board *b);

#endif
