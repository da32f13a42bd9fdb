/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FDCAN_TESTKIT_H
#define TESTS_FDCAN_TESTKIT_H

/*
 * A chip with nothing but FDCAN1 and FDCAN2, a transceiver at PD0 (RX) and PD1 (TX), and a plain node on
 * the other side of the bus. Offsets and bits are RM0399's, written down anew: not the model's.
 */
#include "can_testkit.h"
#include "vboard/chip/chip.h"
#include "vboard/can/transceiver.h"
#include "vboard/periph/fdcan/fdcan.h"

#define FDCAN1 0x4000A000u
#define FDCAN2 0x4000A400u
#define SRAMCAN 0x4000AC00u

enum {
    CREL = 0x00,
    ENDN = 0x04,
    DBTP = 0x0C,
    TEST = 0x10,
    RWD = 0x14,
    CCCR = 0x18,
    NBTP = 0x1C,
    TSCC = 0x20,
    TSCV = 0x24,
    TOCC = 0x28,
    TOCV = 0x2C,
    ECR = 0x40,
    PSR = 0x44,
    TDCR = 0x48,
    IR = 0x50,
    IE = 0x54,
    ILS = 0x58,
    ILE = 0x5C,
    GFC = 0x80,
    SIDFC = 0x84,
    XIDFC = 0x88,
    XIDAM = 0x90,
    HPMS = 0x94,
    NDAT1 = 0x98,
    NDAT2 = 0x9C,
    RXF0C = 0xA0,
    RXF0S = 0xA4,
    RXF0A = 0xA8,
    RXBC = 0xAC,
    RXF1C = 0xB0,
    RXF1S = 0xB4,
    RXF1A = 0xB8,
    RXESC = 0xBC,
    TXBC = 0xC0,
    TXFQS = 0xC4,
    TXESC = 0xC8,
    TXBRP = 0xCC,
    TXBAR = 0xD0,
    TXBCR = 0xD4,
    TXBTO = 0xD8,
    TXBCF = 0xDC,
    TXBTIE = 0xE0,
    TXBCIE = 0xE4,
    TXEFC = 0xF0,
    TXEFS = 0xF4,
    TXEFA = 0xF8
};

enum {
    INIT = 1,
    CCE = 2,
    ASM = 4,
    CSA = 8,
    CSR = 0x10,
    MON = 0x20,
    DAR = 0x40,
    TEST_EN = 0x80,
    FDOE = 0x100,
    BRSE = 0x200,
    TXP = 0x4000
};

/* 500 kbit/s and 2 Mbit/s from 80 MHz: 2 x 80 and 1 x 40 clocks, sample points at 80 % and 75 %. */
#define NBTP_500K (15u << 25 | 1u << 16 | 62u << 8 | 15u)
#define DBTP_2M (0u << 16 | 28u << 8 | 9u << 4 | 9u)

/* Message RAM layout of the tests, in words. */
enum {
    RAM_STD = 0,
    RAM_EXT = 128,
    RAM_FIFO0 = 256,
    RAM_FIFO1 = 700,
    RAM_RXB = 1200,
    RAM_EVENTS = 2000,
    RAM_TX = 2064
};

struct kit {
    struct chip chip;
    struct can_bus bus;
    struct can_transceiver transceiver;
    struct tester ecu;
    struct periph *can1, *can2;
    struct can_fault fault;
    uint32_t base; /* the instance accessed: FDCAN1 unless a test changes it */
};

int kit_setup(void **state);
int kit_teardown(void **state);
uint32_t rd(struct kit *k, uint32_t offset);
void wr(struct kit *k, uint32_t offset, uint32_t value);
uint32_t ram(struct kit *k, unsigned word);
void set_ram(struct kit *k, unsigned word, uint32_t value);
void run_us(struct kit *k, uint64_t us);
/* Pins of FDCAN1 to the transceiver. */
void kit_route(struct kit *k);
/* INIT and CCE set, bit timing, FIFO 0 and 1 of `elements`, four Tx buffers as FIFO, events. */
void kit_configure(struct kit *k, unsigned elements);
/* INIT cleared with the given CCCR bits set, and synchronised. */
void kit_start(struct kit *k, uint32_t cccr);
/* Pins, configuration, start: takes all frames into FIFO 0. */
void kit_listen(struct kit *k, uint32_t cccr);
/* Puts a standard data frame of 8 bytes into Tx buffer `n`. */
void kit_tx_buffer(struct kit *k, unsigned n, uint32_t id, uint32_t t1);

#endif
