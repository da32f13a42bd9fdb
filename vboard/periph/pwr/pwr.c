/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/pwr/internal.h"

#define CR1_PVDE (1u << 4)
#define CR1_DBP (1u << 8)
#define CSR1_PVDO (1u << 4)
#define CSR1_ACTVOSRDY (1u << 13)
#define CR2_BREN (1u << 0)
#define CR2_BRRDY (1u << 16)
#define CR3_BYPASS (1u << 0)
#define CR3_LDOEN (1u << 1)
#define CR3_SDEN (1u << 2)
#define CR3_SDEXTHP (1u << 3)
#define CR3_SDLEVEL (3u << 4)
#define CR3_SELECTION 0x3Fu
#define CR3_UPPER 0x03000300u
#define CR3_SDEXTRDY (1u << 16)
#define CR3_USB33DEN (1u << 24)
#define CR3_USB33RDY (1u << 26)
#define CR3_DEFAULT 0x06u
#define D3CR_VOSRDY (1u << 13)
#define VOS_POS 14u

/*
 * Time until the levels stand and the ready flags say so. Assumed: neither RM0399 nor the facts give a
 * figure; RM0399 Figure 24 only shows that there is a time. ST's code waits with bounds of 1 s.
 */
#define SELECT_SETTLE VTIME_US(100)
#define VOS_SETTLE VTIME_US(50)
/* VREFINT, what PVD_IN is compared with for PLS = 111: typical value of ST's data sheets. */
#define VREFINT_MV 1216u

/* D3CR.VOS as a scale: 11 = VOS1, 10 = VOS2, 01 and the reserved 00 = VOS3 (7.8.7). */
static uint8_t vos_wanted(const struct pwr *w)
{
    uint32_t bits = w->base.values[R_D3CR] >> VOS_POS & 3u;
    return bits == 3 ? 1 : bits == 2 ? 2 : 3;
}

static bool boost_wanted(const struct pwr *w)
{
    return w->power->overdrive && vos_wanted(w) == 1;
}

/* ---- programmable voltage detector (7.5.3) ---- */

/* An open pin is where its own pull resistor takes it. That the resistor acts on the comparator's input
 * while the pin is a digital one is assumed: RM0399 12.3.12 only says that analog mode switches it off. */
static uint32_t pvd_in_mv(const struct pwr *w)
{
    if (w->supply->pvd_in_mv != SUPPLY_PVD_IN_OPEN) {
        return w->supply->pvd_in_mv;
    }
    return signal_is_high(chip_pin(w->base.chip, 'B', 7)) ? w->supply->vdd_mv : 0;
}

static bool pvd_low(const struct pwr *w)
{
    static const uint32_t level_mv[] = {1950, 2100, 2250, 2400, 2550, 2700, 2850};
    uint32_t cr1 = w->base.values[R_CR1];
    uint32_t pls = cr1 >> 5 & 7u;
    if ((cr1 & CR1_PVDE) == 0) {
        return false;
    }
    return pls == 7 ? pvd_in_mv(w) < VREFINT_MV : w->supply->vdd_mv < level_mv[pls];
}

static void update_pvd(struct pwr *w)
{
    irq_set(&w->base.irq[PWR_IRQ_PVD_AVD], pvd_low(w));
}

static void pvd_pin_changed(void *ctx, struct signal *s, vtime_ps now)
{
    (void)s;
    (void)now;
    update_pvd(ctx);
}

static void supply_changed(void *ctx, vtime_ps now)
{
    struct pwr *w = ctx;
    (void)now;
    w->power->vcore_lost = supply_lost(w->supply);
    update_pvd(w);
}

/* ---- levels ---- */

/* Does what CR3 selects stand at its level, as the board is wired? */
static bool levels_valid(const struct pwr *w)
{
    uint32_t cr3 = w->base.values[R_CR3];
    if (!w->configured || w->supply->vcore_uv == 0) {
        return false;
    }
    if ((cr3 & (CR3_SDEN | CR3_LDOEN)) == 0) {
        return true; /* bypass: "set to 1 by hardware" (7.8.2) */
    }
    return (cr3 & CR3_SDEN) == 0 || w->supply->smps_ready;
}

/* The scale that holds, for limits. VOS0 only if the LDO feeds VCORE: under direct SMPS the overdrive bit
 * gives too many volts, not more megahertz (facts 1.6). */
static unsigned scale(const struct pwr *w)
{
    bool ldo = (w->base.values[R_CR3] & CR3_LDOEN) != 0 && w->configured;
    return w->act_boost && ldo ? 0 : w->act_vos;
}

static void settled(void *ctx, vtime_ps now)
{
    struct pwr *w = ctx;
    if (!levels_valid(w)) {
        return;
    }
    w->vos_ready = true;
    w->act_vos = vos_wanted(w);
    w->act_boost = boost_wanted(w);
    power_settle(w->power, scale(w), now);
}

static void report_levels(struct pwr *w, bool was_lost)
{
    const struct supply *s = w->supply;
    const struct finding_data data = {.cr3 = (uint8_t)(w->base.values[R_CR3] & CR3_SELECTION),
                                      .wiring = (uint8_t)s->wiring,
                                      .mv = s->vcore_uv / 1000u};
    if (supply_lost(s) && !was_lost) {
        periph_report(&w->base, R_CR3, FOUND_VCORE_LOST, &data);
    }
    if (s->protected_) {
        periph_report(&w->base, R_CR3, FOUND_OVERVOLTAGE_SMPS, &data);
    } else if (s->vcore_uv > SUPPLY_VCORE_MAX_UV) {
        periph_report(&w->base, R_D3CR, FOUND_OVERVOLTAGE_VOS0, &data);
    }
}

/* Hands the selection to the supply part; the ready flags follow after `delay`. */
static void select_levels(struct pwr *w, vtime_ps delay, vtime_ps now)
{
    const struct supply_request request = {.cr3 = (uint8_t)(w->base.values[R_CR3] & CR3_SELECTION),
                                           .configured = w->configured,
                                           .vos = vos_wanted(w),
                                           .boost = boost_wanted(w)};
    bool was_lost = supply_lost(w->supply);
    supply_select(w->supply, &request, now);
    w->power->vcore_lost = supply_lost(w->supply);
    report_levels(w, was_lost);
    /* A lower scale bounds the clocks from now on, a higher one only when it stands. */
    if (request.vos > w->act_vos) {
        w->act_vos = request.vos;
    }
    w->act_boost = w->act_boost && request.boost;
    sched_at(&w->base.chip->sched, &w->settled, now + delay);
    power_select(w->power, scale(w), now);
}

/* ---- CR3 (7.8.4, Table 33) ---- */

/* The combinations that Table 33 calls illegal, row by row. */
static bool selection_legal(uint32_t v)
{
    bool bypass = (v & CR3_BYPASS) != 0;
    bool ldo = (v & CR3_LDOEN) != 0;
    bool smps = (v & CR3_SDEN) != 0;
    bool external = (v & CR3_SDEXTHP) != 0;
    bool level = (v & CR3_SDLEVEL) != 0;
    if (ldo) {
        return !bypass && (!smps || level);
    }
    if (!smps) {
        return bypass;
    }
    return bypass ? external && level : !external;
}

static void write_selection(struct pwr *w, uint32_t selection, vtime_ps now)
{
    const struct finding_data wanted = {.cr3 = (uint8_t)selection};
    uint32_t present = w->base.values[R_CR3] & CR3_SELECTION;
    if (w->power->supply_locked) {
        if (selection != present) {
            periph_report(&w->base, R_CR3, FOUND_SUPPLY_LOCKED, &wanted);
        }
        return;
    }
    w->power->supply_locked = true;
    if (!selection_legal(selection)) {
        periph_report(&w->base, R_CR3, FOUND_SUPPLY_ILLEGAL, &wanted);
        return;
    }
    w->base.values[R_CR3] = (w->base.values[R_CR3] & ~CR3_SELECTION) | selection;
    w->configured = true;
    w->power->ready = false;
    select_levels(w, SELECT_SETTLE, now);
}

/* A write that touches the low byte, even with the value it has, is the one write there is. */
static bool cr3_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    struct pwr *w = (struct pwr *)p;
    uint32_t lanes = p->chip->access.lanes;
    p->values[slot] = (p->values[slot] & ~(CR3_UPPER & lanes)) | (written & CR3_UPPER);
    w->power->usb_watched = (p->values[slot] & CR3_USB33DEN) != 0;
    if ((lanes & 0xFFu) != 0) {
        write_selection(w, written & CR3_SELECTION, p->chip->sched.now);
    }
    return true;
}

/* VDD33USB hangs on VDD on these boards, as it may with the regulator off (7.4.7): ready as soon as the detector
 * is on. */
static uint32_t cr3_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct pwr *w = (const struct pwr *)p;
    (void)slot;
    if ((value & CR3_USB33DEN) != 0) {
        value |= CR3_USB33RDY;
    }
    if ((value & CR3_SDEXTHP) != 0 && w->supply->smps_ready) {
        value |= CR3_SDEXTRDY;
    }
    return value;
}

/* ---- the other registers ---- */

static void cr1_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct pwr *w = (struct pwr *)p;
    (void)old;
    (void)written;
    w->power->backup_writable = (p->values[slot] & CR1_DBP) != 0;
    update_pvd(w);
}

static uint32_t csr1_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct pwr *w = (const struct pwr *)p;
    (void)slot;
    (void)value;
    uint32_t vos = (w->act_vos == 1 ? 3u : w->act_vos == 2 ? 2u : 1u) << VOS_POS;
    return vos | (w->power->ready ? CSR1_ACTVOSRDY : 0) | (pvd_low(w) ? CSR1_PVDO : 0);
}

static bool cr2_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    if (((const struct pwr *)p)->power->backup_writable) {
        return false;
    }
    periph_report(p, slot, FOUND_BACKUP_PROTECTED, NULL);
    return true;
}

/* The backup regulator is ready at once: its time is far below what firmware polls. */
static uint32_t cr2_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)p;
    (void)slot;
    return (value & CR2_BREN) != 0 ? value | CR2_BRRDY : value;
}

static void follow_d3(struct pwr *w)
{
    const uint32_t *v = w->base.values;
    w->power->d3_runs_on = ((v[R_CPU1CR] | v[R_CPU2CR]) & CPUCR_RUN_D3) != 0;
}

static void cpucr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)old;
    follow_d3((struct pwr *)p);
    pwr_cpucr_written((struct pwr *)p, slot, written);
}

static uint32_t d3cr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct pwr *w = (const struct pwr *)p;
    (void)slot;
    return value | (w->vos_ready ? D3CR_VOSRDY : 0);
}

static void d3cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct pwr *w = (struct pwr *)p;
    (void)slot;
    (void)written;
    if (((old ^ p->values[R_D3CR]) >> VOS_POS & 3u) == 0) {
        return;
    }
    if (!w->power->ready) {
        periph_report(p, R_D3CR, FOUND_VOS_IN_RUN_STAR, NULL);
    }
    if (w->power->overdrive && vos_wanted(w) != 1) {
        periph_report(p, R_D3CR, FOUND_VOS_LEFT_WITH_ODEN, NULL);
    }
    w->power->ready = false;
    w->vos_ready = false;
    select_levels(w, VOS_SETTLE, p->chip->sched.now);
}

static void wkupcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_WKUPFR] &= ~written;
    pwr_follow_wake_pins((struct pwr *)p);
}

static void wkupepr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    pwr_follow_wake_pins((struct pwr *)p);
}

static const struct reg regs[R_COUNT] = {
    [R_CR1] = {.offset = 0x00,
               .name = "CR1",
               .reset = 0xF000C000,
               .rw = 0x0007C3F1,
               .unmodelled = 0x00070000,
               .write = cr1_write},
    [R_CSR1] = {.offset = 0x04,
                .name = "CSR1",
                .reset = 0x00004000,
                .ro = 0x0001E010,
                .unmodelled = 0x00010000,
                .read = csr1_read,
                .steady = true},
    [R_CR2] = {.offset = 0x08,
               .name = "CR2",
               .rw = 0x00000011,
               .ro = 0x00F10000,
               .unmodelled = 0x00F00010,
               .read = cr2_read,
               .intercept = cr2_intercept},
    [R_CR3] = {.offset = 0x0C,
               .name = "CR3",
               .reset = CR3_DEFAULT,
               .rw = 0x0300033F,
               .ro = 0x04010000,
               .steady = true,
               .read = cr3_read,
               .intercept = cr3_intercept},
    [R_CPU1CR] = {.offset = 0x10,
                  .name = "CPU1CR",
                  .rw = 0x00000C07,
                  .ro = CPUCR_FLAGS,
                  .wo = CPUCR_CSSF,
                  .write = cpucr_write},
    [R_CPU2CR] = {.offset = 0x14,
                  .name = "CPU2CR",
                  .rw = 0x00000C07,
                  .ro = CPUCR_FLAGS,
                  .wo = CPUCR_CSSF,
                  .write = cpucr_write},
    [R_D3CR] = {.offset = 0x18,
                .name = "D3CR",
                .reset = 0x00004000,
                .rw = 0x0000C000,
                .ro = D3CR_VOSRDY,
                .steady = true,
                .read = d3cr_read,
                .write = d3cr_write},
    [R_WKUPCR] = {.offset = 0x20, .name = "WKUPCR", .wo = 0x3F, .write = wkupcr_write},
    [R_WKUPFR] = {.offset = 0x24, .name = "WKUPFR", .ro = 0x3F},
    [R_WKUPEPR] = {.offset = 0x28, .name = "WKUPEPR", .rw = 0x0FFF3F3F, .write = wkupepr_write},
};

/* ---- what others do to it ---- */

/* SYSCFG's ODEN bit (7.6.2). */
static void overdriven(void *ctx, vtime_ps now)
{
    struct pwr *w = ctx;
    if (vos_wanted(w) != 1) {
        if (w->power->overdrive) {
            periph_report(&w->base, R_D3CR, FOUND_ODEN_OUTSIDE_VOS1, NULL);
        }
        return;
    }
    w->vos_ready = false;
    w->power->ready = false;
    select_levels(w, VOS_SETTLE, now);
}

/* The system has left Stop mode: STOPF is set for both cores, VOS3 holds again (7.6.2). */
static void domain_changed(void *ctx, enum power_domain domain, enum power_state state,
                           vtime_ps now)
{
    struct pwr *w = ctx;
    pwr_domain_changed(w, domain, state);
    if (domain != POWER_D3 || state != POWER_RUN) {
        return;
    }
    w->base.values[R_CPU1CR] |= CPUCR_STOPF;
    w->base.values[R_CPU2CR] |= CPUCR_STOPF;
    w->base.values[R_D3CR] = w->base.model->regs[R_D3CR].reset;
    select_levels(w, VOS_SETTLE, now);
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct pwr *w = (struct pwr *)p;
    w->power = &p->chip->power;
    w->power->vos = 3;
    w->power->ready = false;
    w->power->backup_writable = false;
    w->power_listener =
        (struct power_listener){.domain = domain_changed, .overdriven = overdriven, .ctx = w};
    power_listen(w->power, &w->power_listener);
    supply_init(&w->fallback, SUPPLY_SMPS);
    w->supply = &w->fallback;
    w->act_vos = 3;
    w->listener.changed = supply_changed;
    w->listener.ctx = w;
    event_init(&w->settled, settled, w);
    w->pvd_pin.changed = pvd_pin_changed;
    w->pvd_pin.ctx = w;
    signal_listen(chip_pin(p->chip, 'B', 7), &w->pvd_pin);
    pwr_low_power_init(w);
    return 0;
}

/* The board may hang its supply on the chip at any time before power-on. */
static void adopt_supply(struct pwr *w)
{
    struct supply *board = w->base.chip->supply;
    if (board != NULL && w->supply != board) {
        w->supply = board;
        supply_listen(board, &w->listener);
    }
}

/* CR3 survives everything but VDD; CR2 is in the backup domain, which hangs on VDD on this board. */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    return kind != RESET_POWER_ON &&
           (slot == R_CR3 || slot == R_CR2 || pwr_low_power_keeps((const struct pwr *)p, slot));
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct pwr *w = (struct pwr *)p;
    adopt_supply(w);
    if (kind == RESET_POWER_ON) {
        w->power->supply_locked = false;
        w->configured = false;
        w->power->ready = false;
        w->power->run_star = true;
        w->act_vos = 3;
    }
    w->power->overdrive = false;
    w->power->usb_watched = (w->base.values[R_CR3] & CR3_USB33DEN) != 0;
    w->power->backup_writable = false;
    follow_d3(w);
    w->power->ready = w->power->ready && w->act_vos == 3 && !w->act_boost;
    w->vos_ready = true; /* "following reset VOSRDY will be read 1" (7.8.7) */
    select_levels(w, VOS_SETTLE, p->chip->sched.now);
    update_pvd(w);
    pwr_low_power_reset(w, kind);
}

static void destroy(struct periph *p)
{
    struct pwr *w = (struct pwr *)p;
    sched_cancel(&p->chip->sched, &w->settled);
    sched_cancel(&p->chip->sched, &w->power_down);
}

static const char *const irq_names[] = {"PVD_AVD", "HOLD2F", "HOLD1F", "WKUP1", "WKUP2",
                                        "WKUP3",   "WKUP4",  "WKUP5",  "WKUP6", NULL};

const struct model pwr_model = {
    .kind = "pwr",
    .size = sizeof(struct pwr),
    .regs = regs,
    .fields = pwr_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .reset = reset,
    .keeps = keeps,
    .destroy = destroy,
};
