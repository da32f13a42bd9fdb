/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * HSEM: RM0399 Rev 4 chapter 11.
 *
 * Left out: the bus error of byte and half-word accesses (11.4; they are reported and have no effect).
 */
#include "vboard/periph/hsem/hsem.h"

#include "vboard/chip/chip.h"

#define SEMAPHORES 32u
#define WORD_ONLY 4u

#define R_LOCK (1u << 31)
#define R_COREID_POS 8u
#define R_COREID (15u << R_COREID_POS)
#define R_PROCID 0xFFu
#define R_BITS (R_LOCK | R_COREID | R_PROCID)
#define KEY_BITS 0xFFFF0000u

enum {
    R_R,
    R_RLR = R_R + SEMAPHORES,
    R_C1IER = R_RLR + SEMAPHORES,
    R_C1ICR,
    R_C1ISR,
    R_C1MISR,
    R_C2IER,
    R_C2ICR,
    R_C2ISR,
    R_C2MISR,
    R_CR,
    R_KEYR,
    R_COUNT
};

/* Table 95; 0 for a debugger, which may neither take nor release (11.3.8). */
static uint32_t core_id(const struct periph *p)
{
    switch (p->chip->access.master) {
    case MASTER_CM7:
        return HSEM_COREID_CM7;
    case MASTER_CM4:
        return HSEM_COREID_CM4;
    default:
        return 0;
    }
}

static void update_irqs(struct periph *p)
{
    irq_set(&p->irq[HSEM_IRQ_C1], (p->values[R_C1ISR] & p->values[R_C1IER]) != 0);
    irq_set(&p->irq[HSEM_IRQ_C2], (p->values[R_C2ISR] & p->values[R_C2IER]) != 0);
}

/* 11.3.7: the status is set for both cores; their enables only gate the lines. */
static void release(struct periph *p, unsigned n)
{
    p->values[R_R + n] = 0;
    p->values[R_C1ISR] |= 1u << n;
    p->values[R_C2ISR] |= 1u << n;
}

/* The 2-step lock and the unlock (11.3.3, 11.3.5); everything else is ignored. */
static bool r_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    uint32_t owner = p->values[slot];
    uint32_t id = core_id(p);
    written &= R_BITS;
    if (id == 0 || (written & R_COREID) >> R_COREID_POS != id) {
        return true;
    }
    if ((written & R_LOCK) != 0) {
        if ((owner & R_LOCK) == 0) {
            p->values[slot] = written;
        }
    } else if (owner == (written | R_LOCK)) {
        release(p, slot - R_R);
        update_irqs(p);
    }
    return true;
}

/* The 1-step lock: reading a free semaphore takes it (11.3.3). */
static uint32_t rlr_read(struct periph *p, unsigned slot, uint32_t value)
{
    uint32_t *sem = &p->values[R_R + (slot - R_RLR)];
    uint32_t id = core_id(p);
    (void)value;
    if (p->chip->access.master == MASTER_DEBUG) {
        return *sem;
    }
    if ((*sem & R_LOCK) == 0) {
        *sem = R_LOCK | id << R_COREID_POS;
    } else {
        p->chip->access.steady =
            true; /* only a write, or a reset, lets it go: who asks on may wait */
    }
    return *sem;
}

static void ier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    update_irqs(p);
    p->chip->access.steady = p->values[slot] == old;
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    uint32_t *isr = &p->values[slot + (R_C1ISR - R_C1ICR)];
    (void)old;
    p->chip->access.steady = (*isr & written) == 0;
    *isr &= ~written;
    update_irqs(p);
}

static uint32_t misr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)value;
    return p->values[slot - (R_C1MISR - R_C1ISR)] & p->values[slot - (R_C1MISR - R_C1IER)];
}

/* 11.3.6: with the right key, all semaphores of a core are released. */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    if (core_id(p) == 0 || (written & KEY_BITS) != p->values[R_KEYR]) {
        return;
    }
    for (unsigned n = 0; n < SEMAPHORES; n++) {
        uint32_t owner = p->values[R_R + n];
        if ((owner & R_LOCK) != 0 && ((owner ^ written) & R_COREID) == 0) {
            release(p, n);
        }
    }
    update_irqs(p);
}

static void hsem_reset(struct periph *p, enum reset_kind kind)
{
    (void)kind;
    update_irqs(p);
}

/* clang-format off */
#define CORE_REGS(ier, base, core)                                                                   \
    [ier] = {.offset = (base), .name = core "IER", .rw = ~0u, .widths = WORD_ONLY,                   \
             .write = ier_write},                                                                    \
    [(ier) + 1] = {.offset = (base) + 4, .name = core "ICR", .wo = ~0u, .widths = WORD_ONLY,         \
                   .write = icr_write},                                                              \
    [(ier) + 2] = {.offset = (base) + 8, .name = core "ISR", .ro = ~0u, .steady = true,              \
                   .widths = WORD_ONLY},                                                             \
    [(ier) + 3] = {.offset = (base) + 12, .name = core "MISR", .ro = ~0u, .steady = true,            \
                   .widths = WORD_ONLY,                                                              \
                   .read = misr_read}

static const struct reg regs[R_COUNT] = {
    [R_R] = {.offset = 0x000, .name = "R%u", .count = SEMAPHORES, .stride = 4, .rw = R_BITS,
             .steady = true, .widths = WORD_ONLY, .intercept = r_intercept},
    [R_RLR] = {.offset = 0x080, .name = "RLR%u", .count = SEMAPHORES, .stride = 4, .ro = R_BITS,
               .widths = WORD_ONLY, .read = rlr_read},
    CORE_REGS(R_C1IER, 0x100, "C1"),
    CORE_REGS(R_C2IER, 0x110, "C2"),
    [R_CR] = {.offset = 0x140, .name = "CR", .wo = KEY_BITS | R_COREID, .widths = WORD_ONLY,
              .write = cr_write},
    [R_KEYR] = {.offset = 0x144, .name = "KEYR", .rw = KEY_BITS, .widths = WORD_ONLY},
};
/* clang-format on */

static const char *const irq_names[] = {"HSEM1", "HSEM2", NULL};

const struct model hsem_model = {
    .kind = "hsem",
    .size = sizeof(struct periph),
    .regs = regs,
    .fields = hsem_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .reset = hsem_reset,
};
