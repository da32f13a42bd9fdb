/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/stack_end.h"

#include "vboard/cpu/cpu.h"

#define PAGE 1024u
#define ABOVE (4u * PAGE)
#define PATIENCE 100000u  /* accesses of others to the pages above */
#define ALIAS 0x10000000u /* of SRAM1 to 3: the engine has them at 0x30000000 */
#define ALIAS_SIZE (288u * 1024u)
#define ALIAS_TO 0x20000000u

/* Where the engine has it. */
static uint32_t physical_of(uint32_t address)
{
    return address - ALIAS < ALIAS_SIZE ? address + ALIAS_TO : address;
}

void check_stack_begin(struct check_stack_end *s, struct cpu *cpu, const struct image *image,
                       uint32_t vectors)
{
    uint32_t sp = 0;
    *s = (struct check_stack_end){.core = cpu_core(cpu), .patience = PATIENCE};
    if (cpu_read_mem(cpu, vectors, &sp, sizeof sp) && sp != UINT32_MAX) {
        s->limit = physical_of(image_data_end(image, sp));
    }
}

static uint32_t page_of(uint32_t address)
{
    return address & ~(PAGE - 1u);
}

/*
 * The page in which the data end holds variables that are used all the time, and looking at it would cost time. So
 * it is looked at only once the stack has been seen in the pages above, which nobody else uses but a heap.
 */
bool check_stack_wants(const struct check_stack_end *s, uint32_t physical)
{
    if (s->limit == 0 || s->pc != 0) {
        return false;
    }
    if (s->near) {
        return physical - page_of(s->limit - 1u) < PAGE;
    }
    return s->patience != 0 && physical - page_of(s->limit + PAGE - 1u) < ABOVE;
}

static bool is_above(struct check_stack_end *s, uint32_t sp, const struct chip_touch *touch)
{
    const uint32_t above = page_of(s->limit + PAGE - 1u);
    if (s->near || s->patience == 0 || touch->physical - above >= ABOVE) {
        return false;
    }
    s->near = sp <= touch->physical;
    s->patience--;
    return s->near || s->patience == 0;
}

/* What lies at or above the stack pointer belongs to the stack. */
bool check_stack_touch(struct check_stack_end *s, struct cpu *cpu, const struct chip_touch *touch)
{
    if (s->limit == 0 || s->pc != 0) {
        return false;
    }
    const uint32_t sp = physical_of(cpu_get_reg(cpu, CPU_MSP));
    if (is_above(s, sp, touch)) {
        return true;
    }
    const bool below = s->limit - 1u - touch->physical < PAGE;
    if (below && sp < s->limit && s->limit - sp <= PAGE && touch->physical >= sp) {
        s->pc = touch->pc;
        s->address = touch->physical;
        s->sp = sp;
    }
    return s->pc != 0;
}

void check_stack_end(const struct check_stack_end *s, struct check_odds *odds)
{
    if (s->pc != 0) {
        check_add_odd(odds, &(struct check_odd){.kind = CHECK_STACK_OVER,
                                                .has_core = true,
                                                .core = s->core,
                                                .pc = s->pc,
                                                .value = s->address,
                                                .have = s->sp,
                                                .want = s->limit});
    }
}
