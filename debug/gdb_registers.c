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

/* One register, in little-endian digits. */
static void put(struct gdb *g, unsigned number)
{
    const struct cpu *cpu = cpu_of(g);
    uint32_t value[2] = {0, 0};
    if (number < WORDS) {
        value[0] = cpu_get_reg(cpu, (enum cpu_reg)(CPU_R0 + number));
    } else if (number < WORDS + DOUBLES) {
        const unsigned s = CPU_S0 + 2 * (number - WORDS);
        value[0] = cpu_get_reg(cpu, (enum cpu_reg)s);
        value[1] = cpu_get_reg(cpu, (enum cpu_reg)(s + 1));
    } else {
        value[0] = cpu_get_reg(cpu, CPU_FPSCR);
    }
    const bool wide = number >= WORDS && number < WORDS + DOUBLES;
    packet_hex(&g->out, value, wide ? 8 : 4);
}

static void set(struct gdb *g, enum cpu_reg reg, uint32_t value)
{
    hands_set_register(g->hands, g->core, reg, value);
}

/* From digits; their number, 0: they are none. */
static size_t take(struct gdb *g, unsigned number, const char *digits)
{
    uint32_t value[2];
    const bool wide = number >= WORDS && number < WORDS + DOUBLES;
    const size_t size = wide ? 8 : 4;
    if (strlen(digits) < 2 * size || !packet_unhex(digits, value, size)) {
        return 0;
    }
    if (number < WORDS) {
        set(g, (enum cpu_reg)(CPU_R0 + number), value[0]);
    } else if (wide) {
        const unsigned s = CPU_S0 + 2 * (number - WORDS);
        set(g, (enum cpu_reg)s, value[0]);
        set(g, (enum cpu_reg)(s + 1), value[1]);
    } else {
        set(g, CPU_FPSCR, value[0]);
    }
    return 2 * size;
}

void gdb_read_registers(struct gdb *g, const char *rest)
{
    (void)rest;
    if (gdb_is_dead(g)) {
        return;
    }
    packet_begin(&g->out);
    for (unsigned i = 0; i < COUNT; i++) {
        put(g, i);
    }
    gdb_send(g);
}

void gdb_write_registers(struct gdb *g, const char *rest)
{
    size_t used = 1;
    if (gdb_is_dead(g)) {
        return;
    }
    for (unsigned i = 0; i < COUNT && used != 0; i++) {
        used = take(g, i, rest);
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
    packet_begin(&g->out);
    put(g, number);
    gdb_send(g);
}

void gdb_write_register(struct gdb *g, const char *rest)
{
    uint32_t number;
    if (gdb_is_dead(g)) {
        return;
    }
    const bool good =
        gdb_number(&rest, &number, '=') && number < COUNT && take(g, number, rest) != 0;
    gdb_reply(g, good ? "OK" : "E01");
}

void gdb_expedite(struct gdb *g)
{
    static const unsigned numbers[] = {SP_NUMBER, LR_NUMBER, PC_NUMBER};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        packet_format(&g->out, "%x:", numbers[i]);
        put(g, numbers[i]);
        packet_text(&g->out, ";");
    }
}
