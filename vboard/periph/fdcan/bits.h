/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_FDCAN_BITS_H
#define VBOARD_PERIPH_FDCAN_BITS_H

/* FDCAN's registers and their bits as RM0399 Rev 4, 59.5, names them; for the fdcan*.c files only. */
#include <stdint.h>

/* Order of the register table, fdcan_regs.c. */
enum fdcan_slot {
    R_CREL,
    R_ENDN,
    R_DBTP,
    R_TEST,
    R_RWD,
    R_CCCR,
    R_NBTP,
    R_TSCC,
    R_TSCV,
    R_TOCC,
    R_TOCV,
    R_ECR,
    R_PSR,
    R_TDCR,
    R_IR,
    R_IE,
    R_ILS,
    R_ILE,
    R_GFC,
    R_SIDFC,
    R_XIDFC,
    R_XIDAM,
    R_HPMS,
    R_NDAT1,
    R_NDAT2,
    R_RXF0C,
    R_RXF0S,
    R_RXF0A,
    R_RXBC,
    R_RXF1C,
    R_RXF1S,
    R_RXF1A,
    R_RXESC,
    R_TXBC,
    R_TXFQS,
    R_TXESC,
    R_TXBRP,
    R_TXBAR,
    R_TXBCR,
    R_TXBTO,
    R_TXBCF,
    R_TXBTIE,
    R_TXBCIE,
    R_TXEFC,
    R_TXEFS,
    R_TXEFA,
    R_TTTMC,
    R_TTRMC,
    R_TTOCF,
    R_TTMLM,
    R_TURCF,
    R_TTOCN,
    R_TTGTP,
    R_TTTMK,
    R_TTIR,
    R_TTIE,
    R_TTILS,
    R_TTOST,
    R_TURNA,
    R_TTLGT,
    R_TTCTC,
    R_TTCPT,
    R_TTCSM,
    R_TTTS,
    R_COUNT
};

/* FDCAN_CCCR, 59.5.6 */
#define CCCR_INIT (1u << 0)
#define CCCR_CCE (1u << 1)
#define CCCR_ASM (1u << 2)
#define CCCR_CSA (1u << 3)
#define CCCR_CSR (1u << 4)
#define CCCR_MON (1u << 5)
#define CCCR_DAR (1u << 6)
#define CCCR_TEST (1u << 7)
#define CCCR_FDOE (1u << 8)
#define CCCR_BRSE (1u << 9)
#define CCCR_PXHD (1u << 12)
#define CCCR_EFBI (1u << 13)
#define CCCR_TXP (1u << 14)
#define CCCR_NISO (1u << 15)
/* FDCAN_TEST, 59.5.4 */
#define TEST_LBCK (1u << 4)
#define TEST_TX_Pos 5
#define TEST_TX_DOMINANT 2u
#define TEST_RX (1u << 7)
/* FDCAN_IR, 59.5.15 */
#define IR_RF0N (1u << 0)
#define IR_RF0W (1u << 1)
#define IR_RF0F (1u << 2)
#define IR_RF0L (1u << 3)
#define IR_RF1N (1u << 4)
#define IR_RF1L (1u << 7)
#define IR_HPM (1u << 8)
#define IR_TC (1u << 9)
#define IR_TCF (1u << 10)
#define IR_TFE (1u << 11)
#define IR_TEFN (1u << 12)
#define IR_TEFW (1u << 13)
#define IR_TEFF (1u << 14)
#define IR_TEFL (1u << 15)
#define IR_TSW (1u << 16)
#define IR_TOO (1u << 18)
#define IR_DRX (1u << 19)
#define IR_ELO (1u << 22)
#define IR_EP (1u << 23)
#define IR_EW (1u << 24)
#define IR_BO (1u << 25)
#define IR_PEA (1u << 27)
#define IR_PED (1u << 28)

/* A field of a register by width and position. */
static inline uint32_t fdcan_field(uint32_t value, unsigned pos, unsigned width)
{
    return (value >> pos) & ((1u << width) - 1u);
}

#endif
