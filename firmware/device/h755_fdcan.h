/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef H755_FDCAN_H
#define H755_FDCAN_H

/* FDCAN1 and its clock calibration unit, RM0399 Rev 4 chapters 59.5, 59.7. */

typedef struct {
    __IO uint32_t CREL;    /* 0x00 */
    __IO uint32_t ENDN;    /* 0x04 */
    uint32_t RESERVED1;    /* 0x08 */
    __IO uint32_t DBTP;    /* 0x0C */
    __IO uint32_t TEST;    /* 0x10 */
    __IO uint32_t RWD;     /* 0x14 */
    __IO uint32_t CCCR;    /* 0x18 */
    __IO uint32_t NBTP;    /* 0x1C */
    uint32_t RESERVED2[8]; /* 0x20: timestamp, timeout */
    __IO uint32_t ECR;     /* 0x40 */
    __IO uint32_t PSR;     /* 0x44 */
    __IO uint32_t TDCR;    /* 0x48 */
    uint32_t RESERVED3;    /* 0x4C */
    __IO uint32_t IR;      /* 0x50 */
    __IO uint32_t IE;      /* 0x54 */
    __IO uint32_t ILS;     /* 0x58 */
    __IO uint32_t ILE;     /* 0x5C */
    uint32_t RESERVED4[8]; /* 0x60 */
    __IO uint32_t GFC;     /* 0x80 */
    __IO uint32_t SIDFC;   /* 0x84 */
    __IO uint32_t XIDFC;   /* 0x88 */
    uint32_t RESERVED5;    /* 0x8C */
    __IO uint32_t XIDAM;   /* 0x90 */
    uint32_t RESERVED6[3]; /* 0x94: high priority, new data */
    __IO uint32_t RXF0C;   /* 0xA0 */
    __IO uint32_t RXF0S;   /* 0xA4 */
    __IO uint32_t RXF0A;   /* 0xA8 */
    uint32_t RESERVED7;    /* 0xAC: Rx buffer */
    __IO uint32_t RXF1C;   /* 0xB0 */
    uint32_t RESERVED8[2]; /* 0xB4: FIFO 1's status and acknowledge */
    __IO uint32_t RXESC;   /* 0xBC */
    __IO uint32_t TXBC;    /* 0xC0 */
    __IO uint32_t TXFQS;   /* 0xC4 */
    __IO uint32_t TXESC;   /* 0xC8 */
    __IO uint32_t TXBRP;   /* 0xCC */
    __IO uint32_t TXBAR;   /* 0xD0 */
    __IO uint32_t TXBCR;   /* 0xD4 */
} FDCAN_GlobalTypeDef;

typedef struct {
    __IO uint32_t CREL; /* 0x00 */
    __IO uint32_t CCFG; /* 0x04 */
} FDCAN_ClockCalibrationUnit_TypeDef;

#define FDCAN1_BASE 0x4000A000UL
#define FDCAN_CCU_BASE 0x4000A800UL
#define SRAMCAN_BASE 0x4000AC00UL /* message RAM, 2560 words */
#define FDCAN1 ((FDCAN_GlobalTypeDef *)FDCAN1_BASE)
#define FDCAN_CCU ((FDCAN_ClockCalibrationUnit_TypeDef *)FDCAN_CCU_BASE)

/* FDCAN_CCCR, 59.5.6 */
#define FDCAN_CCCR_INIT (1UL << 0)
#define FDCAN_CCCR_CCE (1UL << 1)
#define FDCAN_CCCR_MON (1UL << 5)
#define FDCAN_CCCR_FDOE (1UL << 8)

/* FDCAN_PSR, 59.5.13 */
#define FDCAN_PSR_LEC (7UL << 0)
#define FDCAN_PSR_ACT (3UL << 3)
#define FDCAN_PSR_ACT_RECEIVER (2UL << 3)
#define FDCAN_PSR_EP (1UL << 5)
#define FDCAN_PSR_EW (1UL << 6)
#define FDCAN_PSR_BO (1UL << 7)

/* FDCAN_IR, IE, ILE, 59.5.15 to 59.5.18 */
#define FDCAN_IR_RF0N (1UL << 0)
#define FDCAN_IR_RF0L (1UL << 3)
#define FDCAN_IR_RF1N (1UL << 4)
#define FDCAN_IR_EP (1UL << 23)
#define FDCAN_IR_EW (1UL << 24)
#define FDCAN_IR_BO (1UL << 25)
#define FDCAN_IR_PED (1UL << 28)
#define FDCAN_IE_RF0NE (1UL << 0)
#define FDCAN_IE_RF0LE (1UL << 3)
#define FDCAN_IE_EPE (1UL << 23)
#define FDCAN_IE_EWE (1UL << 24)
#define FDCAN_IE_BOE (1UL << 25)
#define FDCAN_ILE_EINT0 (1UL << 0)

/* Filters and Rx FIFOs, 59.5.19 to 59.5.33 */
#define FDCAN_GFC_RRFE_Pos 0U
#define FDCAN_GFC_RRFS_Pos 1U
#define FDCAN_GFC_ANFE_Pos 2U
#define FDCAN_GFC_ANFS_Pos 4U
#define FDCAN_SIDFC_FLSSA_Pos 2U
#define FDCAN_SIDFC_LSS_Pos 16U
#define FDCAN_XIDFC_FLESA_Pos 2U
#define FDCAN_XIDFC_LSE_Pos 16U
#define FDCAN_RXF0C_F0SA_Pos 2U
#define FDCAN_RXF0C_F0S_Pos 16U
#define FDCAN_RXF0S_F0FL_Msk (0x7FUL << 0)
#define FDCAN_RXF0S_F0GI_Pos 8U
#define FDCAN_RXF0S_F0GI_Msk (0x3FUL << 8)
#define FDCAN_RXF1C_F1SA_Pos 2U
#define FDCAN_RXF1C_F1S_Pos 16U
#define FDCAN_RXF1C_F1OM_Pos 31U
#define FDCAN_RXESC_F0DS_Pos 0U

/* Tx FIFO, 59.5.34 to 59.5.39 */
#define FDCAN_TXBC_TBSA_Pos 2U
#define FDCAN_TXBC_TFQS_Pos 24U
#define FDCAN_TXFQS_TFQPI_Pos 16U
#define FDCAN_TXFQS_TFQPI_Msk (0x1FUL << 16)
#define FDCAN_TXFQS_TFQF (1UL << 21)

/* FDCAN_CCU_CCFG, 59.7.2 */
#define FDCANCCU_CCFG_BCC (1UL << 6)

#endif
