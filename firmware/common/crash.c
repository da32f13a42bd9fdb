/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "stm32h755xx.h"

#include "firmware/common/crash.h"

static struct crash record __attribute__((section(".noinit")));

void crash_record(const uint32_t *frame, uint32_t sp) __attribute__((noreturn, used));

/* `frame`: r0-r3, r12, lr, pc, xPSR as the core stacked them (PM0253 2.4.7). */
void crash_record(const uint32_t *frame, uint32_t sp)
{
    const uint32_t row = record.magic == CRASH_MAGIC ? record.count : 0;
    record.magic = CRASH_MAGIC;
    record.count = row + 1;
    record.fresh = 1;
    record.exception = __get_IPSR();
    record.lr = frame[5];
    record.pc = frame[6];
    record.xpsr = frame[7];
    record.sp = sp;
    record.cfsr = SCB->CFSR;
    record.hfsr = SCB->HFSR;
    record.mmfar = SCB->MMFAR;
    record.bfar = SCB->BFAR;
    NVIC_SystemReset();
}

/* Only the main stack is used, so the frame is where SP was on entry. */
__attribute__((naked)) void crash_handler(void)
{
    __asm volatile("mrs r0, msp\n"
                   "mov r1, r0\n"
                   "b crash_record\n");
}

bool crash_take(struct crash *crash)
{
    if (record.magic != CRASH_MAGIC || record.fresh != 1) {
        return false;
    }
    record.fresh = 0;
    *crash = record;
    return true;
}

uint32_t crash_row(void)
{
    return record.magic == CRASH_MAGIC ? record.count : 0;
}

void crash_forget(void)
{
    if (record.magic == CRASH_MAGIC) {
        record.count = 0;
    }
}
