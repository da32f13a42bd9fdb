/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "debug/core_debug.h"

#include "vboard/chip/chip.h"
#include "vboard/periph/flash/flash.h"

#include <string.h>

enum {
    R_FP_CTRL = 0xE0002000,
    R_FP_COMP0 = 0xE0002008,
    R_DWT_COMP0 = 0xE0001020, /* COMP, MASK, FUNCTION, 16 bytes a comparator */
    R_DWT_END = 0xE0001060,
    R_CTI = 0xE0043000,
    R_DFSR = 0xE000ED30,
    R_DHCSR = 0xE000EDF0,
    R_DCRSR = 0xE000EDF4,
    R_DCRDR = 0xE000EDF8,
    R_DEMCR = 0xE000EDFC
};

#define PAGE 0x1000u
#define DBGKEY 0xA05F0000u
#define C_DEBUGEN (1u << 0)
#define C_HALT (1u << 1)
#define C_STEP (1u << 2)
#define C_MASKINTS (1u << 3)
#define S_REGRDY (1u << 16)
#define S_HALT (1u << 17)
#define S_SLEEP (1u << 18)
#define S_LOCKUP (1u << 19)
#define S_RETIRE_ST (1u << 24)
#define S_RESET_ST (1u << 25)
#define DFSR_HALTED (1u << 0)
#define DFSR_BKPT (1u << 1)
#define DFSR_DWTTRAP (1u << 2)
#define DFSR_VCATCH (1u << 3)
#define DFSR_EXTERNAL (1u << 4)
#define DEMCR_VC_CORERESET (1u << 0)
#define DEMCR_TRCENA (1u << 24)
#define DCRSR_WRITE (1u << 16)
#define FUNCTION_MATCHED (1u << 24)

static struct cpu *cpu_of(const struct core_debug *d)
{
    return board_cpu(d->board, d->core);
}

static bool is_halted(const struct core_debug *d)
{
    return board_chip(d->board)->cores.halted[d->core];
}

/* ---- halting, and the cross trigger that tells the other core ---- */

enum { TRIGGER_HALTED = 0, TRIGGER_EDBGRQ = 0, TRIGGER_DBGRESTART = 7 };

static void resume(struct core_debug *d)
{
    d->dhcsr &= ~C_STEP;
    cpu_halt(cpu_of(d), false);
}

static void halt(struct core_debug *d, uint32_t why);

static void take_channels(struct core_debug *d, uint32_t channels)
{
    if (d->cti.enabled && (d->cti.out[TRIGGER_EDBGRQ] & channels) != 0 && !is_halted(d)) {
        halt(d, DFSR_EXTERNAL);
    }
    if (d->cti.enabled && (d->cti.out[TRIGGER_DBGRESTART] & channels) != 0 && is_halted(d)) {
        resume(d);
    }
}

/* A trigger of this core's, or a pulse by the debugger: to all that hear those channels. */
static void send_channels(struct core_debug *d, uint32_t channels)
{
    for (unsigned i = 0; i < CORE_COUNT && d->cti.enabled; i++) {
        struct core_debug *to = &d->both[i];
        take_channels(to, to == d ? channels : channels & d->cti.gate & to->cti.gate);
    }
}

static void halt(struct core_debug *d, uint32_t why)
{
    if ((d->dhcsr & C_DEBUGEN) != 0) {
        d->dfsr |= why;
        cpu_halt(cpu_of(d), true);
        send_channels(d, d->cti.in[TRIGGER_HALTED]);
    }
}

static void on_stop(void *ctx, enum core core, enum cpu_stop why)
{
    static const uint32_t reasons[] = {[CPU_STOP_BREAK] = DFSR_BKPT,
                                       [CPU_STOP_BKPT] = DFSR_BKPT,
                                       [CPU_STOP_WATCH] = DFSR_DWTTRAP,
                                       [CPU_STOP_COUNT] = DFSR_HALTED,
                                       [CPU_STOP_RESET] = DFSR_VCATCH};
    struct core_debug *d = ctx;
    (void)core;
    if (why == CPU_STOP_WATCH) {
        d->dwt[cpu_watch_hit(cpu_of(d)).index].matched = true;
    }
    halt(d, reasons[why]);
}

/* ---- DHCSR ---- */

static uint32_t read_dhcsr(struct core_debug *d)
{
    const struct cpu *cpu = cpu_of(d);
    const bool halted = is_halted(d);
    uint32_t value = d->dhcsr | S_REGRDY;
    value |= halted ? S_HALT | C_HALT : 0;
    value |= cpu_is_sleeping(cpu) && !halted ? S_SLEEP : 0;
    value |= cpu_is_locked_up(cpu) ? S_LOCKUP : 0;
    value |= d->was_reset ? S_RESET_ST : 0;
    value |= cpu_instructions(cpu) != d->retired ? S_RETIRE_ST : 0;
    d->was_reset = false;
    d->retired = cpu_instructions(cpu);
    return value;
}

static void arm(struct core_debug *d);

static void enable(struct core_debug *d, bool on)
{
    if (on == ((d->dhcsr & C_DEBUGEN) != 0)) {
        return;
    }
    if (!on && is_halted(d)) {
        resume(d);
    }
    d->dhcsr = on ? C_DEBUGEN : 0;
    d->hooks.catches_reset = (d->demcr & DEMCR_VC_CORERESET) != 0;
    cpu_attach_debugger(cpu_of(d), on ? &d->hooks : NULL);
    if (on) {
        arm(d);
    }
}

static void write_dhcsr(struct core_debug *d, uint32_t value)
{
    if ((value & 0xFFFF0000u) != DBGKEY) {
        return;
    }
    enable(d, (value & C_DEBUGEN) != 0);
    if ((value & C_DEBUGEN) == 0) {
        return;
    }
    d->dhcsr = value & (C_DEBUGEN | C_STEP | C_MASKINTS);
    if ((value & C_HALT) != 0) {
        if (!is_halted(d)) {
            halt(d, DFSR_HALTED);
        }
    } else if (is_halted(d) && (value & C_STEP) != 0) {
        cpu_step(cpu_of(d));
        d->dfsr |= DFSR_HALTED;
    } else if (is_halted(d)) {
        resume(d);
    }
}

/* ---- DCRSR, DCRDR ---- */

enum {
    SELECT_XPSR = 16,
    SELECT_MSP,
    SELECT_PSP,
    SELECT_MASKS = 20,
    SELECT_FPSCR = 33,
    SELECT_S0 = 64
};

static enum cpu_reg reg_of(unsigned select)
{
    if (select >= SELECT_S0) {
        return (enum cpu_reg)(CPU_S0 + (select - SELECT_S0) % 32u);
    }
    switch (select) {
    case SELECT_XPSR:
        return CPU_XPSR;
    case SELECT_MSP:
        return CPU_MSP;
    case SELECT_PSP:
        return CPU_PSP;
    case SELECT_FPSCR:
        return CPU_FPSCR;
    default:
        return (enum cpu_reg)(CPU_R0 + select % 16u);
    }
}

/* CONTROL, FAULTMASK, BASEPRI, PRIMASK, from the top byte down. */
static void transfer_masks(struct core_debug *d, bool write)
{
    static const enum cpu_reg regs[] = {CPU_PRIMASK, CPU_BASEPRI, CPU_FAULTMASK, CPU_CONTROL};
    uint32_t all = 0;
    for (unsigned i = 0; i < 4; i++) {
        if (write) {
            cpu_set_reg(cpu_of(d), regs[i], d->dcrdr >> (8 * i) & 0xFFu);
        }
        all |= cpu_get_reg(cpu_of(d), regs[i]) << (8 * i);
    }
    d->dcrdr = all;
}

static void write_dcrsr(struct core_debug *d, uint32_t value)
{
    const unsigned select = value & 0x7Fu;
    const bool write = (value & DCRSR_WRITE) != 0;
    if (!is_halted(d)) {
        return; /* UNPREDICTABLE (C1.6.3) */
    }
    if (select == SELECT_MASKS) {
        transfer_masks(d, write);
    } else if (write) {
        cpu_set_reg(cpu_of(d), reg_of(select), d->dcrdr);
    } else {
        d->dcrdr = cpu_get_reg(cpu_of(d), reg_of(select));
    }
}

static void write_demcr(struct core_debug *d, uint32_t value)
{
    d->demcr = value;
    d->hooks.catches_reset = (value & DEMCR_VC_CORERESET) != 0;
    (void)cpu_write_mem(cpu_of(d), R_DEMCR, &value, 4); /* MON_..., TRCENA are the core's */
}

/* ---- FPB, DWT ---- */

static unsigned comparators(const struct core_debug *d)
{
    return d->core == CORE_CM7 ? 8 : 6;
}

/* What the enabled comparators stand for, given to the core. */
static void arm(struct core_debug *d)
{
    uint32_t breaks[2 * FPB_MAX];
    struct cpu_watchpoint watch[CPU_WATCHPOINTS] = {{0}};
    unsigned count = 0;
    for (unsigned i = 0; i < comparators(d) && d->fpb_on; i++) {
        const uint32_t comp = d->fp_comp[i];
        if ((comp & 1u) == 0) {
            continue;
        }
        if (d->core == CORE_CM7) { /* version 2: the address as it is */
            breaks[count++] = comp & ~1u;
            continue;
        }
        const uint32_t word = comp & 0x1FFFFFFCu;
        if ((comp >> 30 & 1u) != 0) {
            breaks[count++] = word;
        }
        if ((comp >> 31) != 0) {
            breaks[count++] = word + 2;
        }
    }
    for (unsigned i = 0; i < CPU_WATCHPOINTS && (d->demcr & DEMCR_TRCENA) != 0; i++) {
        static const unsigned kinds[] = {
            [5] = CPU_WATCH_READ, [6] = CPU_WATCH_WRITE, [7] = CPU_WATCH_READ | CPU_WATCH_WRITE};
        const unsigned function = d->dwt[i].function & 0xFu;
        const uint32_t size = 1u << (d->dwt[i].mask & 0xFu);
        if (function >= 5 && function <= 7) {
            watch[i] = (struct cpu_watchpoint){d->dwt[i].comp & ~(size - 1), size, kinds[function]};
        }
    }
    if ((d->dhcsr & C_DEBUGEN) != 0) {
        cpu_set_breakpoints(cpu_of(d), breaks, count);
        cpu_set_watchpoints(cpu_of(d), watch);
    }
}

/* NUM_CODE in 14:12 and 7:4; REV, version 2 is 1, in 31:28. */
static uint32_t read_fp_ctrl(const struct core_debug *d)
{
    const uint32_t code = comparators(d) << 4;
    return (d->core == CORE_CM7 ? 1u << 28 : 2u << 8) | code | d->fpb_on;
}

static uint32_t read_dwt(struct core_debug *d, uint32_t address)
{
    const unsigned i = (address - R_DWT_COMP0) / 16;
    switch ((address - R_DWT_COMP0) % 16 / 4) {
    case 0:
        return d->dwt[i].comp;
    case 1:
        return d->dwt[i].mask;
    case 2: {
        const uint32_t value = d->dwt[i].function | (d->dwt[i].matched ? FUNCTION_MATCHED : 0);
        d->dwt[i].matched = false;
        return value;
    }
    default:
        return 0;
    }
}

static void write_dwt(struct core_debug *d, uint32_t address, uint32_t value)
{
    const unsigned i = (address - R_DWT_COMP0) / 16;
    switch ((address - R_DWT_COMP0) % 16 / 4) {
    case 0:
        d->dwt[i].comp = value;
        break;
    case 1:
        d->dwt[i].mask = value & 0xFu;
        break;
    case 2:
        d->dwt[i].function = value & 0xFu;
        break;
    default:
        break;
    }
    arm(d);
}

/* ---- CTI ---- */

enum {
    R_CTI_CONTROL = 0x000,
    R_CTI_APPPULSE = 0x01C,
    R_CTI_INEN0 = 0x020,
    R_CTI_OUTEN0 = 0x0A0,
    R_CTI_TRGISTS = 0x130,
    R_CTI_GATE = 0x140
};
#define CTI_ALL ((1u << CTI_CHANNELS) - 1u)

static uint32_t *cti_trigger(struct core_debug *d, uint32_t offset)
{
    if (offset - R_CTI_INEN0 < 4 * CTI_TRIGGERS) {
        return &d->cti.in[(offset - R_CTI_INEN0) / 4];
    }
    return offset - R_CTI_OUTEN0 < 4 * CTI_TRIGGERS ? &d->cti.out[(offset - R_CTI_OUTEN0) / 4]
                                                    : NULL;
}

static uint32_t read_cti(struct core_debug *d, uint32_t offset)
{
    const uint32_t *trigger = cti_trigger(d, offset);
    if (trigger != NULL) {
        return *trigger;
    }
    switch (offset) {
    case R_CTI_CONTROL:
        return d->cti.enabled;
    case R_CTI_TRGISTS:
        return is_halted(d) ? 1u << TRIGGER_HALTED : 0;
    case R_CTI_GATE:
        return d->cti.gate;
    default:
        return 0;
    }
}

static void write_cti(struct core_debug *d, uint32_t offset, uint32_t value)
{
    uint32_t *trigger = cti_trigger(d, offset);
    if (trigger != NULL) {
        *trigger = value & CTI_ALL;
    } else if (offset == R_CTI_CONTROL) {
        d->cti.enabled = (value & 1u) != 0;
    } else if (offset == R_CTI_GATE) {
        d->cti.gate = value & CTI_ALL;
    } else if (offset == R_CTI_APPPULSE) {
        send_channels(d, value & CTI_ALL);
    }
}

/* ---- all of them ---- */

bool core_debug_owns(uint32_t address)
{
    return address == R_DFSR || (address >= R_DHCSR && address <= R_DEMCR) ||
           address == R_FP_CTRL || address - R_FP_COMP0 < 4 * FPB_MAX ||
           (address >= R_DWT_COMP0 && address < R_DWT_END) || address - R_CTI < PAGE;
}

uint32_t core_debug_read(struct core_debug *d, uint32_t address)
{
    if (address - R_CTI < PAGE) {
        return read_cti(d, address - R_CTI);
    }
    if (address >= R_DWT_COMP0 && address < R_DWT_END) {
        return read_dwt(d, address);
    }
    switch (address) {
    case R_DFSR:
        return d->dfsr;
    case R_DHCSR:
        return read_dhcsr(d);
    case R_DCRDR:
        return d->dcrdr;
    case R_DEMCR:
        return d->demcr;
    case R_FP_CTRL:
        return read_fp_ctrl(d);
    default:
        return address - R_FP_COMP0 < 4 * comparators(d) ? d->fp_comp[(address - R_FP_COMP0) / 4]
                                                         : 0;
    }
}

static void write_fpb(struct core_debug *d, uint32_t address, uint32_t value)
{
    if (address == R_FP_CTRL) {
        d->fpb_on = (value & 2u) != 0 ? (value & 1u) != 0 : d->fpb_on; /* with KEY */
    } else if (address - R_FP_COMP0 < 4 * comparators(d)) {
        d->fp_comp[(address - R_FP_COMP0) / 4] = value;
    }
    arm(d);
}

void core_debug_write(struct core_debug *d, uint32_t address, uint32_t value)
{
    if (address - R_CTI < PAGE) {
        write_cti(d, address - R_CTI, value);
        return;
    }
    if (address >= R_DWT_COMP0 && address < R_DWT_END) {
        write_dwt(d, address, value);
        return;
    }
    switch (address) {
    case R_DFSR:
        d->dfsr &= ~value;
        break;
    case R_DHCSR:
        write_dhcsr(d, value);
        break;
    case R_DCRSR:
        write_dcrsr(d, value);
        break;
    case R_DCRDR:
        d->dcrdr = value;
        break;
    case R_DEMCR:
        write_demcr(d, value);
        arm(d);
        break;
    default:
        write_fpb(d, address, value);
        break;
    }
}

/* A programmer's write to flash goes the way of a core's: through what PG and the queue make of it. */
bool core_debug_store(struct core_debug *d, struct cpu *cpu, uint32_t address, const void *bytes,
                      unsigned size)
{
    struct chip *chip = board_chip(d->board);
    const struct mem_region *m = chip_region(chip, address, MASTER_DEBUG);
    if (m == NULL || m->writable || m->write == NULL) {
        return cpu_write_mem(cpu, address, bytes, size);
    }
    uint64_t value = 0;
    memcpy(&value, bytes, size);
    const struct access saved = chip->access;
    chip->access = (struct access){.master = MASTER_DEBUG, .address = address, .lanes = ~0u};
    m->write(m->ctx, address, size, value);
    const bool good = !chip->access.bus_fault;
    chip->access = saved;
    return good;
}

/* ---- life ---- */

void core_debug_init(struct core_debug both[CORE_COUNT], struct board *board)
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        both[i] = (struct core_debug){
            .board = board, .both = both, .core = (enum core)i, .cti = {.gate = CTI_ALL}};
        both[i].hooks = (struct cpu_debugger){.ctx = &both[i], .stopped = on_stop};
    }
}

void core_debug_close(struct core_debug both[CORE_COUNT])
{
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        enable(&both[i], false);
    }
}

void core_debug_reset(struct core_debug *d, bool power)
{
    d->was_reset = true;
    if (is_halted(d)) {
        resume(d); /* a vector catch halts it before it does anything */
    }
    if (power) {
        enable(d, false);
        *d = (struct core_debug){.board = d->board,
                                 .both = d->both,
                                 .core = d->core,
                                 .hooks = d->hooks,
                                 .was_reset = true,
                                 .cti = {.gate = CTI_ALL}};
    }
}
