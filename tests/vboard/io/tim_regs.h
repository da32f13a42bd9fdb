/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_IO_TIM_REGS_H
#define TESTS_VBOARD_IO_TIM_REGS_H

/* Offsets and bits of the timers, as the tests use them. */
#define CR1 0x00u
#define CR2 0x04u
#define SMCR 0x08u
#define DIER 0x0Cu
#define SR 0x10u
#define EGR 0x14u
#define CCMR1 0x18u
#define CCER 0x20u
#define CNT 0x24u
#define PSC 0x28u
#define ARR 0x2Cu
#define RCR 0x30u
#define CCR1 0x34u
#define CCR2 0x38u
#define CCR3 0x3Cu
#define CCR4 0x40u
#define BDTR 0x44u
#define DCR 0x48u
#define DMAR 0x4Cu
#define TISEL 0x68u

#define CEN 1u
#define UDIS (1u << 1)
#define URS (1u << 2)
#define OPM (1u << 3)
#define DIR (1u << 4)
#define CMS1 (1u << 5)
#define ARPE (1u << 7)
#define UIFREMAP (1u << 11)

#define UIF 1u
#define CC1IF 2u
#define COMIF (1u << 5)
#define TIF (1u << 6)
#define BIF (1u << 7)
#define CC1OF (1u << 9)

#define PWM1 (6u << 4)
#define PWM2 (7u << 4)
#define TOGGLE (3u << 4)
#define OC1PE (1u << 3)

#endif
