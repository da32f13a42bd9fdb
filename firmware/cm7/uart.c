/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4, chapter 51: FIFO mode 51.5.4, baud rate 51.5.7, errors 51.5.6 and 51.8.9,
 * thresholds CR3 (51.8.4). An interrupt for each byte received (RXFNE): 11,520 a second at most,
 * and none is late. What is sent goes out by FIFOs: one interrupt and one look at ISR for 16 bytes.
 */
#include "stm32h755xx.h"

#include <string.h>

#include "firmware/board/board.h"
#include "firmware/cm7/clocks.h"
#include "firmware/cm7/handlers.h"
#include "firmware/cm7/uart.h"

#define BAUD 115200UL
#define TX_SIZE 8192U /* power of two: an answer, and as much of telemetry */
#define RX_SIZE 1024U /* power of two: 89 ms of line time */

/* TXFTCFG 101: interrupt when the FIFO is empty. All of it is free then, whatever a look at each byte would say, and the
 * byte that is being shifted out, 87 us, leaves the time to fill it without a gap on the line. */
#define TX_FIFO_SIZE 16U
#define CR3_QUIET (5UL << USART_CR3_TXFTCFG_Pos)
#define CR3_SENDING (CR3_QUIET | USART_CR3_TXFTIE)

#define RX_ERRORS (USART_ISR_PE | USART_ISR_FE | USART_ISR_NE)
#define RX_CLEAR (USART_ICR_PECF | USART_ICR_FECF | USART_ICR_NECF | USART_ICR_ORECF)

struct uart_counts uart_counts;

/* One producer (main loop: head), one consumer (interrupt: tail), free-running indices. */
static struct {
    char data[TX_SIZE];
    volatile uint32_t head;
    volatile uint32_t tail;
    volatile bool is_sending; /* TXFTIE is set, or about to be */
} tx;

/* The other way round. */
static struct {
    uint8_t data[RX_SIZE];
    volatile uint32_t head;
    volatile uint32_t tail;
} rx;

void uart_start(void)
{
    RCC_C1->APB1LENR |= RCC_APB1LENR_USART3EN;
    (void)RCC_C1->APB1LENR;
    USART3->BRR = (CLOCKS_USART_HZ + BAUD / 2UL) / BAUD; /* 556: +0.08 % */
    USART3->CR3 = CR3_QUIET;
    USART3->CR1 = USART_CR1_FIFOEN | USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE_RXFNEIE;
    USART3->CR1 |= USART_CR1_UE;
    NVIC_SetPriority(USART3_IRQn, 8);
    NVIC_EnableIRQ(USART3_IRQn);
}

size_t uart_room(void)
{
    return TX_SIZE - (tx.head - tx.tail);
}

/* The interrupt ends it when it finds the ring empty. Should it do so between the two writes here, TXFTIE raises it once
 * more, for nothing. */
static void start_sending(void)
{
    if (!tx.is_sending) {
        tx.is_sending = true;
        USART3->CR3 = CR3_SENDING;
    }
}

/* Only head's writer may touch the data beyond it, and only then moves it. */
bool uart_write(const char *text, size_t len)
{
    const uint32_t head = tx.head;
    if (len > uart_room()) {
        uart_counts.dropped++;
        return false;
    }
    const size_t at = head % TX_SIZE;
    const size_t before_end = len < TX_SIZE - at ? len : TX_SIZE - at;
    memcpy(tx.data + at, text, before_end);
    memcpy(tx.data, text + before_end, len - before_end);
    __DMB();
    tx.head = head + (uint32_t)len;
    if (TX_SIZE - uart_room() > uart_counts.tx_max) {
        uart_counts.tx_max = (uint32_t)(TX_SIZE - uart_room());
    }
    start_sending();
    return true;
}

bool uart_offer(const char *text, size_t len)
{
    if (len + UART_ANSWER_MAX > uart_room()) {
        uart_counts.dropped++;
        return false;
    }
    return uart_write(text, len);
}

bool uart_take(uint8_t *byte)
{
    const uint32_t tail = rx.tail;
    if (tail == rx.head) {
        return false;
    }
    __DMB();
    *byte = rx.data[tail % RX_SIZE];
    __DMB();
    rx.tail = tail + 1U;
    return true;
}

bool uart_has_input(void)
{
    return rx.tail != rx.head;
}

bool uart_is_idle(void)
{
    return tx.head == tx.tail && (USART3->ISR & USART_ISR_TC) != 0; /* the FIFO, too (51.5.5) */
}

/* The error flags are those of the byte that is read next (51.8.9). */
static void receive(uint32_t isr)
{
    uint32_t head = rx.head;
    for (; (isr & USART_ISR_RXNE_RXFNE) != 0; isr = USART3->ISR) {
        const uint8_t byte = (uint8_t)USART3->RDR;
        if ((isr & RX_ERRORS) != 0) {
            uart_counts.errors++;
            USART3->ICR = RX_CLEAR & ~USART_ICR_ORECF;
        } else if (head - rx.tail == RX_SIZE) {
            uart_counts.overruns++;
        } else {
            rx.data[head % RX_SIZE] = byte;
            head++;
        }
    }
    __DMB();
    rx.head = head;
    if (head - rx.tail > uart_counts.rx_max) {
        uart_counts.rx_max = head - rx.tail;
    }
    if ((isr & USART_ISR_ORE) != 0) {
        uart_counts.overruns++;
        USART3->ICR = USART_ICR_ORECF;
    }
}

static void put(const char *from, const char *end)
{
    while (from != end) {
        USART3->TDR = (uint8_t)*from++;
    }
}

/* The FIFO is empty: all that fits, in one visit. */
static void transmit(void)
{
    const char *const end = tx.data + TX_SIZE;
    const char *const from = tx.data + tx.tail % TX_SIZE;
    const uint32_t waiting = tx.head - tx.tail;
    const uint32_t fits = waiting < TX_FIFO_SIZE ? waiting : TX_FIFO_SIZE;
    if (from + fits <= end) {
        put(from, from + fits);
    } else { /* around the ring's end */
        put(from, end);
        put(tx.data, from + fits - TX_SIZE);
    }
    tx.tail += fits;
    if (waiting <= TX_FIFO_SIZE) {
        tx.is_sending = false;
        USART3->CR3 = CR3_QUIET;
    }
}

void USART3_IRQHandler(void)
{
    const uint32_t isr = USART3->ISR;
    if ((isr & (USART_ISR_RXNE_RXFNE | USART_ISR_ORE)) != 0) {
        receive(isr);
    }
    if ((isr & USART_ISR_TXFT) != 0) {
        transmit();
    }
}
