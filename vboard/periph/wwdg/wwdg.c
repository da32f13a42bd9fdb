/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/wwdg/wwdg.h"

#include "vboard/chip/fields.h"

enum { R_CR, R_CFR, R_SR, R_COUNT };

#define CR_T 0x7Fu
#define CR_WDGA (1u << 7)
#define CFR_W 0x7Fu
#define CFR_EWI (1u << 9)
#define SR_EWIF (1u << 0)
#define T6 0x40u

struct wwdg {
    struct periph base;  /* first: a struct periph * is a struct wwdg * */
    struct ticker ticks; /* since T was written */
    struct clock_listener clock_listener;
    struct event early, expired;
};

static vtime_ps now_of(const struct wwdg *w)
{
    return w->base.chip->sched.now;
}

/* The down-counter, from the T that was written last. It wraps: it counts while disabled, too. */
static uint32_t counter(const struct wwdg *w, uint32_t written_t)
{
    return (written_t - (uint32_t)ticker_count(&w->ticks, now_of(w))) & CR_T;
}

static void update_irq(struct wwdg *w)
{
    bool level = (w->base.values[R_SR] & SR_EWIF) != 0 && (w->base.values[R_CFR] & CFR_EWI) != 0;
    irq_set(&w->base.irq[WWDG_IRQ_EARLY], level);
}

static void reached_0x40(void *ctx, vtime_ps now)
{
    struct wwdg *w = ctx;
    (void)now;
    w->base.values[R_SR] |= SR_EWIF;
    update_irq(w);
}

static void request_reset(struct wwdg *w)
{
    bool is_first = w->base.entry->param == 1;
    chip_request_reset(w->base.chip, is_first ? RESET_SRC_WWDG1 : RESET_SRC_WWDG2);
}

static void reached_0x3f(void *ctx, vtime_ps now)
{
    (void)now;
    request_reset(ctx);
}

/* Queues `e` for `ticks` ticks after T was written; never while the clock stands. */
static void schedule_one(struct wwdg *w, struct event *e, bool wanted, uint32_t ticks)
{
    vtime_ps at = wanted ? ticker_when(&w->ticks, ticks) : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&w->base.chip->sched, e);
    } else {
        sched_at(&w->base.chip->sched, e, at);
    }
}

static void schedule(struct wwdg *w)
{
    uint32_t cr = w->base.values[R_CR];
    uint32_t t = cr & CR_T;
    schedule_one(w, &w->early, t > T6, t - T6);
    schedule_one(w, &w->expired, (cr & CR_WDGA) != 0 && t >= T6, t - T6 + 1);
}

static uint32_t cr_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)slot;
    return (value & ~CR_T) | counter((struct wwdg *)p, value & CR_T);
}

/* "If the software reloads the counter while the counter is greater than the value stored in the
 * window register, then a reset is generated"; so is it if T6 is written as 0 (47.3, 47.3.4). */
static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct wwdg *w = (struct wwdg *)p;
    bool is_early = (old & CR_WDGA) != 0 && counter(w, old & CR_T) > (p->values[R_CFR] & CFR_W);
    bool is_zero = (p->values[slot] & CR_WDGA) != 0 && (p->values[slot] & T6) == 0;
    (void)written;
    ticker_set(&w->ticks, 0, now_of(w));
    schedule(w);
    if (is_early || is_zero) {
        request_reset(w);
    }
}

/* 4096 * 2^WDGTB bus clocks a tick (47.5.2); the count goes on from where it is. */
static void cfr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct wwdg *w = (struct wwdg *)p;
    (void)old;
    (void)written;
    p->values[R_CR] = (p->values[R_CR] & ~CR_T) | counter(w, p->values[R_CR] & CR_T);
    w->ticks.divider = UINT64_C(4096) << ((p->values[slot] >> 11) & 7u);
    ticker_set(&w->ticks, 0, now_of(w));
    schedule(w);
    update_irq(w);
}

static void sr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    update_irq((struct wwdg *)p);
}

/* "By halfwords (16-bit) or words (32-bit)" (47.5). */
#define WIDTHS 6

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00,
              .name = "CR",
              .reset = 0x7F,
              .rw = CR_T,
              .w1s = CR_WDGA,
              .widths = WIDTHS,
              .read = cr_read,
              .write = cr_write},
    [R_CFR] = {.offset = 0x04,
               .name = "CFR",
               .reset = 0x7F,
               .rw = 0x3800 | CFR_W,
               .w1s = CFR_EWI,
               .widths = WIDTHS,
               .write = cfr_write},
    [R_SR] = {.offset = 0x08, .name = "SR", .w0c = SR_EWIF, .widths = WIDTHS, .write = sr_write},
};

static const struct field cr[] = {ACTS("WDGA", BIT(7)), ACTS("T", BITS(6, 0)), FIELDS_END};
static const struct field cfr[] = {ACTS("WDGTB", BITS(13, 11)), ACTS("EWI", BIT(9)),
                                   ACTS("W", BITS(6, 0)), FIELDS_END};
static const struct field sr[] = {ACTS("EWIF", BIT(0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr}, {0x04, 1, 0, cfr}, {0x08, 1, 0, sr}, REG_FIELDS_END};

static void before_clock(void *ctx, vtime_ps now)
{
    ticker_sync(&((struct wwdg *)ctx)->ticks, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
}

static void gated(struct periph *p, bool on)
{
    struct wwdg *w = (struct wwdg *)p;
    if (on) {
        ticker_start(&w->ticks, now_of(w));
    } else {
        ticker_stop(&w->ticks, now_of(w));
    }
    schedule(w);
}

/* WWDG1 is on APB3, WWDG2 on APB1 (2.3.2, Table 7). */
static int init(struct periph *p)
{
    struct wwdg *w = (struct wwdg *)p;
    ticker_init(&w->ticks, &p->chip->clocks[p->entry->param == 1 ? CLK_PCLK3 : CLK_PCLK1], 4096);
    event_init(&w->early, reached_0x40, w);
    event_init(&w->expired, reached_0x3f, w);
    return 0;
}

static void connect(struct periph *p)
{
    struct wwdg *w = (struct wwdg *)p;
    w->clock_listener =
        (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = w};
    clock_listen(&p->chip->clocks[p->entry->param == 1 ? CLK_PCLK3 : CLK_PCLK1],
                 &w->clock_listener);
}

static void cancel(struct wwdg *w)
{
    sched_cancel(&w->base.chip->sched, &w->early);
    sched_cancel(&w->base.chip->sched, &w->expired);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct wwdg *w = (struct wwdg *)p;
    (void)kind;
    cancel(w);
    w->ticks.divider = 4096;
    ticker_set(&w->ticks, 0, now_of(w));
    update_irq(w);
    gated(p, p->gate == NULL || p->gate->any);
}

static void destroy(struct periph *p)
{
    cancel((struct wwdg *)p);
}

static const char *const irq_names[] = {[WWDG_IRQ_EARLY] = "early", NULL};

const struct model wwdg_model = {
    .kind = "wwdg",
    .size = sizeof(struct wwdg),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .gated = gated,
    .destroy = destroy,
};
