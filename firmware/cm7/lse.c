/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4: BDCR 9.7.25, backup domain reset 9.4.6, DBP 7.8.1. LSEDRV wants LSE off. */
#include "stm32h755xx.h"

#include "firmware/cm7/lse.h"

#include "firmware/common/backup.h"

#define OURS (RCC_BDCR_LSEON | RCC_BDCR_LSERDY | RCC_BDCR_LSEDRV)

static bool is_ours(uint32_t bdcr)
{
    const uint32_t drive = bdcr & RCC_BDCR_LSEDRV;
    return (bdcr & ~OURS) == 0 && (drive == 0 || drive == RCC_BDCR_LSEDRV);
}

static void reset_domain(void)
{
    RCC->BDCR = RCC_BDCR_BDRST;
    (void)RCC->BDCR;
    RCC->BDCR = 0;
    (void)RCC->BDCR;
}

void lse_start(void)
{
    backup_permit();
    if (!is_ours(RCC->BDCR)) {
        reset_domain();
    }
    RCC->BDCR |= RCC_BDCR_LSEON; /* it may have run on through a reset */
}

bool lse_is_ready(void)
{
    return (RCC->BDCR & RCC_BDCR_LSERDY) != 0;
}

void lse_drive_harder(void)
{
    if ((RCC->BDCR & RCC_BDCR_LSEDRV) != RCC_BDCR_LSEDRV) {
        reset_domain();
        RCC->BDCR = RCC_BDCR_LSEDRV;
        RCC->BDCR |= RCC_BDCR_LSEON;
    }
}
