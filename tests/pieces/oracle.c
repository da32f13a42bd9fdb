/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/pieces/oracle.h"

#define FINE ((struct meaning){TRUTH_FINE, WHY_NOTHING})
#define OPEN ((struct meaning){TRUTH_OPEN, WHY_NOTHING})

/* The board when the piece acts. */
struct moment {
    bool locked; /* PWR_CR3 was written since the power came */
    bool beside; /* another core is at its base at the same time */
    bool star;   /* Run*: ACTVOSRDY is 0 */
    unsigned vos;
    bool fast;   /* 400/200/100 MHz */
    bool hidden; /* nobody watches so long, or presses */
};

static bool is_second_boot(const struct plan *p)
{
    return p->when == WHEN_NO_POWER_ON || p->when == WHEN_MAGIC;
}

static bool is_delayed(const struct plan *p)
{
    return p->when == WHEN_US || p->when == WHEN_MS || p->when == WHEN_LONG;
}

/*
 * 500 us are enough for the other core to select, where it can. Behind the boot ROM, which locked PWR_CR3 at 0x06
 * (AN2606), it waits for ACTVOSRDY for ever: there a core that only lets time pass acts in VOS3.
 */
static struct moment moment_of(const struct plan *p)
{
    const bool other = p->who == WHO_CM4_BESIDE;
    const bool selects = p->base >= BASE_SUPPLY;
    const bool selected = selects && (p->after || (other && is_delayed(p)));
    struct moment m = {
        /* The second boot of a power session finds what the first one wrote (7.8.4). */
        .locked = selected || (selects && is_second_boot(p)),
        .vos = p->after && p->base >= BASE_VOS1 ? 1 : 3,
        .fast = p->after && p->base == BASE_FAST,
        .hidden =
            p->when == WHEN_LONG || p->when == WHEN_BUTTON || (p->when == WHEN_NTH && p->count > 3),
    };
    m.beside = other && !p->after;
    m.star = !m.locked || m.beside;
    return m;
}

static struct meaning bad(const struct moment *m, enum why why)
{
    return (struct meaning){m->hidden ? TRUTH_HIDDEN : TRUTH_BAD, why};
}

/* ---- the supply ---- */

enum effect { EFFECT_GOOD, EFFECT_DEAD, EFFECT_OVERVOLTAGE, EFFECT_REFUSED, EFFECT_OPEN };

/* Table 33: SDLEVEL, SDEXTHP, SDEN, LDOEN, BYPASS of each row that is a supply; 3 in a field: any. */
static int row_of(unsigned value)
{
    static const struct {
        unsigned mask, value;
        int row;
    } rows[] = {
        {0x07, 0x02, 1}, /* LDO */
        {0x0F, 0x04, 2}, /* direct SMPS */
        {0x0F, 0x06, 3}, /* SMPS feeds the LDO, at a level */
        {0x0F, 0x0E, 4}, /* and the board */
        {0x0F, 0x0D, 5}, /* SMPS feeds the board, LDO bypassed */
        {0x07, 0x01, 6}, /* bypass */
    };
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        if ((value & rows[i].mask) == rows[i].value) {
            bool level = rows[i].row < 3 || rows[i].row == 6 || (value & 0x30u) != 0;
            return level ? rows[i].row : 0;
        }
    }
    return 0;
}

/*
 * UM2408 Table 10. smps: the coil is VCORE, VDDLDO is open. ldo: there is no coil. smps-ldo: the coil is VDDLDO.
 * bypass: VCORE comes from outside; what a regulator does beside it is in no manual.
 */
static enum effect effect_of(enum wiring wiring, unsigned value)
{
    int row = row_of(value);
    if (row == 0) {
        return EFFECT_REFUSED;
    }
    switch (wiring) {
    case WIRED_SMPS:
        /* Rows 3 to 5 put 1.8 or 2.5 V on VCORE (7.5.7). */
        return row == 2 ? EFFECT_GOOD : row == 1 || row == 6 ? EFFECT_DEAD : EFFECT_OVERVOLTAGE;
    case WIRED_LDO:
        /* With SDEN the SMPS is waited for, which has no coil: open whether ACTVOSRDY comes. */
        return row == 1 ? EFFECT_GOOD : row == 3 || row == 4 ? EFFECT_OPEN : EFFECT_DEAD;
    case WIRED_SMPS_LDO:
        return row == 3 || row == 4 ? EFFECT_GOOD : EFFECT_DEAD;
    default:
        return row == 6 ? EFFECT_GOOD : EFFECT_OPEN;
    }
}

static struct meaning of_cr3(const struct plan *p, const struct moment *m)
{
    if (m->locked) {
        return FINE;
    }
    switch (effect_of(p->wiring, p->value)) {
    case EFFECT_DEAD:
        return bad(m, WHY_DEAD);
    case EFFECT_OVERVOLTAGE:
        return bad(m, WHY_OVERVOLTAGE);
    case EFFECT_REFUSED:
        /* Locked at the default: the base waits for ACTVOSRDY for ever (7.8.4). */
        return p->after || p->base == BASE_NOTHING ? FINE
               : m->hidden                         ? OPEN
                                                   : bad(m, WHY_NEVER_STARTS);
    case EFFECT_OPEN:
        return OPEN;
    default:
        return FINE;
    }
}

/* VOS0 is VOS1 and ODEN, whichever comes last (7.6.2); from the SMPS it is 1.5 V. */
static struct meaning of_oden(const struct plan *p, const struct moment *m)
{
    if (p->base < BASE_VOS1) {
        return OPEN; /* ODEN outside of VOS1 */
    }
    if (p->wiring == WIRED_SMPS) {
        return p->what == WHAT_ODEN ? bad(m, WHY_OVERVOLTAGE)
                                    : (struct meaning){TRUTH_UNTOLD, WHY_OVERVOLTAGE};
    }
    bool legal = p->what == WHAT_ODEN && m->vos == 1 && p->wiring != WIRED_BYPASS;
    return legal ? FINE : OPEN;
}

/* ---- speed ---- */

/* MHz by VOS0..3: facts of the data sheet; VOS0 is never one of ours. */
static bool too_fast(unsigned cpu, unsigned ahb, unsigned apb, unsigned vos)
{
    static const unsigned limits[][3] = {
        {480, 240, 120}, {400, 200, 100}, {300, 150, 75}, {200, 100, 50}};
    const unsigned *limit = limits[vos];
    return cpu > limit[0] || ahb > limit[1] || apb > limit[2];
}

static struct meaning of_vos(const struct plan *p, const struct moment *m)
{
    if (m->star) {
        return OPEN; /* VOS must not change in Run* (7.4.1) */
    }
    return m->fast && too_fast(400, 200, 100, p->value) ? bad(m, WHY_OVERCLOCK) : FINE;
}

/* Table 17: no wait states up to 70, 55, 45 MHz of AXI clock in VOS1, VOS2, VOS3. */
static struct meaning of_latency(const struct moment *m)
{
    static const unsigned limits[] = {70, 70, 55, 45};
    unsigned axi = m->fast ? 200 : 64;
    return axi > limits[m->vos] ? bad(m, WHY_WAIT_STATES) : FINE;
}

static struct meaning of_clock(const struct plan *p, const struct moment *m)
{
    static const unsigned mhz[CLOCKS][3] = {
        [CLOCK_400] = {400, 200, 100},       [CLOCK_200] = {200, 100, 50},
        [CLOCK_480] = {480, 240, 120},       [CLOCK_AHB_400] = {400, 400, 200},
        [CLOCK_APB_200] = {400, 200, 200},   [CLOCK_VCO_1200] = {300, 150, 75},
        [CLOCK_INPUT_32] = {400, 200, 100},  [CLOCK_HSE] = {400, 200, 100},
        [CLOCK_HSE_OR_HSI] = {400, 200, 100}};
    const unsigned *f = mhz[p->value];
    if (p->value == CLOCK_HSE && !p->hse) {
        /* What a wait is that comes late, or on one of two cores, is a matter of taste. */
        return p->when == WHEN_AT_ONCE && p->who == WHO_CM7 ? bad(m, WHY_NEVER_STARTS) : OPEN;
    }
    if (too_fast(f[0], f[1], f[2], m->vos)) {
        return bad(m, WHY_OVERCLOCK);
    }
    if (p->value == CLOCK_VCO_1200 || p->value == CLOCK_INPUT_32) {
        /* 9.5.5: not specified */
        return (struct meaning){m->hidden ? TRUTH_HIDDEN : TRUTH_UNTOLD, WHY_OVERCLOCK};
    }
    return m->star ? OPEN : FINE; /* ck_sys must not change in Run* (7.4.1) */
}

static struct meaning of_fault(const struct plan *p, const struct moment *m)
{
    if (p->value >= FAULT_NONE_DIV_0) {
        return FINE;
    }
    return (struct meaning){m->hidden ? TRUTH_TRAP : TRUTH_BAD, WHY_FAULT};
}

struct meaning oracle(const struct plan *p)
{
    const struct moment m = moment_of(p);
    switch (p->what) {
    case WHAT_CR3:
        return of_cr3(p, &m);
    case WHAT_ODEN:
    case WHAT_ODEN_UNCLOCKED:
        return of_oden(p, &m);
    case WHAT_VOS:
        return of_vos(p, &m);
    case WHAT_LATENCY_0:
        return of_latency(&m);
    case WHAT_CLOCK:
        return of_clock(p, &m);
    case WHAT_FAULT:
        return of_fault(p, &m);
    default:
        return FINE;
    }
}
