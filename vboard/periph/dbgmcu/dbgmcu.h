/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_DBGMCU_DBGMCU_H
#define VBOARD_PERIPH_DBGMCU_DBGMCU_H

/*
 * DBGMCU, microcontroller debug unit (RM0399 Rev 4, 63.5.8): identity code, clocks kept alive for the
 * debugger, peripherals that freeze while a core is halted. The cores see it at 0x5C001000, the debug
 * port (APB-D) at 0xE00E1000: the same registers.
 *
 * Left out: trace and trigger pins, DBGSLEEP_Dn and DBGSTBY_Dn (kept), the domains' debug clocks.
 */
#include <stdbool.h>

#include "vboard/chip/chip.h"

extern const struct model dbgmcu_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields dbgmcu_fields[];

/* The freeze registers, one for each core: DBGMCU_APB1LFZ1 and APB1LFZ2 ... */
enum dbgmcu_bus { DBGMCU_APB3, DBGMCU_APB1L, DBGMCU_APB1H, DBGMCU_APB2, DBGMCU_APB4 };

/* Is what `bit` of that register stands for frozen now: a core is halted and its register says so? */
bool dbgmcu_frozen(struct chip *c, enum dbgmcu_bus bus, unsigned bit);

/* DBGSTOP_D1/D2: the domain's clocks run on in CStop. */
bool dbgmcu_keeps_clock(struct chip *c, enum core domain);

/* Told whenever dbgmcu_frozen may answer differently. The caller owns the listener. */
struct dbgmcu_listener {
    void (*changed)(void *ctx, vtime_ps now);
    void *ctx;
    struct dbgmcu_listener *next;
};
/* From a model's connect; does nothing on a chip without DBGMCU. */
void dbgmcu_listen(struct chip *c, struct dbgmcu_listener *l);

#endif
