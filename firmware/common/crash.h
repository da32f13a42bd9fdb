/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_CRASH_H
#define FIRMWARE_CRASH_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What a fault leaves behind: a record in the backup SRAM (common/backup.h), which outlives the reset the handler then
 * asks for, and each later one (not a loss of power). Each core has one.
 */
struct crash {
    uint32_t magic;     /* CRASH_MAGIC */
    uint32_t count;     /* crashes in a row; crash_forget() ends the row */
    uint32_t fresh;     /* 1: not told yet */
    uint32_t exception; /* IPSR: 3 HardFault, 16 + n an interrupt nobody enabled */
    uint32_t pc;
    uint32_t lr;
    uint32_t xpsr;
    uint32_t sp;
    uint32_t cfsr; /* configurable fault status, PM0253 4.3.10 */
    uint32_t hfsr;
    uint32_t mmfar;
    uint32_t bfar;
    uint32_t crc; /* CRC-32 over all before it */
};

#define CRASH_MAGIC 0x48535243u /* "CRSH" */
/* So many crashes in a row and the core stays down instead of resetting for ever. */
#define CRASH_ROW_MAX 3u

/* The vector of all faults: records and resets the chip. */
void crash_handler(void);

/* The last crash of a core (0 M7, 1 M4) since power-on; false: none that the CRC vouches for. */
bool crash_look(unsigned core, struct crash *crash);

/* The own core's, if it is not told yet. The clock of the backup SRAM must be enabled. */
bool crash_is_fresh(void);

/* It is told. Like the next, once the M7 has permitted writing. */
void crash_told(void);

/* Crashes in a row so far. */
uint32_t crash_row(void);

/* The program runs well: the next crash is the first of a row. */
void crash_forget(void);

#endif
