/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_CPU_RIG_H
#define TESTS_VBOARD_CPU_RIG_H

/*
 * A small chip for tests of the cores: flash and RAM where the STM32H755 has them, both cores at a
 * given clock, and one device at 0x40000000 through which programs talk to the test:
 *
 *     0x00 LOG    write: note core, time and value
 *     0x04 TIME   read: virtual time, ns
 *     0x08 SET    write n: interrupt line n goes high on both cores (n < 32)
 *     0x0C CLEAR  write n: line n goes low
 *     0x10 ALARM  write ns: line 8 goes high that much later
 *     0x14 CLOCK  write Hz: clock of the accessing core
 *     0x18 FAIL   a model that refuses every access
 *     0x1C PULSE  write n: line n high and low again
 *     0x20 EVENT  write core: chip_cpu_event
 *     0x24 LINE8  read: level of line 8
 *
 * At 0x38800000 lies a memory of 4 KB that the test may guard, gate or write-protect.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vboard/chip/chip.h"
#include "vboard/cpu/machine.h"

#define RIG_MAX_LOG 4096
#define RIG_FLASH_M7 0x08000000u
#define RIG_FLASH_M4 0x08100000u
#define RIG_SPECIAL 0x38800000u

struct rig_note {
    enum core core;
    vtime_ps at;
    uint32_t value;
    uint32_t pc;
};

struct rig {
    struct chip chip;
    struct machine *machine;
    struct chip_entry table[2];
    uint8_t *flash, *dtcm, *itcm, *axi, *sram1, *sram4;
    struct rig_note notes[RIG_MAX_LOG];
    size_t note_count;
    uint8_t *special;
    struct gate gate;      /* of the special memory */
    uint32_t bad_address;  /* reading this word of it faults while it is guarded */
    uint32_t hook_address; /* last write to it while it is not writable */
    uint64_t hook_value;
    unsigned hook_size, hook_count;
};

struct rig_options {
    const char *m7, *m4;   /* names of programs/NAME.bin; NULL: the core is held */
    uint64_t m7_hz, m4_hz; /* 0: 400 and 200 MHz */
    bool no_fast_forward;
    vtime_ps max_slice_ps;
};

/* The engine that CANDIAL_ENGINE names (the tests run with each) is an exact one (engine.h). */
bool rig_is_exact(void);
struct rig *rig_create(const struct rig_options *o);
void rig_destroy(struct rig *r);
void rig_run(struct rig *r, vtime_ps until);
struct cpu *rig_cpu(struct rig *r, enum core core);
/* The special memory as the chip knows it. */
struct mem_region *rig_special(struct rig *r);

/* Values noted by one core, in order. */
size_t rig_values(const struct rig *r, enum core core, uint32_t *values, size_t max);
/* Fails the test unless the core has noted exactly these values. */
void rig_expect(const struct rig *r, enum core core, const uint32_t *values, size_t count);
/* The note with that value, or NULL. */
const struct rig_note *rig_find(const struct rig *r, enum core core, uint32_t value);
size_t rig_findings(const struct rig *r, enum finding_kind kind);

#define RIG_EXPECT(r, core, ...)                                                                   \
    rig_expect(r, core, (const uint32_t[]){__VA_ARGS__},                                           \
               sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

#endif
