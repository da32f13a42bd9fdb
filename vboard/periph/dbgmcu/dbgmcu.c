/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/dbgmcu/dbgmcu.h"

#include "vboard/periph/rcc/rcc.h"

enum {
    R_IDC,
    R_CR,
    R_APB3FZ1,
    R_APB3FZ2,
    R_APB1LFZ1,
    R_APB1LFZ2,
    R_APB1HFZ1,
    R_APB1HFZ2,
    R_APB2FZ1,
    R_APB2FZ2,
    R_APB4FZ1,
    R_APB4FZ2,
    R_COUNT
};

/* Revision V of the STM32H745/755 (63.5.8). */
#define IDCODE_DEFAULT 0x20036450u
#define CR_DBGSTOP_D1 (1u << 1)
#define CR_DBGSTOP_D2 (1u << 4)

struct dbgmcu {
    struct periph base;
    struct core_listener cores;
    struct dbgmcu_listener *listeners;
};

static struct dbgmcu *find(struct chip *c)
{
    return (struct dbgmcu *)chip_periph(c, "DBGMCU");
}

static void tell(struct dbgmcu *d)
{
    for (struct dbgmcu_listener *l = d->listeners; l != NULL; l = l->next) {
        l->changed(l->ctx, d->base.chip->sched.now);
    }
}

static uint32_t idc_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    (void)value;
    return p->chip->params.idcode != 0 ? p->chip->params.idcode : IDCODE_DEFAULT;
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rcc_debug_changed(p->chip);
}

static void freeze_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    tell((struct dbgmcu *)p);
}

#define FREEZE(slot, at, reg_name, bits, left_out)                                                 \
    [slot] = {.offset = (at),                                                                      \
              .name = (reg_name),                                                                  \
              .rw = (bits),                                                                        \
              .unmodelled = (left_out),                                                            \
              .write = freeze_write}

/* APB1HFZ1/2 are missing from Table 642, yet ST's device header has them, with DBG_FDCAN. */
static const struct reg regs[R_COUNT] = {
    [R_IDC] = {.offset = 0x00,
               .name = "IDC",
               .reset = IDCODE_DEFAULT,
               .ro = 0xFFFF0FFF,
               .read = idc_read},
    [R_CR] = {.offset = 0x04,
              .name = "CR",
              .rw = 0x1070003F,
              .unmodelled = 0x10100024,
              .write = cr_write},
    FREEZE(R_APB3FZ1, 0x34, "APB3FZ1", 0x00000040, 0),
    FREEZE(R_APB3FZ2, 0x38, "APB3FZ2", 0x00000040, 0),
    FREEZE(R_APB1LFZ1, 0x3C, "APB1LFZ1", 0x00E00BFF, 0x000001FF),
    FREEZE(R_APB1LFZ2, 0x40, "APB1LFZ2", 0x00E00BFF, 0x000001FF),
    FREEZE(R_APB1HFZ1, 0x44, "APB1HFZ1", 0x00000100, 0x00000100),
    FREEZE(R_APB1HFZ2, 0x48, "APB1HFZ2", 0x00000100, 0x00000100),
    FREEZE(R_APB2FZ1, 0x4C, "APB2FZ1", 0x20070003, 0x00070000),
    FREEZE(R_APB2FZ2, 0x50, "APB2FZ2", 0x20070003, 0x00070000),
    FREEZE(R_APB4FZ1, 0x54, "APB4FZ1", 0x000D1E80, 0),
    FREEZE(R_APB4FZ2, 0x58, "APB4FZ2", 0x000D1E80, 0),
};

static void core_halted(void *ctx, enum core core, bool halted, vtime_ps now)
{
    (void)core;
    (void)halted;
    (void)now;
    tell(ctx);
}

static int init(struct periph *p)
{
    struct dbgmcu *d = (struct dbgmcu *)p;
    d->cores.halted = core_halted;
    d->cores.ctx = d;
    chip_listen_cores(p->chip, &d->cores);
    return 0;
}

/* "Not reset by a system reset, only by a power on reset". */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    (void)p;
    (void)slot;
    return kind != RESET_POWER_ON;
}

const struct model dbgmcu_model = {
    .kind = "dbgmcu",
    .size = sizeof(struct dbgmcu),
    .regs = regs,
    .fields = dbgmcu_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .keeps = keeps,
};

/* ---- for others ---- */

bool dbgmcu_frozen(struct chip *c, enum dbgmcu_bus bus, unsigned bit)
{
    const struct dbgmcu *d = find(c);
    if (d == NULL) {
        return false;
    }
    const uint32_t *pair = &d->base.values[R_APB3FZ1 + 2 * (unsigned)bus];
    return (c->halted[CORE_CM7] && (pair[0] >> bit & 1u) != 0) ||
           (c->halted[CORE_CM4] && (pair[1] >> bit & 1u) != 0);
}

bool dbgmcu_keeps_clock(struct chip *c, enum core domain)
{
    const struct dbgmcu *d = find(c);
    uint32_t bit = domain == CORE_CM7 ? CR_DBGSTOP_D1 : CR_DBGSTOP_D2;
    return d != NULL && (d->base.values[R_CR] & bit) != 0;
}

void dbgmcu_listen(struct chip *c, struct dbgmcu_listener *l)
{
    struct dbgmcu *d = find(c);
    if (d != NULL) {
        l->next = d->listeners;
        d->listeners = l;
    }
}
