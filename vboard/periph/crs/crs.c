/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/crs/crs.h"

#include "vboard/chip/fields.h"
#include "vboard/chip/pinfunc.h"

enum { R_CR, R_CFGR, R_ISR, R_ICR, R_COUNT };

#define FLAG_OK (1u << 0) /* in ISR, in ICR, and as enable bit in CR */
#define FLAG_WARN (1u << 1)
#define FLAG_ERR (1u << 2)
#define FLAG_ESYNC (1u << 3)
#define CR_CEN (1u << 5)
#define CR_AUTOTRIMEN (1u << 6)
#define CR_SWSYNC (1u << 7)
#define CR_TRIM_POS 8u
#define CR_TRIM (63u << CR_TRIM_POS)
#define ISR_SYNCERR (1u << 8)
#define ISR_SYNCMISS (1u << 9)
#define ISR_TRIMOVF (1u << 10)
#define ISR_ERRORS (ISR_SYNCERR | ISR_SYNCMISS | ISR_TRIMOVF)
#define ISR_FEDIR (1u << 15)
#define CFGR_SYNCPOL (1u << 31)
#define CFGR_SYNCSRC (3u << 28)
#define TRIM_MIDDLE 32
#define TRIM_HIGHEST 63
#define STEP_PPM 1400 /* 10.5.4 */
#define WORD_ONLY 4u

enum { SOURCE_PIN, SOURCE_LSE };

struct crs {
    struct periph p;
    struct clock_listener hsi48_listener, lse_listener;
    struct pinfunc *pin;
    struct ticker counter; /* of HSI48, since the last SYNC */
    struct ticker lse;     /* of divided LSE */
    struct event expected, missed, lse_sync;
    bool counting;
    unsigned edges; /* at the pin, until SYNCDIV is full */
};

static vtime_ps now_of(const struct crs *c)
{
    return c->p.chip->sched.now;
}

static uint32_t reload(const struct crs *c)
{
    return c->p.values[R_CFGR] & 0xFFFFu;
}

static uint32_t limit(const struct crs *c)
{
    return c->p.values[R_CFGR] >> 16 & 0xFFu;
}

static unsigned source(const struct crs *c)
{
    return (c->p.values[R_CFGR] & CFGR_SYNCSRC) >> 28;
}

static unsigned divider_log2(const struct crs *c)
{
    return c->p.values[R_CFGR] >> 24 & 7u;
}

static bool is_on(const struct crs *c)
{
    return (c->p.values[R_CR] & CR_CEN) != 0 && c->counter.clock->uhz != 0;
}

static void flag(struct crs *c, uint32_t flags)
{
    uint32_t *isr = &c->p.values[R_ISR];
    *isr |= flags | ((flags & ISR_ERRORS) != 0 ? FLAG_ERR : 0);
    irq_set(&c->p.irq[CRS_IRQ_GLOBAL], (*isr & c->p.values[R_CR] & 15u) != 0);
}

/* ---- trimming ---- */

static int trim_of(const struct crs *c)
{
    return (int)(c->p.values[R_CR] >> CR_TRIM_POS & 63u);
}

static void apply_trim(struct crs *c)
{
    struct chip_trim *trim = &c->p.chip->hsi48_trim;
    int32_t ppm = (trim_of(c) - TRIM_MIDDLE) * STEP_PPM;
    if (trim->ppm != ppm) {
        trim->ppm = ppm;
        if (trim->changed != NULL) {
            trim->changed(trim->ctx, now_of(c));
        }
    }
}

static void trim_by(struct crs *c, int steps)
{
    if ((c->p.values[R_CR] & CR_AUTOTRIMEN) == 0 || steps == 0) {
        return;
    }
    int wanted = trim_of(c) + steps;
    int trim = wanted < 0 ? 0 : wanted > TRIM_HIGHEST ? TRIM_HIGHEST : wanted;
    c->p.values[R_CR] = (c->p.values[R_CR] & ~CR_TRIM) | (uint32_t)trim << CR_TRIM_POS;
    if (trim != wanted) {
        flag(c, ISR_TRIMOVF);
    }
    apply_trim(c);
}

/* ---- the counter: 10.5.2, 10.5.3 ---- */

static void schedule_at(struct crs *c, struct event *e, vtime_ps at)
{
    if (at == VTIME_NEVER || !is_on(c)) {
        sched_cancel(&c->p.chip->sched, e);
    } else {
        sched_at(&c->p.chip->sched, e, at);
    }
}

static void schedule(struct crs *c)
{
    uint64_t count = ticker_count(&c->counter, now_of(c));
    uint64_t out = reload(c) + UINT64_C(128) * limit(c);
    bool before = c->counting && count < reload(c);
    schedule_at(c, &c->expected, before ? ticker_when(&c->counter, reload(c)) : VTIME_NEVER);
    schedule_at(c, &c->missed,
                c->counting && count < out ? ticker_when(&c->counter, out) : VTIME_NEVER);
    uint64_t next = ticker_count(&c->lse, now_of(c)) + 1;
    schedule_at(c, &c->lse_sync,
                source(c) == SOURCE_LSE ? ticker_when(&c->lse, next) : VTIME_NEVER);
}

static void reached_zero(void *ctx, vtime_ps now)
{
    (void)now;
    flag(ctx, FLAG_ESYNC);
}

static void out_of_range(void *ctx, vtime_ps now)
{
    struct crs *c = ctx;
    (void)now;
    flag(c, ISR_SYNCMISS);
}

static void evaluate(struct crs *c, uint64_t count)
{
    bool down = count < reload(c);
    uint64_t out = UINT64_C(128) * limit(c);
    uint64_t error = down ? reload(c) - count : count - reload(c);
    error = !down && error > out ? out : error;
    int towards = down ? 1 : -1;
    uint32_t *isr = &c->p.values[R_ISR];
    *isr = (*isr & 0x7FFFu) | (uint32_t)(error & 0xFFFFu) << 16 | (down ? ISR_FEDIR : 0);
    if (error >= out) {
        flag(c, down ? ISR_SYNCERR : 0);
    } else if (error >= UINT64_C(3) * limit(c)) {
        flag(c, FLAG_WARN);
        trim_by(c, 2 * towards);
    } else {
        flag(c, FLAG_OK);
        trim_by(c, error >= limit(c) ? towards : 0);
    }
}

static void sync_event(struct crs *c)
{
    if (!is_on(c)) {
        return;
    }
    if (c->counting) {
        evaluate(c, ticker_count(&c->counter, now_of(c)));
    }
    c->counting = true;
    ticker_set(&c->counter, 0, now_of(c));
    schedule(c);
}

static void lse_edge(void *ctx, vtime_ps now)
{
    struct crs *c = ctx;
    (void)now;
    sync_event(c);
    schedule(c);
}

static void pin_edge(void *ctx, bool high, vtime_ps now)
{
    struct crs *c = ctx;
    bool falling = (c->p.values[R_CFGR] & CFGR_SYNCPOL) != 0;
    (void)now;
    if (source(c) != SOURCE_PIN || high == falling) {
        return;
    }
    c->edges = (c->edges + 1) & ((1u << divider_log2(c)) - 1);
    if (c->edges == 0) {
        sync_event(c);
    }
}

/* ---- registers ---- */

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct crs *c = (struct crs *)p;
    bool starts = (~old & p->values[slot] & CR_CEN) != 0;
    if ((old & p->values[slot] & CR_AUTOTRIMEN) != 0) { /* TRIM is the hardware's */
        p->values[slot] = (p->values[slot] & ~CR_TRIM) | (old & CR_TRIM);
    }
    apply_trim(c);
    if (starts) {
        c->edges = 0;
        c->lse.divider = UINT64_C(1) << divider_log2(c);
        ticker_set(&c->lse, 0, now_of(c));
    }
    if ((p->values[slot] & CR_CEN) == 0) {
        c->counting = false;
    }
    if ((written & CR_SWSYNC) != 0) {
        sync_event(c);
    }
    schedule(c);
    flag(c, 0);
}

static bool before_cfgr(struct periph *p, unsigned slot, uint32_t written)
{
    bool locked = (p->values[R_CR] & CR_CEN) != 0;
    if (locked && written != p->values[slot]) {
        periph_report(p, slot, FOUND_READ_ONLY, NULL);
    }
    return locked;
}

static void icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    p->values[R_ISR] &= ~(written & 15u) & ((written & FLAG_ERR) != 0 ? ~ISR_ERRORS : ~0u);
    flag((struct crs *)p, 0);
}

/* ---- life ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct crs *c = ctx;
    ticker_sync(&c->counter, now);
    ticker_sync(&c->lse, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    (void)now;
    schedule(ctx);
}

static int init(struct periph *p)
{
    struct crs *c = (struct crs *)p;
    ticker_init(&c->counter, &p->chip->clocks[CLK_HSI48], 1);
    ticker_init(&c->lse, &p->chip->clocks[CLK_LSE], 1);
    event_init(&c->expected, reached_zero, c);
    event_init(&c->missed, out_of_range, c);
    event_init(&c->lse_sync, lse_edge, c);
    return 0;
}

static void connect(struct periph *p)
{
    struct crs *c = (struct crs *)p;
    c->hsi48_listener =
        (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = c};
    c->lse_listener = c->hsi48_listener;
    clock_listen(&p->chip->clocks[CLK_HSI48], &c->hsi48_listener);
    clock_listen(&p->chip->clocks[CLK_LSE], &c->lse_listener);
    c->pin = chip_pinfunc(p->chip, "CRS_SYNC");
    c->pin->changed = pin_edge;
    c->pin->ctx = c;
    ticker_start(&c->counter, now_of(c));
    ticker_start(&c->lse, now_of(c));
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct crs *c = (struct crs *)p;
    (void)kind;
    c->counting = false;
    c->edges = 0;
    apply_trim(c);
    schedule(c);
    flag(c, 0);
}

static const struct reg regs[R_COUNT] = {
    [R_CR] = {.offset = 0x00,
              .name = "CR",
              .reset = 0x2000,
              .rw = CR_TRIM | CR_AUTOTRIMEN | CR_CEN | 15u,
              .wo = CR_SWSYNC,
              .widths = WORD_ONLY,
              .write = cr_write},
    [R_CFGR] = {.offset = 0x04,
                .name = "CFGR",
                .reset = 0x2022BB7F,
                .rw = 0xB7FFFFFF,
                .widths = WORD_ONLY,
                .intercept = before_cfgr},
    [R_ISR] =
        {.offset = 0x08, .name = "ISR", .ro = 0xFFFF870F, .steady = true, .widths = WORD_ONLY},
    [R_ICR] = {.offset = 0x0C, .name = "ICR", .wo = 15u, .widths = WORD_ONLY, .write = icr_write},
};

static const struct field cr[] = {
    ACTS("TRIM", BITS(13, 8)),  ACTS("SWSYNC", BIT(7)),   ACTS("AUTOTRIMEN", BIT(6)),
    ACTS("CEN", BIT(5)),        ACTS("ESYNCIE", BIT(3)),  ACTS("ERRIE", BIT(2)),
    ACTS("SYNCWARNIE", BIT(1)), ACTS("SYNCOKIE", BIT(0)), FIELDS_END};
static const struct field cfgr[] = {ACTS("SYNCPOL", BIT(31)),      ACTS("SYNCSRC", BITS(29, 28)),
                                    ACTS("SYNCDIV", BITS(26, 24)), ACTS("FELIM", BITS(23, 16)),
                                    ACTS("RELOAD", BITS(15, 0)),   FIELDS_END};
static const struct field isr[] = {ACTS("FECAP", BITS(31, 16)), ACTS("FEDIR", BIT(15)),
                                   ACTS("TRIMOVF", BIT(10)),    ACTS("SYNCMISS", BIT(9)),
                                   ACTS("SYNCERR", BIT(8)),     ACTS("ESYNCF", BIT(3)),
                                   ACTS("ERRF", BIT(2)),        ACTS("SYNCWARNF", BIT(1)),
                                   ACTS("SYNCOKF", BIT(0)),     FIELDS_END};
static const struct field icr[] = {ACTS("ESYNCC", BIT(3)), ACTS("ERRC", BIT(2)),
                                   ACTS("SYNCWARNC", BIT(1)), ACTS("SYNCOKC", BIT(0)), FIELDS_END};

static const struct reg_fields fields[] = {
    {0x00, 1, 0, cr}, {0x04, 1, 0, cfgr}, {0x08, 1, 0, isr}, {0x0C, 1, 0, icr}, REG_FIELDS_END};

static const char *const irq_names[] = {"global", NULL};

const struct model crs_model = {
    .kind = "crs",
    .size = sizeof(struct crs),
    .regs = regs,
    .fields = fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
};
