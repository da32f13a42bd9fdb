/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_BACKUP_H
#define FIRMWARE_BACKUP_H

#include "stm32h755xx.h"

#include "core/retained.h"
#include "firmware/common/crash.h"

/*
 * The backup SRAM, RM0399 Rev 4 2.4 and 7.4.4: it outlives every reset but the loss of VDD (VBAT hangs on it on this
 * board). Each core enables its clock (BKPRAMEN, 9.5.12); writing wants PWR_CR1.DBP (7.8.1), which the M7 sets
 * before it releases the M4. Only whole words are written, aligned: those are in the memory at once, while a part of
 * one waits for the next, and a reset loses it (2.4, error code correction).
 */
struct backup {
    struct crash crash[2];    /* of the M7, of the M4 */
    struct retained retained; /* M7 */
    uint32_t supply_fell;     /* M7, cm7/supply_watch.c */
};

#define BACKUP ((volatile struct backup *)D3_BKPSRAM_BASE)

#if defined(CORE_CM7)
#define BACKUP_CORE 0
#define BACKUP_RCC RCC_C1
#else
#define BACKUP_CORE 1
#define BACKUP_RCC RCC_C2
#endif

static inline void backup_enable(void)
{
    BACKUP_RCC->AHB4ENR |= RCC_AHB4ENR_BKPRAMEN;
    (void)BACKUP_RCC->AHB4ENR;
}

/* M7, early; and whoever crashes. */
static inline void backup_permit(void)
{
    PWR->CR1 |= PWR_CR1_DBP;
    (void)PWR->CR1;
}

#endif
