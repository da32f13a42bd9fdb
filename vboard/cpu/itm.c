/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/itm.h"

enum {
    R_PORTS_END = 0x080,
    R_TER = 0xE00,
    R_TPR = 0xE40,
    R_TCR = 0xE80,
    R_LAR = 0xFB0,
    R_LSR = 0xFB4
};

#define TCR_ITMENA 1u
#define TCR_TXENA (1u << 3)
#define TCR_WRITABLE                                                                               \
    0x007F0F1Fu /* TRACEBUSID, GTSFREQ, TSPRESCALE, SWOENA, TXENA, SYNCENA, TSENA, ITMENA */
#define TPR_WRITABLE 0xFu
#define LAR_KEY 0xC5ACCE55u
#define LSR_PRESENT 1u
#define LSR_LOCKED 2u

void itm_reset(struct itm *m)
{
    *m = (struct itm){.locked = true};
}

uint32_t itm_read(const struct itm *m, uint32_t offset)
{
    if (offset < R_PORTS_END) {
        return 1; /* FIFOREADY */
    }
    switch (offset) {
    case R_TER:
        return m->ter;
    case R_TPR:
        return m->tpr;
    case R_TCR:
        return m->tcr;
    case R_LSR:
        return LSR_PRESENT | (m->locked ? LSR_LOCKED : 0);
    default:
        return 0;
    }
}

void itm_write(struct itm *m, uint32_t offset, uint32_t value)
{
    if (offset == R_LAR) {
        m->locked = value != LAR_KEY;
    } else if (m->locked) {
        return;
    } else if (offset == R_TER) {
        m->ter = value;
    } else if (offset == R_TPR) {
        m->tpr = value & TPR_WRITABLE;
    } else if (offset == R_TCR) {
        m->tcr = value & TCR_WRITABLE;
    }
}

bool itm_passes(const struct itm *m, unsigned port)
{
    return (m->tcr & TCR_ITMENA) != 0 && (m->ter >> port & 1u) != 0;
}

void itm_enable_all(struct itm *m)
{
    m->tcr |= TCR_ITMENA | TCR_TXENA;
    m->ter = ~0u;
}
