/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Pins, cores, memory, findings of a board of the library. */
#include "lib/internal.h"

#include "vboard/chip/chip.h"
#include "vboard/cpu/cpu.h"

#include <stdlib.h>
#include <string.h>

#define PS_PER_US UINT64_C(1000000)

/* ---- pins ---- */

/* "PA0" to "PK15"; false: no such pin. */
static bool parse_pin(const char *name, unsigned *pin)
{
    char *end;
    if (name[0] != 'P' || name[1] < 'A' || name[1] > 'K' || name[2] < '0' || name[2] > '9') {
        return false;
    }
    const unsigned long number = strtoul(name + 2, &end, 10);
    *pin = BENCH_PIN(name[1], (unsigned)number);
    return *end == '\0' && number < 16;
}

int candial_pin(struct candial *c, const char *name)
{
    static const int levels[] = {[BENCH_LOW] = CANDIAL_LOW,
                                 [BENCH_HIGH] = CANDIAL_HIGH,
                                 [BENCH_FLOATING] = CANDIAL_FLOATING,
                                 [BENCH_CONFLICT] = CANDIAL_CONFLICT};
    unsigned pin;
    struct bench_pin look;
    if (!parse_pin(name, &pin)) {
        return CANDIAL_NO_PIN;
    }
    c->model.ops->pin(c->model.self, pin, &look);
    return levels[look.level];
}

int candial_drive(struct candial *c, const char *name, int level)
{
    static const enum drive drives[] = {
        [CANDIAL_LOW] = DRIVE_LOW, [CANDIAL_HIGH] = DRIVE_HIGH, [CANDIAL_FLOATING] = DRIVE_NONE};
    unsigned pin;
    size_t i = 0;
    if (!parse_pin(name, &pin) || level < CANDIAL_LOW || level > CANDIAL_FLOATING) {
        return -1;
    }
    while (i < c->driven_count && c->driven[i].pin != pin) {
        i++;
    }
    if (i == DRIVEN_MAX) {
        return -1;
    }
    if (i == c->driven_count) {
        c->driven_count++;
        c->driven[i].pin = pin;
        signal_attach(chip_pin(board_chip(c->board), name[1], pin % 16), &c->driven[i].driver);
    }
    signal_drive(&c->driven[i].driver, drives[level], board_now(c->board));
    return 0;
}

double candial_servo_pulse_us(const struct candial *c)
{
    return c->pulse_us;
}

/* ---- cores ---- */

const char *candial_supply(struct candial *c)
{
    return bench_supply_name(c->model.ops->supply(c->model.self));
}

static enum bench_core_name name_of(int core)
{
    return core == 4 ? BENCH_CM4 : BENCH_CM7;
}

static struct cpu *cpu_of(struct candial *c, int core)
{
    return board_cpu(c->board, core == 4 ? CORE_CM4 : CORE_CM7);
}

const char *candial_core(struct candial *c, int core)
{
    static const char *const states[] = {
        [BENCH_CORE_OFF] = "off",       [BENCH_CORE_HELD] = "held",
        [BENCH_CORE_EMPTY] = "empty",   [BENCH_CORE_HALTED] = "halted",
        [BENCH_CORE_STOP] = "stop",     [BENCH_CORE_LOCKED_UP] = "locked-up",
        [BENCH_CORE_ASLEEP] = "asleep", [BENCH_CORE_RUNS] = "runs"};
    c->model.ops->core(c->model.self, name_of(core), false, &c->look);
    return states[c->look.state];
}

const char *candial_function(struct candial *c, int core)
{
    uint32_t offset;
    c->model.ops->core(c->model.self, name_of(core), true, &c->look);
    const char *name =
        c->look.image == NULL ? NULL : image_function(c->look.image, c->look.pc, &offset);
    return name == NULL ? "" : name;
}

uint64_t candial_resets(const struct candial *c)
{
    struct bench_counts counts;
    c->model.ops->counts(c->model.self, &counts);
    return counts.resets;
}

int candial_read(struct candial *c, int core, uint32_t address, void *bytes, size_t size)
{
    return cpu_read_mem(cpu_of(c, core), address, bytes, size) ? 0 : -1;
}

int candial_write(struct candial *c, int core, uint32_t address, const void *bytes, size_t size)
{
    return cpu_write_mem(cpu_of(c, core), address, bytes, size) ? 0 : -1;
}

uint32_t candial_symbol(struct candial *c, int core, const char *name)
{
    const struct image *image = core == 4 && c->images.cm4 != NULL ? c->images.cm4 : c->images.cm7;
    if (image == NULL) {
        return 0;
    }
    const uint32_t object = image_object(image, name);
    return object != 0 ? object : image_symbol(image, name);
}

/* ---- findings ---- */

size_t candial_finding_count(struct candial *c)
{
    return c->model.ops->finding_count(c->model.self);
}

int candial_finding(struct candial *c, size_t index, struct candial_finding *finding)
{
    const struct bench_finding *f = &c->finding;
    uint32_t offset;
    if (index >= candial_finding_count(c)) {
        return -1;
    }
    c->model.ops->finding(c->model.self, index, &c->finding);
    const char *name = f->image == NULL ? NULL : image_function(f->image, f->pc, &offset);
    *finding = (struct candial_finding){.kind = f->kind,
                                        .text = f->text,
                                        .function = name == NULL ? "" : name,
                                        .core = strcmp(f->core, "CM7") == 0   ? 7
                                                : strcmp(f->core, "CM4") == 0 ? 4
                                                                              : 0,
                                        .pc = f->pc,
                                        .time_us = f->first_ps / PS_PER_US,
                                        .count = f->count};
    return 0;
}
