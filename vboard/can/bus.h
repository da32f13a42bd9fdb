/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CAN_BUS_H
#define VBOARD_CAN_BUS_H

/*
 * A CAN bus, exact to the frame (ISO 11898-1:2015): frames last as long as their bits, stuff bits
 * included, at the sender's bit rate; pending nodes arbitrate by identifier; a frame nobody acknowledges
 * is an error; errors destroy the frame, move the error counters and are repeated; a node goes error
 * passive, bus-off and comes back. Two events a frame.
 *
 * A node whose bit rate differs from the sender's by more than its tolerance sees errors. If it is error
 * active it answers with error flags and so destroys the frame, as on a real bus.
 *
 * Left out: overload frames, propagation delay, resynchronisation inside a frame (the tolerance stands
 * for it). Which error a node with a wrong bit rate sees, and when, is a fixed choice: can_plan.c. A
 * receiver's frame is valid one bit before the sender's; here both get it at the end of the sender's.
 */
#include <stdbool.h>
#include <stdint.h>

#include "vboard/kernel/sched.h"
#include "vboard/can/bits.h"
#include "vboard/can/frame.h"

/* As FDCAN_PSR.LEC codes them (RM0399 59.5.13). */
enum can_error {
    CAN_ERROR_NONE,
    CAN_ERROR_STUFF,
    CAN_ERROR_FORM,
    CAN_ERROR_ACK,
    CAN_ERROR_BIT1, /* sent recessive, saw dominant */
    CAN_ERROR_BIT0, /* sent dominant, saw recessive */
    CAN_ERROR_CRC
};

enum can_node_state {
    CAN_NODE_OFF,           /* not taking part; leaves the bus recessive */
    CAN_NODE_SYNCHRONIZING, /* waits for 11 recessive bits in a row, once, or many times after bus-off */
    CAN_NODE_ON,
    CAN_NODE_BUS_OFF /* waits for can_node_start */
};

struct can_bus;
struct can_node;

/* What the bus tells a node's owner. All but `pending` may be NULL. */
struct can_node_ops {
    /* The frame the node would send now, if any. Asked at the start of each frame once the time given to
     * can_node_request has come, and again after a lost arbitration or an error; without side effects. */
    bool (*pending)(void *ctx, vtime_ps now, struct bus_frame *f);
    /* A frame of this node begins or another's is being received: for time stamps. */
    void (*started)(void *ctx, bool transmitting, vtime_ps now);
    void (*sent)(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now);
    void (*lost)(void *ctx, vtime_ps now); /* arbitration lost: the node goes on as a receiver */
    void (*received)(void *ctx, const struct bus_frame *f, vtime_ps start, vtime_ps now);
    /* The node has seen an error; `data_phase`: at the data bit rate. Its counters have moved. */
    void (*error)(void *ctx, enum can_error kind, bool data_phase, bool transmitting, vtime_ps now);
    void (*bus_off)(void *ctx, vtime_ps now);
    /* 11 recessive bits during recovery from bus-off. */
    void (*recovering)(void *ctx, vtime_ps now);
    /* Synchronised, or back from bus-off; counters changed while the bus is stuck. */
    void (*changed)(void *ctx, vtime_ps now);
};

/* How a node is set up; change it with can_node_configure only. */
struct can_node_config {
    uint64_t bit_ps;             /* nominal bit time */
    uint64_t data_bit_ps;        /* FD with bit rate switch; 0 = as nominal */
    uint32_t tolerance_ppm;      /* greatest difference to the sender's bit time; 0 = 5,000 */
    uint32_t data_tolerance_ppm; /* the same in the data phase */
    bool unseeing;               /* RX not connected: sees a dominant bus and never synchronises */
    bool undriving; /* TX not connected: drives nothing, so sends and acknowledges in vain */
    bool silent;    /* bus monitoring: never drives a dominant bit (RM0399 59.4.1) */
    bool
        restricted; /* restricted operation: acknowledges, but sends neither frames nor error flags */
    bool classic;   /* no FD: answers an FD frame with an error */
    bool whole_bus; /* stands for several nodes: acknowledges itself, keeps no error counters */
    bool loopback;  /* receives what it sends and needs no acknowledge */
    bool recovers;  /* starts recovery from bus-off by itself */
    uint16_t recovery_runs; /* runs of 11 recessive bits that end bus-off; 0 = 128 */
};

struct can_node {
    const char *name;
    const struct can_node_ops *ops;
    void *ctx;
    struct can_node_config config;

    /* To be read by anyone. */
    enum can_node_state state;
    bool bus_off; /* until the recovery is over */
    bool transmitting;
    unsigned tec, rec;      /* transmit and receive error counter; rec stops at 128 */
    uint64_t dominant_bits; /* bits this node drove dominant: frames, ACK slots, error flags */
    uint64_t frames_sent, frames_received, errors;

    /* The bus's own. */
    struct can_bus *bus;
    struct can_node *next;
    vtime_ps ready_at, suspended_until;
    bool contends, in_frame, fails_in_data;
    vtime_ps fails_at;
    enum can_error fails_as;
    struct event sync;
    vtime_ps sync_from;
    unsigned sync_left;
    bool holding;
    vtime_ps held_since;
};

/* An injected fault: one bit of a frame is flipped. Owned by the caller, kept until the bus goes. */
struct can_fault {
    uint64_t frame;              /* number of the frame on the bus, from 0; each attempt counts */
    uint64_t count;              /* and of those that follow; 0 = 1 */
    unsigned bit;                /* from 0, the start of frame */
    const struct can_node *only; /* the node that sees it; NULL: all do */
    struct can_fault *next;
};

/* What became of a frame. */
struct can_record {
    const struct bus_frame *frame;
    const struct can_node *sender;
    vtime_ps start, end;  /* end of frame, or when the error was detected */
    enum can_error error; /* of the sender; CAN_ERROR_NONE: valid */
};

/* Hears of every frame, valid or not, and of the bus being held dominant. Either may be NULL. */
struct can_listener {
    void (*frame)(void *ctx, const struct can_record *r);
    void (*held)(void *ctx, bool dominant, vtime_ps now);
    void *ctx;
    struct can_listener *next;
};

enum can_phase { CAN_IDLE, CAN_IN_FRAME, CAN_IN_ERROR, CAN_STUCK };

struct can_bus {
    struct sched *sched;
    struct can_node *nodes;
    struct can_listener *listeners;
    struct can_fault *faults;
    enum can_phase phase;
    struct event start, end;
    vtime_ps idle_at;         /* the next frame starts no earlier: end of the intermission */
    vtime_ps recessive_since; /* end of the last dominant bit */
    unsigned holders;         /* who holds the bus dominant */
    bool stuck, no_ack;       /* injected */
    unsigned lock;            /* callbacks are running: plan later */
    uint64_t frame_count;     /* attempts started */
    uint64_t valid_count;     /* valid frames */

    /* The frame on the wire. */
    struct can_node *sender; /* NULL: it left, or the bus is held */
    struct bus_frame frame;
    struct bus_frame measured; /* the frame of CAN FD whose bits are `bits`, if it knows one */
    bool knows;
    struct can_bits bits;
    unsigned clash_bit; /* where two senders of one identifier differ; 0: nowhere */
    vtime_ps frame_start;
    vtime_ps bit_ps, data_bit_ps;
    bool fails; /* the end event is an error, not the end of frame */
};

void can_bus_init(struct can_bus *bus, struct sched *sched);
/* Detaches all nodes. To be called while the event queue (the chip's) still lives. */
void can_bus_destroy(struct can_bus *bus);
void can_bus_listen(struct can_bus *bus, struct can_listener *l);
void can_bus_unlisten(struct can_bus *bus, struct can_listener *l);

void can_bus_add_fault(struct can_bus *bus, struct can_fault *f);
/* Holds the bus dominant (a short, a babbling node) or lets it go. */
void can_bus_set_stuck(struct can_bus *bus, bool stuck, vtime_ps now);
/* Nobody's acknowledge arrives (a broken wire beyond the sender). */
void can_bus_set_no_ack(struct can_bus *bus, bool no_ack);
/* The level at `now`, by the bit. Slow. */
bool can_bus_is_dominant(const struct can_bus *bus, vtime_ps now);

/* Sets name, ops, ctx and config; the node is off. A node hangs on one bus at a time. */
void can_node_init(struct can_node *n, const char *name, const struct can_node_ops *ops, void *ctx,
                   const struct can_node_config *config);
void can_node_attach(struct can_node *n, struct can_bus *bus, vtime_ps now);
/* Off the bus; a frame it sends breaks off. Not from a callback of the bus. */
void can_node_detach(struct can_node *n, vtime_ps now);
/* The same when everything is being torn down: the bus and the event queue are left as they are. */
void can_node_forget(struct can_node *n);
void can_node_configure(struct can_node *n, const struct can_node_config *config, vtime_ps now);
/* Begins to take part, after 11 recessive bits, or, when bus-off, after its recovery. */
void can_node_start(struct can_node *n, vtime_ps now);
/* Takes no more part; counters and bus-off stay. May be called from a callback. */
void can_node_stop(struct can_node *n, vtime_ps now);
/* The node has a frame to send at `at` or later (ops->pending is asked then); VTIME_NEVER: none. */
void can_node_request(struct can_node *n, vtime_ps at, vtime_ps now);
/* Holds the bus dominant or lets it go, as a TX pin stuck low does. */
void can_node_hold(struct can_node *n, bool hold, vtime_ps now);
bool can_node_error_passive(const struct can_node *n);
/* Everything as after power-on: counters too. */
void can_node_reset(struct can_node *n, vtime_ps now);

#endif
