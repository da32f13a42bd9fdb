/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The debug port and the four access ports behind it (RM0399 63.4.1, 63.4.2; ADIv5, IHI 0031): AP0 the Cortex-M7's
 * bus, AP1 the D3 domain's, AP2 the system's debug bus, AP3 the Cortex-M4's.
 *
 * Left out: packed transfers (AddrInc reads back as single), pushed compares, WAIT (every access is done at
 * once), and what of CoreSight is not in core_debug.h, coresight.h or DBGMCU: it reads 0.
 */
#ifndef DEBUG_DAP_H
#define DEBUG_DAP_H

#include "debug/core_debug.h"
#include "vboard/boards/board.h"

#include <stdbool.h>
#include <stdint.h>

enum dap_port { DAP_CM7, DAP_D3, DAP_SYSTEM, DAP_CM4, DAP_PORTS };

struct dap_ap {
    uint32_t csw, tar;
};

struct dap {
    struct board *board;
    struct core_debug *debug; /* CORE_COUNT of them */
    uint32_t select, ctrl_stat, read_buffer;
    bool last_faulted; /* the access before: its acknowledge is to come */
    struct dap_ap ap[DAP_PORTS];
};

void dap_init(struct dap *d, struct board *board, struct core_debug *debug);
/* Neither power nor VCORE: nothing answers. */
bool dap_is_dead(const struct dap *d);

/* JTAG's registers: what has come of the access before, data in 34:3 and acknowledge in 2:0. */
uint64_t dap_result(const struct dap *d);
void dap_access_dp(struct dap *d, unsigned address, bool read, uint32_t data);
void dap_access_ap(struct dap *d, unsigned address, bool read, uint32_t data);
void dap_abort(struct dap *d, uint32_t data);

#endif
