/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_RCC_INTERNAL_H
#define VBOARD_PERIPH_RCC_INTERNAL_H

/* What the files of the RCC model share. Everybody else includes rcc.h. */
#include "vboard/periph/rcc/rcc.h"

/* Registers of one bank (plain, C1_, C2_), in order of their offsets (RM0399 Table 88). */
enum {
    B_RSR,
    B_AHB3ENR,
    B_AHB1ENR,
    B_AHB2ENR,
    B_AHB4ENR,
    B_APB3ENR,
    B_APB1LENR,
    B_APB1HENR,
    B_APB2ENR,
    B_APB4ENR,
    B_AHB3LPENR,
    B_AHB1LPENR,
    B_AHB2LPENR,
    B_AHB4LPENR,
    B_APB3LPENR,
    B_APB1LLPENR,
    B_APB1HLPENR,
    B_APB2LPENR,
    B_APB4LPENR,
    B_COUNT
};
#define BUS_COUNT (B_APB4ENR - B_AHB3ENR + 1)
#define ENR_FIRST 0x0D4u /* AHB3ENR in the plain bank; the others follow */

enum {
    R_CR,
    R_HSICFGR,
    R_CRRCR,
    R_CSICFGR,
    R_CFGR,
    R_D1CFGR,
    R_D2CFGR,
    R_D3CFGR,
    R_PLLCKSELR,
    R_PLLCFGR,
    R_PLL1DIVR,
    R_PLL1FRACR,
    R_PLL2DIVR,
    R_PLL2FRACR,
    R_PLL3DIVR,
    R_PLL3FRACR,
    R_D1CCIPR,
    R_D2CCIP1R,
    R_D2CCIP2R,
    R_D3CCIPR,
    R_CIER,
    R_CIFR,
    R_CICR,
    R_BDCR,
    R_CSR,
    R_AHB3RSTR, /* nine xxxRSTR in the order of the bank's ENR */
    R_APB4RSTR = R_AHB3RSTR + BUS_COUNT - 1,
    R_GCR,
    R_D3AMR,
    R_BANK,                  /* plain bank: the accessing core's */
    R_C1 = R_BANK + B_COUNT, /* bank of CM7 */
    R_C2 = R_C1 + B_COUNT,   /* bank of CM4 */
    R_COUNT = R_C2 + B_COUNT
};

#define CR_HSION (1u << 0)
#define CR_HSIRDY (1u << 2)
#define CR_HSIDIV (3u << 3)
#define CR_HSIDIVF (1u << 5)
#define CR_CSION (1u << 7)
#define CR_CSIRDY (1u << 8)
#define CR_HSI48ON (1u << 12)
#define CR_HSI48RDY (1u << 13)
#define CR_D1CKRDY (1u << 14)
#define CR_D2CKRDY (1u << 15)
#define CR_HSEON (1u << 16)
#define CR_HSERDY (1u << 17)
#define CR_HSEBYP (1u << 18)
#define CR_HSECSSON (1u << 19)
#define CR_PLL1ON (1u << 24) /* PLL2ON, PLL3ON two bits higher each, PLLxRDY one above PLLxON */
#define CR_PLLS_ON ((1u << 24) | (1u << 26) | (1u << 28))
#define CFGR_SW 7u
#define CFGR_STOPWUCK (1u << 6)
#define CFGR_TIMPRE (1u << 15)
#define BDCR_LSEON (1u << 0)
#define BDCR_LSERDY (1u << 1)
#define BDCR_RTCEN (1u << 15)
#define BDCR_BDRST (1u << 16)
#define CSR_LSION (1u << 0)
#define CSR_LSIRDY (1u << 1)
#define CIF_HSECSS (1u << 10)
#define GCR_BOOT_C1 (1u << 2)
#define GCR_BOOT_C2 (1u << 3)

/* In the order of enum clock_id and, but for LSI and LSE, of nothing else. */
enum osc_id { OSC_HSI, OSC_CSI, OSC_HSI48, OSC_HSE, OSC_LSI, OSC_LSE, OSC_COUNT };
enum sys_source { SYS_HSI, SYS_CSI, SYS_HSE, SYS_PLL1 }; /* CFGR.SW, SWS */
enum pll_source { PLL_HSI, PLL_CSI, PLL_HSE, PLL_NONE }; /* PLLCKSELR.PLLSRC */
#define PLL_COUNT 3u
/* More kernel clock multiplexers than any table has. */
#define KERNELS_MAX 48u

struct rcc;

struct osc {
    struct rcc *rcc;
    enum osc_id id;
    struct event start; /* the start-up time is over */
    bool on, ready;
    int32_t drift_ppm;
};

struct pll {
    struct rcc *rcc;
    unsigned index; /* 0..2 */
    struct event lock;
    bool on, locked;
    uint32_t fraction; /* the shadow register SH_REG (9.5.5) */
};

#define RCC_MCOS 2u

struct rcc {
    struct periph base;
    struct osc osc[OSC_COUNT];
    struct pll pll[PLL_COUNT];
    struct rcc_hse hse;
    struct event hse_appears, hse_drops;
    bool hse_there;
    uint64_t lse_uhz;
    vtime_ps lse_startup;
    struct event hsi_divided; /* a new HSIDIV has reached the clock */
    uint8_t hsi_shift;        /* the HSIDIV that holds */
    enum sys_source sws;
    bool strict_mux;
    const struct kernel_clock
        *kernels[KERNELS_MAX]; /* the multiplexers of the chip's table, once each */
    size_t kernel_count;
    uint8_t mux
        [CLK_COUNT]; /* the input that the multiplexer before each clock has really switched to */
    struct core_listener cores;
    struct power_listener power;
    struct debug_listener debug;
    struct gate *gates[BUS_COUNT][32];
    uint32_t effective[CORE_COUNT][BUS_COUNT]; /* ENR as the core's state lets it act */
    uint32_t kernel_gates[BUS_COUNT];          /* the same of kernel clocks, for any core */
    bool stopped;                              /* system Stop */
    bool deep[CORE_COUNT];                     /* CStop, as the clocks know it */
    uint32_t sleep_cuts[CORE_COUNT]; /* buses on which CSleep stops a clock (LPENR): a bit each */
    bool bcm[CORE_COUNT];            /* option bytes BCM7, BCM4 as the last reset found them */
    struct pinfunc *mco[RCC_MCOS];
};

static inline struct rcc *rcc_of(struct periph *p)
{
    return (struct rcc *)p;
}

struct rcc *rcc_find(struct chip *c);
vtime_ps rcc_now(const struct rcc *r);

/* rcc_regs.c: applies a register's own masks to values[slot] (for a bank's alias). */
void rcc_apply(struct rcc *r, unsigned slot, uint32_t written);
extern const struct reg rcc_regs[R_COUNT];

/* rcc_osc.c */
void rcc_osc_init(struct rcc *r);
void rcc_osc_reset(struct rcc *r, enum reset_kind kind);
void rcc_osc_apply(struct rcc *r, vtime_ps now); /* CR, CSR, BDCR enable bits to oscillators */
void rcc_osc_cancel(struct rcc *r);
uint64_t rcc_osc_uhz(const struct rcc *r, enum osc_id id); /* 0 unless ready */
uint32_t rcc_cr_read(struct periph *p, unsigned slot, uint32_t value);
void rcc_cr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t rcc_csr_read(struct periph *p, unsigned slot, uint32_t value);
void rcc_csr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t rcc_bdcr_read(struct periph *p, unsigned slot, uint32_t value);
bool rcc_bdcr_intercept(struct periph *p, unsigned slot, uint32_t written);
void rcc_bdcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* rcc_irq.c: sets CIFR.`flag` if its interrupt is enabled. */
void rcc_flag(struct rcc *r, uint32_t flag);
void rcc_irq_update(struct rcc *r);
void rcc_cier_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void rcc_cicr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* rcc_pll.c */
void rcc_pll_init(struct rcc *r);
void rcc_pll_reset(struct rcc *r);
void rcc_pll_apply(struct rcc *r, vtime_ps now);  /* CR.PLLxON */
void rcc_pll_follow(struct rcc *r, vtime_ps now); /* the reference may have come or gone */
void rcc_pll_cancel(struct rcc *r);
/* Output 0 = P, 1 = Q, 2 = R; 0 unless locked and enabled. */
uint64_t rcc_pll_uhz(const struct rcc *r, unsigned pll, unsigned output);
bool rcc_pll_any_on(const struct rcc *r);
enum pll_source rcc_pll_source(const struct rcc *r);
void rcc_pllckselr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void rcc_pllcfgr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void rcc_plldivr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* rcc_clocks.c */
void rcc_update(struct rcc *r, vtime_ps now); /* switches sys_ck if due, computes all clocks anew */
void rcc_check_limits(struct rcc *r);
uint32_t rcc_cfgr_read(struct periph *p, unsigned slot, uint32_t value);
void rcc_kernels_connect(struct rcc *r);
/* Does LSE or LSI clock it? */
bool rcc_kernel_is_slow(const struct rcc *r, const struct kernel_clock *k);
void rcc_tree_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* rcc_gates.c */
void rcc_gates_connect(struct rcc *r);
void rcc_gates_update(struct rcc *r);
/* `core` has gone to CSleep or woken from it, and nothing else has changed. */
void rcc_gates_sleep(struct rcc *r, enum core core);
void rcc_enr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void rcc_rstr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
bool rcc_core_stopped(const struct rcc *r, enum core core); /* its clock does not run */
bool rcc_domain_runs(const struct rcc *r, enum core domain);
void rcc_stop_follow(struct rcc *r, vtime_ps now); /* into or out of system Stop */
/* DBGMCU or EXTI want clocks in Stop, or no longer. */
void rcc_clocks_asked(void *ctx, vtime_ps now);

/* rcc_reset.c */
void rcc_hold_reset(struct rcc *r);
void rcc_hold_update(struct rcc *r);
void rcc_flags_reset(struct rcc *r, enum reset_kind kind);
void rcc_power_supplied(void *ctx, enum power_domain domain, bool on, vtime_ps now);
void rcc_power_selected(void *ctx, vtime_ps now);
void rcc_gcr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void rcc_rsr_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- mco.c ---- */
void rcc_mco_connect(struct rcc *r);
/* CFGR or a clock has changed. */
void rcc_mco_update(struct rcc *r);

#endif
