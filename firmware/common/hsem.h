/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef FIRMWARE_HSEM_H
#define FIRMWARE_HSEM_H

#include "stm32h755xx.h"

#include "core/ipc.h"

/*
 * Semaphores as doorbells (RM0399 11.3): taking one and giving it back raises the interrupt of the
 * core that has it enabled. Each side takes only its own, so taking never fails; and rings that come
 * before the other core has looked become one.
 */
#if defined(CORE_CM7)
#define HSEM_OWN_COREID HSEM_CR_COREID_CPU1
#define HSEM_TO_OTHER IPC_HSEM_M7_TO_M4
#define HSEM_FROM_OTHER IPC_HSEM_M4_TO_M7
#else
#define HSEM_OWN_COREID HSEM_CR_COREID_CPU2
#define HSEM_TO_OTHER IPC_HSEM_M4_TO_M7
#define HSEM_FROM_OTHER IPC_HSEM_M7_TO_M4
#endif

/* Rings the other core. Not from two contexts that may interrupt each other. */
static inline void hsem_doorbell(void)
{
    __DMB();                        /* what the ring is about is in memory first */
    (void)HSEM->RLR[HSEM_TO_OTHER]; /* 1-step lock: the read takes it (11.3.3) */
    HSEM->R[HSEM_TO_OTHER] = HSEM_OWN_COREID;
}

/* Enables the other core's ring in HSEM and NVIC. HSEM must be clocked. */
static inline void hsem_listen(void)
{
#if defined(CORE_CM7)
    HSEM->C1ICR = 1UL << HSEM_FROM_OTHER;
    HSEM->C1IER = 1UL << HSEM_FROM_OTHER;
    NVIC_EnableIRQ(HSEM1_IRQn);
#else
    HSEM->C2ICR = 1UL << HSEM_FROM_OTHER;
    HSEM->C2IER = 1UL << HSEM_FROM_OTHER;
    NVIC_EnableIRQ(HSEM2_IRQn);
#endif
}

/* In the interrupt: acknowledges. The read-back keeps the flag from being seen again on return. */
static inline void hsem_acknowledge(void)
{
#if defined(CORE_CM7)
    HSEM->C1ICR = 1UL << HSEM_FROM_OTHER;
    (void)HSEM->C1ISR;
#else
    HSEM->C2ICR = 1UL << HSEM_FROM_OTHER;
    (void)HSEM->C2ISR;
#endif
}

#endif
