/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A flash word torn by a power cut gives a bus error at every read (RM0399 4.7.7). So the copy runs
 * with bus faults ignored (CCR.BFHFNMIGN at FAULTMASK's priority, PM0253 4.3.7), and a read that
 * failed counts as a bad record.
 */
#include "stm32h755xx.h"

#include "core/err.h"
#include "firmware/cm7/settings.h"

static union {
    uint32_t word[RECORD_SIZE / 4];
    uint8_t byte[RECORD_SIZE];
} copy;

/* False if a word could not be read. */
static bool read_flash(void)
{
    const volatile uint32_t *flash = (const volatile uint32_t *)SETTINGS_ADDRESS;
    SCB->CCR |= SCB_CCR_BFHFNMIGN_Msk;
    __disable_fault_irq();
    for (uint32_t i = 0; i < RECORD_SIZE / 4; i++) {
        copy.word[i] = flash[i];
    }
    __DSB();
    const bool good = (SCB->CFSR & SCB_CFSR_BUSFAULTSR_Msk) == 0;
    SCB->CFSR = SCB_CFSR_BUSFAULTSR_Msk; /* write 1 to clear */
    __enable_fault_irq();
    SCB->CCR &= ~SCB_CCR_BFHFNMIGN_Msk;
    return good;
}

static bool is_blank(void)
{
    for (uint32_t i = 0; i < RECORD_SIZE / 4; i++) {
        if (copy.word[i] != UINT32_MAX) {
            return false;
        }
    }
    return true;
}

void settings_load(struct settings *settings)
{
    const bool readable = read_flash();
    settings->is_blank = readable && is_blank();
    settings->error =
        readable ? record_parse(&settings->record, copy.byte, RECORD_SIZE) : (int)GAUGE_ERR_CRC;
    settings->is_own = settings->error >= 0;
    if (!settings->is_own) {
        record_default(&settings->record);
    }
}
