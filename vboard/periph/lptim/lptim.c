/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/lptim/internal.h"

#include <stdio.h>

static vtime_ps now_of(const struct lptim *t)
{
    return t->p.chip->sched.now;
}

/* ---- flags, output ---- */

static void update_irq(struct lptim *t)
{
    irq_set(&t->p.irq[LPTIM_IRQ_GLOBAL], (t->asserted & t->p.values[R_ISR]) != 0);
}

/* "If any bit in LPTIM_IER is set after its flag is set, the interrupt is not asserted" (45.6). */
static void raise(struct lptim *t, uint32_t flags)
{
    t->p.values[R_ISR] |= flags;
    t->asserted |= flags & t->p.values[R_IER];
    update_irq(t);
}

static void drive(struct lptim *t, bool active, vtime_ps at)
{
    t->active = active;
    enum drive wanted = active != lptim_has(t, R_CFGR, CFGR_WAVPOL) ? DRIVE_HIGH : DRIVE_LOW;
    if (t->out->wanted != wanted) {
        pinfunc_drive(t->out, wanted, at);
    }
    wire_set(t->trigger, wanted == DRIVE_HIGH, at);
}

/* ---- counting ---- */

/* Counts until CNT is 0 again. Beyond ARR, which has been lowered under it, it runs to its width. */
static uint64_t period(const struct lptim *t)
{
    return t->seen > (int64_t)t->arr ? UINT64_C(1) << 16 : t->arr + UINT64_C(1);
}

static uint64_t position(const struct lptim *t, vtime_ps now)
{
    return t->counting ? ticker_count(&t->ticker, now) - t->start : 0;
}

/* When it was, or will be; a count of pulses is that of now. */
static vtime_ps time_of(const struct lptim *t, uint64_t at)
{
    return t->ticker.running ? ticker_when(&t->ticker, t->start + at) : now_of(t);
}

static bool passes(const struct lptim *t, uint64_t at, uint64_t last)
{
    return (int64_t)at > t->seen && at <= last;
}

static void catch_up(struct lptim *t, uint64_t last)
{
    if (passes(t, t->cmp, last)) {
        raise(t, ISR_CMPM);
    }
    if (passes(t, t->arr, last)) {
        raise(t, ISR_ARRM);
    }
    if (passes(t, t->cmp + UINT64_C(1), last)) {
        drive(t, true, time_of(t, t->cmp + UINT64_C(1)));
    }
    if ((int64_t)last > t->seen) {
        t->seen = (int64_t)last;
    }
}

static void load(struct lptim *t)
{
    t->arr = t->next_arr;
    t->cmp = t->next_cmp;
}

static void end_period(struct lptim *t, uint64_t length)
{
    vtime_ps at = time_of(t, length);
    t->start += length;
    t->seen = -1;
    load(t);
    if (!lptim_has(t, R_CFGR, CFGR_WAVE)) {
        drive(t, false, at);
    }
    if (t->single) {
        t->counting = false;
        t->once_over = lptim_has(t, R_CFGR, CFGR_WAVE);
        ticker_stop(&t->ticker, at);
    }
}

/* All periods but the last few are alike: the rest is jumped over. */
void lptim_sync(struct lptim *t, vtime_ps now)
{
    uint64_t count = ticker_count(&t->ticker, now);
    while (t->counting && count - t->start >= period(t)) {
        uint64_t length = period(t);
        catch_up(t, length - 1);
        end_period(t, length);
        uint64_t whole = (count - t->start) / period(t);
        t->start += t->counting && whole > WALK ? (whole - WALK) * period(t) : 0;
    }
    if (t->counting) {
        catch_up(t, count - t->start);
    }
}

/* ---- events ---- */

static void consider(const struct lptim *t, bool wanted, uint64_t at, uint64_t *next)
{
    if (wanted && (int64_t)at > t->seen && at < *next) {
        *next = at;
    }
}

static void reschedule(struct lptim *t)
{
    uint32_t awaited = t->p.values[R_IER] & ~t->asserted & (ISR_CMPM | ISR_ARRM);
    uint64_t next = period(t);
    bool is_watched = t->out->pin != NULL || t->trigger->wanted != 0;
    consider(t, (awaited & ISR_CMPM) != 0, t->cmp, &next);
    consider(t, (awaited & ISR_ARRM) != 0, t->arr, &next);
    consider(t, is_watched, t->cmp + UINT64_C(1), &next);
    vtime_ps at = t->counting && (awaited != 0 || is_watched)
                      ? ticker_when(&t->ticker, t->start + next)
                      : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&t->p.chip->sched, &t->event);
    } else {
        sched_at(&t->p.chip->sched, &t->event, at);
    }
}

bool lptim_is_frozen(const struct lptim *t)
{
    unsigned number = (unsigned)t->p.entry->param;
    return number == 1 ? chip_is_frozen(t->p.chip, DEBUG_APB1L, 9)
                       : chip_is_frozen(t->p.chip, DEBUG_APB4, 7 + number);
}

bool lptim_is_clocked(const struct lptim *t)
{
    return t->p.gate == NULL || t->p.gate->kernel;
}

/* The kernel clock moves the counter: not input 1, not an encoder. */
static void run_or_stop(struct lptim *t, vtime_ps now)
{
    bool internal = !lptim_counts_pulses(t) && !lptim_has(t, R_CFGR, CFGR_ENC);
    if (t->counting && internal && lptim_is_clocked(t) && !lptim_is_frozen(t)) {
        ticker_start(&t->ticker, now);
    } else {
        ticker_stop(&t->ticker, now);
    }
    reschedule(t);
}

void lptim_follow(struct lptim *t, vtime_ps now)
{
    lptim_sync(t, now);
    run_or_stop(t, now);
}

static void reached(void *ctx, vtime_ps now)
{
    lptim_follow(ctx, now);
}

/* ---- crossings ---- */
static void go(struct crossing *x, vtime_ps now)
{
    vtime_ps span = clock_span(x->timer->kernel, x->ticks);
    if (!x->pending || !lptim_is_clocked(x->timer) || span == VTIME_NEVER) {
        sched_cancel(&x->timer->p.chip->sched, &x->event);
    } else {
        sched_at(&x->timer->p.chip->sched, &x->event, now + span);
    }
}

static void send(struct lptim *t, unsigned which, uint64_t ticks)
{
    t->crossing[which].pending = true;
    t->crossing[which].ticks = ticks;
    go(&t->crossing[which], now_of(t));
}

static void cross(void *ctx, vtime_ps now)
{
    struct crossing *x = ctx;
    x->pending = false;
    lptim_sync(x->timer, now);
    x->arrived(x->timer, now);
    run_or_stop(x->timer, now);
}

static void set_zero(struct lptim *t, vtime_ps now)
{
    t->start = ticker_count(&t->ticker, now);
    t->seen = -1;
    if (!t->once_over) {
        drive(t, false, now);
    }
}

static void start_arrived(struct lptim *t, vtime_ps now)
{
    t->p.values[R_CR] &= ~(CR_SNGSTRT | CR_CNTSTRT);
    t->counting = true;
    t->ticker.divider = UINT64_C(1) << (t->p.values[R_CFGR] >> CFGR_PRESC_POS & 7u);
    ticker_set(&t->ticker, 0, now);
    lptim_input_begin(t);
    load(t);
    set_zero(t, now);
    lptim_sync(t, now);
}

static void clear_arrived(struct lptim *t, vtime_ps now)
{
    t->p.values[R_CR] &= ~CR_COUNTRST;
    set_zero(t, now);
    lptim_sync(t, now);
}

/* PRELOAD: "updated at the end of the current period, if the timer has been already started" (45.4.11). */
static void value_arrived(struct lptim *t, vtime_ps now)
{
    if (t->counting && lptim_has(t, R_CFGR, CFGR_PRELOAD)) {
        return;
    }
    load(t);
    if (t->counting && !lptim_has(t, R_CFGR, CFGR_WAVE)) {
        drive(t, position(t, now) > t->cmp, now);
    }
}

static void cmp_arrived(struct lptim *t, vtime_ps now)
{
    t->next_cmp = t->p.values[R_CMP];
    value_arrived(t, now);
    raise(t, ISR_CMPOK);
}

static void arr_arrived(struct lptim *t, vtime_ps now)
{
    t->next_arr = t->p.values[R_ARR];
    value_arrived(t, now);
    raise(t, ISR_ARROK);
}

/* ---- starting ---- */

static void cancel(struct lptim *t)
{
    for (unsigned i = 0; i < X_COUNT; i++) {
        t->crossing[i].pending = false;
        sched_cancel(&t->p.chip->sched, &t->crossing[i].event);
    }
    sched_cancel(&t->p.chip->sched, &t->event);
}

static void disable(struct lptim *t, vtime_ps now)
{
    cancel(t);
    t->counting = false;
    t->armed = false;
    t->once_over = false;
    t->reset_on_read = false;
    t->p.values[R_CR] = 0;
    ticker_stop(&t->ticker, now);
    set_zero(t, now);
}

/* 45.4.8: while it counts, the other bit changes the mode "on the fly". Set-once mode starts once. */
static void request_start(struct lptim *t, bool single)
{
    t->single = single;
    if (t->counting || t->once_over) {
        t->p.values[R_CR] &= ~(CR_SNGSTRT | CR_CNTSTRT);
    } else if ((t->p.values[R_CFGR] >> CFGR_TRIGEN_POS & 3u) == 0) {
        send(t, X_START, CROSSING);
    } else {
        t->armed = true;
    }
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct lptim *t = (struct lptim *)p;
    if ((p->values[slot] & CR_ENABLE) == 0) {
        disable(t, now_of(t));
        return;
    }
    if ((old & CR_ENABLE) == 0) { /* "any write on these bits when disabled will be discarded" */
        p->values[slot] = CR_ENABLE;
        return;
    }
    p->values[slot] |= old & (CR_SNGSTRT | CR_CNTSTRT); /* cleared by hardware alone */
    t->reset_on_read = (written & CR_RSTARE) != 0;
    if ((written & (CR_SNGSTRT | CR_CNTSTRT)) != 0) {
        request_start(t, (written & CR_CNTSTRT) == 0);
    }
    if ((written & CR_COUNTRST) != 0) {
        send(t, X_CLEAR, CROSSING);
    }
    reschedule(t);
}

/* TRIGEN: 1 rising, 2 falling, 3 both edges. */
static void trigger_edge(void *ctx, bool high, vtime_ps now)
{
    struct lptim *t = ctx;
    uint32_t cfgr = t->p.values[R_CFGR];
    bool matches = (cfgr >> CFGR_TRIGEN_POS & (high ? 1u : 2u)) != 0;
    if (!matches || (cfgr & CFGR_TRIGSEL) != 0 || !t->armed) {
        return;
    }
    lptim_sync(t, now);
    bool ignored = t->once_over || (t->counting && (cfgr & CFGR_TIMOUT) == 0);
    if (!ignored && !t->crossing[X_START].pending) {
        raise(t, ISR_EXTTRIG);
        send(t, X_START, TRIGGER_LATENCY << (cfgr >> CFGR_PRESC_POS & 7u));
    }
    reschedule(t);
}

/* ---- registers ---- */

/* What happened until now happened with the old values. */
static bool before_write(struct periph *p, unsigned slot, uint32_t written)
{
    (void)slot;
    (void)written;
    lptim_sync((struct lptim *)p, p->chip->sched.now);
    return false;
}

static bool needs_disabled(struct periph *p, unsigned slot, uint32_t written)
{
    struct lptim *t = (struct lptim *)p;
    if (lptim_has(t, R_CR, CR_ENABLE) && written != p->values[slot]) {
        periph_report(p, slot, FOUND_WHILE_ENABLED, NULL);
    }
    return before_write(p, slot, written);
}

/* IER and ICR. */
static void flags_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct lptim *t = (struct lptim *)p;
    (void)old;
    p->values[R_ISR] &= slot == R_ICR ? ~written : ~0u;
    t->asserted &= p->values[R_ISR] & p->values[R_IER];
    update_irq(t);
    reschedule(t);
}

static void cfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct lptim *t = (struct lptim *)p;
    bool triggered = (p->values[slot] >> CFGR_TRIGEN_POS & 3u) != 0;
    (void)old;
    (void)written;
    if (t->etr != NULL && triggered && (p->values[slot] & CFGR_TRIGSEL) != 0) {
        periph_unmodelled(p, slot, CFGR_TRIGSEL);
    }
    drive(t, t->active, now_of(t));
    run_or_stop(t, now_of(t));
}

static void value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct lptim *t = (struct lptim *)p;
    unsigned which = slot == R_ARR ? X_ARR : X_CMP;
    (void)old;
    (void)written;
    if (!lptim_has(t, R_CR, CR_ENABLE)) {
        periph_report(p, slot, FOUND_WHILE_DISABLED, NULL);
        return;
    }
    if (t->crossing[which].pending) {
        periph_report(p, slot, FOUND_WHILE_BUSY, NULL);
    }
    send(t, which, CROSSING);
}

static uint32_t synced_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)value;
    lptim_sync((struct lptim *)p, p->chip->sched.now);
    return p->values[slot];
}

static uint32_t cnt_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct lptim *t = (struct lptim *)p;
    (void)slot;
    (void)value;
    lptim_sync(t, now_of(t));
    uint32_t count = (uint32_t)position(t, now_of(t));
    if (t->reset_on_read && p->chip->access.master != MASTER_DEBUG) {
        set_zero(t, now_of(t));
        reschedule(t);
    }
    return count;
}

/* "Only by words (32-bit)" (45.7). */
#define REG(slot, at, text, ...) [slot] = {.offset = (at), .name = (text), .widths = 4, __VA_ARGS__}

/* Bits and unmodelled bits of the flags and of CFGR; bits of CFGR2. */
#define REGS(flags, no_flags, cfgr, no_cfgr, cfgr2, no_cfgr2)                                      \
    {                                                                                              \
        REG(R_ISR, 0x00, "ISR", .ro = (flags), .unmodelled = (no_flags), .read = synced_read),     \
            REG(R_ICR, 0x04, "ICR", .wo = (flags), .intercept = before_write,                      \
                .write = flags_write),                                                             \
            REG(R_IER, 0x08, "IER", .rw = (flags), .unmodelled = (no_flags),                       \
                .intercept = needs_disabled, .write = flags_write),                                \
            REG(R_CFGR, 0x0C, "CFGR", .rw = (cfgr), .unmodelled = (no_cfgr),                       \
                .intercept = needs_disabled, .write = cfgr_write),                                 \
            REG(R_CR, 0x10, "CR", .rw = 0x07, .w1s = CR_COUNTRST, .wo = CR_RSTARE,                 \
                .read = synced_read, .intercept = before_write, .write = cr_write),                \
            REG(R_CMP, 0x14, "CMP", .rw = 0xFFFF, .intercept = before_write,                       \
                .write = value_write),                                                             \
            REG(R_ARR, 0x18, "ARR", .reset = 1, .rw = 0xFFFF, .intercept = before_write,           \
                .write = value_write),                                                             \
            REG(R_CNT, 0x1C, "CNT", .ro = 0xFFFF, .read = cnt_read),                               \
            REG(R_CFGR2, 0x24, "CFGR2", .rw = (cfgr2), .unmodelled = (no_cfgr2),                   \
                .intercept = needs_disabled),                                                      \
    }

/* LPTIM3 to 5 have no encoder, whose bits are reserved, and no trigger pin. */
static const struct reg regs1[R_COUNT] = REGS(0x7F, 0x60, 0x01FEEEDF, 0x010000C0, 0x33, 0x03);
static const struct reg regs3[R_COUNT] = REGS(0x1F, 0x04, 0x00FEEEDF, 0x00860001, 0x03, 0);

/* ---- clocks, debugger ---- */

static void before_clock(void *ctx, vtime_ps now)
{
    struct lptim *t = ctx;
    lptim_sync(t, now);
    ticker_sync(&t->ticker, now);
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct lptim *t = ctx;
    for (unsigned i = 0; i < X_COUNT; i++) {
        go(&t->crossing[i], now);
    }
    reschedule(t);
}

static void gated(struct periph *p, bool on)
{
    struct lptim *t = (struct lptim *)p;
    (void)on;
    reached(t, now_of(t));
    after_clock(t, now_of(t));
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct lptim *t = (struct lptim *)p;
    for (unsigned i = 0; i < X_COUNT; i++) {
        t->crossing[i].timer = t;
        event_init(&t->crossing[i].event, cross, &t->crossing[i]);
    }
    t->crossing[X_START].arrived = start_arrived;
    t->crossing[X_CLEAR].arrived = clear_arrived;
    t->crossing[X_CMP].arrived = cmp_arrived;
    t->crossing[X_ARR].arrived = arr_arrived;
    event_init(&t->event, reached, t);
    t->kernel = &p->chip->clocks[p->entry->kernel->output];
    ticker_init(&t->ticker, t->kernel, 1);
    return 0;
}

static void routed(void *ctx, bool on, vtime_ps now)
{
    (void)on;
    reached(ctx, now);
}

static void connect(struct periph *p)
{
    struct lptim *t = (struct lptim *)p;
    char name[24];
    snprintf(name, sizeof(name), "%s_OUT", p->name);
    t->out = chip_pinfunc(p->chip, name);
    t->out->routed = routed;
    t->out->ctx = t;
    t->trigger = chip_wire_source(p->chip, name, reached, t);
    if (p->model == &lptim1_model) {
        snprintf(name, sizeof(name), "%s_ETR", p->name);
        t->etr = chip_pinfunc(p->chip, name);
        t->etr->changed = trigger_edge;
        t->etr->ctx = t;
        lptim_input_connect(t);
    }
    t->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = t};
    clock_listen(t->kernel, &t->listener);
    t->debug = (struct debug_listener){.frozen = reached, .ctx = t};
    chip_debug_listen(p->chip, &t->debug);
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct lptim *t = (struct lptim *)p;
    (void)kind;
    t->asserted = 0;
    t->next_arr = p->values[R_ARR];
    t->next_cmp = p->values[R_CMP];
    load(t);
    disable(t, now_of(t));
    update_irq(t);
}

static void destroy(struct periph *p)
{
    cancel((struct lptim *)p);
}

static const char *const irq_names[] = {[LPTIM_IRQ_GLOBAL] = "global", NULL};

#define MODEL(registers, names)                                                                    \
    {                                                                                              \
        .kind = "lptim", .size = sizeof(struct lptim), .regs = (registers), .fields = (names),     \
        .slot_count = R_COUNT, .span = 0x400, .irq_names = irq_names, .init = init,                \
        .connect = connect, .reset = reset, .gated = gated, .destroy = destroy                     \
    }

const struct model lptim1_model = MODEL(regs1, lptim1_fields);
const struct model lptim3_model = MODEL(regs3, lptim3_fields);
