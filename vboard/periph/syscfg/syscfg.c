/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/syscfg/syscfg.h"

#include "vboard/chip/chip.h"

#define EXTICR_COUNT 4u

enum {
    R_PMCR,
    R_EXTICR, /* EXTICR1 .. 4 */
    R_CFGR = R_EXTICR + EXTICR_COUNT,
    R_CCCSR,
    R_CCVR,
    R_CCCR,
    R_PWRCR,
    R_SR0,
    R_PKGR,
    R_UR0, /* UR0 .. UR17 */
    R_UR17 = R_UR0 + 17,
    R_COUNT
};

#define CCCSR_EN (1u << 0)
#define CCCSR_READY (1u << 8)
#define PMCR_EPIS_POS 21u
#define PWRCR_ODEN (1u << 0)
#define SR0_CM4PRESENT (1u << 16)
#define PKG_LQFP144 3u

/* Until the compensation cell is ready: assumed; RM0399 12.3.11 gives no figure. */
#define CELL_DELAY VTIME_US(10)
/* PVDL locks, rs bits of CFGR (13.3.6). */
#define CFGR_BITS 0x0000FECDu

struct syscfg {
    struct periph base;
    struct event cell;
    bool cell_ready;
};

/* ---- EXTI sources ---- */

/* Four pins a register, four bits a pin; from 11 on reserved (13.3.4). */
static void select_pins(struct periph *p, unsigned slot)
{
    for (unsigned i = 0; i < 4; i++) {
        uint32_t port = p->values[slot] >> (4 * i) & 0xFu;
        chip_exti_port(p->chip, 4 * (slot - R_EXTICR) + i,
                       port < PIN_PORTS ? (char)('A' + port) : 0);
    }
}

static void exticr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)written;
    if (p->values[slot] != old) {
        select_pins(p, slot);
    }
}

/* ---- Ethernet's interface ---- */

static void pmcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    p->chip->mii.selected = p->values[slot] >> PMCR_EPIS_POS & 7u;
}

/* ---- compensation cell (13.3.7): ready only with CSI running ---- */

static void cell_settled(void *ctx, vtime_ps now)
{
    (void)now;
    ((struct syscfg *)ctx)->cell_ready = true;
}

static void cccsr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct syscfg *s = (struct syscfg *)p;
    (void)written;
    uint32_t changed = old ^ p->values[slot];
    if ((changed & CCCSR_EN) == 0) {
        return;
    }
    s->cell_ready = false;
    sched_cancel(&p->chip->sched, &s->cell);
    if ((p->values[slot] & CCCSR_EN) != 0) {
        sched_at(&p->chip->sched, &s->cell, p->chip->sched.now + CELL_DELAY);
    }
}

static uint32_t cccsr_read(struct periph *p, unsigned slot, uint32_t value)
{
    bool csi = p->chip->clocks[CLK_CSI].uhz != 0;
    (void)slot;
    return value | (((const struct syscfg *)p)->cell_ready && csi ? CCCSR_READY : 0);
}

/* ---- overdrive ---- */

static void pwrcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    (void)written;
    bool oden = (p->values[slot] & PWRCR_ODEN) != 0;
    power_set_overdrive(&p->chip->power, oden, p->chip->sched.now);
}

static uint32_t sr0_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)p;
    (void)slot;
    return value | SR0_CM4PRESENT;
}

/* ---- user registers: the option bytes as of the last reset ---- */

static uint32_t bit(uint32_t word, unsigned from, unsigned to)
{
    return (word >> from & 1u) << to;
}

static void load_user_registers(struct periph *p)
{
    const struct option_bytes *o = &p->chip->options;
    uint32_t *ur = &p->values[R_UR0];
    uint32_t sr = o->optsr;
    ur[0] = (sr >> 8 & 0xFFu) << 16 | (bit(sr, 31, 0) ^ 1u);
    ur[1] = bit(sr, 23, 16) | bit(sr, 22, 0);
    ur[2] = (o->boot7 & 0xFFFFu) << 16 | (sr >> 2 & 3u);
    ur[3] = (o->boot4 & 0xFFFFu) << 16 | o->boot7 >> 16;
    ur[4] = bit(o->prar[0], 31, 16) | o->boot4 >> 16;
    ur[5] = (o->wpsn[0] & 0xFFu) << 16 | bit(o->scar[0], 31, 0);
    ur[6] = o->prar[0] & 0x0FFF0FFFu;
    ur[7] = o->scar[0] & 0x0FFF0FFFu;
    ur[8] = bit(o->scar[1], 31, 16) | bit(o->prar[1], 31, 0);
    ur[9] = (o->prar[1] & 0xFFFu) << 16 | (o->wpsn[1] & 0xFFu);
    ur[10] = (o->scar[1] & 0xFFFu) << 16 | (o->prar[1] >> 16 & 0xFFFu);
    ur[11] = bit(sr, 4, 16) | (o->scar[1] >> 16 & 0xFFFu);
    ur[12] = bit(sr, 21, 16) | bit(sr, 5, 0);
    ur[13] = bit(sr, 7, 16) | (sr >> 19 & 3u);
    ur[14] = bit(sr, 25, 16) | bit(sr, 6, 0);
    ur[15] = bit(sr, 18, 16) | bit(sr, 24, 0);
    ur[16] = bit(sr, 17, 0);
    ur[17] = bit(sr, 29, 0);
}

/* A core that starts later starts there (BOOT0 chooses the half, as at reset). */
static void boot_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    const uint32_t *ur = &p->values[R_UR0];
    bool boot0 = p->chip->resets.boot0;
    (void)slot;
    (void)old;
    (void)written;
    p->chip->cores.boot_address[CORE_CM7] = boot0 ? ur[3] << 16 : ur[2] & 0xFFFF0000u;
    p->chip->cores.boot_address[CORE_CM4] = boot0 ? ur[4] << 16 : ur[3] & 0xFFFF0000u;
}

#define UR(n, fixed) [R_UR0 + (n)] = {.offset = 0x300 + 4 * (n), .name = "UR" #n, .ro = (fixed)}

static const struct reg regs[R_COUNT] = {
    /* PXnSO is 1 where both pads exist; LQFP144 has PC2_C and PC3_C only (13.3.1, UM2408). */
    [R_PMCR] = {.offset = 0x04,
                .name = "PMCR",
                .reset = 0x03000000,
                .rw = 0x0FE003FF,
                .write = pmcr_write},
    [R_EXTICR] = {.offset = 0x08,
                  .name = "EXTICR%u",
                  .rw = 0x0000FFFF,
                  .first = 1,
                  .count = 4,
                  .stride = 4,
                  .write = exticr_write},
    [R_CFGR] = {.offset = 0x18, .name = "CFGR", .w1s = CFGR_BITS, .unmodelled = CFGR_BITS},
    [R_CCCSR] = {.offset = 0x20,
                 .name = "CCCSR",
                 .rw = 0x00010003,
                 .ro = CCCSR_READY,
                 .unmodelled = 0x00010000,
                 .read = cccsr_read,
                 .write = cccsr_write},
    /* The cell's own code differs from chip to chip: 0 here. */
    [R_CCVR] = {.offset = 0x24, .name = "CCVR", .ro = 0x000000FF},
    [R_CCCR] = {.offset = 0x28, .name = "CCCR", .rw = 0x000000FF},
    [R_PWRCR] = {.offset = 0x2C, .name = "PWRCR", .rw = PWRCR_ODEN, .write = pwrcr_write},
    /* RM0399 13.3.11 prints the reset value 1 and puts CM4PRESENT at bit 16: both are read. */
    [R_SR0] =
        {.offset = 0x100, .name = "SR0", .reset = 0x00000001, .ro = 0x00010000, .read = sr0_read},
    [R_PKGR] = {.offset = 0x124, .name = "PKGR", .reset = PKG_LQFP144, .ro = 0x0000000F},
    UR(0, 0x00FF0001),
    /* The manual's bit tables make a few of the mirrored bits rw: kept, without effect. What they reset to
     * here is what the factory's option bytes give. */
    [R_UR0 + 1] = {.offset = 0x304,
                   .name = "UR1",
                   .reset = 0x00010001,
                   .rw = 0x00010001,
                   .unmodelled = 0x00010001},
    [R_UR0 + 2] = {.offset = 0x308,
                   .name = "UR2",
                   .rw = 0xFFFF0000,
                   .ro = 0x00000003,
                   .ungated = true,
                   .write = boot_write},
    [R_UR0 + 3] =
        {.offset = 0x30C, .name = "UR3", .rw = 0xFFFFFFFF, .ungated = true, .write = boot_write},
    [R_UR0 + 4] = {.offset = 0x310,
                   .name = "UR4",
                   .rw = 0x0000FFFF,
                   .ro = 0x00010000,
                   .ungated = true,
                   .write = boot_write},
    UR(5, 0x00FF0001),
    UR(6, 0x0FFF0FFF),
    UR(7, 0x0FFF0FFF),
    UR(8, 0x00010001),
    UR(9, 0x0FFF00FF),
    UR(10, 0x0FFF0FFF),
    UR(11, 0x00010FFF),
    UR(12, 0x00010001),
    [R_UR0 + 13] = {.offset = 0x334,
                    .name = "UR13",
                    .reset = 0x00010000,
                    .rw = 0x00010000,
                    .ro = 0x00000003,
                    .unmodelled = 0x00010000},
    [R_UR0 + 14] = {.offset = 0x338,
                    .name = "UR14",
                    .reset = 0x00010001,
                    .rw = 0x00010001,
                    .unmodelled = 0x00010001},
    UR(15, 0x00010001),
    UR(16, 0x00010001),
    UR(17, 0x00000001),
};

/* ---- life ---- */

static int init(struct periph *p)
{
    event_init(&((struct syscfg *)p)->cell, cell_settled, p);
    return 0;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct syscfg *s = (struct syscfg *)p;
    s->cell_ready = false;
    p->chip->mii.selected = MII_SELECTED_MII;
    sched_cancel(&p->chip->sched, &s->cell);
    load_user_registers(p);
    if (kind == RESET_PERIPH) {
        power_set_overdrive(&p->chip->power, false, p->chip->sched.now);
    }
    for (unsigned i = 0; i < EXTICR_COUNT; i++) {
        select_pins(p, R_EXTICR + i);
    }
}

static void destroy(struct periph *p)
{
    sched_cancel(&p->chip->sched, &((struct syscfg *)p)->cell);
}

const struct model syscfg_model = {
    .kind = "syscfg",
    .size = sizeof(struct syscfg),
    .regs = regs,
    .fields = syscfg_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .reset = reset,
    .destroy = destroy,
};
