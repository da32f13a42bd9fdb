/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/debug/debug_rig.h"

#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void debug_rig_open(struct debug_rig *r)
{
    char error[512] = "";
    char path[2][512];
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    memset(r, 0, sizeof *r);
    snprintf(path[0], sizeof path[0], "%s/candial_cm7.elf", folder);
    snprintf(path[1], sizeof path[1], "%s/candial_cm4.elf", folder);
    record_default(&r->record);
    assert_int_equal(record_build(&r->record, r->settings, sizeof r->settings), 0);
    if (!image_pair_open(&r->images, path[0], path[1], false, error, sizeof error)) {
        fail_msg("%s", error);
    }
    const struct bench_board_config config = {.options = &r->options,
                                              .cm7 = r->images.cm7,
                                              .cm4 = r->images.cm4,
                                              .settings = r->settings,
                                              .settings_size = sizeof r->settings,
                                              .own_firmware = true,
                                              .listener = {.rose = NULL}};
    if (!history_create(&r->history, &config, &r->model, error, sizeof error)) {
        fail_msg("%s", error);
    }
    r->hands.history = &r->history;
    const struct bench_drive drive = {.record = &r->record,
                                      .start_ps = BENCH_FIRST_FRAME_PS,
                                      .ambient_milli = BENCH_AMBIENT_MILLI};
    (void)r->model.ops->drive(r->model.self, &drive);
    r->model.ops->power_on(r->model.self);
}

void debug_rig_close(struct debug_rig *r)
{
    r->model.ops->destroy(r->model.self);
    image_pair_close(&r->images);
}

struct debug_rig rig;

int debug_rig_setup(void **state)
{
    (void)state;
    debug_rig_open(&rig);
    return 0;
}

int debug_rig_teardown(void **state)
{
    (void)state;
    debug_rig_close(&rig);
    return 0;
}

struct board *debug_rig_board(struct debug_rig *r)
{
    return r->history.target.board;
}

struct cpu *debug_rig_cpu(struct debug_rig *r, enum core core)
{
    return target_cpu(&r->history.target, core);
}

/* As the bench does it: a stop ends a piece. */
void debug_rig_run(struct debug_rig *r, uint64_t until_ps)
{
    while (board_now(debug_rig_board(r)) < until_ps && target_runs(&r->history.target)) {
        r->model.ops->run_until(r->model.self, until_ps);
    }
}

void debug_rig_run_to_stop(struct debug_rig *r, enum core core, uint64_t until_ps)
{
    debug_rig_run(r, until_ps);
    assert_true(r->history.target.core[core].stopped);
}

uint32_t debug_rig_symbol(struct debug_rig *r, enum core core, const char *function)
{
    const uint32_t address =
        image_symbol(core == CORE_CM7 ? r->images.cm7 : r->images.cm4, function);
    assert_int_not_equal(address, 0);
    return address;
}

/* FNV-1a. */
static void add_memory(struct debug_rig *r, enum core core, uint32_t from, uint32_t size,
                       uint64_t *sum)
{
    static uint8_t bytes[0x80000];
    assert_true(cpu_read_mem(debug_rig_cpu(r, core), from, bytes, size));
    for (uint32_t i = 0; i < size; i++) {
        *sum = (*sum ^ bytes[i]) * UINT64_C(0x100000001B3);
    }
}

void debug_rig_look(struct debug_rig *r, struct debug_rig_state *state)
{
    memset(state, 0, sizeof *state);
    for (unsigned i = 0; i < CORE_COUNT; i++) {
        const struct cpu *cpu = debug_rig_cpu(r, (enum core)i);
        state->instructions[i] = cpu_instructions(cpu);
        for (unsigned k = 0; k < CPU_REG_COUNT; k++) {
            state->registers[i][k] = cpu_get_reg(cpu, (enum cpu_reg)k);
        }
    }
    state->memory = UINT64_C(0xCBF29CE484222325);
    add_memory(r, CORE_CM7, 0x20000000, 0x20000, &state->memory); /* DTCM */
    add_memory(r, CORE_CM4, 0x30000000, 0x48000, &state->memory); /* SRAM1 to 3 */
    add_memory(r, CORE_CM7, 0x38000000, 0x10000, &state->memory); /* SRAM4 */
    state->servo_mdeg = board_servo_mdeg(debug_rig_board(r));
}

void debug_rig_assert_same(const struct debug_rig_state *a, const struct debug_rig_state *b,
                           enum core core)
{
    assert_int_equal(a->instructions[core], b->instructions[core]);
    for (unsigned k = 0; k < CPU_REG_COUNT; k++) {
        assert_int_equal(a->registers[core][k], b->registers[core][k]);
    }
    assert_int_equal(a->memory, b->memory);
    assert_int_equal(a->servo_mdeg, b->servo_mdeg);
}
