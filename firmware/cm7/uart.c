/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * RM0399 Rev 4, chapter 51: FIFO mode 51.5.4, baud rate 51.5.7, thresholds CR3 (51.7.4). The receive
 * side is enabled together with its FIFO; reading it is left to a command line, which takes RDR in
 * this interrupt (RXFTIE, RTOIE) and lines in the main loop.
 */
#include "stm32h755xx.h"

#include "firmware/board/board.h"
#include "firmware/cm7/clocks.h"
#include "firmware/cm7/handlers.h"
#include "firmware/cm7/uart.h"

#define BAUD 115200UL
#define RING_SIZE 2048U /* power of two: 178 ms of line time; a banner of 0.4 KB and lines on top */

/* 100: interrupt when 7/8 of the FIFO, 14 bytes, are free. Two are left: 174 us to answer in. */
#define TX_THRESHOLD 4UL

/* One producer (main loop: head), one consumer (interrupt: tail), free-running indices. */
static struct {
    char data[RING_SIZE];
    volatile uint32_t head;
    volatile uint32_t tail;
    uint32_t dropped;
} ring;

void uart_start(void)
{
    RCC_C1->APB1LENR |= RCC_APB1LENR_USART3EN;
    (void)RCC_C1->APB1LENR;
    USART3->BRR = (CLOCKS_USART_HZ + BAUD / 2UL) / BAUD; /* 556: +0.08 % */
    USART3->CR3 = TX_THRESHOLD << USART_CR3_TXFTCFG_Pos;
    USART3->CR1 = USART_CR1_FIFOEN | USART_CR1_TE | USART_CR1_RE;
    USART3->CR1 |= USART_CR1_UE;
    NVIC_SetPriority(USART3_IRQn, 8);
    NVIC_EnableIRQ(USART3_IRQn);
}

/* Only head's writer may touch the data beyond it, and only then moves it. */
bool uart_write(const char *text, size_t len)
{
    const uint32_t head = ring.head;
    if (len > RING_SIZE - (head - ring.tail)) {
        ring.dropped++;
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        ring.data[(head + i) % RING_SIZE] = text[i];
    }
    __DMB();
    ring.head = head + (uint32_t)len;
    /* The interrupt clears TXFTIE when it finds the ring empty: not between our read and write. */
    NVIC_DisableIRQ(USART3_IRQn);
    USART3->CR3 |= USART_CR3_TXFTIE;
    NVIC_EnableIRQ(USART3_IRQn);
    return true;
}

void USART3_IRQHandler(void)
{
    uint32_t tail = ring.tail;
    const uint32_t head = ring.head;
    while (tail != head && (USART3->ISR & USART_ISR_TXE_TXFNF) != 0) {
        USART3->TDR = (uint8_t)ring.data[tail % RING_SIZE];
        tail++;
    }
    ring.tail = tail;
    if (tail == head) {
        USART3->CR3 &= ~USART_CR3_TXFTIE;
    }
}

uint32_t uart_dropped(void)
{
    return ring.dropped;
}

bool uart_is_idle(void)
{
    return ring.head == ring.tail;
}
