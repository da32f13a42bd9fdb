/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* RCC: the register map (RM0399 Rev 4, 9.7 and Table 88) and what holds the model's files together. */
#include "vboard/periph/rcc/internal.h"

#include <string.h>

struct rcc *rcc_find(struct chip *c)
{
    return (struct rcc *)chip_periph(c, "RCC");
}

vtime_ps rcc_now(const struct rcc *r)
{
    return r->base.chip->sched.now;
}

/* ---- the plain bank: the accessing core's (9.7.1) ---- */

/* A debugger comes in through the CM7's access port unless it says otherwise. */
static unsigned bank_slot(const struct periph *p, unsigned slot)
{
    unsigned bank = p->chip->access.master == MASTER_CM4 ? R_C2 : R_C1;
    return bank + (slot - R_BANK);
}

static uint32_t plain_read(struct periph *p, unsigned slot, uint32_t value)
{
    (void)value;
    return p->values[bank_slot(p, slot)];
}

void rcc_apply(struct rcc *r, unsigned slot, uint32_t written)
{
    const struct reg *reg = &rcc_regs[slot];
    uint32_t old = r->base.values[slot];
    uint32_t lanes = r->base.chip->access.lanes;
    r->base.values[slot] = (old & ~(reg->rw & lanes)) | (written & reg->rw) | (written & reg->w1s);
    reg->write(&r->base, slot, old, written);
}

static bool plain_intercept(struct periph *p, unsigned slot, uint32_t written)
{
    rcc_apply(rcc_of(p), bank_slot(p, slot), written);
    return true;
}

/* ---- registers ---- */

#define REG(slot, at, reg_name, ...) [slot] = {.offset = (at), .name = (reg_name), __VA_ARGS__}

/* ENR and LPENR of one bus share their bits, but for RAMs and WWDGs ("rs" in ENR). */
#define BANK_REG(slot, at, reg_name, ...)                                                          \
    REG(R_BANK + (slot), at, reg_name, .read = plain_read, .intercept = plain_intercept,           \
        __VA_ARGS__),                                                                              \
        REG(R_C1 + (slot), (at) + 0x60, "C1_" reg_name, .write = rcc_enr_write, __VA_ARGS__),      \
        REG(R_C2 + (slot), (at) + 0xC0, "C2_" reg_name, .write = rcc_enr_write, __VA_ARGS__)

#define RSR_REG(slot, at, reg_name, ...)                                                           \
    REG((slot) + B_RSR, at, reg_name, .reset = 0x00FE0000, .rw = 0x00010000, .ro = 0xFFFE0000,     \
        __VA_ARGS__)

#define RSTR_REG(bus, at, reg_name, bits)                                                          \
    REG(R_AHB3RSTR + (bus), at, reg_name, .rw = (bits), .write = rcc_rstr_write)

const struct reg rcc_regs[R_COUNT] = {
    /* Reset 0x00000001; the flags are added on reading. */
    REG(R_CR, 0x000, "CR", .reset = 0x00000001, .rw = 0x1505129B, .w1s = CR_HSECSSON,
        .ro = 0x2A02E124, .unmodelled = 0x00000202, .steady = true, .read = rcc_cr_read,
        .write = rcc_cr_write),
    /* Factory calibrations read 0: each chip's differ. */
    REG(R_HSICFGR, 0x004, "HSICFGR", .reset = 0x40000000, .rw = 0x7F000000, .ro = 0x00000FFF,
        .unmodelled = 0x7F000000),
    REG(R_CRRCR, 0x008, "CRRCR", .ro = 0x000003FF),
    REG(R_CSICFGR, 0x00C, "CSICFGR", .reset = 0x20000000, .rw = 0x3F000000, .ro = 0x000003FF,
        .unmodelled = 0x3F000000),
    REG(R_CFGR, 0x010, "CFGR", .rw = 0xFFFCFFC7, .ro = 0x00000038, .unmodelled = 0x00000080,
        .steady = true, .read = rcc_cfgr_read, .write = rcc_tree_write),
    REG(R_D1CFGR, 0x018, "D1CFGR", .rw = 0x00000F7F, .write = rcc_tree_write),
    REG(R_D2CFGR, 0x01C, "D2CFGR", .rw = 0x00000770, .write = rcc_tree_write),
    REG(R_D3CFGR, 0x020, "D3CFGR", .rw = 0x00000070, .write = rcc_tree_write),
    REG(R_PLLCKSELR, 0x028, "PLLCKSELR", .reset = 0x02020200, .rw = 0x03F3F3F3,
        .write = rcc_pllckselr_write),
    REG(R_PLLCFGR, 0x02C, "PLLCFGR", .reset = 0x01FF0000, .rw = 0x01FF0FFF,
        .write = rcc_pllcfgr_write),
    REG(R_PLL1DIVR, 0x030, "PLL1DIVR", .reset = 0x01010280, .rw = 0x7F7FFFFF,
        .write = rcc_plldivr_write),
    REG(R_PLL1FRACR, 0x034, "PLL1FRACR", .rw = 0x0000FFF8),
    REG(R_PLL2DIVR, 0x038, "PLL2DIVR", .reset = 0x01010280, .rw = 0x7F7FFFFF,
        .write = rcc_plldivr_write),
    REG(R_PLL2FRACR, 0x03C, "PLL2FRACR", .rw = 0x0000FFF8),
    REG(R_PLL3DIVR, 0x040, "PLL3DIVR", .reset = 0x01010280, .rw = 0x7F7FFFFF,
        .write = rcc_plldivr_write),
    REG(R_PLL3FRACR, 0x044, "PLL3FRACR", .rw = 0x0000FFF8),
    REG(R_D1CCIPR, 0x04C, "D1CCIPR", .rw = 0x30010133, .write = rcc_tree_write),
    REG(R_D2CCIP1R, 0x050, "D2CCIP1R", .rw = 0xB13771C7, .write = rcc_tree_write),
    REG(R_D2CCIP2R, 0x054, "D2CCIP2R", .rw = 0x70F0333F, .write = rcc_tree_write),
    REG(R_D3CCIPR, 0x058, "D3CCIPR", .rw = 0x77E3FF07, .write = rcc_tree_write),
    REG(R_CIER, 0x060, "CIER", .rw = 0x000003FF, .unmodelled = 0x00000200, .write = rcc_cier_write),
    REG(R_CIFR, 0x064, "CIFR", .ro = 0x000007FF, .unmodelled = 0x00000200),
    REG(R_CICR, 0x068, "CICR", .wo = 0x000007FF, .write = rcc_cicr_write),
    REG(R_BDCR, 0x070, "BDCR", .rw = 0x0001831D, .w1s = 0x00000020, .ro = 0x00000042,
        .unmodelled = 0x00000064, .steady = true, .read = rcc_bdcr_read, .write = rcc_bdcr_write,
        .intercept = rcc_bdcr_intercept),
    REG(R_CSR, 0x074, "CSR", .rw = CSR_LSION, .ro = CSR_LSIRDY, .steady = true,
        .read = rcc_csr_read, .write = rcc_csr_write),
    RSTR_REG(0, 0x07C, "AHB3RSTR", 0x00015031),
    RSTR_REG(1, 0x080, "AHB1RSTR", 0x0A00C023),
    RSTR_REG(2, 0x084, "AHB2RSTR", 0x00000271),
    RSTR_REG(3, 0x088, "AHB4RSTR", 0x032807FF),
    RSTR_REG(4, 0x08C, "APB3RSTR", 0x00000018),
    RSTR_REG(5, 0x090, "APB1LRSTR", 0xE8FFC3FF),
    RSTR_REG(6, 0x094, "APB1HRSTR", 0x00000136),
    RSTR_REG(7, 0x098, "APB2RSTR", 0x31D73033),
    RSTR_REG(8, 0x09C, "APB4RSTR", 0x0020DEAA),
    REG(R_GCR, 0x0A0, "GCR", .w1s = 0x0000000F, .write = rcc_gcr_write),
    REG(R_D3AMR, 0x0A8, "D3AMR", .rw = 0x3129DEA9, .write = rcc_enr_write),
    RSR_REG(R_BANK, 0x0D0, "RSR", .read = plain_read, .intercept = plain_intercept),
    RSR_REG(R_C1, 0x130, "C1_RSR", .write = rcc_rsr_write),
    RSR_REG(R_C2, 0x190, "C2_RSR", .write = rcc_rsr_write),
    /* A core cannot allocate the memories that are its own: bits 31:28 of C1_AHB3ENR and 31:29 of
     * C2_AHB2ENR are reserved (9.7.39, 9.7.41, footnotes). */
    REG(R_BANK + B_AHB3ENR, 0x0D4, "AHB3ENR", .rw = 0xF0015131, .read = plain_read,
        .intercept = plain_intercept),
    REG(R_C1 + B_AHB3ENR, 0x134, "C1_AHB3ENR", .rw = 0x00015131, .write = rcc_enr_write),
    REG(R_C2 + B_AHB3ENR, 0x194, "C2_AHB3ENR", .rw = 0xF0015131, .write = rcc_enr_write),
    BANK_REG(B_AHB1ENR, 0x0D8, "AHB1ENR", .rw = 0x1E03C023),
    REG(R_BANK + B_AHB2ENR, 0x0DC, "AHB2ENR", .rw = 0xE0000271, .read = plain_read,
        .intercept = plain_intercept),
    REG(R_C1 + B_AHB2ENR, 0x13C, "C1_AHB2ENR", .rw = 0xE0000271, .write = rcc_enr_write),
    REG(R_C2 + B_AHB2ENR, 0x19C, "C2_AHB2ENR", .rw = 0x00000271, .write = rcc_enr_write),
    BANK_REG(B_AHB4ENR, 0x0E0, "AHB4ENR", .rw = 0x132807FF),
    BANK_REG(B_APB3ENR, 0x0E4, "APB3ENR", .rw = 0x00000018, .w1s = 0x00000040),
    BANK_REG(B_APB1LENR, 0x0E8, "APB1LENR", .rw = 0xE8FFC3FF, .w1s = 0x00000800),
    BANK_REG(B_APB1HENR, 0x0EC, "APB1HENR", .rw = 0x00000136),
    BANK_REG(B_APB2ENR, 0x0F0, "APB2ENR", .rw = 0x31D73033),
    BANK_REG(B_APB4ENR, 0x0F4, "APB4ENR", .reset = 0x00010000, .rw = 0x0021DEAA),
    BANK_REG(B_AHB3LPENR, 0x0FC, "AHB3LPENR", .reset = 0xF0015131, .rw = 0xF0015131),
    BANK_REG(B_AHB1LPENR, 0x100, "AHB1LPENR", .reset = 0x1E03C023, .rw = 0x1E03C023),
    BANK_REG(B_AHB2LPENR, 0x104, "AHB2LPENR", .reset = 0xE0000271, .rw = 0xE0000271),
    BANK_REG(B_AHB4LPENR, 0x108, "AHB4LPENR", .reset = 0x312807FF, .rw = 0x312807FF),
    BANK_REG(B_APB3LPENR, 0x10C, "APB3LPENR", .reset = 0x00000058, .rw = 0x00000058),
    BANK_REG(B_APB1LLPENR, 0x110, "APB1LLPENR", .reset = 0xE8FFCBFF, .rw = 0xE8FFCBFF),
    BANK_REG(B_APB1HLPENR, 0x114, "APB1HLPENR", .reset = 0x00000136, .rw = 0x00000136),
    BANK_REG(B_APB2LPENR, 0x118, "APB2LPENR", .reset = 0x31D73033, .rw = 0x31D73033),
    BANK_REG(B_APB4LPENR, 0x11C, "APB4LPENR", .reset = 0x0021DEAA, .rw = 0x0021DEAA),
};

/* ---- life ---- */

static void core_sleeps(void *ctx, enum core core, enum core_sleep state, vtime_ps now)
{
    struct rcc *r = ctx;
    bool deep = state == CORE_DEEPSLEEP;
    if (r->deep[core] == deep && r->sleep_cuts[core] == 0) {
        return; /* CSleep, which comes a thousand times a second, changes nothing */
    }
    if (!deep && !r->deep[CORE_CM7] && !r->deep[CORE_CM4]) {
        rcc_gates_sleep(r, core); /* and with no CStop about, no clock source or domain changes */
        return;
    }
    rcc_stop_follow(r, now);
    rcc_gates_update(r);
    if (r->deep[core] != deep) {
        r->deep[core] = deep;
        rcc_update(r, now);
    }
}

static int init(struct periph *p)
{
    struct rcc *r = rcc_of(p);
    rcc_osc_init(r);
    rcc_pll_init(r);
    return 0;
}

static void connect(struct periph *p)
{
    struct rcc *r = rcc_of(p);
    rcc_gates_connect(r);
    rcc_kernels_connect(r);
    rcc_mco_connect(r);
    r->cores.sleep = core_sleeps;
    r->cores.ctx = r;
    chip_listen_cores(p->chip, &r->cores);
    r->power = (struct power_listener){.selected = rcc_power_selected,
                                       .supplied = rcc_power_supplied,
                                       .asked = rcc_clocks_asked,
                                       .ctx = r};
    power_listen(&p->chip->power, &r->power);
    r->debug = (struct debug_listener){.clocks = rcc_clocks_asked, .ctx = r};
    chip_debug_listen(p->chip, &r->debug);
}

/* RSR and BDCR survive system resets (9.7.38, 9.7.25), the LSI goes on in Standby (9.5.4, "LSI oscillator"); VBAT
 * hangs on VDD, so nothing survives that. */
static bool keeps(struct periph *p, unsigned slot, enum reset_kind kind)
{
    bool backup = slot == R_BDCR || slot == R_C1 + B_RSR || slot == R_C2 + B_RSR;
    bool runs_on = slot == R_CSR && p->chip->resets.standby;
    return (backup || runs_on) && kind != RESET_POWER_ON;
}

static void reset(struct periph *p, enum reset_kind kind)
{
    struct rcc *r = rcc_of(p);
    r->sws = SYS_HSI;
    r->stopped = false;
    memset(r->mux, 0, sizeof(r->mux));
    r->deep[CORE_CM7] = false;
    r->deep[CORE_CM4] = false;
    rcc_pll_reset(r);
    rcc_osc_reset(r, kind);
    rcc_flags_reset(r, kind);
    rcc_irq_update(r);
    rcc_gates_update(r);
    rcc_update(r, rcc_now(r));
    rcc_hold_reset(r);
}

static void destroy(struct periph *p)
{
    rcc_osc_cancel(rcc_of(p));
    rcc_pll_cancel(rcc_of(p));
}

static const char *const irq_names[] = {"RCC", "HSECSS", "LSECSS", NULL};

const struct model rcc_model = {
    .kind = "rcc",
    .size = sizeof(struct rcc),
    .regs = rcc_regs,
    .fields = rcc_fields,
    .slot_count = R_COUNT,
    .span = 0x400,
    .irq_names = irq_names,
    .init = init,
    .connect = connect,
    .reset = reset,
    .keeps = keeps,
    .destroy = destroy,
};
