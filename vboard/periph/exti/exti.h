/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_EXTI_EXTI_H
#define VBOARD_PERIPH_EXTI_EXTI_H

/*
 * Extended interrupt and event controller (RM0399 chapter 21): 89 event inputs, masks and pending
 * bits per core. An input is either configurable (edges, pending bit) or direct (a peripheral's
 * interrupt level). They are chip->exti, an irq_sink: lines come to it by the chip's table, pins by
 * chip_pin_input.
 *
 * periph->irq[EXTI_IRQ_C1 + i] goes to the CM7's NVIC, periph->irq[EXTI_IRQ_C2 + i] to the CM4's.
 */
#include "vboard/chip/periph.h"

#define EXTI_LINES 89u

enum exti_irq {
    EXTI_IRQ_EXTI0,      /* NVIC 6 */
    EXTI_IRQ_EXTI1,      /* 7 */
    EXTI_IRQ_EXTI2,      /* 8 */
    EXTI_IRQ_EXTI3,      /* 9 */
    EXTI_IRQ_EXTI4,      /* 10 */
    EXTI_IRQ_EXTI9_5,    /* 23 */
    EXTI_IRQ_EXTI15_10,  /* 40 */
    EXTI_IRQ_PVD_AVD,    /* 1: line 16 */
    EXTI_IRQ_RTC_ALARM,  /* 41: line 17 */
    EXTI_IRQ_TAMP_STAMP, /* 2: line 18 */
    EXTI_IRQ_RTC_WKUP,   /* 3: line 19 */
    EXTI_IRQ_COMP,       /* 137: lines 20 and 21, with COMP's own */
    EXTI_IRQ_COUNT,
    EXTI_IRQ_C1 = 0,
    EXTI_IRQ_C2 = EXTI_IRQ_COUNT
};

/* Lines other models drive (RM0399 Table 152). */
enum exti_line {
    EXTI_LINE_PVD_AVD = 16,
    EXTI_LINE_HSEM_C1 = 77,
    EXTI_LINE_HSEM_C2 = 78,
    EXTI_LINE_SEV_CM4 = 79,
    EXTI_LINE_SEV_CM7 = 80
};

extern const struct model exti_model;
/* What each field of its registers is (vboard/chip/fields.h). */
extern const struct reg_fields exti_fields[];

#endif
