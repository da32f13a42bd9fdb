/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_USART_INTERNAL_H
#define VBOARD_PERIPH_USART_INTERNAL_H

/* Shared by usart.c (registers) and usart_line.c (frames in and out). Nobody else includes this. */
#include "vboard/chip/chip.h"

#define USART_FIFO_SIZE 16u

enum {
    R_CR1,
    R_CR2,
    R_CR3,
    R_BRR,
    R_GTPR,
    R_RTOR,
    R_RQR,
    R_ISR,
    R_ICR,
    R_RDR,
    R_TDR,
    R_PRESC,
    R_COUNT
};

#define CR1_RXFFIE (1u << 31)
#define CR1_TXFEIE (1u << 30)
#define CR1_FIFOEN (1u << 29)
#define CR1_M1 (1u << 28)
#define CR1_OVER8 (1u << 15)
#define CR1_CMIE (1u << 14)
#define CR1_MME (1u << 13)
#define CR1_M0 (1u << 12)
#define CR1_PCE (1u << 10)
#define CR1_PS (1u << 9)
#define CR1_PEIE (1u << 8)
#define CR1_TXEIE (1u << 7)
#define CR1_TCIE (1u << 6)
#define CR1_RXNEIE (1u << 5)
#define CR1_IDLEIE (1u << 4)
#define CR1_TE (1u << 3)
#define CR1_RE (1u << 2)
#define CR1_UESM (1u << 1)
#define CR1_UE (1u << 0)

#define CR2_STOP_POS 12u
#define CR2_ADD_POS 24u

#define CR3_TXFTCFG_POS 29u
#define CR3_RXFTIE (1u << 28)
#define CR3_RXFTCFG_POS 25u
#define CR3_TXFTIE (1u << 23)
#define CR3_WUFIE (1u << 22)
#define CR3_WUS_POS 20u
#define CR3_DDRE (1u << 13)
#define CR3_OVRDIS (1u << 12)
#define CR3_ONEBIT (1u << 11)
#define CR3_DMAT (1u << 7)
#define CR3_DMAR (1u << 6)
#define CR3_EIE (1u << 0)

#define RQR_TXFRQ (1u << 4)
#define RQR_RXFRQ (1u << 3)
#define RQR_SBKRQ (1u << 1)

#define ISR_TXFT (1u << 27)
#define ISR_RXFT (1u << 26)
#define ISR_RXFF (1u << 24)
#define ISR_TXFE (1u << 23)
#define ISR_REACK (1u << 22)
#define ISR_TEACK (1u << 21)
#define ISR_WUF (1u << 20)
#define ISR_SBKF (1u << 18)
#define ISR_CMF (1u << 17)
#define ISR_TXE (1u << 7)
#define ISR_TC (1u << 6)
#define ISR_RXNE (1u << 5)
#define ISR_IDLE (1u << 4)
#define ISR_ORE (1u << 3)
#define ISR_NE (1u << 2)
#define ISR_FE (1u << 1)
#define ISR_PE (1u << 0)

/* LPUART1's signals to DMAMUX2 (Tables 131, 132), by the sides that ask. */
enum usart_wire { WIRE_RX_WAKEUP, WIRE_TX_WAKEUP, WIRE_RX, WIRE_TX, USART_WIRES };

enum usart_tx { TX_NOTHING, TX_PREAMBLE, TX_DATA, TX_BREAK };

/* A received word and the flags that belong to it (51.5.4: the RXFIFO is 12 bits wide). */
struct usart_rx_word {
    uint16_t data;
    uint8_t flags; /* ISR_NE, ISR_FE, ISR_PE */
};

struct usart {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct ticker baud; /* ticks of the kernel clock */
    struct pinfunc *tx_pin, *rx_pin;
    struct dma_request *tx_dma, *rx_dma;
    struct wire *wires[USART_WIRES]; /* NULL: a USART has none */
    uint32_t flags;                  /* those ISR bits that are stored; the others are computed */
    uint32_t enabled, enabled_cr1, enabled_cr3; /* ISR bits that CR1 and CR3 let through */

    uint16_t tx_fifo[USART_FIFO_SIZE];
    unsigned tx_head, tx_count;
    enum usart_tx tx_state; /* what the shift register sends */
    uint16_t tx_shift;
    uint64_t tx_end; /* tick at which that ends */
    struct event tx_event;

    struct usart_rx_word rx_fifo[USART_FIFO_SIZE + 1]; /* FIFO and RDR */
    unsigned rx_head, rx_count;
    bool idle_armed;                 /* something was received since IDLE was last set */
    vtime_ps idle_at, idle_known_at; /* a frame of silence is over; no frame can be under way */
    struct event idle_event;
};

static inline bool usart_has(const struct usart *u, unsigned slot, uint32_t bits)
{
    return (u->p.values[slot] & bits) == bits;
}

/* ISR as software reads it. */
uint32_t usart_isr(const struct usart *u);
/* Sets the interrupt line by ISR and the enables. */
void usart_update_irq(struct usart *u);

/* Room for transmit and receive data: 1 without FIFO mode. */
unsigned usart_tx_room(const struct usart *u);
unsigned usart_rx_room(const struct usart *u);

/* ---- usart_line.c ---- */

/* 256ths of a kernel clock tick in one bit; 0 if BRR or the clock allow none. */
uint64_t usart_bit_256(const struct usart *u);
/* TE and UE have been set: the line idles high and an idle frame goes first. */
void usart_tx_enable(struct usart *u, vtime_ps now);
/* Stops at once; what was being sent is lost. */
void usart_tx_disable(struct usart *u, vtime_ps now);
/* Sends the next word or break if nothing is being sent. */
void usart_tx_start(struct usart *u, vtime_ps now);
void usart_tx_reschedule(struct usart *u);
void usart_tx_done(void *ctx, vtime_ps now);
/* A frame has ended on the RX pin. */
void usart_rx_symbol(void *ctx, const struct symbol *sym);
/* Takes the oldest received word out (a read of RDR). */
uint16_t usart_rx_pop(struct usart *u);
void usart_rx_flush(struct usart *u);
/* Sets IDLE if the line is known at `now` to have been idle long enough. */
void usart_idle_check(struct usart *u, vtime_ps now);

#endif
