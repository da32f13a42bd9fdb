/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/iwdg/iwdg.h"

enum { R_KR, R_PR, R_RLR, R_SR, R_WINR, R_COUNT };

#define KEY_RELOAD 0xAAAAu
#define KEY_ACCESS 0x5555u
#define KEY_START 0xCCCCu
#define SR_PVU (1u << 0)
#define SR_RVU (1u << 1)
#define SR_WVU (1u << 2)
#define WINDOW_OFF 0xFFFu

/* A written value reaches the VDD domain within "up to five RC cycles" (48.4.4); here it takes five. */
#define UPDATE_CYCLES 5u

struct iwdg;

/* One of PR, RLR, WINR on its way to the VDD domain. */
struct update {
    struct iwdg *iwdg;
    unsigned slot;
    uint32_t busy; /* its bit in SR */
    struct event done;
    uint32_t value; /* what the counter works with */
};

struct iwdg {
    struct periph base;
    struct clock *lsi;
    struct clock_listener clock_listener;
    struct debug_listener debug;
    struct ticker ticks; /* since the last reload */
    uint32_t top;        /* what the counter was last loaded with */
    struct event timeout;
    struct update update[3]; /* PR, RLR, WINR */
    bool started, unlocked;
};

enum { U_PR, U_RLR, U_WINR };

static unsigned number(const struct iwdg *w)
{
    return (unsigned)w->base.entry->param;
}

static vtime_ps now_of(const struct iwdg *w)
{
    return w->base.chip->sched.now;
}

/* 4, 8 ... 256; both 110 and 111 are 256 (48.4.2). */
static uint64_t prescaler(const struct iwdg *w)
{
    uint32_t pr = w->update[U_PR].value;
    return UINT64_C(4) << (pr > 6 ? 6 : pr);
}

static bool frozen(const struct iwdg *w)
{
    return chip_is_frozen(w->base.chip, DEBUG_APB4, 17 + number(w));
}

/* ---- counter ---- */

static void schedule(struct iwdg *w)
{
    vtime_ps at = ticker_when(&w->ticks, w->top + UINT64_C(1));
    if (!w->started || at == VTIME_NEVER || w->lsi->uhz == 0) {
        sched_cancel(&w->base.chip->sched, &w->timeout);
    } else {
        sched_at(&w->base.chip->sched, &w->timeout, at);
    }
}

static void run_or_freeze(struct iwdg *w, vtime_ps now)
{
    if (w->started && !frozen(w)) {
        ticker_start(&w->ticks, now);
    } else if (w->ticks.running) {
        ticker_stop(&w->ticks, now);
    }
    schedule(w);
}

static void request_reset(struct iwdg *w)
{
    chip_request_reset(w->base.chip, number(w) == 1 ? RESET_SRC_IWDG1 : RESET_SRC_IWDG2);
}

static void timed_out(void *ctx, vtime_ps now)
{
    (void)now;
    request_reset(ctx);
}

static void reload(struct iwdg *w, vtime_ps now)
{
    w->top = w->update[U_RLR].value;
    w->ticks.divider = prescaler(w);
    ticker_set(&w->ticks, 0, now);
    schedule(w);
}

/* The down-counter, for the window. */
static uint64_t counter(const struct iwdg *w, vtime_ps now)
{
    uint64_t gone = ticker_count(&w->ticks, now);
    return gone > w->top ? 0 : w->top - gone;
}

/* "If the reload is performed while the counter is greater than the window, a reset is provided." */
static void reload_by_key(struct iwdg *w, vtime_ps now)
{
    if (!w->started) {
        return;
    }
    if (w->update[U_WINR].value < WINDOW_OFF && counter(w, now) > w->update[U_WINR].value) {
        request_reset(w);
        return;
    }
    reload(w, now);
}

/* A started watchdog keeps LSI on (9.5.2). */
static void force_lsi(struct iwdg *w, bool on)
{
    clock_want(w->lsi, 1u << number(w), on, now_of(w));
}

/* "Starts counting down from the reset value of 0xFFF" (48.3); RLR counts from the first reload on. */
static void start(struct iwdg *w, vtime_ps now)
{
    if (w->started) {
        return;
    }
    w->started = true;
    w->top = 0xFFF;
    force_lsi(w, true);
    w->ticks.divider = prescaler(w);
    ticker_set(&w->ticks, 0, now);
    run_or_freeze(w, now);
}

/* ---- registers ---- */

static void kr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct iwdg *w = (struct iwdg *)p;
    (void)slot;
    (void)old;
    w->unlocked = written == KEY_ACCESS;
    if (written == KEY_RELOAD) {
        reload_by_key(w, now_of(w));
    } else if (written == KEY_START) {
        start(w, now_of(w));
    }
}

static void arrive(void *ctx, vtime_ps now)
{
    struct update *u = ctx;
    struct iwdg *w = u->iwdg;
    u->value = w->base.values[u->slot];
    w->base.values[R_SR] &= ~u->busy;
    if (u->slot == R_WINR) {
        reload(w, now); /* "as soon as the window value is changed" (48.3.3) */
    } else if (u->slot == R_PR) {
        ticker_sync(&w->ticks, now);
        w->ticks.divider = prescaler(w);
        schedule(w);
    }
    /* A new RLR counts from the next reload on. */
}

/* Without LSI an update stays under way until LSI runs. */
static void send(struct update *u, vtime_ps now)
{
    vtime_ps span = clock_span(u->iwdg->lsi, UPDATE_CYCLES);
    if (span != VTIME_NEVER) {
        sched_at(&u->iwdg->base.chip->sched, &u->done, now + span);
    }
}

static bool protected_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct iwdg *w = (struct iwdg *)p;
    struct update *u = &w->update[slot == R_PR ? U_PR : slot == R_RLR ? U_RLR : U_WINR];
    if (!w->unlocked) {
        periph_report(p, slot, FOUND_WATCHDOG_PROTECTED, NULL);
        return true;
    }
    if ((p->values[R_SR] & u->busy) != 0) {
        periph_report(p, slot, FOUND_WATCHDOG_BUSY, NULL);
        return true;
    }
    p->values[slot] = written & p->model->regs[slot].rw;
    p->values[R_SR] |= u->busy;
    send(u, now_of(w));
    return true;
}

/* "Half-words or words" (48.4). */
#define WIDTHS 6

static const struct reg regs[R_COUNT] = {
    [R_KR] = {.offset = 0x00, .name = "KR", .wo = 0xFFFF, .widths = WIDTHS, .write = kr_write},
    [R_PR] =
        {.offset = 0x04, .name = "PR", .rw = 0x7, .widths = WIDTHS, .intercept = protected_write},
    [R_RLR] = {.offset = 0x08,
               .name = "RLR",
               .reset = 0xFFF,
               .rw = 0xFFF,
               .widths = WIDTHS,
               .intercept = protected_write},
    [R_SR] = {.offset = 0x0C, .name = "SR", .ro = 0x7, .widths = WIDTHS},
    [R_WINR] = {.offset = 0x10,
                .name = "WINR",
                .reset = 0xFFF,
                .rw = 0xFFF,
                .widths = WIDTHS,
                .intercept = protected_write},
};

/* ---- LSI, debugger ---- */

static void before_lsi(void *ctx, vtime_ps now)
{
    ticker_sync(&((struct iwdg *)ctx)->ticks, now);
}

static void after_lsi(void *ctx, vtime_ps now)
{
    struct iwdg *w = ctx;
    for (unsigned i = 0; i < 3; i++) {
        if ((w->base.values[R_SR] & w->update[i].busy) != 0) {
            send(&w->update[i], now);
        }
    }
    schedule(w);
}

static void debug_changed(void *ctx, vtime_ps now)
{
    run_or_freeze(ctx, now);
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct iwdg *w = (struct iwdg *)p;
    static const unsigned slots[] = {R_PR, R_RLR, R_WINR};
    static const uint32_t busy[] = {SR_PVU, SR_RVU, SR_WVU};
    for (unsigned i = 0; i < 3; i++) {
        w->update[i].iwdg = w;
        w->update[i].slot = slots[i];
        w->update[i].busy = busy[i];
        event_init(&w->update[i].done, arrive, &w->update[i]);
    }
    event_init(&w->timeout, timed_out, w);
    w->lsi = &p->chip->clocks[CLK_LSI];
    ticker_init(&w->ticks, w->lsi, 4);
    return 0;
}

static void connect(struct periph *p)
{
    struct iwdg *w = (struct iwdg *)p;
    w->clock_listener.before = before_lsi;
    w->clock_listener.after = after_lsi;
    w->clock_listener.ctx = w;
    clock_listen(w->lsi, &w->clock_listener);
    w->debug.frozen = debug_changed;
    w->debug.ctx = w;
    chip_debug_listen(p->chip, &w->debug);
}

static void cancel(struct iwdg *w)
{
    for (unsigned i = 0; i < 3; i++) {
        sched_cancel(&w->base.chip->sched, &w->update[i].done);
    }
    sched_cancel(&w->base.chip->sched, &w->timeout);
}

/* Each system reset resets both watchdogs (Table 56); a hardware watchdog starts anew (48.3.4). */
static void reset(struct periph *p, enum reset_kind kind)
{
    struct iwdg *w = (struct iwdg *)p;
    (void)kind;
    cancel(w);
    for (unsigned i = 0; i < 3; i++) {
        w->update[i].value = p->values[w->update[i].slot];
    }
    w->started = false;
    w->unlocked = false;
    ticker_stop(&w->ticks, now_of(w));
    force_lsi(w, false);
    if (p->chip->resets.powered && option_bytes_hardware_watchdog(&p->chip->options, number(w))) {
        start(w, now_of(w));
    }
}

static void destroy(struct periph *p)
{
    cancel((struct iwdg *)p);
}

const struct model iwdg_model = {
    .kind = "iwdg",
    .size = sizeof(struct iwdg),
    .regs = regs,
    .fields = iwdg_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .init = init,
    .connect = connect,
    .reset = reset,
    .destroy = destroy,
};
