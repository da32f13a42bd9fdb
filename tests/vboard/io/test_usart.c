/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* USART: RM0399 chapter 51. USART3 on PD8 (TX) and PD9 (RX), 64 MHz HSI. */
#include "tests/vboard/io/io_rig.h"

#include "vboard/periph/usart/usart.h"

#include <string.h>

#define CR1 (USART3 + 0x00)
#define CR2 (USART3 + 0x04)
#define CR3 (USART3 + 0x08)
#define BRR (USART3 + 0x0C)
#define RQR (USART3 + 0x18)
#define ISR (USART3 + 0x1C)
#define ICR (USART3 + 0x20)
#define RDR (USART3 + 0x24)
#define TDR (USART3 + 0x28)
#define PRESC (USART3 + 0x2C)

#define UE 1u
#define RE (1u << 2)
#define TE (1u << 3)
#define IDLEIE (1u << 4)
#define RXNEIE (1u << 5)
#define TXEIE (1u << 7)
#define PCE (1u << 10)
#define OVER8 (1u << 15)
#define FIFOEN (1u << 29)

#define TXFT (1u << 27)
#define RXFT (1u << 26)
#define TXE (1u << 7)
#define TC (1u << 6)
#define RXNE (1u << 5)
#define IDLE (1u << 4)
#define ORE (1u << 3)
#define NE (1u << 2)
#define FE (1u << 1)
#define PE (1u << 0)

#define LINE 39

/* 64 MHz / 115200 = 555.6: BRR 556, a bit of 8.6875 us, a frame of 86.875 us. */
#define FRAME_PS UINT64_C(86875000)
#define BIT_PS UINT64_C(8687500)

static struct pin_trace tx;

static void open_port(struct io_rig *r, uint32_t cr1)
{
    pin_af(r, 'D', 8, 7);
    pin_af(r, 'D', 9, 7);
    trace_pin(r, &tx, 'D', 8);
    wr(r, BRR, 556);
    wr(r, CR1, cr1 & ~UE);
    wr(r, CR1, cr1 | UE);
    run_until(r, VTIME_MS(1)); /* the idle frame that TE sends is over */
}

static void arrive(struct io_rig *r, uint16_t data, uint64_t bit_ps, vtime_ps end)
{
    struct symbol sym = {.data = data, .data_bits = 8, .bit_ps = bit_ps, .end = end};
    run_until(r, end);
    signal_send_symbol(chip_pin(&r->chip, 'D', 9), &sym);
}

static void test_byte_time(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE | RE);
    assert_int_equal(rd(r, ISR), 0x006000C0u); /* REACK, TEACK, TC, TXE */
    assert_int_equal(chip_pin(&r->chip, 'D', 8)->level, LEVEL_HIGH);
    wr(r, TDR, 'a');
    assert_int_equal(rd(r, ISR) & (TXE | TC), TXE); /* moved to the shift register */
    wr(r, TDR, 'b');
    assert_int_equal(rd(r, ISR) & (TXE | TC), 0);
    run_until(r, VTIME_MS(1) + FRAME_PS - 1);
    assert_int_equal(tx.symbol_count, 0);
    run_until(r, VTIME_MS(1) + FRAME_PS);
    assert_int_equal(tx.symbol_count, 1);
    assert_int_equal(tx.symbols[0].data, 'a');
    assert_int_equal(tx.symbols[0].bit_ps, BIT_PS);
    assert_int_equal(tx.symbols[0].end, VTIME_MS(1) + FRAME_PS);
    assert_int_equal(rd(r, ISR) & (TXE | TC), TXE);
    run_until(r, VTIME_MS(2));
    assert_int_equal(tx.symbols[1].end, VTIME_MS(1) + 2 * FRAME_PS);
    assert_int_equal(rd(r, ISR) & (TXE | TC), TXE | TC);
}

/* TE sends an idle frame first (51.5.5). */
static void test_idle_frame_first(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'D', 8, 7);
    trace_pin(r, &tx, 'D', 8);
    wr(r, BRR, 556);
    wr(r, CR1, TE);
    wr(r, CR1, TE | UE);
    wr(r, TDR, 'x');
    assert_int_equal(rd(r, ISR) & TXE, 0);
    run_until(r, VTIME_MS(1));
    assert_int_equal(tx.symbols[0].end, 2 * FRAME_PS);
}

/* 16 in the FIFO and one being sent, back to back, without drift. */
static void test_fifo_and_threshold(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE | RE | FIFOEN);
    wr(r, CR3, 2u << 29 | 1u << 23); /* TXFIFO half empty */
    assert_true(r->line[CORE_CM7][LINE]);
    for (unsigned i = 0; i < 17; i++) { /* 16 in the FIFO, one in the shift register */
        assert_int_not_equal(rd(r, ISR) & TXE, 0);
        wr(r, TDR, i);
    }
    assert_int_equal(rd(r, ISR) & (TXE | TXFT), 0);
    assert_false(r->line[CORE_CM7][LINE]);
    run_until(r, VTIME_MS(1) + 8 * FRAME_PS - 1);
    assert_false(r->line[CORE_CM7][LINE]);
    run_until(r, VTIME_MS(1) + 8 * FRAME_PS); /* the ninth frame begins: eight are left */
    assert_true(r->line[CORE_CM7][LINE]);
    assert_int_equal(rd(r, ISR) & TXFT, TXFT);
    run_until(r, VTIME_MS(1) + 17 * FRAME_PS);
    assert_int_equal(tx.symbol_count, 17);
    assert_int_equal(rd(r, ISR) & TC, TC);
    for (unsigned i = 0; i < 17; i++) {
        assert_int_equal(tx.symbols[i].data, i);
        assert_int_equal(tx.symbols[i].end, VTIME_MS(1) + (i + 1) * FRAME_PS);
    }
}

static void test_over8_and_prescaler(void **state)
{
    struct io_rig *r = *state;
    pin_af(r, 'D', 8, 7);
    trace_pin(r, &tx, 'D', 8);
    wr(r, PRESC, 1);   /* 32 MHz */
    wr(r, BRR, 0x224); /* USARTDIV 0x228 = 552: 2 x 32 MHz / 552 */
    wr(r, CR1, TE | OVER8);
    wr(r, CR1, TE | OVER8 | UE);
    run_until(r, VTIME_MS(1));
    wr(r, TDR, 0x55);
    run_until(r, VTIME_MS(2));
    assert_int_equal(tx.symbols[0].bit_ps, 8625000);
}

static void test_receive_and_overrun(void **state)
{
    struct io_rig *r = *state;
    open_port(r, RE | RXNEIE);
    arrive(r, 'Q', BIT_PS, VTIME_MS(2));
    assert_true(r->line[CORE_CM7][LINE]);
    assert_int_equal(rd(r, ISR) & (RXNE | ORE | FE | NE), RXNE);
    arrive(r, 'R', BIT_PS, VTIME_MS(2) + FRAME_PS);
    assert_int_equal(rd(r, ISR) & (RXNE | ORE), RXNE | ORE);
    assert_int_equal(rd(r, RDR), 'Q');    /* what came first is kept */
    assert_true(r->line[CORE_CM7][LINE]); /* ORE */
    wr(r, ICR, ORE);
    assert_false(r->line[CORE_CM7][LINE]);
    arrive(r, 'S', BIT_PS, VTIME_MS(3));
    assert_int_equal(rd(r, RDR), 'S');
}

static void test_receive_fifo(void **state)
{
    struct io_rig *r = *state;
    open_port(r, RE | FIFOEN);
    wr(r, CR3, 1u << 28 | 3u << 25); /* threshold 3/4: twelve */
    for (unsigned i = 0; i < 18; i++) {
        assert_int_equal(r->line[CORE_CM7][LINE], i >= 12);
        arrive(r, (uint16_t)i, BIT_PS, VTIME_MS(2) + i * FRAME_PS);
        assert_int_equal(rd(r, ISR) & ORE, i == 17 ? ORE : 0); /* the 18th (51.8.9) */
    }
    for (unsigned i = 0; i < 17; i++) {
        assert_int_equal(rd(r, ISR) & RXNE, RXNE);
        assert_int_equal(rd(r, RDR), i);
    }
    assert_int_equal(rd(r, ISR) & (RXNE | RXFT), 0);
}

/* 51.5.8: BRR[3:0] != 0, M = 00, OVER8 = 0, ONEBIT = 0: 3.33 %. */
static void test_tolerance(void **state)
{
    struct io_rig *r = *state;
    open_port(r, RE);
    arrive(r, 0xA5, BIT_PS * 1033 / 1000, VTIME_MS(2));
    assert_int_equal(rd(r, ISR) & (FE | NE), 0);
    assert_int_equal(rd(r, RDR), 0xA5);
    arrive(r, 0xA5, BIT_PS * 1034 / 1000, VTIME_MS(3));
    assert_int_not_equal(rd(r, ISR) & (FE | NE), 0);
    (void)rd(r, RDR);
    wr(r, ICR, FE | NE);
    arrive(r, 'U', BIT_PS * 12, VTIME_MS(5)); /* 9600 baud */
    assert_int_equal(rd(r, ISR) & FE, FE);
    assert_int_equal(rd(r, RDR), 0); /* all its samples fall into the start bit */
}

static void test_break_is_framing_error(void **state)
{
    struct io_rig *r = *state;
    struct symbol sym = {.data_bits = 8, .bit_ps = BIT_PS, .end = VTIME_MS(2), .is_break = true};
    open_port(r, RE);
    run_until(r, sym.end);
    signal_send_symbol(chip_pin(&r->chip, 'D', 9), &sym);
    assert_int_equal(rd(r, ISR) & (FE | RXNE), FE | RXNE);
    assert_int_equal(rd(r, RDR), 0);
}

/* Seven data bits and even parity; then a byte without it. */
static void test_parity(void **state)
{
    struct io_rig *r = *state;
    struct symbol sym = {
        .data = 0x43, .data_bits = 7, .parity = 2, .bit_ps = BIT_PS, .end = VTIME_MS(2)};
    open_port(r, RE | TE | PCE);
    run_until(r, sym.end);
    signal_send_symbol(chip_pin(&r->chip, 'D', 9), &sym);
    assert_int_equal(rd(r, ISR) & (PE | FE), 0);
    assert_int_equal(rd(r, RDR), 0xC3); /* with the parity bit on top (51.8.12) */
    arrive(r, 0x43, BIT_PS, VTIME_MS(3));
    assert_int_equal(rd(r, ISR) & PE, PE);
    wr(r, TDR, 0x43);
    run_until(r, VTIME_MS(4));
    assert_int_equal(tx.symbols[0].data_bits, 7);
    assert_int_equal(tx.symbols[0].parity, 2);
    assert_int_equal(tx.symbols[0].data, 0x43);
}

/* One frame of silence, known one frame later: only then is it sure that no frame is under way. */
static void test_idle_line(void **state)
{
    struct io_rig *r = *state;
    open_port(r, RE | IDLEIE);
    run_until(r, VTIME_MS(2));
    assert_int_equal(rd(r, ISR) & IDLE, 0);
    arrive(r, 'a', BIT_PS, VTIME_MS(3));
    arrive(r, 'b', BIT_PS, VTIME_MS(3) + FRAME_PS + 1000);
    run_until(r, VTIME_MS(3) + 3 * FRAME_PS);
    assert_false(r->line[CORE_CM7][LINE]);
    run_until(r, VTIME_MS(3) + 3 * FRAME_PS + 1000);
    assert_true(r->line[CORE_CM7][LINE]);
    assert_int_equal(rd(r, ISR) & IDLE, IDLE);
    wr(r, ICR, IDLE);
    run_until(r, VTIME_MS(5));
    assert_false(r->line[CORE_CM7][LINE]);
}

/* A gap of a frame and more between two bytes. */
static void test_idle_between_bytes(void **state)
{
    struct io_rig *r = *state;
    open_port(r, RE);
    arrive(r, 'a', BIT_PS, VTIME_MS(2));
    arrive(r, 'b', BIT_PS, VTIME_MS(2) + 2 * FRAME_PS - 1);
    assert_int_equal(rd(r, ISR) & IDLE, 0);
    arrive(r, 'c', BIT_PS, VTIME_MS(2) + 4 * FRAME_PS - 1);
    assert_int_equal(rd(r, ISR) & IDLE, IDLE);
    wr(r, ICR, ORE);
}

static void test_send_break(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE);
    wr(r, TDR, 'a');
    wr(r, TDR, 'b');
    wr(r, RQR, 2);
    run_until(r, VTIME_MS(2));
    assert_int_equal(tx.symbol_count, 3);
    assert_true(tx.symbols[1].is_break); /* before 'b', which waited */
    assert_int_equal(tx.symbols[1].end, VTIME_MS(1) + FRAME_PS + 12 * BIT_PS);
    assert_int_equal(tx.symbols[2].data, 'b');
}

/* The kernel clock halves in mid-frame: the rest takes twice as long. */
static void test_clock_change(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE);
    wr(r, TDR, 'a');
    run_until(r, VTIME_MS(1) + FRAME_PS / 2);
    clock_set(&r->chip.clocks[CLK_USART234578], CLOCK_UHZ(32000000), r->chip.sched.now);
    run_until(r, VTIME_MS(2));
    assert_int_equal(tx.symbols[0].end, VTIME_MS(1) + FRAME_PS / 2 + FRAME_PS);
}

static void test_interrupt_driven_sending(void **state)
{
    struct io_rig *r = *state;
    static const char text[] = "candial";
    unsigned next = 0;
    open_port(r, TE | TXEIE);
    for (vtime_ps t = VTIME_MS(1); next < strlen(text); t += VTIME_US(1)) {
        run_until(r, t);
        if (r->line[CORE_CM7][LINE]) {
            wr(r, TDR, (uint8_t)text[next++]);
        }
    }
    run_until(r, VTIME_MS(3));
    assert_int_equal(tx.symbol_count, strlen(text));
    assert_int_equal(tx.symbols[6].end, VTIME_MS(1) + 7 * FRAME_PS);
}

static void test_misuse_is_found(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE);
    wr(r, BRR, 100);
    assert_int_equal(take_findings(r, FINDING_BEHAVIOUR), 1);
    assert_int_equal(rd(r, BRR), 556);
    wr(r, CR2, 1u << 14); /* LIN */
    assert_int_equal(take_findings(r, FINDING_UNMODELLED), 1);
    wr(r, TDR, 1);
    wr(r, TDR, 2);
    wr(r, TDR, 3);
    assert_int_equal(take_findings(r, FINDING_BEHAVIOUR), 1);
    run_until(r, VTIME_MS(2));
    assert_int_equal(tx.symbol_count, 2);
    assert_int_equal(tx.symbols[1].data, 3); /* took the place of 2 */
}

/* UE = 0: flags as after reset, nothing more is sent. */
static void test_disable(void **state)
{
    struct io_rig *r = *state;
    open_port(r, TE | RE);
    arrive(r, 'a', BIT_PS, VTIME_MS(2));
    wr(r, TDR, 'b');
    wr(r, CR1, TE | RE);
    run_until(r, VTIME_MS(3));
    assert_int_equal(tx.symbol_count, 0);
    assert_int_equal(rd(r, ISR), 0xC0);
    assert_int_equal(chip_pin(&r->chip, 'D', 8)->level, LEVEL_FLOATING);
}

#define RIG(test) cmocka_unit_test_setup_teardown(test, rig_setup, rig_teardown)

/* 51.5.21: with UESM a frame is received without the bus clock, from HSI, and usart_wkup asks EXTI. */
static void test_wakes_from_stop(void **state)
{
    struct io_rig *r = *state;
    const struct symbol sym = {.data = 'w', .data_bits = 8, .bit_ps = BIT_PS, .end = VTIME_MS(2)};
    struct signal *rx = chip_pin(&r->chip, 'D', 9);
    struct periph *usart = chip_periph(&r->chip, "USART3");
    open_port(r, RE | RXNEIE);
    r->chip.clocks[CLK_USART234578].source = &r->chip.clocks[CLK_HSI];
    usart->model->gated(usart, false);
    signal_send_symbol(rx, &sym);
    assert_int_equal(rd(r, ISR) & RXNE, 0);
    wr(r, CR1, UE | RE | RXNEIE | 2);
    signal_send_symbol(rx, &sym);
    assert_true(usart->irq[USART_IRQ_WAKEUP].level);
    assert_int_equal(rd(r, RDR), 'w');
    assert_false(usart->irq[USART_IRQ_WAKEUP].level);
    wr(r, CR3, 3u << 20 | 1u << 22); /* WUS: RXNE; WUFIE */
    signal_send_symbol(rx, &sym);
    assert_int_equal(rd(r, ISR) & (1u << 20), 1u << 20);
    wr(r, CR1, UE | RE);
    assert_int_equal(rd(r, ISR) & (1u << 20), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG(test_byte_time),
        RIG(test_idle_frame_first),
        RIG(test_fifo_and_threshold),
        RIG(test_over8_and_prescaler),
        RIG(test_receive_and_overrun),
        RIG(test_receive_fifo),
        RIG(test_tolerance),
        RIG(test_break_is_framing_error),
        RIG(test_parity),
        RIG(test_idle_line),
        RIG(test_idle_between_bytes),
        RIG(test_send_break),
        RIG(test_clock_change),
        RIG(test_interrupt_driven_sending),
        RIG(test_misuse_is_found),
        RIG(test_disable),
        RIG(test_wakes_from_stop),
    };
    return cmocka_run_group_tests_name("usart", tests, NULL, NULL);
}
