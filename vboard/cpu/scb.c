/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/cpu/scb.h"

#include <string.h>

#include "vboard/cpu/caches.h"
#include "vboard/cpu/core.h"

enum {
    R_ACTLR = 0x008,
    R_CPUID = 0xD00,
    R_ICSR = 0xD04,
    R_VTOR = 0xD08,
    R_AIRCR = 0xD0C,
    R_SCR = 0xD10,
    R_CCR = 0xD14,
    R_SHPR1 = 0xD18,
    R_SHPR3 = 0xD20,
    R_SHCSR = 0xD24,
    R_CFSR = 0xD28,
    R_HFSR = 0xD2C,
    R_DFSR = 0xD30,
    R_MMFAR = 0xD34,
    R_BFAR = 0xD38,
    R_ID_FIRST = 0xD40,
    R_ID_LAST = 0xD74,
    R_CLIDR = 0xD78,
    R_CTR = 0xD7C,
    R_CCSIDR = 0xD80,
    R_CSSELR = 0xD84,
    R_CPACR = 0xD88,
    R_MPU_FIRST = 0xD90,
    R_MPU_LAST = 0xDB8,
    R_DHCSR = 0xDF0,
    R_DEMCR = 0xDFC,
    R_FPCCR = 0xF34,
    R_FPCAR = 0xF38,
    R_FPDSCR = 0xF3C,
    R_MVFR0 = 0xF40,
    R_MVFR1 = 0xF44,
    R_MVFR2 = 0xF48,
    R_TCM_FIRST = 0xF90,
    R_TCM_LAST = 0xF98,
    R_CACR = 0xF9C
};

#define AIRCR_KEY 0x05FA0000u
#define AIRCR_READ_KEY 0xFA050000u
#define AIRCR_SYSRESETREQ (1u << 2)
#define ICSR_NMIPENDSET (1u << 31)
#define ICSR_PENDSVSET (1u << 28)
#define ICSR_PENDSVCLR (1u << 27)
#define ICSR_PENDSTSET (1u << 26)
#define ICSR_PENDSTCLR (1u << 25)
#define ICSR_ISRPENDING (1u << 22)
#define ICSR_RETTOBASE (1u << 11)
#define VTOR_MASK 0xFFFFFF80u
#define SCR_WRITABLE 0x16u
#define CCR_WRITABLE_M4 0x31Bu
#define CCR_WRITABLE_M7 0x7031Bu /* with DC, IC, BP */
#define CCR_CACHES 0x30000u
#define CPACR_WRITABLE (0xFu << 20)
#define DEMCR_TRCENA (1u << 24)
#define FPCCR_ASPEN_LSPEN 0xC0000000u
#define FPCCR_WRITABLE 0xC000017Bu
#define SHCSR_ENABLES (7u << 16)
/* 16 KB each: data 4 ways of 128 sets, instruction 2 ways of 256 sets, lines of 32 bytes
 * (PM0253 Table 81; RM0399 Table 1). */
#define CCSIDR_DATA 0xF00FE019u
#define CCSIDR_INSTRUCTION 0xF01FE009u

/* Feature registers PFR0 ... ISAR4 (DDI 0403 B4.1), as documented for r1p1 and r0p1. */
static const uint32_t id_m7[] = {0x30,       0x200,     0x100000,  0,         0x100030,
                                 0,          0x1000000, 0,         0x1101110, 0x2112000,
                                 0x20232231, 0x1111131, 0x1310132, 0};
static const uint32_t id_m4[] = {0x30,       0x200,     0x100000,  0,         0x30,
                                 0,          0x1000000, 0,         0x1101110, 0x2112000,
                                 0x21112231, 0x1111110, 0x1310132, 0};

/* Bits of SHCSR: exceptions by position, active (0 to 11) and pending (12 to 15). */
static const struct {
    uint8_t bit, exception;
    bool pending;
} shcsr_bits[] = {
    {0, EXC_MEM_MANAGE, false}, {1, EXC_BUS_FAULT, false},   {3, EXC_USAGE_FAULT, false},
    {7, EXC_SVC, false},        {8, EXC_DEBUG, false},       {10, EXC_PENDSV, false},
    {11, EXC_SYSTICK, false},   {12, EXC_USAGE_FAULT, true}, {13, EXC_MEM_MANAGE, true},
    {14, EXC_BUS_FAULT, true},  {15, EXC_SVC, true}};

static bool is_m7(const struct cpu *c)
{
    return c->core == CORE_CM7;
}

/* FPU access as CPACR.CP10 grants it to this privilege (PM0253 4.7.1). */
static void update_fpu(struct cpu *c)
{
    bool off = (c->scb.cpacr >> 20 & 3u) == 0;
    if (off) {
        c->meter->observe |= ENGINE_OBSERVE_NO_FP;
    } else {
        c->meter->observe &= ~(unsigned)ENGINE_OBSERVE_NO_FP;
    }
}

static void update_traps(struct cpu *c)
{
    c->meter->unalign_trap = (c->scb.ccr & CCR_UNALIGN_TRP) != 0;
    c->meter->divide_trap = (c->scb.ccr & CCR_DIV_0_TRP) != 0;
}

void scb_reset(struct cpu *c, uint32_t vector_table)
{
    memset(&c->scb, 0, sizeof(c->scb));
    c->scb.vtor = vector_table;
    c->scb.ccr = CCR_STKALIGN | (is_m7(c) ? 1u << 18 : 0); /* PM0253 4.3.7: 0x00040200 */
    c->scb.fpccr = FPCCR_ASPEN_LSPEN;
    c->scb.tcm[0] = is_m7(c) ? 0x3Bu : 0; /* ITCM 64 KB, enabled (PM0253 4.9.2) */
    c->scb.tcm[1] = is_m7(c) ? 0x43u : 0; /* DTCM 128 KB */
    update_fpu(c);
    update_traps(c);
}

static uint32_t read_icsr(struct cpu *c)
{
    struct nvic *n = &c->nvic;
    uint32_t value = engine_exception(c->engine);
    unsigned best = nvic_best(n);
    value |= best << 12;
    value |= best >= EXC_IRQ0 ? ICSR_ISRPENDING : 0;
    value |= nvic_at_base(n) ? ICSR_RETTOBASE : 0;
    value |= nvic_is_pending(n, EXC_NMI) ? ICSR_NMIPENDSET : 0;
    value |= nvic_is_pending(n, EXC_PENDSV) ? ICSR_PENDSVSET : 0;
    value |= nvic_is_pending(n, EXC_SYSTICK) ? ICSR_PENDSTSET : 0;
    return value;
}

static void write_icsr(struct cpu *c, uint32_t value)
{
    struct nvic *n = &c->nvic;
    if ((value & ICSR_NMIPENDSET) != 0) {
        cpu_pend(c, EXC_NMI);
    }
    if ((value & ICSR_PENDSVSET) != 0) {
        cpu_pend(c, EXC_PENDSV);
    } else if ((value & ICSR_PENDSVCLR) != 0) {
        nvic_unpend(n, EXC_PENDSV);
    }
    if ((value & ICSR_PENDSTSET) != 0) {
        cpu_pend(c, EXC_SYSTICK);
    } else if ((value & ICSR_PENDSTCLR) != 0) {
        nvic_unpend(n, EXC_SYSTICK);
    }
    cpu_pending_changed(c);
}

static void write_aircr(struct cpu *c, uint32_t value)
{
    if ((value & 0xFFFF0000u) != AIRCR_KEY) {
        return;
    }
    nvic_set_group(&c->nvic, value >> 8 & 7u);
    if ((value & AIRCR_SYSRESETREQ) != 0) {
        enum reset_source s = is_m7(c) ? RESET_SRC_SFT1 : RESET_SRC_SFT2;
        chip_request_reset(c->chip, s);
    }
    cpu_pending_changed(c);
}

static uint32_t read_shpr(const struct cpu *c, uint32_t offset)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < 4; i++) {
        value |= (uint32_t)c->nvic.priority[4 + offset - R_SHPR1 + i] << (8 * i);
    }
    return value;
}

static void write_shpr(struct cpu *c, uint32_t offset, uint32_t value, uint32_t lanes)
{
    for (unsigned i = 0; i < 4; i++) {
        unsigned exception = 4 + offset - R_SHPR1 + i;
        bool exists = exception <= EXC_USAGE_FAULT || exception == EXC_SVC ||
                      exception == EXC_DEBUG || exception >= EXC_PENDSV;
        if (exists && (lanes >> (8 * i) & 1u) != 0) {
            nvic_set_priority(&c->nvic, exception, (uint8_t)(value >> (8 * i)));
        }
    }
    cpu_pending_changed(c);
}

static uint32_t read_shcsr(const struct cpu *c)
{
    uint32_t value = c->scb.shcsr_enables;
    for (unsigned i = 0; i < sizeof(shcsr_bits) / sizeof(shcsr_bits[0]); i++) {
        unsigned e = shcsr_bits[i].exception;
        bool on =
            shcsr_bits[i].pending ? nvic_is_pending(&c->nvic, e) : nvic_is_active(&c->nvic, e);
        value |= on ? 1u << shcsr_bits[i].bit : 0;
    }
    return value;
}

static void write_shcsr(struct cpu *c, uint32_t value)
{
    c->scb.shcsr_enables = value & SHCSR_ENABLES;
    for (unsigned i = 0; i < 3; i++) {
        nvic_enable(&c->nvic, EXC_MEM_MANAGE + i, (value >> (16 + i) & 1u) != 0);
    }
    for (unsigned i = 0; i < sizeof(shcsr_bits) / sizeof(shcsr_bits[0]); i++) {
        bool on = (value >> shcsr_bits[i].bit & 1u) != 0;
        unsigned e = shcsr_bits[i].exception;
        if (!shcsr_bits[i].pending) {
            nvic_force_active(&c->nvic, e, on);
        } else if (on) {
            cpu_pend(c, e);
        } else {
            nvic_unpend(&c->nvic, e);
        }
    }
    cpu_pending_changed(c);
}

static uint32_t read_cache_id(const struct cpu *c, uint32_t offset)
{
    if (!is_m7(c)) {
        return 0;
    }
    switch (offset) {
    case R_CLIDR:
        return 0x09000003u;
    case R_CTR:
        return 0x8303C003u;
    case R_CCSIDR:
        return (c->scb.csselr & 1u) != 0 ? CCSIDR_INSTRUCTION : CCSIDR_DATA;
    default:
        return c->scb.csselr;
    }
}

static uint32_t read_fpu(const struct cpu *c, uint32_t offset)
{
    switch (offset) {
    case R_FPCCR:
        return c->scb.fpccr;
    case R_FPCAR:
        return c->scb.fpcar;
    case R_FPDSCR:
        return c->scb.fpdscr;
    case R_MVFR0: /* single precision on the M4, double on the M7 (DDI 0403 B4.7) */
        return is_m7(c) ? 0x10110221u : 0x10110021u;
    case R_MVFR1:
        return is_m7(c) ? 0x12000011u : 0x11000011u;
    default:
        return is_m7(c) ? 0x00000040u : 0;
    }
}

static uint32_t read_fault(const struct cpu *c, uint32_t offset)
{
    switch (offset) {
    case R_CFSR:
        return c->scb.cfsr;
    case R_HFSR:
        return c->scb.hfsr;
    case R_DFSR:
        return c->scb.dfsr;
    case R_MMFAR:
        return c->scb.mmfar;
    case R_BFAR:
        return c->scb.bfar;
    default: /* AFSR: not used by ST */
        return 0;
    }
}

static uint32_t read_control(struct cpu *c, uint32_t offset)
{
    switch (offset) {
    case R_CPUID:
        return is_m7(c) ? 0x411FC271u : 0x410FC241u;
    case R_ICSR:
        return read_icsr(c);
    case R_VTOR:
        return c->scb.vtor;
    case R_AIRCR:
        return AIRCR_READ_KEY | c->nvic.prigroup << 8;
    case R_SCR:
        return c->scb.scr;
    case R_CCR:
        return c->scb.ccr;
    case R_SHCSR:
        return read_shcsr(c);
    default:
        return read_shpr(c, offset);
    }
}

uint32_t scb_read(struct cpu *c, uint32_t offset)
{
    if (offset == R_ACTLR) {
        return c->scb.actlr;
    }
    if (offset <= R_SHCSR) {
        return read_control(c, offset);
    }
    if (offset < R_ID_FIRST) {
        return read_fault(c, offset);
    }
    if (offset <= R_ID_LAST) {
        return (is_m7(c) ? id_m7 : id_m4)[(offset - R_ID_FIRST) / 4];
    }
    if (offset <= R_CSSELR) {
        return read_cache_id(c, offset);
    }
    if (offset == R_CPACR) {
        return c->scb.cpacr;
    }
    if (offset >= R_MPU_FIRST && offset <= R_MPU_LAST) {
        return mpu_read(&c->mpu, offset - 0xD00);
    }
    if (offset == R_DHCSR) {
        return c->debugging ? 1u : 0; /* C_DEBUGEN */
    }
    if (offset == R_DEMCR) {
        return c->scb.demcr;
    }
    if (offset >= R_FPCCR && offset <= R_MVFR2) {
        return read_fpu(c, offset);
    }
    if (offset >= R_TCM_FIRST && offset <= R_TCM_LAST) {
        return c->scb.tcm[(offset - R_TCM_FIRST) / 4];
    }
    return offset == R_CACR ? c->scb.cacr : 0;
}

static void write_ccr(struct cpu *c, uint32_t value)
{
    uint32_t writable = is_m7(c) ? CCR_WRITABLE_M7 : CCR_WRITABLE_M4;
    uint32_t before = c->scb.ccr;
    c->scb.ccr = value & writable;
    cpu_caches_switch(c, before);
    update_traps(c);
}

static void write_control(struct cpu *c, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case R_ICSR:
        write_icsr(c, value);
        break;
    case R_VTOR:
        c->scb.vtor = value & VTOR_MASK;
        break;
    case R_AIRCR:
        write_aircr(c, value);
        break;
    case R_SCR:
        c->scb.scr = value & SCR_WRITABLE;
        break;
    case R_CCR:
        write_ccr(c, value);
        break;
    case R_SHCSR:
        write_shcsr(c, value);
        break;
    default: /* CPUID */
        break;
    }
}

static void write_fault(struct cpu *c, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case R_CFSR: /* write one to clear */
        c->scb.cfsr &= ~value;
        break;
    case R_HFSR:
        c->scb.hfsr &= ~value;
        break;
    case R_DFSR:
        c->scb.dfsr &= ~value;
        break;
    case R_MMFAR:
        c->scb.mmfar = value;
        break;
    case R_BFAR:
        c->scb.bfar = value;
        break;
    default:
        break;
    }
}

static void write_rest(struct cpu *c, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case R_ACTLR:
        c->scb.actlr = value;
        break;
    case R_CSSELR:
        c->scb.csselr = value & 1u;
        break;
    case R_CPACR:
        c->scb.cpacr = value & CPACR_WRITABLE;
        update_fpu(c);
        break;
    case R_DEMCR:
        c->scb.demcr = value;
        dwt_trace_enable(&c->dwt, (value & DEMCR_TRCENA) != 0, cpu_cycles_total(c));
        break;
    case R_FPCCR:
        c->scb.fpccr = value & FPCCR_WRITABLE;
        break;
    case R_FPCAR:
        c->scb.fpcar = value & ~7u;
        break;
    case R_FPDSCR:
        c->scb.fpdscr = value & 0x07C00000u;
        break;
    case R_CACR:
        c->scb.cacr = value;
        break;
    default: /* read-only, but for cache maintenance (0xF50 to 0xF78) */
        cpu_caches_maintain(c, offset, value);
        break;
    }
}

void scb_write(struct cpu *c, uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (offset >= R_SHPR1 && offset <= R_SHPR3) {
        write_shpr(c, offset, value, lanes);
        return;
    }
    if (offset >= R_MPU_FIRST && offset <= R_MPU_LAST) {
        if (mpu_write(&c->mpu, offset - 0xD00, value)) {
            engine_flush_pages(c->engine);
        }
        return;
    }
    if (offset >= R_CPUID && offset <= R_SHCSR) {
        write_control(c, offset, value);
    } else if (offset >= R_CFSR && offset <= R_BFAR) {
        write_fault(c, offset, value);
    } else if (offset >= R_TCM_FIRST && offset <= R_TCM_LAST) {
        c->scb.tcm[(offset - R_TCM_FIRST) / 4] = value;
    } else {
        write_rest(c, offset, value);
    }
}
