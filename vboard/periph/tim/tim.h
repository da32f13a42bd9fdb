/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_TIM_TIM_H
#define VBOARD_PERIPH_TIM_TIM_H

/*
 * Timers TIM1 to TIM8 and TIM12 to TIM17 (RM0399 chapters 40 to 44). The counter is computed from an
 * epoch; there are events only where an interrupt or DMA request is enabled, somebody listens to TRGO or a
 * routed output may change.
 *
 * One model for each register layout; the name ("TIM2") says which instance it is and names the
 * alternate functions NAME_CH1 to NAME_CH4, NAME_CH1N, NAME_ETR, NAME_BKIN, and the wires NAME_TRGO, NAME_TRGO2
 * and NAME_OC1 to NAME_OC4. TIM1, TIM8 and TIM15 to TIM17 run on CLK_TIMY, all others on CLK_TIMX.
 */
#include "vboard/chip/periph.h"

enum tim_irq { TIM_IRQ_GLOBAL };
/* TIM1 and TIM8. */
enum tim_four_irqs { TIM_IRQ_BREAK, TIM_IRQ_UPDATE, TIM_IRQ_TRIGGER, TIM_IRQ_CAPTURE };

extern const struct model tim1_model;  /* TIM1, TIM8: six channels, three complements, two breaks */
extern const struct model tim2_model;  /* TIM2, TIM5: 32 bit, four channels */
extern const struct model tim3_model;  /* TIM3, TIM4: 16 bit, four channels */
extern const struct model tim6_model;  /* TIM6, TIM7: basic */
extern const struct model tim12_model; /* two channels */
extern const struct model tim13_model; /* TIM13, TIM14: one channel */
extern const struct model tim15_model; /* two channels, break */
extern const struct model tim16_model; /* TIM16, TIM17: one channel, break */
/* What each field of their registers is (vboard/chip/fields.h). */
extern const struct reg_fields tim1_fields[];
extern const struct reg_fields tim2_fields[];
extern const struct reg_fields tim3_fields[];  /* and TIM6, TIM7 */
extern const struct reg_fields tim12_fields[]; /* and TIM13, TIM14 */
extern const struct reg_fields tim15_fields[];
extern const struct reg_fields tim16_fields[];

#endif
