/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/asked.h"

#include "vboard/cpu/cpu.h"

#define FRESH (CHECK_WAIT_MIN / 20)
/* The code between the registers that one loop asks. */
#define LOOP_SPAN 96u

static uint32_t register_sum(const struct cpu *cpu)
{
    uint32_t sum = 0;
    for (unsigned r = CPU_R0; r <= CPU_LR; r++) {
        sum = sum * 31u + cpu_get_reg(cpu, (enum cpu_reg)r);
    }
    return sum;
}

static struct check_asked *find_asked(struct check_window *w, uint32_t pc, uint32_t address)
{
    for (unsigned i = 0; i < w->count; i++) {
        if (w->asked[i].pc == pc && w->asked[i].address == address) {
            return &w->asked[i];
        }
    }
    return NULL;
}

/* Was it asked lately? What a loop asks, it asks at each turn. */
static bool is_fresh(const struct check_window *w, const struct check_asked *a)
{
    return w->last - a->last < FRESH;
}

/* Room for one more: what is not asked any more goes. */
static struct check_asked *add_asked(struct check_window *w)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < w->count; i++) {
        if (is_fresh(w, &w->asked[i])) {
            w->asked[kept++] = w->asked[i];
        }
    }
    w->count = kept < CHECK_ASKED ? kept : 0;
    return &w->asked[w->count++];
}

/* After some time of asking the same: are the registers the same at each turn, too? Now and then only,
 * it takes long. */
static void note_registers(const struct cpu *cpu, const struct check_window *window,
                           struct check_asked *a)
{
    vtime_ps now = window->last;
    if (now - window->since > CHECK_WAIT_MIN / 4 && now - a->noted > FRESH) {
        a->noted = now;
        a->regs[1] = register_sum(cpu);
        a->regs[0] = a->regs_known ? a->regs[0] : a->regs[1];
        a->regs_known = true;
    }
}

void check_ask(struct check_window *window, const struct cpu *cpu,
               const struct check_asking *asking)
{
    struct check_asked *a = find_asked(window, asking->pc, asking->address);
    window->last = asking->now;
    if (a == NULL || a->value != asking->value) {
        a = a != NULL ? a : add_asked(window);
        *a = (struct check_asked){.pc = asking->pc,
                                  .address = asking->address,
                                  .value = asking->value,
                                  .noted = window->last};
        window->since = window->last;
    }
    a->last = window->last;
    note_registers(cpu, window, a);
}

static bool is_near(uint32_t a, uint32_t b)
{
    return (a > b ? a - b : b - a) <= LOOP_SPAN;
}

bool check_window_waits(const struct check_window *w, uint32_t pc, vtime_ps now, vtime_ps wait_min,
                        vtime_ps slice)
{
    if (w->count == 0 || now - w->since < wait_min || now - w->last > slice * 6 / 5) {
        return false;
    }
    for (unsigned i = 0; i < w->count; i++) {
        if (is_fresh(w, &w->asked[i]) && !is_near(w->asked[i].pc, pc)) {
            return false;
        }
    }
    return true;
}

const struct check_asked *check_last_asked(const struct check_window *w)
{
    const struct check_asked *last = &w->asked[0];
    for (unsigned i = 1; i < w->count; i++) {
        last = w->asked[i].last >= last->last ? &w->asked[i] : last;
    }
    return last;
}

bool check_turns_alike(const struct check_window *w)
{
    for (unsigned i = 0; i < w->count; i++) {
        if (is_fresh(w, &w->asked[i]) &&
            (!w->asked[i].regs_known || w->asked[i].regs[0] != w->asked[i].regs[1])) {
            return false;
        }
    }
    return true;
}
