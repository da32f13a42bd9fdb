/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4 chapter 41: update event and preload 41.3.1, PWM mode 41.3.9, URS 41.4.1.
 *
 * Which post is on the pin? The compare register's preload value is latched at the update event. A
 * write near that moment could fall on either side of it, so there is none: in the last GUARD_TICKS
 * of a period, or while its end waits to be handled, a post is left for the update interrupt. Thus
 * `written` is at every update exactly what was latched.
 */
#include "stm32h755xx.h"

#include "firmware/cm4/servo.h"

#include "core/ipc.h"
#include "core/pulse.h"
#include "firmware/cm4/can_tx.h"
#include "firmware/cm4/handlers.h"
#include "firmware/cm4/main.h"
#include "firmware/cm4/priority.h"
#include "firmware/common/hsem.h"
#include "firmware/common/servo_timer.h"
#include "firmware/common/shared.h"
#include "firmware/common/timebase.h"

/* 2 us: 360 cycles of the M4, many times what lies between the check and the last write. */
#define GUARD_TICKS (2U * SERVO_TIMER_MHZ)
/* The counter starts this long before its first period, so that the first pulse begins by an update
 * event like all others: exact, and with its own event. */
#define LEAD_TICKS SERVO_TIMER_MHZ

static struct {
    uint32_t written; /* number of the post in the compare registers; 0 = park, or none yet */
    volatile uint32_t periods; /* TIM2's interrupts */
    uint32_t seen; /* number of the last post taken: older than it there is nothing to take */
    bool is_started;
    bool is_parked;          /* by this core itself */
    volatile uint32_t holds; /* servo_hold() calls */
    /* What the NMI must know of the update interrupt, and the other way round. */
    volatile bool
        is_counting; /* a period's interrupt is being handled, and has not counted it yet */
    volatile bool is_uncounted; /* the outputs were forced low in a period not counted yet ... */
    volatile bool had_risen;    /* ... after it had begun */
    bool is_frame_new;          /* since the last write */
    uint32_t frame_us;
    uint32_t ticks;                /* of dial 1, as written */
    uint32_t pin_ticks[IPC_DIALS]; /* of this period's pulses */
    uint32_t low_ticks[IPC_DIALS]; /* bounds of the next ones */
    uint32_t high_ticks[IPC_DIALS];
    uint32_t period_us; /* when the last period began */
} servo;

void servo_start(void)
{
    RCC_C2->APB1LENR |= RCC_APB1LENR_TIM2EN;
    (void)RCC_C2->APB1LENR;
    NVIC_SetPriority(TIM2_IRQn, PRIORITY_DATA);
    NVIC_EnableIRQ(TIM2_IRQn);
}

/*
 * No pulse is ever longer or shorter than the profile's, nor jumps by more than the needle's rate, whatever the mailbox
 * says. `is_jump`: to park it does, and where nothing is on the pin yet. Where there is none at rest, the next one is
 * bound to park.
 */
static void bound_pulses(bool is_jump)
{
    const struct ipc_m7_part *m7 = &SHARED->m7;
    for (uint32_t i = 0; i < IPC_DIALS; i++) {
        const uint32_t step = is_jump ? PULSE_STEP_ANY : m7->step_max_ticks[i];
        const uint32_t pin = servo.pin_ticks[i] != 0 ? servo.pin_ticks[i] : m7->park_ticks[i];
        const uint32_t shortest = m7->pulse_min_ticks[i];
        const uint32_t longest = m7->pulse_max_ticks[i];
        servo.low_ticks[i] = pulse_guard_ticks(0, pin, step, shortest, longest);
        servo.high_ticks[i] = pulse_guard_ticks(UINT32_MAX, pin, step, shortest, longest);
    }
}

/* Pulses end, and begin again, only where the needle is parked: elsewhere none would leave it at a wrong value. */
static bool may_be_off(uint32_t dial, uint32_t flags)
{
    const uint32_t pin = servo.pin_ticks[dial];
    return servo.is_started && (flags & IPC_MAILBOX_REST) != 0 &&
           (pin == 0 || pin == SHARED->m7.park_ticks[dial]);
}

static void write_compare(const uint32_t ticks[IPC_DIALS], uint32_t flags)
{
    const struct ipc_m7_part *m7 = &SHARED->m7;
    const bool is_drive = (flags & IPC_MAILBOX_DRIVE) != 0;
    for (uint32_t i = 0; i < m7->dial_count && i < IPC_DIALS; i++) {
        uint32_t value = ticks[i] < servo.low_ticks[i] ? servo.low_ticks[i] : ticks[i];
        value = pulse_clamp_ticks(value, servo.high_ticks[i]);
        const bool is_off = !is_drive || (ticks[i] == 0 && may_be_off(i, flags));
        *servo_timer_compare(i) = is_off ? 0U : value;
    }
    servo.ticks = *servo_timer_compare(0);
}

/* Has dial 1, whose rising edges telemetry counts, pulses in this period? */
static bool is_pulsing(void)
{
    return servo.pin_ticks[0] != 0;
}

/* At an update event: what it has latched is on the pins now. */
static void note_pins(void)
{
    for (uint32_t i = 0; i < IPC_DIALS; i++) {
        servo.pin_ticks[i] = *servo_timer_compare(i);
    }
    bound_pulses(false);
}

/* This core was halted by a debugger, and the M7 has written park meanwhile (cm7/servo_hold.h). */
static void notice_foreign_park(void)
{
    if (*servo_timer_compare(0) != servo.ticks) {
        servo.ticks = *servo_timer_compare(0);
        servo.written = 0;
        servo.is_parked = true;
    }
}

/* After the first write_compare(). */
static void start_timer(void)
{
    const uint32_t period_ticks = SHARED->m7.period_ticks;
    TIM2->CR1 = TIM_CR1_ARPE | TIM_CR1_URS; /* UG below raises no interrupt */
    TIM2->PSC = 0;
    TIM2->ARR = period_ticks - 1U;
    TIM2->EGR = TIM_EGR_UG; /* preload registers become active */
    TIM2->CNT = period_ticks - LEAD_TICKS;
    TIM2->SR = 0;
    TIM2->DIER = TIM_DIER_UIE;
    servo.period_us = time_us();
    const uint32_t holds = servo.holds;
    TIM2->CR1 = TIM_CR1_ARPE | TIM_CR1_URS | TIM_CR1_CEN;
    __DSB();
    if (SHARED->m7.servo_hold == 0) {     /* else the M7 sets the mode when it ends that */
        servo_timer_mode(SERVO_MODE_PWM); /* the count is beyond the pulses: stays low */
    }
    if (servo.holds != holds) {
        servo_timer_mode(SERVO_MODE_LOW); /* an NMI came in between */
    }
    servo.is_started = true;
}

/* Both cores force the outputs low, and either may be the first. A rising edge was on the pin if it came
 * before both; each finds out for itself, the M7 for m7.hold_edge. */
void servo_hold(void)
{
    servo.holds++;
    if ((RCC_C1->APB1LENR & RCC_APB1LENR_TIM2EN) != 0) {
        servo_timer_mode(SERVO_MODE_LOW);
        servo.had_risen = servo_timer_had_risen();
        servo.is_uncounted = servo.is_counting || (TIM2->SR & TIM_SR_UIF) != 0;
    }
}

/* Count first: if that is not near the end, the flag cannot rise before the writes are done. */
static bool is_period_ending(void)
{
    const uint32_t count = TIM2->CNT;
    return count + GUARD_TICKS >= SHARED->m7.period_ticks || (TIM2->SR & TIM_SR_UIF) != 0;
}

static void measure_latency(void)
{
    struct ipc_m4_part *m4 = &SHARED->m4;
    if (!servo.is_frame_new) {
        return;
    }
    servo.is_frame_new = false;
    const uint32_t latency_us = time_us() - servo.frame_us;
    m4->latency_last_us = latency_us;
    if (latency_us > m4->latency_max_us) {
        m4->latency_max_us = latency_us;
    }
}

void servo_take_mailbox(void)
{
    struct ipc_mailbox box;
    if (!ipc_mailbox_read(SHARED, &box)) {
        if (servo.is_started) {
            SHARED->m4.mailbox_torn++;
        }
        return;
    }
    const bool is_drive = (box.flags & IPC_MAILBOX_DRIVE) != 0;
    if (box.seq == servo.seen || (!servo.is_started && !is_drive)) {
        return;
    }
    if (!servo.is_started) {
        bound_pulses(true);
        write_compare(box.compare_ticks, box.flags);
        start_timer();
    } else if (is_period_ending()) {
        return; /* TIM2_IRQHandler comes back here */
    } else {
        if ((box.flags & IPC_MAILBOX_BOUNDS) != 0) {
            bound_pulses(servo.periods == 0);
        }
        write_compare(box.compare_ticks, box.flags);
    }
    servo.written = box.seq;
    servo.seen = box.seq;
    servo.is_parked = false;
    measure_latency();
}

bool servo_park(void)
{
    if (!servo.is_started || servo.is_parked) {
        return true;
    }
    __disable_irq();
    const bool is_done = !is_period_ending();
    if (is_done) {
        bound_pulses(true);
        write_compare(SHARED->m7.park_ticks, IPC_MAILBOX_DRIVE);
        servo.written = 0;
        servo.is_parked = true;
    }
    __enable_irq();
    return is_done;
}

/* Late by this much, it does not come any more: 60 ms until IWDG2 bites, 15 ms to start again, and the first park pulse
 * is there within 150 ms for the longest period, 50 ms, too. */
#define LATE_MS 12U

bool servo_runs(void)
{
    static uint32_t periods;
    static uint32_t silent_ms;
    silent_ms = servo.periods != periods || !servo.is_started ? 0U : silent_ms + CM4_TICK_MS;
    periods = servo.periods;
    return silent_ms <= SHARED->m7.period_ticks / (SERVO_TIMER_MHZ * 1000U) + LATE_MS;
}

void servo_note_frame(uint32_t frame_time_us)
{
    servo.frame_us = frame_time_us;
    servo.is_frame_new = true;
}

/* While the M7 is held, its ring shall not fill with periods it cannot answer: half is enough. */
static bool is_m7_behind(void)
{
    return servo.is_parked &&
           SHARED->m4.m4_events_head - SHARED->m7.m4_events_tail >= IPC_M4_EVENTS_SIZE / 2U;
}

/*
 * Did this period begin with a rising edge? Not while the outputs are held low; but if they were forced low
 * between the edge and this interrupt, there was one. The M7 alone may hold them, too, but not there.
 */
static bool has_risen(void)
{
    if (servo_timer_is_pwm()) {
        servo.is_counting = false; /* in this order: an NMI in between changes nothing */
        servo.is_uncounted = false;
        return true;
    }
    const bool was_cut = servo.is_uncounted && servo.had_risen && SHARED->m7.hold_edge != 0;
    servo.is_counting = false;
    servo.is_uncounted = false;
    return was_cut;
}

/* Periods of which there was no interrupt, since this core was halted, are counted all the same: telemetry's
 * numbers are those of the rising edges. */
static void count_missed(uint32_t now_us)
{
    const uint32_t period_us = SHARED->m7.period_ticks / SERVO_TIMER_MHZ;
    const uint32_t began_us = now_us - TIM2->CNT / SERVO_TIMER_MHZ;
    const uint32_t periods = (began_us - servo.period_us + period_us / 2U) / period_us;
    servo.period_us = began_us;
    if (periods > 1 && is_pulsing()) {
        SHARED->m4.pulse_count += periods - 1U;
    }
}

/* A period began: tells the M7 which post its pulses are of. */
static void report_period(uint32_t now_us)
{
    struct ipc_m4_part *m4 = &SHARED->m4;
    struct ipc_event *event = is_m7_behind() ? NULL : ipc_m4_events_slot(SHARED);
    m4->latched_seq = servo.written;
    m4->periods++;
    if (event != NULL) {
        event->kind = IPC_EVENT_PERIOD;
        event->time_us = now_us;
        event->id = servo.written;
        event_put_u32(event, m4->pulse_count);
        ipc_m4_events_push(SHARED);
    }
    m4->pulse_count += is_pulsing() ? 1U : 0U;
}

void TIM2_IRQHandler(void)
{
    const uint32_t now_us = time_us();
    servo.periods++;
    servo.is_counting = true;
    TIM2->SR = 0; /* write 0 to clear; the capture flags go too, nobody uses them */
    (void)TIM2->SR;
    notice_foreign_park();
    note_pins();
    count_missed(now_us);
    if (has_risen()) {
        report_period(now_us);
    }
    servo_take_mailbox();
    can_tx_take(); /* should the M7's ring not come through */
    hsem_doorbell();
    handler_end();
}
