/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RM0399 Rev 4 59.5.12 ECR, 59.5.13 PSR. */
#include "stm32h755xx.h"

#include "firmware/cm4/can_status.h"

#include "firmware/common/shared.h"

/* The last real error code is kept. */
void can_status_copy(void)
{
    struct ipc_m4_part *m4 = &SHARED->m4;
    const uint32_t psr = FDCAN1->PSR;
    const uint32_t known = (psr & FDCAN_PSR_LEC) == FDCAN_PSR_LEC ? FDCAN_PSR_LEC : 0U;
    m4->can_good += (psr & FDCAN_PSR_LEC) == 0 ? 1U : 0U;
    m4->can_bad += (psr & FDCAN_PSR_LEC) != 0 && known == 0 ? 1U : 0U;
    m4->can_psr = (psr & ~known) | (m4->can_psr & known);
    m4->can_ecr = FDCAN1->ECR;
}

bool can_status_is_receiving(void)
{
    can_status_copy();
    return (SHARED->m4.can_psr & FDCAN_PSR_ACT) == FDCAN_PSR_ACT_RECEIVER;
}
