/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/dap.h"

#include "debug/coresight.h"

#include "vboard/chip/chip.h"

#define ACK_OK 2u
#define R_DBGMCU 0x5C001000u
#define DBGMCU_CR 0x004u

enum { DP_DPIDR = 0x0, DP_CTRL_STAT = 0x4, DP_SELECT = 0x8, DP_RDBUFF = 0xC };
enum {
    AP_CSW = 0x00,
    AP_TAR = 0x04,
    AP_DRW = 0x0C,
    AP_BD0 = 0x10,
    AP_BD3 = 0x1C,
    AP_BASE = 0xF8,
    AP_IDR = 0xFC
};

#define CTRL_REQUESTS                                                                              \
    0x54000000u /* CSYSPWRUPREQ, CDBGPWRUPREQ, CDBGRSTREQ: each has its ACK one higher */
#define CTRL_WRITABLE 0x54FFFF0Du
#define CTRL_STICKYERR (1u << 5)
#define CTRL_STICKYCMP (1u << 4)
#define CTRL_STICKYORUN (1u << 1)
#define CTRL_STICKY (CTRL_STICKYERR | CTRL_STICKYCMP | CTRL_STICKYORUN)
#define ABORT_ALL 0x1Eu
#define TARGETID 0x04500041u
#define CSW_SIZE 7u
#define CSW_ADDRINC 0x30u
#define CSW_SINGLE 0x10u
#define CSW_DEVICE_EN (1u << 6)
#define CSW_WRITABLE 0x7F000F37u
#define TAR_WRAPS 0x400u /* AddrInc is guaranteed for ten bits */

/* 63.4.2: BASE and IDR. */
static const uint32_t bases[DAP_PORTS] = {0xE00FE003, 0x00000002, 0xE00E0003, 0xE00FF003};
static const uint32_t identities[DAP_PORTS] = {0x84770001, 0x84770001, 0x54770002, 0x24770011};

void dap_init(struct dap *d, struct board *board, struct core_debug *debug)
{
    *d = (struct dap){.board = board, .debug = debug};
    for (unsigned i = 0; i < DAP_PORTS; i++) {
        d->ap[i].csw = 0x03000002; /* 32 bits, privileged data */
    }
}

bool dap_is_dead(const struct dap *d)
{
    const struct chip_resets *r = &board_chip(d->board)->resets;
    return !r->powered || r->vcore_lost;
}

/* ---- the debug port ---- */

uint64_t dap_result(const struct dap *d)
{
    return (uint64_t)d->read_buffer << 3 | ACK_OK; /* OK or FAULT alike: CTRL/STAT tells */
}

static uint32_t read_ctrl_stat(const struct dap *d)
{
    switch (d->select & 0xFu) {
    case 0:
        return d->ctrl_stat | (d->ctrl_stat & CTRL_REQUESTS) << 1;
    case 2:
        return TARGETID;
    default:
        return 0;
    }
}

void dap_access_dp(struct dap *d, unsigned address, bool read, uint32_t data)
{
    if (read) {
        d->read_buffer = address == DP_CTRL_STAT ? read_ctrl_stat(d)
                         : address == DP_RDBUFF  ? d->read_buffer
                                                 : 0;
    } else if (address == DP_CTRL_STAT && (d->select & 0xFu) == 0) {
        /* By JTAG the sticky flags are cleared by writing them (IHI 0031 2.3.2). */
        const uint32_t sticky = d->ctrl_stat & CTRL_STICKY & ~data;
        d->ctrl_stat = (data & CTRL_WRITABLE) | sticky;
    } else if (address == DP_SELECT) {
        d->select = data;
    }
}

void dap_abort(struct dap *d, uint32_t data)
{
    if ((data & ABORT_ALL) != 0) {
        d->ctrl_stat &= ~CTRL_STICKY;
    }
}

/* ---- transfers ---- */

static enum core core_of(enum dap_port port)
{
    return port == DAP_CM4 ? CORE_CM4 : CORE_CM7;
}

/* A component without its clock does not answer (63.3.3). */
static bool is_clocked(struct cpu *cpu, uint32_t address)
{
    uint32_t dbgmcu_cr = 0;
    const uint32_t clock = coresight_clock(CORESIGHT_SYSTEM, address);
    return clock == 0 ||
           (cpu_read_mem(cpu, R_DBGMCU + DBGMCU_CR, &dbgmcu_cr, 4) && (dbgmcu_cr & clock) != 0);
}

/* The system's debug bus: DBGMCU, which the cores see at another address; ROM tables; the rest reads 0. */
static bool access_system(struct dap *d, uint32_t address, bool read, uint32_t *value)
{
    struct cpu *cpu = board_cpu(d->board, CORE_CM7);
    const uint32_t offset = address - 0xE00E1000u;
    if (offset < 0x1000u) {
        return read ? cpu_read_mem(cpu, R_DBGMCU + offset, value, 4)
                    : cpu_write_mem(cpu, R_DBGMCU + offset, value, 4);
    }
    if (read && !coresight_read(CORESIGHT_SYSTEM, address, value)) {
        *value = 0;
    }
    return is_clocked(cpu, address);
}

/* The D3 bus has no part in the cores' own memories and debug registers. */
static bool is_private(uint32_t address)
{
    return address >= 0xE0000000u || address < 0x08000000u || address - 0x20000000u < 0x20000u;
}

static bool transfer(struct dap *d, enum dap_port port, uint32_t address, unsigned size, bool read,
                     uint32_t *value)
{
    struct core_debug *debug = &d->debug[core_of(port)];
    struct cpu *cpu = board_cpu(d->board, core_of(port));
    if (port == DAP_SYSTEM) {
        return access_system(d, address & ~3u, read, value);
    }
    if (port == DAP_D3 && is_private(address)) {
        return false;
    }
    const enum coresight_bus bus = port == DAP_CM7 ? CORESIGHT_CM7 : CORESIGHT_CM4;
    if (port != DAP_D3 && read && size == 4 && coresight_read(bus, address, value)) {
        return true;
    }
    if (port != DAP_D3 && size == 4 && core_debug_owns(address)) {
        if (read) {
            *value = core_debug_read(debug, address);
        } else {
            core_debug_write(debug, address, *value);
        }
        return true;
    }
    return read ? cpu_read_mem(cpu, address, value, size)
                : core_debug_store(debug, cpu, address, value, size);
}

/* By TAR, in its byte lanes. */
static uint32_t data_access(struct dap *d, enum dap_port port, uint32_t address, unsigned size,
                            bool read, uint32_t data)
{
    const unsigned shift = 8 * (address & 3u);
    uint32_t value = data >> shift;
    if (d->ctrl_stat & CTRL_STICKYERR) {
        return 0; /* nothing more until it is cleared */
    }
    if (!transfer(d, port, address, size, read, &value)) {
        d->ctrl_stat |= CTRL_STICKYERR;
        return 0;
    }
    return size == 4 ? value : (value & ((1u << (8 * size)) - 1u)) << shift;
}

static uint32_t access_drw(struct dap *d, enum dap_port port, bool read, uint32_t data)
{
    struct dap_ap *ap = &d->ap[port];
    const unsigned size = 1u << (ap->csw & 3u);
    const uint32_t value = data_access(d, port, ap->tar, size, read, data);
    if ((ap->csw & CSW_ADDRINC) == CSW_SINGLE) {
        ap->tar = (ap->tar & ~(TAR_WRAPS - 1u)) | ((ap->tar + size) & (TAR_WRAPS - 1u));
    }
    return value;
}

static uint32_t read_ap(struct dap *d, enum dap_port port, unsigned address)
{
    const struct dap_ap *ap = &d->ap[port];
    switch (address) {
    case AP_CSW:
        return ap->csw | CSW_DEVICE_EN;
    case AP_TAR:
        return ap->tar;
    case AP_DRW:
        return access_drw(d, port, true, 0);
    case AP_BASE:
        return bases[port];
    case AP_IDR:
        return identities[port];
    default:
        return address >= AP_BD0 && address <= AP_BD3
                   ? data_access(d, port, (ap->tar & ~0xFu) + (address - AP_BD0), 4, true, 0)
                   : 0;
    }
}

static void write_ap(struct dap *d, enum dap_port port, unsigned address, uint32_t data)
{
    struct dap_ap *ap = &d->ap[port];
    if (address == AP_CSW) {
        ap->csw = data & CSW_WRITABLE;
        ap->csw = (ap->csw & CSW_ADDRINC) == CSW_ADDRINC - CSW_SINGLE
                      ? (ap->csw & ~CSW_ADDRINC) | CSW_SINGLE
                      : ap->csw;
    } else if (address == AP_TAR) {
        ap->tar = data;
    } else if (address == AP_DRW) {
        (void)access_drw(d, port, false, data);
    } else if (address >= AP_BD0 && address <= AP_BD3) {
        (void)data_access(d, port, (ap->tar & ~0xFu) + (address - AP_BD0), 4, false, data);
    }
}

void dap_access_ap(struct dap *d, unsigned address, bool read, uint32_t data)
{
    const unsigned port = d->select >> 24;
    const unsigned where = (d->select & 0xF0u) | address;
    if (port >= DAP_PORTS) {
        d->read_buffer = read ? 0 : d->read_buffer;
    } else if (read) {
        d->read_buffer = read_ap(d, (enum dap_port)port, where);
    } else {
        write_ap(d, (enum dap_port)port, where, data);
    }
}
