/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef H755_USART_H
#define H755_USART_H

/* USART3 in FIFO mode, RM0399 Rev 4 chapter 51.8. Included by candial_stm32h755.h. */

typedef struct {
    __IO uint32_t CR1;   /* 0x00 */
    __IO uint32_t CR2;   /* 0x04 */
    __IO uint32_t CR3;   /* 0x08 */
    __IO uint32_t BRR;   /* 0x0C */
    __IO uint32_t GTPR;  /* 0x10 */
    __IO uint32_t RTOR;  /* 0x14 */
    __IO uint32_t RQR;   /* 0x18 */
    __IO uint32_t ISR;   /* 0x1C */
    __IO uint32_t ICR;   /* 0x20 */
    __IO uint32_t RDR;   /* 0x24 */
    __IO uint32_t TDR;   /* 0x28 */
    __IO uint32_t PRESC; /* 0x2C */
} USART_TypeDef;

#define USART3_BASE 0x40004800UL
#define USART3 ((USART_TypeDef *)USART3_BASE)

#define USART_CR1_UE (1UL << 0)
#define USART_CR1_RE (1UL << 2)
#define USART_CR1_TE (1UL << 3)
#define USART_CR1_RXNEIE_RXFNEIE (1UL << 5)
#define USART_CR1_FIFOEN (1UL << 29)
#define USART_CR3_TXFTIE (1UL << 23)
#define USART_CR3_TXFTCFG_Pos 29U
#define USART_ISR_PE (1UL << 0)
#define USART_ISR_FE (1UL << 1)
#define USART_ISR_NE (1UL << 2)
#define USART_ISR_ORE (1UL << 3)
#define USART_ISR_RXNE_RXFNE (1UL << 5)
#define USART_ISR_TC (1UL << 6)
#define USART_ISR_TXE_TXFNF (1UL << 7)
#define USART_ISR_TXFT (1UL << 27)
#define USART_ICR_PECF (1UL << 0)
#define USART_ICR_FECF (1UL << 1)
#define USART_ICR_NECF (1UL << 2)
#define USART_ICR_ORECF (1UL << 3)

#endif
