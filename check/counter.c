/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The Cortex-M7's DWT is locked until LAR gets its key, CYCCNT counts with DEMCR.TRCENA and CTRL.CYCCNTENA only
 * (DDI 0403 C1.1, C1.6.5, C1.8.8); SysTick with CTRL.ENABLE (PM0253 4.4.1). A debugger may have set them. */
#include "check/counter.h"

#include "check/judge.h"
#include "vboard/cpu/cpu.h"

#define DWT_CTRL 0xE0001000u
#define CTRL_CYCCNTENA 1u
#define DWT_CYCCNT 0xE0001004u
#define DWT_LSR 0xE0001FB4u
#define LSR_LOCKED 2u
#define SYSTICK_CTRL 0xE000E010u
#define SYSTICK_VAL 0xE000E018u
#define DEMCR 0xE000EDFCu
#define TRCENA (1u << 24)

static uint32_t peek(struct cpu *cpu, uint32_t address)
{
    uint32_t value = 0;
    cpu_read_mem(cpu, address, &value, sizeof value);
    return value;
}

enum check_stands check_why_it_stands(struct cpu *cpu, const struct check_poll *poll)
{
    if (poll->address == SYSTICK_CTRL || poll->address == SYSTICK_VAL) {
        return CHECK_SYSTICK_OFF;
    }
    if (poll->address != DWT_CYCCNT) {
        return CHECK_COUNTS;
    }
    if ((peek(cpu, DWT_LSR) & LSR_LOCKED) != 0) {
        return CHECK_DWT_LOCKED;
    }
    return (peek(cpu, DEMCR) & TRCENA) == 0              ? CHECK_DWT_UNTRACED
           : (peek(cpu, DWT_CTRL) & CTRL_CYCCNTENA) == 0 ? CHECK_DWT_OFF
                                                         : CHECK_COUNTS;
}

bool check_waits_for_counter(const struct check_core *c)
{
    return c->state == CHECK_WAITS && c->stands != CHECK_COUNTS;
}

void check_judge_counter(struct check_report *report, const struct check_boot *s, enum core core)
{
    const struct check_core *c = &s->core[core];
    struct check_item *item =
        check_add_at(report, s, CHECK_WAITS_COUNTER, core, c->poll.pc, c->poll.address);
    if (item != NULL) {
        item->wait = CHECK_WAIT_BIT;
        item->poll = c->poll;
        item->stands = c->stands;
    }
}
