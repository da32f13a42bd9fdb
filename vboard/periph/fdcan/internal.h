/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FDCAN_INTERNAL_H
#define VBOARD_PERIPH_FDCAN_INTERNAL_H

/* Shared by the fdcan*.c files only. */
#include "vboard/chip/chip.h"
#include "vboard/kernel/clock.h"
#include "vboard/kernel/sched.h"
#include "vboard/can/bus.h"
#include "vboard/can/transceiver.h"
#include "vboard/periph/fdcan/fdcan.h"
#include "vboard/periph/fdcan/bits.h"

/* RM0399 2.3.2 Table 6, 59.4.2: 2,560 words for both modules. */
#define FDCAN_RAM_BASE 0x4000AC00u
#define FDCAN_RAM_SIZE 0x2800u

/* Indices of an Rx FIFO or of the Tx event FIFO. */
struct fdcan_fifo {
    unsigned put, get, fill;
};

struct fdcan {
    struct periph base;
    unsigned instance;
    uint8_t *ram; /* the message RAM, FDCAN1's for both */
    bool owns_ram;
    const char *complained; /* about the message RAM's layout: said once */

    /* the bus */
    struct can_node node;
    struct can_node_config applied;
    struct can_bus alone; /* for loop back, and for pins that lead nowhere */
    struct can_transceiver *transceiver;
    struct pinfunc *rx, *tx;
    struct clock *clock;
    struct clock_listener clock_listener;
    struct event init_sync; /* a write to CCCR.INIT reaches the kernel clock's domain */
    bool init_target;

    /* protocol status */
    unsigned lec, dlec;
    unsigned cel;
    bool redl, rbrs, resi;
    bool was_passive, was_warned, was_off;
    unsigned tdcv;

    /* reception */
    struct fdcan_fifo rx_fifo[2];
    unsigned debug_state; /* RXF1S.DMS */
    uint64_t lost, stored;
    uint64_t rejected[2]; /* standard, extended */

    /* transmission */
    struct fdcan_fifo tx_events;
    unsigned tx_put, tx_get, tx_fill; /* Tx FIFO or queue; tx_fill: elements from get to put */
    int tx_chosen;                    /* buffer offered to arbitration, -1: none */
    int tx_active;                    /* buffer on the wire, -1: none */

    /* time stamps and timeout */
    struct ticker stamp_ticker, timeout_ticker;
    struct event stamp_wrap, timeout;
    struct periph *tim3;
    uint16_t captured; /* time stamp of the frame on the wire */
};

static inline struct fdcan *fdcan_of(struct periph *p)
{
    return (struct fdcan *)p;
}

static inline uint32_t fdcan_value(const struct fdcan *f, enum fdcan_slot slot)
{
    return f->base.values[slot];
}

static inline vtime_ps fdcan_now(const struct fdcan *f)
{
    return f->base.chip->sched.now;
}

/* A debugger's access has no side effects. */
static inline bool fdcan_is_debug(const struct fdcan *f)
{
    return f->base.chip->access.master == MASTER_DEBUG;
}

/* fdcan.c */
extern const struct can_node_ops fdcan_node_ops;
int fdcan_init(struct periph *p);
void fdcan_connect(struct periph *p);
void fdcan_reset(struct periph *p, enum reset_kind kind);
void fdcan_gated(struct periph *p, bool on);
void fdcan_destroy(struct periph *p);
/* Sets flags of IR and the interrupt lines. */
void fdcan_raise(struct fdcan *f, uint32_t flags);
void fdcan_update_irq(struct fdcan *f);

/* fdcan_mode.c: CCCR, TEST, pins, clock: what node this is on which bus. */
bool fdcan_cccr_write(struct periph *p, unsigned slot, uint32_t written);
bool fdcan_test_write(struct periph *p, unsigned slot, uint32_t written);
uint32_t fdcan_test_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_init_synced(void *ctx, vtime_ps now);
void fdcan_apply(struct fdcan *f, vtime_ps now);
void fdcan_enter_init(struct fdcan *f, vtime_ps now);
/* Acknowledges a clock stop request once nothing is left to do. */
void fdcan_try_clock_stop(struct fdcan *f, vtime_ps now);

/* fdcan_status.c: PSR, ECR, what the bus tells. */
uint32_t fdcan_psr_read(struct periph *p, unsigned slot, uint32_t value);
uint32_t fdcan_ecr_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_update_status(struct fdcan *f);

/* fdcan_rx.c, fdcan_filter.c */
/* What acceptance filtering decides for a frame (59.4.2). */
struct fdcan_verdict {
    enum { FDCAN_REJECT, FDCAN_FIFO, FDCAN_BUFFER, FDCAN_DEBUG, FDCAN_PRIORITY_ONLY } action;
    unsigned target; /* FIFO 0 or 1, Rx buffer, or debug message 1..3 */
    unsigned buffer; /* FDCAN_DEBUG: where it is stored */
    unsigned index;  /* matching element */
    bool matched;    /* false: accepted as non-matching (ANMF) */
    bool priority;   /* sets IR.HPM */
    bool extended_list;
};
struct fdcan_verdict fdcan_filter(struct fdcan *f, const struct bus_frame *frame);
void fdcan_rx_store(struct fdcan *f, const struct bus_frame *frame, vtime_ps now);
void fdcan_rx_reset(struct fdcan *f);
uint32_t fdcan_rxfs_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_rxfa_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* fdcan_ram.c: words of the message RAM by byte offset; 0, or lost, beyond its end. */
uint32_t fdcan_ram_read(struct fdcan *f, uint32_t offset);
void fdcan_ram_write(struct fdcan *f, uint32_t offset, uint32_t value);
/* Data bytes of an element for a size code of RXESC or TXESC (Table 506). */
unsigned fdcan_element_bytes(uint32_t code);
void fdcan_ram_power_on(struct fdcan *f);
int fdcan_ram_init(struct fdcan *f);

/* fdcan_tx.c */
bool fdcan_tx_next(struct fdcan *f, struct bus_frame *frame);
void fdcan_tx_started(struct fdcan *f);
void fdcan_tx_sent(struct fdcan *f, const struct bus_frame *frame, vtime_ps now);
/* The frame on the wire (or, lost: offered to arbitration) did not get through. */
void fdcan_tx_failed(struct fdcan *f, bool lost, vtime_ps now);
void fdcan_tx_reset(struct fdcan *f);
void fdcan_tx_kick(struct fdcan *f, vtime_ps now);
void fdcan_txbc_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t fdcan_txfqs_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_txbar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void fdcan_txbcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t fdcan_txefs_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_txefa_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* fdcan_time.c */
void fdcan_time_init(struct fdcan *f);
void fdcan_time_reset(struct fdcan *f, vtime_ps now);
/* Bit timing, prescaler or mode have changed. */
void fdcan_time_apply(struct fdcan *f, vtime_ps now);
/* The clock's frequency is about to change. */
void fdcan_time_hold(struct fdcan *f, vtime_ps now);
uint16_t fdcan_time_stamp(struct fdcan *f, vtime_ps now);
/* A FIFO that may control the timeout counter has become empty or not: 1 Tx events, 2 Rx 0, 3 Rx 1. */
void fdcan_time_fifo(struct fdcan *f, unsigned source, bool empty, vtime_ps now);
uint32_t fdcan_tscv_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_tscv_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void fdcan_tocv_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t fdcan_tocv_read(struct periph *p, unsigned slot, uint32_t value);
void fdcan_time_config_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
/* Kernel clock periods of a nominal bit. */
uint64_t fdcan_bit_ticks(const struct fdcan *f);

#endif
