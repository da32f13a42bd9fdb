/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The registers, in the order and by the names of their description (features of "Debugging with GDB", G.5.3). */
#include "debug/gdb_internal.h"

#include <stdio.h>
#include <string.h>

/* r0 to r12, sp, lr, pc; xpsr, msp, psp, primask, basepri, faultmask, control: words. Then d0 to d15, fpscr. */
#define WORDS 23u
#define DOUBLES 16u
#define COUNT (WORDS + DOUBLES + 1u)
#define PC_NUMBER 15u
#define SP_NUMBER 13u
#define LR_NUMBER 14u

static const char xml[] =
    "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">"
    "<target version=\"1.0\"><architecture>arm</architecture><osabi>none</osabi>"
    "<feature name=\"org.gnu.gdb.arm.m-profile\">"
    "<reg name=\"r0\" bitsize=\"32\"/><reg name=\"r1\" bitsize=\"32\"/>"
    "<reg name=\"r2\" bitsize=\"32\"/><reg name=\"r3\" bitsize=\"32\"/>"
    "<reg name=\"r4\" bitsize=\"32\"/><reg name=\"r5\" bitsize=\"32\"/>"
    "<reg name=\"r6\" bitsize=\"32\"/><reg name=\"r7\" bitsize=\"32\"/>"
    "<reg name=\"r8\" bitsize=\"32\"/><reg name=\"r9\" bitsize=\"32\"/>"
    "<reg name=\"r10\" bitsize=\"32\"/><reg name=\"r11\" bitsize=\"32\"/>"
    "<reg name=\"r12\" bitsize=\"32\"/><reg name=\"sp\" bitsize=\"32\" type=\"data_ptr\"/>"
    "<reg name=\"lr\" bitsize=\"32\"/><reg name=\"pc\" bitsize=\"32\" type=\"code_ptr\"/>"
    "<reg name=\"xpsr\" bitsize=\"32\"/></feature>"
    "<feature name=\"org.gnu.gdb.arm.m-system\">"
    "<reg name=\"msp\" bitsize=\"32\" type=\"data_ptr\" group=\"system\"/>"
    "<reg name=\"psp\" bitsize=\"32\" type=\"data_ptr\" group=\"system\"/>"
    "<reg name=\"primask\" bitsize=\"32\" group=\"system\"/>"
    "<reg name=\"basepri\" bitsize=\"32\" group=\"system\"/>"
    "<reg name=\"faultmask\" bitsize=\"32\" group=\"system\"/>"
    "<reg name=\"control\" bitsize=\"32\" group=\"system\"/></feature>"
    "<feature name=\"org.gnu.gdb.arm.vfp\">"
    "<reg name=\"d0\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d1\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d2\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d3\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d4\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d5\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d6\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d7\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d8\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d9\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d10\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d11\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d12\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d13\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"d14\" bitsize=\"64\" type=\"ieee_double\"/><reg name=\"d15\" bitsize=\"64\" "
    "type=\"ieee_double\"/>"
    "<reg name=\"fpscr\" bitsize=\"32\" type=\"int\" group=\"float\"/></feature></target>";

/* Both cores have the same names: the M4's FPU computes single precision only, but moves doubles. */
const char *gdb_target_xml(enum core core)
{
    (void)core;
    return xml;
}

static struct cpu *cpu_of(const struct gdb *g)
{
    return target_cpu(g->target, g->core);
}

static bool is_wide(unsigned number)
{
    return number >= WORDS && number < WORDS + DOUBLES;
}

/* The first of its words. */
static enum cpu_reg reg_of(unsigned number)
{
    if (number < WORDS) {
        return (enum cpu_reg)(CPU_R0 + number);
    }
    return is_wide(number) ? (enum cpu_reg)(CPU_S0 + 2 * (number - WORDS)) : CPU_FPSCR;
}

/* Of a task that does not run: the FPU's registers are nowhere unless it has used them. */
static bool is_nowhere(const struct rtos_context *context, enum cpu_reg reg)
{
    return context != NULL && context->at[reg] == 0 && reg >= CPU_FPSCR;
}

static bool is_stack_pointer(const struct rtos_context *context, enum cpu_reg reg)
{
    return context != NULL && (reg == CPU_SP || reg == CPU_PSP);
}

/* context: of the task that is meant, NULL: the core's. False: nobody knows. */
static bool get(const struct gdb *g, const struct rtos_context *context, enum cpu_reg reg,
                uint32_t *value)
{
    if (is_stack_pointer(context, reg)) {
        *value = context->sp;
    } else if (context != NULL && context->at[reg] != 0) {
        return cpu_read_mem(cpu_of(g), context->at[reg], value, 4);
    } else {
        *value = cpu_get_reg(cpu_of(g), reg); /* MSP and the masks are of the core, whoever runs */
    }
    return !is_nowhere(context, reg);
}

static bool set(struct gdb *g, const struct rtos_context *context, enum cpu_reg reg, uint32_t value)
{
    if (is_stack_pointer(context, reg) || is_nowhere(context, reg)) {
        return false;
    }
    if (context != NULL && context->at[reg] != 0) {
        return hands_write_memory(g->hands, g->core, context->at[reg], &value, 4);
    }
    hands_set_register(g->hands, g->core, reg, value);
    return true;
}

/* One register, in little-endian digits. */
static void put(struct gdb *g, const struct rtos_context *context, unsigned number)
{
    const enum cpu_reg reg = reg_of(number);
    uint32_t value[2] = {0, 0};
    const bool known = get(g, context, reg, &value[0]) &&
                       (!is_wide(number) || get(g, context, (enum cpu_reg)(reg + 1), &value[1]));
    if (known) {
        packet_hex(&g->out, value, is_wide(number) ? 8 : 4);
    } else {
        packet_text(&g->out, is_wide(number) ? "xxxxxxxxxxxxxxxx" : "xxxxxxxx");
    }
}

/* From digits, or "xx": to be left. Their number; 0: they are neither, or the register is not there. */
static size_t take(struct gdb *g, const struct rtos_context *context, unsigned number,
                   const char *digits)
{
    uint32_t value[2];
    const enum cpu_reg reg = reg_of(number);
    const size_t size = is_wide(number) ? 8 : 4;
    if (strlen(digits) >= 2 * size && digits[0] == 'x') {
        return 2 * size;
    }
    if (strlen(digits) < 2 * size || !packet_unhex(digits, value, size) ||
        !set(g, context, reg, value[0]) ||
        (is_wide(number) && !set(g, context, (enum cpu_reg)(reg + 1), value[1]))) {
        return 0;
    }
    return 2 * size;
}

/* NULL: the core's. */
static const struct rtos_context *context_of(const struct gdb *g, struct rtos_context *room)
{
    return gdb_thread_context(g, room) ? room : NULL;
}

void gdb_read_registers(struct gdb *g, const char *rest)
{
    (void)rest;
    if (gdb_is_dead(g)) {
        return;
    }
    struct rtos_context room;
    const struct rtos_context *context = context_of(g, &room);
    packet_begin(&g->out);
    for (unsigned i = 0; i < COUNT; i++) {
        put(g, context, i);
    }
    gdb_send(g);
}

void gdb_write_registers(struct gdb *g, const char *rest)
{
    size_t used = 1;
    if (gdb_is_dead(g)) {
        return;
    }
    struct rtos_context room;
    const struct rtos_context *context = context_of(g, &room);
    for (unsigned i = 0; i < COUNT && used != 0; i++) {
        used = take(g, context, i, rest);
        rest += used;
    }
    gdb_reply(g, used != 0 ? "OK" : "E01");
}

void gdb_read_register(struct gdb *g, const char *rest)
{
    uint32_t number;
    if (gdb_is_dead(g)) {
        return;
    }
    if (!gdb_number(&rest, &number, '\0') || number >= COUNT) {
        gdb_reply(g, "E01");
        return;
    }
    struct rtos_context room;
    packet_begin(&g->out);
    put(g, context_of(g, &room), number);
    gdb_send(g);
}

void gdb_write_register(struct gdb *g, const char *rest)
{
    uint32_t number;
    if (gdb_is_dead(g)) {
        return;
    }
    struct rtos_context room;
    const bool good = gdb_number(&rest, &number, '=') && number < COUNT &&
                      take(g, context_of(g, &room), number, rest) != 0;
    gdb_reply(g, good ? "OK" : "E01");
}

void gdb_expedite(struct gdb *g)
{
    static const unsigned numbers[] = {SP_NUMBER, LR_NUMBER, PC_NUMBER};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        packet_format(&g->out, "%x:", numbers[i]);
        put(g, NULL, numbers[i]);
        packet_text(&g->out, ";");
    }
}
