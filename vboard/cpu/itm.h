/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_ITM_H
#define VBOARD_CPU_ITM_H

/*
 * The instrumentation trace macrocell (RM0399 63.5.6; DDI 0403 C1.7): enables, lock, and which writes to
 * stimulus ports go out. Timestamps, synchronization and the TPIU behind it are left out: what is given
 * out is what a probe on SWO would have decoded. The FIFO is never full.
 */
#include <stdbool.h>
#include <stdint.h>

#define ITM_PORTS 32u

struct itm {
    uint32_t ter, tpr, tcr;
    bool locked;
};

void itm_reset(struct itm *m);
/* Offsets from 0xE0000000. */
uint32_t itm_read(const struct itm *m, uint32_t offset);
void itm_write(struct itm *m, uint32_t offset, uint32_t value);
/* What is written to the port goes out, given DEMCR.TRCENA. */
bool itm_passes(const struct itm *m, unsigned port);
void itm_enable_all(struct itm *m);

#endif
