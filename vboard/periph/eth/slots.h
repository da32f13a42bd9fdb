/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_ETH_SLOTS_H
#define VBOARD_PERIPH_ETH_SLOTS_H

/* The registers' slots and the bits that the model acts upon (RM0399 Rev 4, 61.11). For this folder alone. */
enum {
    R_MACCR,
    R_MACECR,
    R_MACPFR,
    R_MACWTR,
    R_MACHT0R,
    R_MACHT1R,
    R_MACVTR,
    R_MACVHTR,
    R_MACVIR,
    R_MACIVIR,
    R_MACQTXFCR,
    R_MACRXFCR,
    R_MACISR,
    R_MACIER,
    R_MACRXTXSR,
    R_MACPCSR,
    R_MACRWKPFR,
    R_MACLCSR,
    R_MACLTCR,
    R_MACLETR,
    R_MAC1USTCR,
    R_MACVR,
    R_MACDR,
    R_MACHWF0R,
    R_MACHWF1R,
    R_MACHWF2R,
    R_MACHWF3R,
    R_MACMDIOAR,
    R_MACMDIODR,
    R_MACARPAR,
    R_MACCSRSWCR,
    R_MACA0HR,
    R_MACALR,
    R_MACAHR = R_MACALR + 4,
    R_MMC_CONTROL = R_MACAHR + 3,
    R_MMC_RX_INTERRUPT,
    R_MMC_TX_INTERRUPT,
    R_MMC_RX_INTERRUPT_MASK,
    R_MMC_TX_INTERRUPT_MASK,
    R_TX_SINGLE_COLLISION_GOOD_PACKETS,
    R_TX_MULTIPLE_COLLISION_GOOD_PACKETS,
    R_TX_PACKET_COUNT_GOOD,
    R_RX_CRC_ERROR_PACKETS,
    R_RX_ALIGNMENT_ERROR_PACKETS,
    R_RX_UNICAST_PACKETS_GOOD,
    R_TX_LPI_USEC_CNTR,
    R_TX_LPI_TRAN_CNTR,
    R_RX_LPI_USEC_CNTR,
    R_RX_LPI_TRAN_CNTR,
    R_MACL3L4C0R,
    R_MACL4A0R,
    R_MACL3A00R,
    R_MACL3A10R,
    R_MACL3A20R,
    R_MACL3A30R,
    R_MACL3L4C1R,
    R_MACL4A1R,
    R_MACL3A01R,
    R_MACL3A11R,
    R_MACL3A21R,
    R_MACL3A31R,
    R_MACTSCR,
    R_MACSSIR,
    R_MACSTSR,
    R_MACSTNR,
    R_MACSTSUR,
    R_MACSTNUR,
    R_MACTSAR,
    R_MACTSSR,
    R_MACTXTSSNR,
    R_MACTXTSSSR,
    R_MACACR,
    R_MACATSNR,
    R_MACATSSR,
    R_MACTSIACR,
    R_MACTSEACR,
    R_MACTSICNR,
    R_MACTSECNR,
    R_MACPPSCR,
    R_MACPPSTTSR,
    R_MACPPSTTNR,
    R_MACPPSIR,
    R_MACPPSWR,
    R_MACPOCR,
    R_MACSPI0R,
    R_MACSPI1R,
    R_MACSPI2R,
    R_MACLMIR,
    R_MTLOMR,
    R_MTLISR,
    R_MTLTXQOMR,
    R_MTLTXQUR,
    R_MTLTXQDR,
    R_MTLQICSR,
    R_MTLRXQOMR,
    R_MTLRXQMPOCR,
    R_MTLRXQDR,
    R_DMAMR,
    R_DMASBMR,
    R_DMAISR,
    R_DMADSR,
    R_DMACCR,
    R_DMACTXCR,
    R_DMACRXCR,
    R_DMACTXDLAR,
    R_DMACRXDLAR,
    R_DMACTXDTPR,
    R_DMACRXDTPR,
    R_DMACTXRLR,
    R_DMACRXRLR,
    R_DMACIER,
    R_DMACRXIWTR,
    R_DMACCATXDR,
    R_DMACCARXDR,
    R_DMACCATXBR,
    R_DMACCARXBR,
    R_DMACSR,
    R_DMACMFCR,
    R_COUNT
};

#define MACCR_RE (1u << 0)
#define MACCR_TE (1u << 1)
#define MACCR_PRELEN_POS 2u
#define MACCR_LM (1u << 12)
#define MACCR_FES (1u << 14)
#define MACCR_JE (1u << 16)
#define MACCR_JD (1u << 17)
#define MACCR_WD (1u << 19)
#define MACCR_ACS (1u << 20)
#define MACCR_CST (1u << 21)
#define MACCR_S2KP (1u << 22)
#define MACCR_GPSLCE (1u << 23)
#define MACCR_IPG_POS 24u
#define MACCR_IPC (1u << 27)
#define MACCR_SARC_POS 28u
#define MACECR_GPSL 0x3FFFu
#define MACECR_DCRCC (1u << 16)
#define MACECR_EIPGEN (1u << 24)
#define MACECR_EIPG_POS 25u
#define MACPFR_PR (1u << 0)
#define MACPFR_HUC (1u << 1)
#define MACPFR_HMC (1u << 2)
#define MACPFR_DAIF (1u << 3)
#define MACPFR_PM (1u << 4)
#define MACPFR_DBF (1u << 5)
#define MACPFR_PCF_POS 6u
#define MACPFR_SAIF (1u << 8)
#define MACPFR_SAF (1u << 9)
#define MACPFR_HPF (1u << 10)
#define MACPFR_RA (1u << 31)
#define MACWTR_WTO 0xFu
#define MACWTR_PWE (1u << 8)
#define MACQTXFCR_FCB (1u << 0)
#define MACISR_MMCIS (1u << 8)
#define MACISR_MMCRXIS (1u << 9)
#define MACISR_MMCTXIS (1u << 10)
#define MACISR_TXSTSIS (1u << 13)
#define MACISR_RXSTSIS (1u << 14)
#define MACRXTXSR_TJT (1u << 0)
#define MACRXTXSR_RWT (1u << 8)
#define MACCSRSWCR_RCWE (1u << 0)
#define MACPCSR_RWKFILTRST (1u << 31)
#define MACTSCR_SELF_CLEARING 0x2Cu /* TSADDREG, TSUPDT, TSINIT */
#define MACACR_ATSFC (1u << 0)
#define MACPOCR_TRIGGERS 0x30u
#define MACAHR_SA (1u << 30)
#define MACAHR_AE (1u << 31)
#define MTLOMR_DTXSTS (1u << 1)
#define MTLOMR_CNTPRST (1u << 8)
#define MTLOMR_CNTCLR (1u << 9)
#define MTLTXQOMR_FTQ (1u << 0)
#define MTLTXQOMR_TXQEN_POS 2u
#define MTLQICSR_TXUNFIS (1u << 0)
#define MTLQICSR_TXUIE (1u << 8)
#define MTLQICSR_RXOVFIS (1u << 16)
#define MTLQICSR_RXOIE (1u << 24)
#define MTLRXQOMR_FUP (1u << 3)
#define MTLRXQOMR_FEP (1u << 4)
#define MTLRXQOMR_DIS_TCP_EF (1u << 6)
#define DMAMR_SWR (1u << 0)
#define DMAMR_INTM (3u << 16)
#define DMAISR_DC0IS (1u << 0)
#define DMAISR_MTLIS (1u << 16)
#define DMAISR_MACIS (1u << 17)
#define DMACCR_DSL_POS 18u
#define DMACTXCR_ST (1u << 0)
#define DMACRXCR_SR (1u << 0)
#define DMACRXCR_RPF (1u << 31)
#define DMACSR_TI (1u << 0)
#define DMACSR_TPS (1u << 1)
#define DMACSR_TBU (1u << 2)
#define DMACSR_RI (1u << 6)
#define DMACSR_RBU (1u << 7)
#define DMACSR_RPS (1u << 8)
#define DMACSR_RWT (1u << 9)
#define DMACSR_ETI (1u << 10)
#define DMACSR_ERI (1u << 11)
#define DMACSR_FBE (1u << 12)
#define DMACSR_CDE (1u << 13)
#define DMACSR_AIS (1u << 14)
#define DMACSR_NIS (1u << 15)
#define DMACSR_TEB_POS 16u
#define DMACSR_REB_POS 19u

/* The last word of a descriptor (61.10.3, 61.10.4). */
#define DES3_OWN (1u << 31)
#define DES3_CTXT (1u << 30)
#define DES3_FD (1u << 29)
#define DES3_LD (1u << 28)

#endif
