/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RTC: registers, protection, initialization, shadow registers (RM0399 Rev 4, 49.3.8 to 49.3.13, 49.6). */
#include "vboard/periph/rtc/internal.h"

#define SYNCHRONIZATION 2u /* RTCCLK "around" which a register takes */
#define RESTART 4u         /* from the end of the initialization to the first count */
#define DR_RESET 0x2101u

/* ISR: flags that are written without WPR's keys, and what else takes writes. */
#define ISR_FLAGS 0x0002FF00u
#define ISR_W0C (ISR_FLAGS | ISR_RSF)

/* ---- interrupts ---- */

void rtc_update_irq(struct rtc *r)
{
    const uint32_t isr = r->p.values[R_ISR], cr = r->p.values[R_CR];
    bool alarm = false;
    for (unsigned n = 0; n < RTC_ALARMS; n++) {
        alarm = alarm || ((isr & ISR_ALRF(n)) != 0 && (cr & CR_ALRIE(n)) != 0);
    }
    irq_set(&r->p.irq[RTC_IRQ_ALARM], alarm);
    irq_set(&r->p.irq[RTC_IRQ_WKUP], (isr & ISR_WUTF) != 0 && (cr & CR_WUTIE) != 0);
}

/* ---- clock ---- */

/* 49.3.13: 512 pulses more (CALP), CALM fewer, of 2^20. */
static uint64_t calibrated(const struct rtc *r)
{
    const uint64_t window = 1u << 20;
    uint32_t calr = r->p.values[R_CALR];
    uint64_t more = (calr & 1u << 15) != 0 ? 512 : 0;
    return r->p.chip->clocks[CLK_RTC].uhz * window / (window + (calr & 0x1FFu) - more);
}

static void before_clock(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    ticker_sync(&r->ticker, now);
    ticker_sync(&r->wakeup, now);
}

static void after_rtcclk(struct rtc *r, struct event *e, uint64_t cycles)
{
    vtime_ps span = clock_span(&r->ck, cycles);
    if (span != VTIME_NEVER) {
        sched_at(&r->p.chip->sched, e, rtc_now(r) + span);
    }
}

/* What waits for RTCCLK goes on, or goes on waiting. */
static void resume(struct rtc *r)
{
    struct sched *s = &r->p.chip->sched;
    struct {
        struct event *e;
        bool wanted;
    } waiting[] = {
        {&r->init_event, rtc_has(r, R_ISR, ISR_INIT) != rtc_has(r, R_ISR, ISR_INITF)},
        {&r->shadow_event, !rtc_has(r, R_ISR, ISR_RSF)},
        {&r->pending_event, rtc_has(r, R_ISR, ISR_SHPF) || rtc_has(r, R_ISR, ISR_RECALPF)}};
    for (unsigned i = 0; i < sizeof(waiting) / sizeof(waiting[0]); i++) {
        if (r->ck.uhz == 0) {
            sched_cancel(s, waiting[i].e);
        } else if (waiting[i].wanted && !event_queued(waiting[i].e)) {
            after_rtcclk(r, waiting[i].e, SYNCHRONIZATION);
        }
    }
}

static void after_clock(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    clock_set(&r->ck, calibrated(r), now);
    sched_cancel(&r->p.chip->sched, &r->wakeup_event);
    resume(r);
    rtc_schedule(r);
}

/* ---- protection ---- */

/* DBP first, then the keys of WPR, which do not lock TAMPCR, BKPxR and OR. */
static bool is_protected(struct periph *p, unsigned slot)
{
    const struct rtc *r = (const struct rtc *)p;
    bool needs_keys = slot != R_WPR && slot != R_TAMPCR && slot != R_OR && slot < R_BKPR;
    if (p->chip->access.master == MASTER_DEBUG) {
        return false;
    }
    if (!p->chip->power.backup_writable) {
        periph_report(p, slot, FOUND_BACKUP_PROTECTED, NULL);
        return true;
    }
    if (needs_keys && !r->unlocked) {
        periph_report(p, slot, FOUND_RTC_LOCKED, NULL);
        return true;
    }
    return false;
}

static bool guard(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    return is_protected(p, slot);
}

/* TR, DR and PRER: in initialization mode only. */
static bool init_guard(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    if (is_protected(p, slot)) {
        return true;
    }
    if (!rtc_has((struct rtc *)p, R_ISR, ISR_INITF)) {
        periph_report(p, slot, FOUND_RTC_RUNNING, NULL);
        return true;
    }
    return false;
}

static bool wpr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct rtc *r = (struct rtc *)p;
    if (is_protected(p, slot)) {
        return true;
    }
    r->unlocked = r->key && (written & 0xFFu) == 0x53;
    r->key = (written & 0xFFu) == 0xCA;
    return true;
}

/* ---- initialization ---- */

static void take_time(struct rtc *r, const struct rtc_time *t)
{
    r->base = rtc_second_of(t);
    r->first_weekday = t->weekday;
    ticker_set(&r->ticker, 0, rtc_now(r));
}

static void set_prescalers(struct rtc *r)
{
    r->ticker.divider = (r->p.values[R_PRER] >> 16 & 0x7Fu) + UINT64_C(1);
}

/* INIT has come through: the calendar stands, and its registers show where; or it goes on from them. */
static void init_arrives(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    uint32_t *values = r->p.values;
    if (rtc_has(r, R_ISR, ISR_INIT)) {
        struct rtc_time t = rtc_time_now(r, rtc_second(r));
        values[R_TR] = rtc_encode_tr(&t, rtc_has(r, R_CR, CR_FMT));
        values[R_DR] = rtc_encode_dr(&t);
        values[R_ISR] |= ISR_INITF;
        ticker_stop(&r->ticker, now);
    } else {
        ticker_start(&r->ticker, now);
    }
    rtc_schedule(r);
}

static void leave_init(struct rtc *r)
{
    struct rtc_time t = rtc_decode(r->p.values[R_TR], r->p.values[R_DR]);
    r->p.values[R_ISR] &= ~(ISR_INITF | ISR_RSF);
    set_prescalers(r);
    take_time(r, &t);
    sched_cancel(&r->p.chip->sched, &r->init_event);
    after_rtcclk(r, &r->init_event, RESTART);
    sched_cancel(&r->p.chip->sched, &r->shadow_event);
    after_rtcclk(r, &r->shadow_event, RESTART + SYNCHRONIZATION);
}

static void shadow_copied(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    (void)now;
    r->blank = false;
    r->p.values[R_ISR] |= ISR_RSF;
}

static void operation_done(void *ctx, vtime_ps now)
{
    struct rtc *r = ctx;
    (void)now;
    r->p.values[R_ISR] &= ~(ISR_SHPF | ISR_RECALPF);
}

/* Flags are cleared without the keys of WPR; INIT and RSF need them (49.3.8). */
static bool isr_write(struct periph *p, unsigned slot, uint32_t written)
{
    struct rtc *r = (struct rtc *)p;
    uint32_t lanes = p->chip->access.lanes;
    uint32_t old = p->values[slot];
    if (!p->chip->power.backup_writable && p->chip->access.master != MASTER_DEBUG) {
        periph_report(p, slot, FOUND_BACKUP_PROTECTED, NULL);
        return true;
    }
    uint32_t clears = r->unlocked ? ISR_W0C : ISR_FLAGS;
    uint32_t next = old & ~(~written & lanes & clears);
    if (r->unlocked && (lanes & ISR_INIT) != 0) {
        next = (next & ~ISR_INIT) | (written & ISR_INIT);
    }
    p->values[slot] = next;
    if ((old & ~next & ISR_INIT) != 0 && (old & ISR_INITF) != 0) {
        leave_init(r);
    }
    resume(r);
    rtc_update_irq(r);
    return true;
}

static uint32_t isr_read(struct periph *p, unsigned slot, uint32_t value)
{
    const struct rtc *r = (const struct rtc *)p;
    (void)slot;
    bool set = rtc_time_of(rtc_second(r)).year != 0;
    return (value & ~ISR_INITS) | (set ? ISR_INITS : 0);
}

/* ---- the calendar's registers ---- */

static uint32_t tr_now(const struct rtc *r)
{
    struct rtc_time t = rtc_time_of(rtc_second(r));
    if (rtc_has(r, R_ISR, ISR_INITF)) {
        return r->p.values[R_TR];
    }
    return r->blank ? 0 : rtc_encode_tr(&t, rtc_has(r, R_CR, CR_FMT));
}

static uint32_t dr_now(const struct rtc *r)
{
    struct rtc_time t = rtc_time_now(r, rtc_second(r));
    if (rtc_has(r, R_ISR, ISR_INITF)) {
        return r->p.values[R_DR];
    }
    return r->blank ? DR_RESET : rtc_encode_dr(&t);
}

/* 49.3.9: reading SSR or TR locks what is of higher order until DR is read. */
static bool locks(const struct rtc *r)
{
    return !rtc_has(r, R_CR, CR_BYPSHAD) && r->p.chip->access.master != MASTER_DEBUG;
}

static void lock_dr(struct rtc *r)
{
    if (!r->locked_dr) {
        r->locked_dr = true;
        r->kept_dr = dr_now(r);
    }
}

static uint32_t ssr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct rtc *r = (struct rtc *)p;
    (void)slot;
    (void)value;
    if (locks(r)) {
        r->kept_tr = r->locked_tr ? r->kept_tr : tr_now(r);
        r->locked_tr = true;
        lock_dr(r);
    }
    if (r->blank) {
        return 0;
    }
    uint64_t sub = ticker_count(&r->ticker, rtc_now(r)) % rtc_subseconds(r);
    return (uint32_t)(rtc_subseconds(r) - 1 - sub);
}

static uint32_t tr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct rtc *r = (struct rtc *)p;
    (void)slot;
    (void)value;
    if (!locks(r)) {
        return tr_now(r);
    }
    lock_dr(r);
    return r->locked_tr ? r->kept_tr : tr_now(r);
}

static uint32_t dr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct rtc *r = (struct rtc *)p;
    (void)slot;
    (void)value;
    if (!locks(r)) {
        return dr_now(r);
    }
    value = r->locked_dr ? r->kept_dr : dr_now(r);
    r->locked_tr = false;
    r->locked_dr = false;
    return value;
}

/* ---- CR, SHIFTR, CALR ---- */

static void move_by(struct rtc *r, int64_t seconds)
{
    struct rtc_time t = rtc_time_now(r, r->base);
    uint64_t days = r->base / 86400;
    r->base = (uint64_t)((int64_t)r->base + seconds);
    r->first_weekday = (unsigned)((t.weekday + 6 + (r->base / 86400 + 7 - days)) % 7 + 1);
}

static void follow_enables(struct rtc *r, uint32_t old)
{
    uint32_t *values = r->p.values;
    uint32_t writable = (values[R_CR] & CR_WUTE) == 0 ? ISR_WUTWF : 0;
    for (unsigned n = 0; n < RTC_ALARMS; n++) {
        writable |= (values[R_CR] & CR_ALRE(n)) == 0 ? ISR_ALRWF(n) : 0;
    }
    values[R_ISR] = (values[R_ISR] & ~7u) | writable;
    if ((~old & values[R_CR] & CR_WUTE) != 0) {
        rtc_start_wakeup(r);
    }
}

static void cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rtc *r = (struct rtc *)p;
    if ((written & CR_ADD1H) != 0) {
        move_by(r, 3600);
    }
    if ((written & CR_SUB1H) != 0 && rtc_second(r) >= 3600 && r->base >= 3600) {
        move_by(r, -3600);
    }
    if ((old & CR_WUTE) != 0) { /* WUCKSEL: "only when WUTE = 0 and WUTWF = 1" */
        p->values[slot] = (p->values[slot] & ~CR_WUCKSEL) | (old & CR_WUCKSEL);
    }
    follow_enables(r, old);
    rtc_update_irq(r);
    rtc_schedule(r);
}

static void alarm_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    rtc_schedule((struct rtc *)p);
}

/* 49.3.11: SUBFS is a delay; with ADD1S it is what is missing of a second ahead. */
static void shift_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rtc *r = (struct rtc *)p;
    (void)slot;
    (void)old;
    uint64_t count = ticker_count(&r->ticker, rtc_now(r)) + rtc_subseconds(r);
    if (r->base == 0 || rtc_has(r, R_ISR, ISR_SHPF)) {
        return;
    }
    r->base--;
    count += (written >> 31) != 0 ? rtc_subseconds(r) : 0;
    count -= written & 0x7FFFu;
    ticker_set(&r->ticker, count, rtc_now(r));
    p->values[R_ISR] = (p->values[R_ISR] | ISR_SHPF) & ~ISR_RSF;
    resume(r);
    rtc_schedule(r);
}

static void cal_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    struct rtc *r = (struct rtc *)p;
    (void)slot;
    (void)old;
    (void)written;
    p->values[R_ISR] |= ISR_RECALPF;
    before_clock(r, rtc_now(r));
    after_clock(r, rtc_now(r));
}

/* ---- life ---- */

static int init(struct periph *p)
{
    struct rtc *r = (struct rtc *)p;
    r->ck.name = "rtc_ck";
    ticker_init(&r->ticker, &r->ck, 1);
    ticker_init(&r->wakeup, &r->ck, 16);
    rtc_alarm_init(r);
    event_init(&r->init_event, init_arrives, r);
    event_init(&r->shadow_event, shadow_copied, r);
    event_init(&r->pending_event, operation_done, r);
    return 0;
}

static void connect(struct periph *p)
{
    struct rtc *r = (struct rtc *)p;
    r->listener = (struct clock_listener){.before = before_clock, .after = after_clock, .ctx = r};
    clock_listen(&p->chip->clocks[CLK_RTC], &r->listener);
    r->wakeup_wire = chip_wire_source(p->chip, "RTC_WKUP", NULL, NULL);
}

/* 49.3.10: a system reset reaches the shadow registers and some flags, nothing else. */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    (void)p;
    (void)slot;
    return kind == RESET_SYSTEM;
}

static void reset_domain(struct rtc *r)
{
    struct rtc_time t = rtc_decode(0, DR_RESET);
    rtc_cancel(r);
    r->unlocked = false;
    r->key = false;
    clock_set(&r->ck, calibrated(r), rtc_now(r));
    set_prescalers(r);
    ticker_stop(&r->wakeup, rtc_now(r));
    take_time(r, &t);
    ticker_start(&r->ticker, rtc_now(r));
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct rtc *r = (struct rtc *)p;
    if (kind != RESET_SYSTEM) {
        reset_domain(r);
    } else if (rtc_has(r, R_ISR, ISR_INITF)) {
        leave_init(r);
    }
    p->values[R_ISR] &= ~(ISR_INIT | ISR_INITF | ISR_RSF);
    r->blank = true;
    r->locked_tr = false;
    r->locked_dr = false;
    resume(r);
    rtc_update_irq(r);
}

static void destroy(struct periph *p)
{
    rtc_cancel((struct rtc *)p);
}

/* clang-format off */
#define GUARD .intercept = guard

/* ISR: flags are cleared by writing ~FLAG, as ST's sources do: ones in reserved bits are the rule. */
static const struct reg regs[R_COUNT] = {
    [R_TR] = {.offset = 0x00, .name = "TR", .rw = 0x007F7F7Fu, .read = tr_read,
              .intercept = init_guard},
    [R_DR] = {.offset = 0x04, .name = "DR", .reset = DR_RESET, .rw = 0x00FFFF3Fu, .read = dr_read,
              .intercept = init_guard},
    [R_CR] = {.offset = 0x08, .name = "CR", .rw = 0x01FCFF7Fu, .wo = 0x00030000u,
              .unmodelled = 0x01E08818u, GUARD, .write = cr_write},
    [R_ISR] = {.offset = 0x0C, .name = "ISR", .reset = 7u, .rw = ISR_INIT, .ro = 0x0001005Fu,
               .w0c = ISR_W0C, .ignored = 0xFFFC0000u, .unmodelled = 0x0002F800u, .steady = true, .read = isr_read,
               .intercept = isr_write},
    [R_PRER] = {.offset = 0x10, .name = "PRER", .reset = 0x007F00FFu, .rw = 0x007F7FFFu,
                .intercept = init_guard},
    [R_WUTR] = {.offset = 0x14, .name = "WUTR", .reset = 0xFFFFu, .rw = 0xFFFFu, GUARD},
    [R_ALRMAR] = {.offset = 0x1C, .name = "ALRMAR", .rw = ~0u, GUARD, .write = alarm_write},
    [R_ALRMBR] = {.offset = 0x20, .name = "ALRMBR", .rw = ~0u, GUARD, .write = alarm_write},
    [R_WPR] = {.offset = 0x24, .name = "WPR", .wo = 0xFFu, .intercept = wpr_write},
    [R_SSR] = {.offset = 0x28, .name = "SSR", .ro = 0xFFFFu, .read = ssr_read},
    [R_SHIFTR] = {.offset = 0x2C, .name = "SHIFTR", .wo = 0x80007FFFu, GUARD, .write = shift_write},
    [R_TSTR] = {.offset = 0x30, .name = "TSTR", .ro = 0x007F7F7Fu, .unmodelled = 0x007F7F7Fu,
                .steady = true},
    [R_TSDR] = {.offset = 0x34, .name = "TSDR", .ro = 0xFF3Fu, .unmodelled = 0xFF3Fu,
                .steady = true},
    [R_TSSSR] = {.offset = 0x38, .name = "TSSSR", .ro = 0xFFFFu, .unmodelled = 0xFFFFu,
                 .steady = true},
    [R_CALR] = {.offset = 0x3C, .name = "CALR", .rw = 0xE1FFu, GUARD, .write = cal_write},
    [R_TAMPCR] = {.offset = 0x40, .name = "TAMPCR", .rw = 0x01FFFFFFu, .unmodelled = 0x01FFFFFFu,
                  GUARD},
    [R_ALRMASSR] = {.offset = 0x44, .name = "ALRMASSR", .rw = 0x0F007FFFu, GUARD,
                    .write = alarm_write},
    [R_ALRMBSSR] = {.offset = 0x48, .name = "ALRMBSSR", .rw = 0x0F007FFFu, GUARD,
                    .write = alarm_write},
    [R_OR] = {.offset = 0x4C, .name = "OR", .rw = 3u, GUARD},
    [R_BKPR] = {.offset = 0x50, .name = "BKP%uR", .count = RTC_BACKUPS, .stride = 4, .rw = ~0u,
                .steady = true, GUARD},
};
/* clang-format on */

static const char *const irq_names[] = {"alarm", "stamp", "wakeup", NULL};

const struct model rtc_model = {
    .kind = "rtc",
    .size = sizeof(struct rtc),
    .regs = regs,
    .fields = rtc_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .destroy = destroy,
    .keeps = keeps,
};
