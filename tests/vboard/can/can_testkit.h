/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CAN_TESTKIT_H
#define TESTS_CAN_TESTKIT_H

/* A plain CAN controller for tests: sends what it is given, in order, and notes all it is told. */
#include "vboard/parts/can_bus.h"

#define TESTER_QUEUE 64
#define TESTER_LOG 2048

struct tester_note {
    struct can_frame frame;
    vtime_ps start, end;
};

struct tester {
    struct can_node node;
    struct can_frame queue[TESTER_QUEUE];
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
void tester_send(struct tester *t, const struct can_frame *f);
void tester_send_id(struct tester *t, uint32_t id);

#endif
