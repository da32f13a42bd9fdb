/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CAN_TESTKIT_H
#define TESTS_CAN_TESTKIT_H

/* A plain CAN controller for tests: sends what it is given, in order, and notes all it is told. */
#include "vboard/kernel/signal.h"
#include "vboard/can/bus.h"
#include "vboard/can/player.h"
#include "vboard/can/transceiver.h"

#define TESTER_QUEUE 64
#define TESTER_LOG 2048

struct tester_note {
    struct bus_frame frame;
    vtime_ps start, end;
};

struct tester {
    struct can_node node;
    struct bus_frame queue[TESTER_QUEUE];
    unsigned head, tail;
    bool one_shot; /* no retransmission after an error */
    struct tester_note received[TESTER_LOG];
    unsigned received_count;
    unsigned sent_count, lost_count, error_count, bus_off_count, recovering_count;
    vtime_ps first_sent_end, last_sent_end, last_sent_start, on_at;
    enum can_error last_error;
    bool last_error_data_phase;
    vtime_ps last_error_at;
};

/* 500 kbit/s, 2 Mbit/s data, active, on the bus; synchronised after 22 us. */
void tester_init(struct tester *t, struct can_bus *bus, const char *name);
void tester_init_with(struct tester *t, struct can_bus *bus, const char *name,
                      const struct can_node_config *config);
void tester_send(struct tester *t, const struct bus_frame *f);
void tester_send_id(struct tester *t, uint32_t id);

/* A bus with two nodes that start to synchronise at time 0, and room for what a test may add. */
struct rig {
    struct sched sched;
    struct can_bus bus;
    struct tester a, b, c;
    struct can_player player;
    struct can_fault fault;
    struct signal rx, tx;
    struct can_transceiver transceiver;
    struct signal_driver tx_driver;
};

#define BIT VTIME_US(2)
#define READY (11 * BIT) /* all nodes have synchronised */

int rig_setup(void **state);
int rig_teardown(void **state);
void rig_run_us(struct rig *r, uint64_t us);
/* Bits of the frame that tester_send_id makes. */
unsigned rig_frame_bits(uint32_t id);
/* What tester_init configures. */
struct can_node_config rig_standard(void);
void rig_set_rate(struct tester *t, uint64_t bit_ps);

#endif
