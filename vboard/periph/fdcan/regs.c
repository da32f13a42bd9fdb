/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * FDCAN's registers (RM0399 Rev 4, 59.5 and Table 526; TTCAN: 59.6 and Table 527). Where the section of
 * a register and the map disagree, the section counts: TTCTC's reset value is 0x003F0000 there, 0 in the
 * map. RXFxS, TSCV and TOCV are status whatever access letters the manual prints above their bits.
 */
#include "vboard/periph/fdcan/internal.h"

/* "Write access is possible only when bit CCE and bit INIT of FDCAN_CCCR are set to 1." */
static bool protected_write(struct periph *p, unsigned slot, uint32_t written)
{
    const struct reg *r = &p->model->regs[slot];
    uint32_t lanes = p->chip->access.lanes;

    if ((~p->values[R_CCCR] & (CCCR_INIT | CCCR_CCE)) == 0) {
        return false;
    }
    if (((written ^ p->values[slot]) & r->rw & lanes) != 0) {
        periph_report(p, slot, FOUND_FDCAN_PROTECTED, NULL);
    }
    return true;
}

static void irq_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written)
{
    (void)slot;
    (void)old;
    (void)written;
    fdcan_update_irq(fdcan_of(p));
}

/* ---- TTCAN: FDCAN1 only ---- */

static bool has_ttcan(struct periph *p, unsigned slot)
{
    if (fdcan_of(p)->instance == 1) {
        return true;
    }
    periph_report(p, slot, FOUND_NO_TTCAN, NULL);
    return false;
}

static uint32_t tt_read(struct periph *p, unsigned slot, uint32_t value)
{
    return has_ttcan(p, slot) ? value : 0;
}

static bool tt_write(struct periph *p, unsigned slot, uint32_t written)
{
    (void)written;
    return !has_ttcan(p, slot);
}

static bool tt_protected_write(struct periph *p, unsigned slot, uint32_t written)
{
    return !has_ttcan(p, slot) || protected_write(p, slot, written);
}

#define ALL 0xFFFFFFFFu
#define IR_BITS 0x3FCFFFFFu
#define IR_NEVER 0x24020000u /* ARA, WDI, MRAF */

/* clang-format off */
static const struct reg regs[R_COUNT] = {
    [R_CREL]   = {.offset = 0x000, .name = "CREL", .reset = 0x32141218, .ro = ALL},
    [R_ENDN]   = {.offset = 0x004, .name = "ENDN", .reset = 0x87654321, .ro = ALL},
    [R_DBTP]   = {.offset = 0x00C, .name = "DBTP", .reset = 0x00000A33, .rw = 0x009F1FFF,
                  .intercept = protected_write},
    [R_TEST]   = {.offset = 0x010, .name = "TEST", .rw = 0x70, .ro = 0x80, .read = fdcan_test_read,
                  .intercept = fdcan_test_write},
    [R_RWD]    = {.offset = 0x014, .name = "RWD", .rw = 0xFF, .ro = 0xFF00, .unmodelled = 0xFFFF,
                  .intercept = protected_write},
    [R_CCCR]   = {.offset = 0x018, .name = "CCCR", .reset = 0x00000001, .rw = 0xF3F7, .ro = 0x8,
                  .unmodelled = CCCR_NISO,
                  .intercept = fdcan_cccr_write},
    [R_NBTP]   = {.offset = 0x01C, .name = "NBTP", .reset = 0x06000A03, .rw = 0xFFFFFF7F,
                  .intercept = protected_write, .write = fdcan_time_config_write},
    [R_TSCC]   = {.offset = 0x020, .name = "TSCC", .rw = 0x000F0003, .intercept = protected_write,
                  .write = fdcan_time_config_write},
    [R_TSCV]   = {.offset = 0x024, .name = "TSCV", .ro = 0xFFFF, .read = fdcan_tscv_read,
                  .write = fdcan_tscv_write},
    [R_TOCC]   = {.offset = 0x028, .name = "TOCC", .reset = 0xFFFF0000, .rw = 0xFFFF0007,
                  .intercept = protected_write, .write = fdcan_time_config_write},
    [R_TOCV]   = {.offset = 0x02C, .name = "TOCV", .reset = 0x0000FFFF, .ro = 0xFFFF,
                  .read = fdcan_tocv_read, .write = fdcan_tocv_write},
    [R_ECR]    = {.offset = 0x040, .name = "ECR", .ro = 0x00FFFFFF, .read = fdcan_ecr_read},
    [R_PSR]    = {.offset = 0x044, .name = "PSR", .reset = 0x00000707, .ro = 0x007F7FFF,
                  .unmodelled = 1u << 14,
                  .read = fdcan_psr_read},
    [R_TDCR]   = {.offset = 0x048, .name = "TDCR", .rw = 0x7F7F, .intercept = protected_write},
    [R_IR]     = {.offset = 0x050, .name = "IR", .w1c = IR_BITS, .unmodelled = IR_NEVER, .steady = true, .write = irq_write},
    [R_IE]     = {.offset = 0x054, .name = "IE", .rw = IR_BITS, .write = irq_write},
    [R_ILS]    = {.offset = 0x058, .name = "ILS", .rw = IR_BITS, .write = irq_write},
    [R_ILE]    = {.offset = 0x05C, .name = "ILE", .rw = 0x3, .write = irq_write},
    [R_GFC]    = {.offset = 0x080, .name = "GFC", .rw = 0x3F, .intercept = protected_write},
    [R_SIDFC]  = {.offset = 0x084, .name = "SIDFC", .rw = 0x00FFFFFC, .intercept = protected_write},
    [R_XIDFC]  = {.offset = 0x088, .name = "XIDFC", .rw = 0x00FFFFFC, .intercept = protected_write},
    [R_XIDAM]  = {.offset = 0x090, .name = "XIDAM", .reset = 0x1FFFFFFF, .rw = 0x1FFFFFFF,
                  .intercept = protected_write},
    [R_HPMS]   = {.offset = 0x094, .name = "HPMS", .ro = 0xFFFF},
    [R_NDAT1]  = {.offset = 0x098, .name = "NDAT1", .w1c = ALL, .steady = true},
    [R_NDAT2]  = {.offset = 0x09C, .name = "NDAT2", .w1c = ALL, .steady = true},
    [R_RXF0C]  = {.offset = 0x0A0, .name = "RXF0C", .rw = 0xFF7FFFFC, .intercept = protected_write},
    [R_RXF0S]  = {.offset = 0x0A4, .name = "RXF0S", .ro = 0x033F3F7F, .steady = true, .read = fdcan_rxfs_read},
    [R_RXF0A]  = {.offset = 0x0A8, .name = "RXF0A", .rw = 0x3F, .write = fdcan_rxfa_write},
    [R_RXBC]   = {.offset = 0x0AC, .name = "RXBC", .rw = 0xFFFC, .intercept = protected_write},
    [R_RXF1C]  = {.offset = 0x0B0, .name = "RXF1C", .rw = 0xFF7FFFFC, .intercept = protected_write},
    [R_RXF1S]  = {.offset = 0x0B4, .name = "RXF1S", .ro = 0xC33F3F7F, .steady = true, .read = fdcan_rxfs_read},
    [R_RXF1A]  = {.offset = 0x0B8, .name = "RXF1A", .rw = 0x3F, .write = fdcan_rxfa_write},
    [R_RXESC]  = {.offset = 0x0BC, .name = "RXESC", .rw = 0x777, .intercept = protected_write},
    [R_TXBC]   = {.offset = 0x0C0, .name = "TXBC", .rw = 0x7F3FFFFC, .intercept = protected_write,
                  .write = fdcan_txbc_write},
    [R_TXFQS]  = {.offset = 0x0C4, .name = "TXFQS", .ro = 0x003F1F3F, .read = fdcan_txfqs_read},
    [R_TXESC]  = {.offset = 0x0C8, .name = "TXESC", .rw = 0x7, .intercept = protected_write},
    [R_TXBRP]  = {.offset = 0x0CC, .name = "TXBRP", .ro = ALL},
    [R_TXBAR]  = {.offset = 0x0D0, .name = "TXBAR", .w1s = ALL, .write = fdcan_txbar_write},
    [R_TXBCR]  = {.offset = 0x0D4, .name = "TXBCR", .w1s = ALL, .write = fdcan_txbcr_write},
    [R_TXBTO]  = {.offset = 0x0D8, .name = "TXBTO", .ro = ALL},
    [R_TXBCF]  = {.offset = 0x0DC, .name = "TXBCF", .ro = ALL},
    [R_TXBTIE] = {.offset = 0x0E0, .name = "TXBTIE", .rw = ALL},
    [R_TXBCIE] = {.offset = 0x0E4, .name = "TXBCIE", .rw = ALL},
    [R_TXEFC]  = {.offset = 0x0F0, .name = "TXEFC", .rw = 0x3F3FFFFC, .intercept = protected_write},
    [R_TXEFS]  = {.offset = 0x0F4, .name = "TXEFS", .ro = 0x031F1F3F, .read = fdcan_txefs_read},
    [R_TXEFA]  = {.offset = 0x0F8, .name = "TXEFA", .rw = 0x1F, .write = fdcan_txefa_write},

    [R_TTTMC]  = {.offset = 0x100, .name = "TTTMC", .rw = 0x007FFFFC, .read = tt_read,
                  .intercept = tt_protected_write},
    [R_TTRMC]  = {.offset = 0x104, .name = "TTRMC", .rw = 0xDFFFFFFF, .read = tt_read,
                  .intercept = tt_protected_write},
    [R_TTOCF]  = {.offset = 0x108, .name = "TTOCF", .reset = 0x00010000, .rw = 0x07FFFFFB,
                  .unmodelled = 0x3, .read = tt_read, .intercept = tt_protected_write},
    [R_TTMLM]  = {.offset = 0x10C, .name = "TTMLM", .rw = 0x0FFF0FFF, .read = tt_read,
                  .intercept = tt_protected_write},
    [R_TURCF]  = {.offset = 0x110, .name = "TURCF", .rw = 0xBFFFFFFF, .read = tt_read,
                  .intercept = tt_protected_write},
    [R_TTOCN]  = {.offset = 0x114, .name = "TTOCN", .rw = 0x3FFF, .ro = 0x8000, .read = tt_read,
                  .intercept = tt_write},
    [R_TTGTP]  = {.offset = 0x118, .name = "TTGTP", .rw = ALL, .read = tt_read, .intercept = tt_write},
    [R_TTTMK]  = {.offset = 0x11C, .name = "TTTMK", .rw = 0x007FFFFF, .ro = 0x80000000, .read = tt_read,
                  .intercept = tt_write},
    [R_TTIR]   = {.offset = 0x120, .name = "TTIR", .w1c = 0x0007FFFF, .unmodelled = ALL, .read = tt_read,
                  .intercept = tt_write},
    [R_TTIE]   = {.offset = 0x124, .name = "TTIE", .rw = 0x0007FFFF, .read = tt_read,
                  .intercept = tt_write},
    [R_TTILS]  = {.offset = 0x128, .name = "TTILS", .rw = 0x0007FFFF, .read = tt_read,
                  .intercept = tt_write},
    [R_TTOST]  = {.offset = 0x12C, .name = "TTOST", .reset = 0x00000080, .ro = 0xFFC0FFFF, .unmodelled = ALL,
                  .read = tt_read},
    [R_TURNA]  = {.offset = 0x130, .name = "TURNA", .ro = 0x0003FFFF, .unmodelled = ALL, .read = tt_read},
    [R_TTLGT]  = {.offset = 0x134, .name = "TTLGT", .ro = ALL, .unmodelled = ALL, .read = tt_read},
    [R_TTCTC]  = {.offset = 0x138, .name = "TTCTC", .reset = 0x003F0000, .ro = 0x003FFFFF, .unmodelled = ALL,
                  .read = tt_read},
    [R_TTCPT]  = {.offset = 0x13C, .name = "TTCPT", .ro = 0xFFFF003F, .unmodelled = ALL, .read = tt_read},
    [R_TTCSM]  = {.offset = 0x140, .name = "TTCSM", .ro = 0xFFFF, .unmodelled = ALL, .read = tt_read},
    [R_TTTS]   = {.offset = 0x300, .name = "TTTS", .rw = 0x33, .read = tt_read, .intercept = tt_write},
};
/* clang-format on */

static const char *const irq_names[] = {"fdcan_intr0_it", "fdcan_intr1_it", NULL};

const struct model fdcan_model = {.kind = "fdcan",
                                  .size = sizeof(struct fdcan),
                                  .regs = regs,
                                  .fields = fdcan_fields,
                                  .slot_count = R_COUNT,
                                  .span = 0x400,
                                  .irq_names = irq_names,
                                  .init = fdcan_init,
                                  .connect = fdcan_connect,
                                  .reset = fdcan_reset,
                                  .gated = fdcan_gated,
                                  .destroy = fdcan_destroy};
