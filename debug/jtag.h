/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The chip's JTAG pins (RM0399 63.4.1; IEEE 1149.1): a state machine and two TAPs in a chain. From TDI on: the
 * boundary scan's (5 bits of instruction; of its registers the IDCODE alone, all else is BYPASS), and the debug
 * port's (4 bits), whose register leads to TDO.
 */
#ifndef DEBUG_JTAG_H
#define DEBUG_JTAG_H

#include "debug/dap.h"

#include <stdbool.h>
#include <stdint.h>

enum jtag_state {
    JTAG_RESET,
    JTAG_IDLE,
    JTAG_SELECT_DR,
    JTAG_CAPTURE_DR,
    JTAG_SHIFT_DR,
    JTAG_EXIT1_DR,
    JTAG_PAUSE_DR,
    JTAG_EXIT2_DR,
    JTAG_UPDATE_DR,
    JTAG_SELECT_IR,
    JTAG_CAPTURE_IR,
    JTAG_SHIFT_IR,
    JTAG_EXIT1_IR,
    JTAG_PAUSE_IR,
    JTAG_EXIT2_IR,
    JTAG_UPDATE_IR
};

struct jtag_tap {
    uint32_t instruction;
    uint64_t shift;
    unsigned length; /* of the register between TDI and TDO */
};

struct jtag {
    struct dap *dap;
    enum jtag_state state;
    bool tck;
    struct jtag_tap boundary, port;
};

void jtag_init(struct jtag *j, struct dap *dap);
/* nJTRST, or five clocks with TMS high. */
void jtag_reset(struct jtag *j);
void jtag_set(struct jtag *j, bool tck, bool tms, bool tdi);
/* TDO as a probe sees it while TCK is low; high when nobody drives it. */
bool jtag_tdo(const struct jtag *j);

#endif
