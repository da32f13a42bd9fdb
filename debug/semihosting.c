/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Semihosting (Arm, "Semihosting for AArch32 and AArch64", 2.0): r0 is the operation, r1 its argument, r0
 * the answer. Output goes to the debugger's terminal; there is no input and there are no files but ":tt".
 */
#include "debug/gdb_internal.h"

#include "vboard/chip/chip.h"

#include <string.h>

#define BKPT_SEMIHOSTING 0xBEABu

enum {
    SYS_OPEN = 0x01,
    SYS_CLOSE = 0x02,
    SYS_WRITEC = 0x03,
    SYS_WRITE0 = 0x04,
    SYS_WRITE = 0x05,
    SYS_READ = 0x06,
    SYS_ISTTY = 0x09,
    SYS_FLEN = 0x0C,
    SYS_CLOCK = 0x10,
    SYS_TIME = 0x11,
    SYS_ERRNO = 0x13,
    SYS_EXIT = 0x18
};

#define FAILED UINT32_MAX
#define STDOUT_HANDLE 1u
#define PS_PER_CENTISECOND UINT64_C(10000000000)

static uint32_t word_at(struct cpu *cpu, uint32_t address)
{
    uint32_t word = 0;
    (void)cpu_read_mem(cpu, address, &word, sizeof word);
    return word;
}

/* `length` bytes at most, or up to a NUL if `ends`. */
static void print(struct gdb *g, uint32_t address, uint32_t length, bool ends)
{
    char text[200];
    size_t count = 0;
    struct cpu *cpu = target_cpu(g->target, g->core);
    while (length-- > 0 && cpu_read_mem(cpu, address++, &text[count], 1) &&
           !(ends && text[count] == '\0')) {
        if (++count == sizeof text - 1) {
            text[count] = '\0';
            gdb_console(g, text);
            count = 0;
        }
    }
    text[count] = '\0';
    if (count > 0) {
        gdb_console(g, text);
    }
}

static uint32_t open_terminal(struct cpu *cpu, uint32_t block)
{
    char name[4] = "";
    const bool is_tt = cpu_read_mem(cpu, word_at(cpu, block), name, sizeof name) &&
                       memcmp(name, ":tt", sizeof name) == 0;
    return is_tt ? STDOUT_HANDLE : FAILED;
}

static uint32_t answer(struct gdb *g, uint32_t operation, uint32_t argument)
{
    struct cpu *cpu = target_cpu(g->target, g->core);
    switch (operation) {
    case SYS_OPEN:
        return open_terminal(cpu, argument);
    case SYS_CLOSE:
        return 0;
    case SYS_WRITEC:
        print(g, argument, 1, false);
        return 0;
    case SYS_WRITE0:
        print(g, argument, UINT32_MAX, true);
        return 0;
    case SYS_WRITE:
        print(g, word_at(cpu, argument + 4), word_at(cpu, argument + 8), false);
        return 0; /* bytes not written */
    case SYS_READ:
        return word_at(cpu, argument + 8); /* none read: the end of the file */
    case SYS_ISTTY:
        return 1;
    case SYS_CLOCK: /* centiseconds of the board's time: the same in each run */
        return (uint32_t)(board_now(g->target->board) / PS_PER_CENTISECOND);
    case SYS_TIME:
        return (uint32_t)(board_now(g->target->board) / PS_PER_CENTISECOND / 100);
    case SYS_ERRNO:
        return 0;
    default:
        return FAILED;
    }
}

bool gdb_semihosting(struct gdb *g)
{
    struct cpu *cpu = target_cpu(g->target, g->core);
    const uint32_t pc = cpu_get_reg(cpu, CPU_PC);
    const uint32_t operation = cpu_get_reg(cpu, CPU_R0);
    uint16_t code = 0;
    if (!g->semihosting || !cpu_read_mem(cpu, pc, &code, sizeof code) || code != BKPT_SEMIHOSTING ||
        operation == SYS_EXIT) {
        return false;
    }
    cpu_set_reg(cpu, CPU_R0, answer(g, operation, cpu_get_reg(cpu, CPU_R0 + 1)));
    cpu_set_reg(cpu, CPU_PC, pc + 2);
    return true;
}
