/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Protocol status and error counters (RM0399 59.5.12, 59.5.13), and what the bus tells this node.
 */
#include "vboard/periph/fdcan/internal.h"

#define WARNING_LIMIT 96u
#define PASSIVE_LIMIT 128u
#define NO_CHANGE 7u
/* Loop delay of a usual transceiver, for PSR.TDCV: what TX to RX takes. */
#define LOOP_DELAY VTIME_NS(150)
#define TDCV_MAX 127u

/* ---- registers ---- */

/*
 * "Receiver" lasts until the intermission is over: so say the errata of other chips with this IP about requests "before
 * the third Intermission bit" in that state; RM0399 59.5.13 says nothing. After a frame of its own it is taken to be alike.
 */
static bool is_intermission(const struct fdcan *f)
{
    return f->node.bus != NULL && f->base.chip->sched.now < f->node.bus->idle_at;
}

static uint32_t activity(const struct fdcan *f)
{
    if (f->node.state != CAN_NODE_ON) {
        return 0; /* synchronizing */
    }
    if (f->node.transmitting) {
        return 3;
    }
    return f->node.in_frame || is_intermission(f) ? 2 : 1;
}

static bool warned(const struct fdcan *f)
{
    return f->node.tec >= WARNING_LIMIT || f->node.rec >= WARNING_LIMIT;
}

uint32_t fdcan_psr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);
    uint32_t psr = f->lec | activity(f) << 3 | f->dlec << 8 | f->tdcv << 16;

    (void)slot;
    (void)value;
    psr |= (can_node_error_passive(&f->node) ? 1u << 5 : 0) | (warned(f) ? 1u << 6 : 0);
    psr |= (f->node.bus_off ? 1u << 7 : 0) | (f->resi ? 1u << 11 : 0);
    psr |= (f->rbrs ? 1u << 12 : 0) | (f->redl ? 1u << 13 : 0);
    if (!fdcan_is_debug(f)) {
        f->lec = NO_CHANGE;
        f->dlec = NO_CHANGE;
        f->redl = f->rbrs = f->resi = false;
    }
    return psr;
}

uint32_t fdcan_ecr_read(struct periph *p, unsigned slot, uint32_t value)
{
    struct fdcan *f = fdcan_of(p);
    bool passive = f->node.rec >= PASSIVE_LIMIT;
    uint32_t rec = passive ? PASSIVE_LIMIT - 1 : f->node.rec;
    uint32_t tec = f->node.tec < 255 ? f->node.tec : 255;
    uint32_t ecr = tec | rec << 8 | (passive ? 1u << 15 : 0) | f->cel << 16;

    (void)slot;
    (void)value;
    if (!fdcan_is_debug(f)) {
        f->cel = 0;
    }
    return ecr;
}

/* Sets the interrupt flags of EP, EW and BO when these have changed. */
void fdcan_update_status(struct fdcan *f)
{
    bool passive = can_node_error_passive(&f->node);
    bool warning = warned(f);
    uint32_t flags = 0;

    flags |= passive != f->was_passive ? IR_EP : 0;
    flags |= warning != f->was_warned ? IR_EW : 0;
    flags |= f->node.bus_off != f->was_off ? IR_BO : 0;
    f->was_passive = passive;
    f->was_warned = warning;
    f->was_off = f->node.bus_off;
    if (flags != 0) {
        fdcan_raise(f, flags);
    }
}

/* ---- what the bus tells ---- */

static bool pending(void *ctx, vtime_ps now, struct bus_frame *frame)
{
    (void)now;
    return fdcan_tx_next(ctx, frame);
}

static void started(void *ctx, bool transmitting, vtime_ps now)
{
    struct fdcan *f = ctx;

    f->captured = fdcan_time_stamp(f, now);
    if (transmitting) {
        fdcan_tx_started(f);
    }
}

/* A frame got through: of its kind, the last error code is 0 now. */
static void note_valid(struct fdcan *f, const struct bus_frame *frame)
{
    if (frame->fd && frame->brs) {
        f->dlec = 0;
    } else {
        f->lec = 0;
    }
    fdcan_update_status(f);
}

static void received(void *ctx, const struct bus_frame *frame, vtime_ps start, vtime_ps now)
{
    struct fdcan *f = ctx;

    (void)start;
    note_valid(f, frame);
    if (frame->fd) {
        f->redl = true;
        f->rbrs = frame->brs;
        f->resi = frame->esi;
    }
    fdcan_rx_store(f, frame, now);
    fdcan_try_clock_stop(f, now);
}

/* Transceiver delay compensation shows the delay in kernel clock periods plus the offset (59.4.1). */
static void measure_delay(struct fdcan *f, const struct bus_frame *frame)
{
    uint64_t delay = clock_ticks(f->clock, LOOP_DELAY) + fdcan_field(fdcan_value(f, R_TDCR), 8, 7);
    uint64_t least = fdcan_field(fdcan_value(f, R_TDCR), 0, 7);

    if (frame->fd && (fdcan_value(f, R_DBTP) & (1u << 23)) != 0) {
        delay = delay > least ? delay : least;
        f->tdcv = (unsigned)(delay < TDCV_MAX ? delay : TDCV_MAX);
    }
}

static void sent(void *ctx, const struct bus_frame *frame, vtime_ps start, vtime_ps now)
{
    struct fdcan *f = ctx;

    (void)start;
    note_valid(f, frame);
    measure_delay(f, frame);
    fdcan_tx_sent(f, frame, now);
    fdcan_try_clock_stop(f, now);
}

static void lost(void *ctx, vtime_ps now)
{
    fdcan_tx_failed(ctx, true, now);
}

/* CEL counts up to 0xFF; the next error sets ELO. */
static void log_error(struct fdcan *f)
{
    if (f->cel < 0xFF) {
        f->cel++;
    } else {
        fdcan_raise(f, IR_ELO);
    }
}

static void error(void *ctx, enum can_error kind, bool data_phase, bool transmitting, vtime_ps now)
{
    struct fdcan *f = ctx;

    if (data_phase) {
        f->dlec = (unsigned)kind;
    } else {
        f->lec = (unsigned)kind;
    }
    log_error(f);
    fdcan_raise(f, data_phase ? IR_PED : IR_PEA);
    fdcan_update_status(f);
    if (transmitting) {
        fdcan_tx_failed(f, false, now);
    }
}

/* "It sets INIT of its own, stopping all bus activities" (59.5.13). */
static void bus_off(void *ctx, vtime_ps now)
{
    struct fdcan *f = ctx;

    fdcan_update_status(f);
    fdcan_enter_init(f, now);
}

static void recovering(void *ctx, vtime_ps now)
{
    struct fdcan *f = ctx;

    (void)now;
    f->lec = CAN_ERROR_BIT0; /* with each 11 recessive bits, so that progress can be seen */
}

static void changed(void *ctx, vtime_ps now)
{
    (void)now;
    fdcan_update_status(ctx);
}

const struct can_node_ops fdcan_node_ops = {.pending = pending,
                                            .started = started,
                                            .sent = sent,
                                            .lost = lost,
                                            .received = received,
                                            .error = error,
                                            .bus_off = bus_off,
                                            .recovering = recovering,
                                            .changed = changed};
