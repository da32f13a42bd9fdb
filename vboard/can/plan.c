/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * How the frame on the wire will end, seen from each node: what it notices, and when. Computed when the
 * frame starts and again whenever a node changes while it lasts.
 *
 * Fixed choices for a receiver whose bit rate is wrong: if its bits are shorter by a fifth or more, it
 * sees six equal bits (stuff error) after six of its own; if they are longer by as much, it finds a
 * fixed bit wrong (form error) after twelve of its own; in between it slips a bit near the twentieth
 * (stuff error). A receiver that alone sees a flipped bit tells a wrong CRC after the ACK delimiter.
 */
#include "vboard/can/bus_internal.h"

#include <string.h>

#define DEFAULT_TOLERANCE_PPM 5000u
#define FAR_PPM 200000u
/* An FD frame reads wrong for a classic node from the bit after FDF on. */
#define FD_BIT_STANDARD 15u
#define FD_BIT_EXTENDED 34u
/* Bits into the data phase at which a wrong data bit rate shows. */
#define DATA_SLIP_BITS 12u

bool can_flags_errors(const struct can_node *n)
{
    return !n->config.undriving && !n->config.silent && !n->config.restricted &&
           !can_node_error_passive(n);
}

/* From the start of frame to the end of its first `bits` bits. */
static vtime_ps until(const struct can_bus *bus, unsigned bits)
{
    return bus->frame_start + can_bits_span(&bus->bits, bits, bus->bit_ps, bus->data_bit_ps);
}

static unsigned ack_slot_end(const struct can_bus *bus)
{
    return bus->bits.total - (unsigned)CAN_TAIL_BITS;
}

bool can_acknowledges(const struct can_bus *bus, const struct can_node *n)
{
    return n->in_frame && !n->transmitting && !n->config.undriving && !n->config.silent &&
           n->fails_at > until(bus, ack_slot_end(bus) + 1);
}

unsigned can_dominant_until(const struct can_bus *bus, vtime_ps now)
{
    uint8_t wire[CAN_BITS_MAX];
    if (until(bus, ack_slot_end(bus)) <= now) {
        return bus->bits.dominant; /* the rest is left recessive */
    }
    size_t count = can_bits_encode(&bus->frame, wire, NULL);
    unsigned dominant = 0;

    for (unsigned i = 0; i < count && until(bus, i + 1) <= now; i++) {
        dominant += wire[i] == 0 ? 1 : 0;
    }
    return dominant;
}

/* ---- what one node notices ---- */

static void notice(struct can_node *n, vtime_ps at, enum can_error kind, bool data_phase)
{
    if (at < n->fails_at) {
        n->fails_at = at;
        n->fails_as = kind;
        n->fails_in_data = data_phase;
    }
}

static bool differs(uint64_t own_ps, uint64_t sender_ps, uint32_t tolerance_ppm)
{
    uint64_t difference = own_ps > sender_ps ? own_ps - sender_ps : sender_ps - own_ps;
    uint32_t tolerance = tolerance_ppm != 0 ? tolerance_ppm : DEFAULT_TOLERANCE_PPM;

    return difference * UINT64_C(1000000) > sender_ps * tolerance;
}

static void notice_rate(const struct can_bus *bus, struct can_node *n)
{
    uint64_t own = n->config.bit_ps;

    if (!differs(own, bus->bit_ps, n->config.tolerance_ppm)) {
        return;
    }
    if (!differs(own, bus->bit_ps, FAR_PPM)) {
        notice(n, bus->frame_start + 20 * bus->bit_ps, CAN_ERROR_STUFF, false);
    } else if (own < bus->bit_ps) {
        notice(n, bus->frame_start + 6 * own, CAN_ERROR_STUFF, false);
    } else {
        notice(n, bus->frame_start + 12 * own, CAN_ERROR_FORM, false);
    }
}

static void notice_format(const struct can_bus *bus, struct can_node *n)
{
    uint64_t own = n->config.data_bit_ps != 0 ? n->config.data_bit_ps : n->config.bit_ps;

    if (n->config.classic) {
        unsigned bit = bus->frame.extended ? FD_BIT_EXTENDED : FD_BIT_STANDARD;
        notice(n, until(bus, bit + 1), CAN_ERROR_FORM, false);
    } else if (bus->bits.data != 0 &&
               differs(own, bus->data_bit_ps, n->config.data_tolerance_ppm)) {
        notice(n, until(bus, bus->bits.head + DATA_SLIP_BITS), CAN_ERROR_STUFF, true);
    }
}

static bool fault_applies(const struct can_bus *bus, const struct can_fault *f)
{
    uint64_t number = bus->frame_count - 1;
    uint64_t count = f->count != 0 ? f->count : 1;

    return number >= f->frame && number - f->frame < count;
}

static unsigned fault_bit(const struct can_bus *bus, const struct can_fault *f)
{
    return f->bit < bus->bits.total ? f->bit : bus->bits.total - 1u;
}

static bool in_data_phase(const struct can_bus *bus, unsigned bit)
{
    return bit >= bus->bits.head && bit < (unsigned)bus->bits.head + bus->bits.data;
}

static void notice_faults_as_sender(const struct can_bus *bus, struct can_node *n)
{
    uint8_t wire[CAN_BITS_MAX];

    for (const struct can_fault *f = bus->faults; f != NULL; f = f->next) {
        if (fault_applies(bus, f) && (f->only == NULL || f->only == n)) {
            unsigned bit = fault_bit(bus, f);
            can_bits_encode(&bus->frame, wire, NULL);
            notice(n, until(bus, bit + 1), wire[bit] != 0 ? CAN_ERROR_BIT1 : CAN_ERROR_BIT0,
                   in_data_phase(bus, bit));
        }
    }
}

static void notice_faults_as_receiver(const struct can_bus *bus, struct can_node *n)
{
    for (const struct can_fault *f = bus->faults; f != NULL; f = f->next) {
        if (!fault_applies(bus, f) || f->only != n) {
            continue;
        }
        unsigned bit = fault_bit(bus, f);
        unsigned told = ack_slot_end(bus) + 1;
        notice(n, until(bus, bit < told ? told : bit + 1),
               bit < told ? CAN_ERROR_CRC : CAN_ERROR_FORM, false);
    }
}

static void look_ahead(const struct can_bus *bus, struct can_node *n)
{
    n->fails_at = VTIME_NEVER;
    if (bus->sender == NULL) {
        return;
    }
    if (!n->transmitting) {
        notice_rate(bus, n);
        if (bus->frame.fd) {
            notice_format(bus, n);
        }
        notice_faults_as_receiver(bus, n);
        return;
    }
    if (n->config.undriving && !n->config.loopback) {
        notice(n, until(bus, 1), CAN_ERROR_BIT0, false);
    }
    if (bus->clash_bit != 0) {
        notice(n, until(bus, bus->clash_bit + 1), CAN_ERROR_BIT1,
               in_data_phase(bus, bus->clash_bit));
    }
    notice_faults_as_sender(bus, n);
}

/* ---- what follows for the frame ---- */

static bool acknowledged(const struct can_bus *bus)
{
    if (bus->no_ack) {
        return false;
    }
    for (const struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        bool by_itself = n->transmitting && (n->config.whole_bus || n->config.loopback);
        if (by_itself || can_acknowledges(bus, n)) {
            return true;
        }
    }
    return false;
}

/* The first error that destroys the frame; VTIME_NEVER if there is none. */
static vtime_ps destroyed_at(struct can_bus *bus)
{
    vtime_ps at = VTIME_NEVER;

    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (!n->in_frame) {
            continue;
        }
        look_ahead(bus, n);
        if ((n->transmitting || can_flags_errors(n)) && n->fails_at < at) {
            at = n->fails_at;
        }
    }
    return at;
}

static vtime_ps miss_acknowledge(struct can_bus *bus)
{
    vtime_ps at = until(bus, ack_slot_end(bus));

    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->transmitting) {
            notice(n, at, CAN_ERROR_ACK, false);
        }
    }
    return at;
}

/* The bus is held dominant, or the sender has gone silent: all but it see six equal bits. */
static vtime_ps break_off(struct can_bus *bus, vtime_ps now)
{
    vtime_ps stuffed = now + (CAN_ERROR_FLAG_BITS)*bus->bit_ps;
    vtime_ps at = bus->sender != NULL ? now + bus->bit_ps : stuffed;

    for (struct can_node *n = bus->nodes; n != NULL; n = n->next) {
        if (n->in_frame) {
            notice(n, at, n->transmitting ? CAN_ERROR_BIT1 : CAN_ERROR_STUFF, false);
        }
    }
    return at;
}

void can_plan(struct can_bus *bus, vtime_ps now)
{
    vtime_ps at = destroyed_at(bus);

    if (bus->sender == NULL || bus->holders > 0) {
        vtime_ps broken = break_off(bus, now);
        at = broken < at ? broken : at;
    } else if (at > until(bus, ack_slot_end(bus)) && !acknowledged(bus)) {
        at = miss_acknowledge(bus);
    }
    bus->fails = at != VTIME_NEVER;
    sched_at(bus->sched, &bus->end, bus->fails ? at : until(bus, bus->bits.total));
}
