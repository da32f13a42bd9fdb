/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_MACHINE_H
#define VBOARD_CPU_MACHINE_H

/*
 * The run loop: both cores and the chip's event queue in one virtual time.
 *
 * The core with the smaller local time runs up to the next event, but while both really run not
 * more than one slice beyond the other. An event that becomes due earlier, a line to the other
 * core or a changed clock cuts the turn at the next basic block. A core that only goes round in a
 * loop without side effects is moved ahead by whole iterations (fast-forward); asleep or looping
 * cores let the time jump. The result is the same to the bit with fast-forward on or off.
 */
#include <stdbool.h>

#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

struct machine;

struct machine_config {
    bool no_fast_forward;
    vtime_ps max_slice_ps; /* 0 = 1 us; more falsifies the times between the cores */
    struct cpu_config cpu;
};

/* Makes both cores and hooks them to the chip (cpu[], core_ops, nvic[], sched.earlier). The chip's
 * regions and peripherals must exist; power comes later. NULL: out of memory. */
struct machine *machine_create(struct chip *chip, const struct machine_config *config);
void machine_destroy(struct machine *m);

/* Runs cores and events until every running core and the queue have reached `until`. */
void machine_run_until(struct machine *m, vtime_ps until);
/* From a callback: machine_run_until returns as soon as the present turn or event is over. */
void machine_stop(struct machine *m);
/* The time all have reached. */
vtime_ps machine_time(const struct machine *m);
void machine_set_fast_forward(struct machine *m, bool on);
struct cpu *machine_cpu(struct machine *m, enum core core);

#endif
