/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "stm32h755xx.h"

#include "firmware/common/crash.h"

#include "core/crc32.h"
#include "firmware/common/backup.h"

#define WORDS (sizeof(struct crash) / sizeof(uint32_t))

void crash_record(const uint32_t *frame, uint32_t sp) __attribute__((noreturn, used));

static uint32_t crc_of(const struct crash *crash)
{
    return crc32_update(0, crash, sizeof *crash - sizeof crash->crc);
}

static void write(struct crash *crash)
{
    volatile uint32_t *to = (volatile uint32_t *)&BACKUP->crash[BACKUP_CORE];
    const uint32_t *from = (const uint32_t *)crash;
    crash->crc = crc_of(crash);
    for (uint32_t i = 0; i < WORDS; i++) {
        to[i] = from[i];
    }
}

bool crash_look(unsigned core, struct crash *crash)
{
    const volatile uint32_t *from = (const volatile uint32_t *)&BACKUP->crash[core];
    uint32_t *to = (uint32_t *)crash;
    for (uint32_t i = 0; i < WORDS; i++) {
        to[i] = from[i];
    }
    return crash->magic == CRASH_MAGIC && crash->crc == crc_of(crash);
}

/* `frame`: r0-r3, r12, lr, pc, xPSR as the core stacked them (PM0253 2.4.7). */
void crash_record(const uint32_t *frame, uint32_t sp)
{
    struct crash crash;
    backup_permit();
    backup_enable();
    const uint32_t row = crash_row();
    crash = (struct crash){
        .magic = CRASH_MAGIC,
        .count = row + 1,
        .fresh = 1,
        .exception = __get_IPSR(),
        .pc = frame[6],
        .lr = frame[5],
        .xpsr = frame[7],
        .sp = sp,
        .cfsr = SCB->CFSR,
        .hfsr = SCB->HFSR,
        .mmfar = SCB->MMFAR,
        .bfar = SCB->BFAR,
    };
    write(&crash);
    NVIC_SystemReset();
}

/* Only the main stack is used, so the frame is where SP was on entry. */
__attribute__((naked)) void crash_handler(void)
{
    __asm volatile("mrs r0, msp\n"
                   "mov r1, r0\n"
                   "b crash_record\n");
}

bool crash_is_fresh(void)
{
    struct crash crash;
    return crash_look(BACKUP_CORE, &crash) && crash.fresh == 1;
}

void crash_told(void)
{
    struct crash crash;
    if (crash_look(BACKUP_CORE, &crash) && crash.fresh != 0) {
        crash.fresh = 0;
        write(&crash);
    }
}

uint32_t crash_row(void)
{
    struct crash crash;
    return crash_look(BACKUP_CORE, &crash) ? crash.count : 0;
}

void crash_forget(void)
{
    struct crash crash;
    if (crash_look(BACKUP_CORE, &crash) && crash.count != 0) {
        crash.count = 0;
        write(&crash);
    }
}
