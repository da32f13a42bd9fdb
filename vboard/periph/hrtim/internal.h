/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_HRTIM_INTERNAL_H
#define VBOARD_PERIPH_HRTIM_INTERNAL_H

/* Shared by hrtim.c, unit.c and regs.c. Nobody else includes this. */
#include "vboard/periph/hrtim/hrtim.h"

#define HRTIM_UNITS 6u /* 0: the master, then A to E */
#define HRTIM_OUTPUTS 2u
#define HRTIM_COMPARES 4u

/* A timer's registers; the master has the first of them. */
enum {
    T_CR,
    T_ISR,
    T_ICR,
    T_DIER,
    T_CNT,
    T_PER,
    T_REP,
    T_CMP1,
    T_CMP1C,
    T_CMP2,
    T_CMP3,
    T_CMP4,
    T_CPT1,
    T_CPT2,
    T_DT,
    T_SET1,
    T_RST1,
    T_SET2,
    T_RST2,
    T_EEF1,
    T_EEF2,
    T_RST,
    T_CHP,
    T_CPT1C,
    T_CPT2C,
    T_OUT,
    T_FLT,
    T_COUNT
};

/* Those of all. */
enum {
    H_CR1 = HRTIM_UNITS * T_COUNT,
    H_CR2,
    H_ISR,
    H_ICR,
    H_IER,
    H_OENR,
    H_ODISR,
    H_ODSR,
    H_BMCR,
    H_BMTRGR,
    H_BMCMPR,
    H_BMPER,
    H_EECR1,
    H_EECR2,
    H_EECR3,
    H_ADC1R,
    H_ADC2R,
    H_ADC3R,
    H_ADC4R,
    H_FLTINR1,
    H_FLTINR2,
    H_BDMUPR,
    H_BDTAUPR,
    H_BDMADR = H_BDTAUPR + 5,
    H_COUNT
};

#define CR_RETRIG (1u << 4)
#define CR_CONT (1u << 3)
#define CR_RSTU (1u << 18)
#define CR_REPU (1u << 17)
#define MCR_MREPU (1u << 29)
#define CR_PREEN (1u << 27)
#define MCR_CEN_POS 16u         /* the master's, then those of A to E */
#define FLAG_CMP(n) (1u << (n)) /* 0 to 3 */
#define FLAG_REP (1u << 4)
#define FLAG_UPD (1u << 6)
#define FLAG_RST (1u << 13)
#define ISR_O1CPY_POS 20u

struct hrtim;

struct hrtim_output {
    struct hrtim_unit *unit;
    struct pinfunc *pin;
    struct signal_late late;
    unsigned number;
    bool active;
    bool enabled; /* OENR; else it idles */
};

struct hrtim_unit {
    struct hrtim *timer;
    unsigned number;
    uint32_t *values; /* its registers */
    struct ticker ticker;
    struct event event;
    bool enabled, counting;
    uint64_t start;                      /* the ticker's count at CNT = 0 */
    int64_t seen;                        /* the last count that has had its effects; -1: none */
    uint32_t active[1 + HRTIM_COMPARES]; /* PER, CMP1 to CMP4 behind the preload */
    uint32_t repetitions;
    struct hrtim_output outputs[HRTIM_OUTPUTS];
};

struct hrtim {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct hrtim_unit units[HRTIM_UNITS];
};

extern const struct reg hrtim_regs[H_COUNT];

/* ---- unit.c ---- */
/* What has happened until now has its effects; the next event is found anew. */
void hrtim_follow(struct hrtim_unit *u, vtime_ps now);
void hrtim_sync(struct hrtim_unit *u, vtime_ps now);
uint32_t hrtim_count(const struct hrtim_unit *u, vtime_ps now);
/* The preloaded values become the active ones. */
void hrtim_update(struct hrtim_unit *u);
/* Counts from `count` on. */
void hrtim_restart(struct hrtim_unit *u, uint32_t count, vtime_ps now);
void hrtim_enable(struct hrtim_unit *u, bool on, vtime_ps now);
void hrtim_run_or_stop(struct hrtim_unit *u, vtime_ps now);
void hrtim_drive(struct hrtim_output *o, vtime_ps now);
void hrtim_update_irq(struct hrtim_unit *u);

/* ---- hooks of regs.c ---- */
uint32_t hrtim_isr_read(struct periph *p, unsigned slot, uint32_t value);
void hrtim_icr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_change(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t hrtim_cnt_read(struct periph *p, unsigned slot, uint32_t value);
void hrtim_cnt_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_cmp1c_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_set_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_value_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_mcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_tim_cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_cr2_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_oenr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void hrtim_odisr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

#endif
