/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HRTIM: a counter, its compares and its outputs (RM0399 Rev 4, 39.3.4, 39.3.6, 39.3.11). */
#include "vboard/periph/hrtim/internal.h"

/* Bits of SETxyR and RSTxyR. */
#define BY_PER (1u << 2)
#define BY_CMP(n) (1u << (3 + (n)))
/* Periods that are walked through one by one before the rest is jumped over. */
#define WALK 3u

static struct chip *chip_of(const struct hrtim_unit *u)
{
    return u->timer->p.chip;
}

static bool has(const struct hrtim_unit *u, unsigned reg, uint32_t bits)
{
    return (u->values[reg] & bits) != 0;
}

static bool is_master(const struct hrtim_unit *u)
{
    return u->number == 0;
}

/* ---- flags, outputs ---- */

void hrtim_update_irq(struct hrtim_unit *u)
{
    bool level = (u->values[T_ISR] & u->values[T_DIER] & 0xFFFFu) != 0;
    irq_set(&u->timer->p.irq[HRTIM_IRQ_MASTER + u->number], level);
}

static void flag(struct hrtim_unit *u, uint32_t flags)
{
    u->values[T_ISR] |= flags;
    hrtim_update_irq(u);
}

/* POLx is bit 1 and IDLESx bit 3 of OUTxR, 16 further on for output 2. */
void hrtim_drive(struct hrtim_output *o, vtime_ps now)
{
    uint32_t settings = o->unit->values[T_OUT] >> (16 * o->number);
    bool active = o->enabled ? o->active : (settings >> 3 & 1u) != 0;
    enum drive wanted = active != ((settings >> 1 & 1u) != 0) ? DRIVE_HIGH : DRIVE_LOW;
    if (o->pin->wanted != wanted) {
        pinfunc_drive(o->pin, wanted, now);
    }
}

/* An event of the timer: what it sets and resets. */
static void crossed(struct hrtim_unit *u, uint32_t by, vtime_ps at)
{
    static const uint8_t set[HRTIM_OUTPUTS] = {T_SET1, T_SET2},
                         reset[HRTIM_OUTPUTS] = {T_RST1, T_RST2};
    for (unsigned i = 0; i < HRTIM_OUTPUTS && !is_master(u); i++) {
        struct hrtim_output *o = &u->outputs[i];
        o->active = !has(u, reset[i], by) && (o->active || has(u, set[i], by));
        hrtim_drive(o, at);
    }
}

/* ---- counting ---- */

static uint64_t period(const struct hrtim_unit *u)
{
    uint64_t per = u->active[0] != 0 ? u->active[0] : 1;
    return u->seen >= (int64_t)per ? UINT64_C(1) << 16 : per;
}

static uint64_t position(const struct hrtim_unit *u, vtime_ps now)
{
    return ticker_count(&u->ticker, now) - u->start;
}

uint32_t hrtim_count(const struct hrtim_unit *u, vtime_ps now)
{
    return u->enabled ? (uint32_t)position(u, now) & 0xFFFFu : u->values[T_CNT];
}

static vtime_ps time_of(const struct hrtim_unit *u, uint64_t at)
{
    return u->ticker.running ? ticker_when(&u->ticker, u->start + at) : chip_of(u)->sched.now;
}

void hrtim_update(struct hrtim_unit *u)
{
    static const uint8_t regs[] = {T_PER, T_CMP1, T_CMP2, T_CMP3, T_CMP4};
    for (unsigned i = 0; i < sizeof(regs); i++) {
        u->active[i] = u->values[regs[i]];
    }
}

static bool may_update(const struct hrtim_unit *u)
{
    return (u->timer->p.values[H_CR1] >> u->number & 1u) == 0; /* MUDIS, TxUDIS */
}

static void update_by(struct hrtim_unit *u, bool asked)
{
    if (asked && has(u, T_CR, CR_PREEN) && may_update(u)) {
        hrtim_update(u);
        flag(u, FLAG_UPD);
    }
}

/* Compares up to count `last`, in the order of their counts; at one count the highest comes last. */
static void catch_up(struct hrtim_unit *u, uint64_t last)
{
    while (u->seen < (int64_t)last) {
        uint64_t next = last;
        for (unsigned i = 1; i <= HRTIM_COMPARES; i++) {
            bool ahead = (int64_t)u->active[i] > u->seen && u->active[i] < next;
            next = ahead ? u->active[i] : next;
        }
        for (unsigned i = 1; i <= HRTIM_COMPARES; i++) {
            if (u->active[i] == next && next != 0) {
                flag(u, FLAG_CMP(i - 1));
                crossed(u, BY_CMP(i - 1), time_of(u, next));
            }
        }
        u->seen = (int64_t)next;
    }
}

static void roll_over(struct hrtim_unit *u, uint64_t length)
{
    vtime_ps at = time_of(u, length);
    u->start += length;
    u->seen = -1;
    crossed(u, BY_PER, at);
    flag(u, is_master(u) ? 0 : FLAG_RST);
    bool repeats = u->repetitions == 0;
    u->repetitions = repeats ? u->values[T_REP] & 0xFFu : u->repetitions - 1;
    flag(u, repeats ? FLAG_REP : 0);
    update_by(u, (repeats && has(u, T_CR, is_master(u) ? MCR_MREPU : CR_REPU)) ||
                     (!is_master(u) && has(u, T_CR, CR_RSTU)));
    if (!has(u, T_CR, CR_CONT)) {
        u->counting = false;
        ticker_stop(&u->ticker, at);
    }
}

/* Periods are alike: those between the first and the last few are jumped over. */
void hrtim_sync(struct hrtim_unit *u, vtime_ps now)
{
    while (u->counting && position(u, now) >= period(u)) {
        uint64_t length = period(u);
        catch_up(u, length - 1);
        roll_over(u, length);
        uint64_t whole = u->counting ? position(u, now) / period(u) : 0;
        if (whole > WALK + u->repetitions) {
            u->start += (whole - WALK - u->repetitions) * period(u);
        }
    }
    if (u->counting) {
        catch_up(u, position(u, now));
    }
}

/* ---- events ---- */

static bool is_watched(const struct hrtim_unit *u)
{
    for (unsigned i = 0; i < HRTIM_OUTPUTS && !is_master(u); i++) {
        const struct hrtim_output *o = &u->outputs[i];
        if (o->enabled && o->pin->pin != NULL && chip_pin_is_watched(chip_of(u), o->pin->pin)) {
            return true;
        }
    }
    return false;
}

static uint64_t next_position(const struct hrtim_unit *u, bool watched)
{
    uint64_t next = period(u);
    for (unsigned i = 1; i <= HRTIM_COMPARES; i++) {
        bool wanted = watched || has(u, T_DIER, FLAG_CMP(i - 1));
        if (wanted && (int64_t)u->active[i] > u->seen && u->active[i] < next) {
            next = u->active[i];
        }
    }
    return next;
}

static void reschedule(struct hrtim_unit *u)
{
    uint32_t awaited =
        u->values[T_DIER] & ~u->values[T_ISR] &
        (FLAG_RST | FLAG_UPD | FLAG_REP | FLAG_CMP(0) | FLAG_CMP(1) | FLAG_CMP(2) | FLAG_CMP(3));
    bool watched = is_watched(u);
    vtime_ps at = u->counting && (watched || awaited != 0)
                      ? ticker_when(&u->ticker, u->start + next_position(u, watched))
                      : VTIME_NEVER;
    if (at == VTIME_NEVER) {
        sched_cancel(&chip_of(u)->sched, &u->event);
    } else {
        sched_at(&chip_of(u)->sched, &u->event, at);
    }
}

void hrtim_run_or_stop(struct hrtim_unit *u, vtime_ps now)
{
    const struct gate *gate = u->timer->p.gate;
    if (u->enabled && u->counting && (gate == NULL || gate->any)) {
        ticker_start(&u->ticker, now);
    } else {
        ticker_stop(&u->ticker, now);
    }
    reschedule(u);
}

void hrtim_follow(struct hrtim_unit *u, vtime_ps now)
{
    hrtim_sync(u, now);
    hrtim_run_or_stop(u, now);
}

/* ---- starting ---- */

/* CKPSC: 5 is the clock itself, 6 half of it, 7 a quarter; less is reserved (Table 310). */
static uint64_t divider(const struct hrtim_unit *u)
{
    uint32_t ckpsc = u->values[T_CR] & 7u;
    return UINT64_C(1) << (ckpsc > 5 ? ckpsc - 5 : 0);
}

void hrtim_restart(struct hrtim_unit *u, uint32_t count, vtime_ps now)
{
    ticker_set(&u->ticker, count, now);
    u->start = 0;
    u->seen = (int64_t)count - 1;
    u->counting = u->enabled;
}

void hrtim_enable(struct hrtim_unit *u, bool on, vtime_ps now)
{
    if (on == u->enabled) {
        return;
    }
    hrtim_sync(u, now);
    u->values[T_CNT] = hrtim_count(u, now);
    u->enabled = on;
    if (on) {
        u->ticker.divider = divider(u);
        u->repetitions = u->values[T_REP] & 0xFFu;
        hrtim_restart(u, u->values[T_CNT], now);
    }
    u->counting = on;
    hrtim_run_or_stop(u, now);
}
