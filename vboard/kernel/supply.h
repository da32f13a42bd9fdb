/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_KERNEL_SUPPLY_H
#define VBOARD_KERNEL_SUPPLY_H

/*
 * The supply of the chip's core, VCORE, as the board is wired and as PWR selects it (RM0399 7.4,
 * Table 33; UM2408 Rev 6 7.4.8, Table 10). The part knows volts and wires; the rules of the register
 * (write-once, illegal combinations, ready flags) are PWR's.
 *
 * VDD stays up whatever happens to VCORE. When VCORE is gone both cores and the debug port are dead
 * and only taking VDD away brings the default selection, and so VCORE, back.
 *
 * Left out: ramps and inrush (a new level is there at once; PWR delays its flags), load, VBAT (it
 * hangs on VDD on this board), the external supply of the bypass wiring other than "1.2 V, always".
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/vtime.h"

/* How the board feeds VCORE: UM2408 Table 10, columns 2, 1, 3, 4. The first is how it is sold. */
enum supply_wiring { SUPPLY_SMPS, SUPPLY_LDO, SUPPLY_SMPS_LDO, SUPPLY_BYPASS };

/* What PWR asks for: the low byte of PWR_CR3 and the voltage scale. */
struct supply_request {
    uint8_t cr3;     /* BYPASS 0, LDOEN 1, SDEN 2, SDEXTHP 3, SDLEVEL 5:4 (RM0399 7.8.4) */
    bool configured; /* CR3 has been written legally since VDD came up */
    uint8_t vos;     /* 1..3 for VOS1..VOS3 */
    bool boost;      /* VOS0: SYSCFG_PWRCR.ODEN in VOS1 (7.6.2) */
};

struct supply_listener {
    /* VCORE has changed: see supply_vcore_uv and supply_lost. */
    void (*changed)(void *ctx, vtime_ps now);
    void *ctx;
    struct supply_listener *next;
};

struct supply {
    enum supply_wiring wiring;
    uint32_t vdd_mv;    /* 3300; 0 = off */
    uint32_t pvd_in_mv; /* on pin PVD_IN (PB7), for PWR_CR1.PLS = 111; default SUPPLY_PVD_IN_OPEN */
    uint32_t vcore_uv;  /* present VCORE; 0 = none */
    bool smps_ready;    /* the SMPS output stands where CR3 wants it */
    bool protected_;    /* over-voltage detector forced the SMPS to 1.0 V (RM0399 7.5.7) */
    struct supply_request request;
    struct supply_listener *listeners;
};

/* Nothing is connected to PVD_IN: its level is that of the pin's own pull resistor, if any. */
#define SUPPLY_PVD_IN_OPEN UINT32_MAX

/* Below this there is no core to speak of: 0.95 V is the lowest run level (RM0399 Table 16, VOS3). */
#define SUPPLY_VCORE_MIN_UV 950000u
/* Absolute maximum of VCORE: 1.40 V, the top of the VOS0 range (RM0399 Table 16; facts 1.6). */
#define SUPPLY_VCORE_MAX_UV 1400000u

void supply_init(struct supply *s, enum supply_wiring wiring);
void supply_listen(struct supply *s, struct supply_listener *l);

/* VDD comes (millivolts) or goes (0). The power-on reset that follows is the board's business. */
void supply_set_vdd(struct supply *s, uint32_t vdd_mv, vtime_ps now);
/* Level on the PVD_IN pin. */
void supply_set_pvd_in(struct supply *s, uint32_t mv, vtime_ps now);

/* PWR selects. */
void supply_select(struct supply *s, const struct supply_request *request, vtime_ps now);

/* VDD is up, yet VCORE is not: the deadlock. */
bool supply_lost(const struct supply *s);
uint32_t supply_vcore_uv(const struct supply *s);
/* "direct SMPS", "LDO", "SMPS and LDO in cascade", "bypass (external)". */
const char *supply_wiring_name(enum supply_wiring wiring);
/* What the low byte of CR3 selects, in the same words; "nothing" for what Table 33 forbids. */
const char *supply_selection_name(uint8_t cr3);

#endif
