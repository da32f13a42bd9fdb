/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/jtag.h"

#define BOUNDARY_BITS 5u
#define BOUNDARY_IDCODE 0x01u
#define BOUNDARY_BYPASS 0x1Fu
#define BOUNDARY_ID 0x06450041u /* as probes read it from an STM32H745; RM0399 has no word of it */
#define PORT_BITS 4u
#define PORT_ABORT 0x8u
#define PORT_DPACC 0xAu
#define PORT_APACC 0xBu
#define PORT_IDCODE 0xEu
#define PORT_BYPASS 0xFu
#define PORT_ID 0x6BA00477u /* Table 622 */
#define ACCESS_BITS 35u

static const struct {
    uint8_t low, high; /* where TMS leads to */
} next_state[] = {
    [JTAG_RESET] = {JTAG_IDLE, JTAG_RESET},
    [JTAG_IDLE] = {JTAG_IDLE, JTAG_SELECT_DR},
    [JTAG_SELECT_DR] = {JTAG_CAPTURE_DR, JTAG_SELECT_IR},
    [JTAG_CAPTURE_DR] = {JTAG_SHIFT_DR, JTAG_EXIT1_DR},
    [JTAG_SHIFT_DR] = {JTAG_SHIFT_DR, JTAG_EXIT1_DR},
    [JTAG_EXIT1_DR] = {JTAG_PAUSE_DR, JTAG_UPDATE_DR},
    [JTAG_PAUSE_DR] = {JTAG_PAUSE_DR, JTAG_EXIT2_DR},
    [JTAG_EXIT2_DR] = {JTAG_SHIFT_DR, JTAG_UPDATE_DR},
    [JTAG_UPDATE_DR] = {JTAG_IDLE, JTAG_SELECT_DR},
    [JTAG_SELECT_IR] = {JTAG_CAPTURE_IR, JTAG_RESET},
    [JTAG_CAPTURE_IR] = {JTAG_SHIFT_IR, JTAG_EXIT1_IR},
    [JTAG_SHIFT_IR] = {JTAG_SHIFT_IR, JTAG_EXIT1_IR},
    [JTAG_EXIT1_IR] = {JTAG_PAUSE_IR, JTAG_UPDATE_IR},
    [JTAG_PAUSE_IR] = {JTAG_PAUSE_IR, JTAG_EXIT2_IR},
    [JTAG_EXIT2_IR] = {JTAG_SHIFT_IR, JTAG_UPDATE_IR},
    [JTAG_UPDATE_IR] = {JTAG_IDLE, JTAG_SELECT_DR},
};

void jtag_reset(struct jtag *j)
{
    j->state = JTAG_RESET;
    j->boundary.instruction = BOUNDARY_IDCODE;
    j->port.instruction = PORT_IDCODE;
}

void jtag_init(struct jtag *j, struct dap *dap)
{
    *j = (struct jtag){.dap = dap};
    jtag_reset(j);
}

static void capture(struct jtag_tap *tap, uint64_t value, unsigned length)
{
    tap->shift = value;
    tap->length = length;
}

static void capture_dr(struct jtag *j)
{
    const bool id = j->boundary.instruction == BOUNDARY_IDCODE;
    capture(&j->boundary, id ? BOUNDARY_ID : 0, id ? 32 : 1);
    switch (j->port.instruction) {
    case PORT_IDCODE:
        capture(&j->port, PORT_ID, 32);
        break;
    case PORT_DPACC:
    case PORT_APACC:
        capture(&j->port, dap_result(j->dap), ACCESS_BITS);
        break;
    case PORT_ABORT:
        capture(&j->port, 0, ACCESS_BITS);
        break;
    default:
        capture(&j->port, 0, 1);
        break;
    }
}

static void capture_ir(struct jtag *j)
{
    capture(&j->boundary, 1, BOUNDARY_BITS);
    capture(&j->port, 1, PORT_BITS);
}

/* Data in 34:3, A(3:2) in 2:1, RnW in 0. */
static void update_dr(struct jtag *j)
{
    const uint64_t in = j->port.shift;
    const uint32_t data = (uint32_t)(in >> 3);
    const unsigned address = (unsigned)(in >> 1 & 3u) * 4u;
    const bool read = (in & 1u) != 0;
    if (j->port.instruction == PORT_DPACC) {
        dap_access_dp(j->dap, address, read, data);
    } else if (j->port.instruction == PORT_APACC) {
        dap_access_ap(j->dap, address, read, data);
    } else if (j->port.instruction == PORT_ABORT) {
        dap_abort(j->dap, data);
    }
}

static void shift_one(struct jtag_tap *tap, bool in)
{
    tap->shift = tap->shift >> 1 | (uint64_t)in << (tap->length - 1);
}

/* The boundary scan's TAP is the first behind TDI. */
static void shift(struct jtag *j, bool tdi)
{
    const bool between = (j->boundary.shift & 1u) != 0;
    shift_one(&j->boundary, tdi);
    shift_one(&j->port, between);
}

static void rising_edge(struct jtag *j, bool tms, bool tdi)
{
    if (j->state == JTAG_SHIFT_DR || j->state == JTAG_SHIFT_IR) {
        shift(j, tdi);
    } else if (j->state == JTAG_CAPTURE_DR) {
        capture_dr(j);
    } else if (j->state == JTAG_CAPTURE_IR) {
        capture_ir(j);
    }
    j->state = (enum jtag_state)(tms ? next_state[j->state].high : next_state[j->state].low);
    if (j->state == JTAG_RESET) {
        jtag_reset(j);
    } else if (j->state == JTAG_UPDATE_DR) {
        update_dr(j);
    } else if (j->state == JTAG_UPDATE_IR) {
        j->boundary.instruction = (uint32_t)j->boundary.shift;
        j->port.instruction = (uint32_t)j->port.shift;
    }
}

void jtag_set(struct jtag *j, bool tck, bool tms, bool tdi)
{
    if (tck && !j->tck && !dap_is_dead(j->dap)) {
        rising_edge(j, tms, tdi);
    }
    j->tck = tck;
}

bool jtag_tdo(const struct jtag *j)
{
    const bool shifts = j->state == JTAG_SHIFT_DR || j->state == JTAG_SHIFT_IR;
    return dap_is_dead(j->dap) || !shifts || (j->port.shift & 1u) != 0;
}
