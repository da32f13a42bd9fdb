/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Reception: acceptance filters, Rx FIFOs, Rx buffers, interrupts. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "fdcan_testkit.h"

#define CASE(f) cmocka_unit_test_setup_teardown(f, kit_setup, kit_teardown)

/* Filter types and actions as Tables 521 and 523 number them. */
enum { RANGE, DUAL, CLASSIC, TYPE3 };
enum { OFF, FIFO0, FIFO1, REJECT, PRIO, PRIO_FIFO0, PRIO_FIFO1, BUFFER };
#define STD(type, action, id1, id2)                                                                \
    ((uint32_t)(type) << 30 | (uint32_t)(action) << 27 | (uint32_t)(id1) << 16 | (uint32_t)(id2))
#define EXT0(action, id1) ((uint32_t)(action) << 29 | (uint32_t)(id1))
#define EXT1(type, id2) ((uint32_t)(type) << 30 | (uint32_t)(id2))

static unsigned fill0(struct kit *k)
{
    return rd(k, RXF0S) & 0x7F;
}

static unsigned fill1(struct kit *k)
{
    return rd(k, RXF1S) & 0x7F;
}

static void send(struct kit *k, uint32_t id, bool extended)
{
    struct bus_frame f = {.id = id, .extended = extended, .dlc = 1, .data = {0xA5}};

    tester_send(&k->ecu, &f);
    run_us(k, 300);
}

/* Starts with `count` standard filters; non-matching frames are rejected. */
static void filter_standard(struct kit *k, const uint32_t *elements, unsigned count)
{
    kit_route(k);
    kit_configure(k, 8);
    for (unsigned i = 0; i < count; i++) {
        set_ram(k, RAM_STD + i, elements[i]);
    }
    wr(k, SIDFC, count << 16 | RAM_STD << 2);
    wr(k, GFC, 0x3F & ~3u);
    kit_start(k, 0);
}

static void filter_extended(struct kit *k, const uint32_t *words, unsigned count, uint32_t mask)
{
    kit_route(k);
    kit_configure(k, 8);
    for (unsigned i = 0; i < 2 * count; i++) {
        set_ram(k, RAM_EXT + i, words[i]);
    }
    wr(k, XIDFC, count << 16 | RAM_EXT << 2);
    wr(k, XIDAM, mask);
    wr(k, GFC, 0x3C);
    kit_start(k, 0);
}

static void element_in_the_fifo_is_as_table_514_says(void **state)
{
    struct kit *k = *state;
    struct bus_frame f = {.id = 0x156, .dlc = 8, .data = {1, 2, 3, 4, 5, 6, 7, 8}};

    kit_listen(k, 0);
    tester_send(&k->ecu, &f);
    run_us(k, 400);
    assert_int_equal(ram(k, RAM_FIFO0), 0x156u << 18);
    assert_int_equal(ram(k, RAM_FIFO0 + 1), 1u << 31 | 8u << 16);
    assert_int_equal(ram(k, RAM_FIFO0 + 2), 0x04030201);
    assert_int_equal(ram(k, RAM_FIFO0 + 3), 0x08070605);
}

static void extended_and_remote_frames_are_marked(void **state)
{
    struct kit *k = *state;
    struct bus_frame f = {.id = 0x18DAF110, .extended = true, .remote = true, .dlc = 5};

    kit_listen(k, 0);
    uint32_t before = ram(k, RAM_FIFO0 + 2);
    tester_send(&k->ecu, &f);
    run_us(k, 400);
    assert_int_equal(ram(k, RAM_FIFO0), 0x18DAF110u | 1u << 30 | 1u << 29);
    assert_int_equal(ram(k, RAM_FIFO0 + 1), 1u << 31 | 5u << 16);
    assert_int_equal(ram(k, RAM_FIFO0 + 2), before); /* no data field, nothing written */
}

static void fd_frame_fills_a_large_element_and_is_cut_for_a_small_one(void **state)
{
    struct kit *k = *state;
    struct bus_frame f = {.id = 0x10, .fd = true, .brs = true, .esi = true, .dlc = 15};

    for (unsigned i = 0; i < 64; i++) {
        f.data[i] = (uint8_t)i;
    }
    kit_route(k);
    kit_configure(k, 4);
    wr(k, RXESC, 7);
    kit_start(k, FDOE);
    tester_send(&k->ecu, &f);
    tester_send(&k->ecu, &f);
    run_us(k, 1500);
    assert_int_equal(fill0(k), 2);
    assert_int_equal(ram(k, RAM_FIFO0), 0x10u << 18 | 1u << 31);
    assert_int_equal(ram(k, RAM_FIFO0 + 1), 1u << 31 | 1u << 21 | 1u << 20 | 15u << 16);
    assert_int_equal(ram(k, RAM_FIFO0 + 17), 0x3F3E3D3C);
    assert_int_equal(ram(k, RAM_FIFO0 + 18), ram(k, RAM_FIFO0));
    wr(k, CCCR, INIT | FDOE);
    run_us(k, 1);
    wr(k, CCCR, INIT | CCE | FDOE);
    wr(k, RXESC, 1); /* 12 bytes */
    set_ram(k, RAM_FIFO0 + 5, 0xDEADBEEF);
    kit_start(k, FDOE);
    tester_send(&k->ecu, &f);
    run_us(k, 1500);
    assert_int_equal(ram(k, RAM_FIFO0 + 4), 0x0B0A0908);
    assert_int_equal(ram(k, RAM_FIFO0 + 5), 0xDEADBEEF);
}

/* ---- filters ---- */

static void without_filters_gfc_decides(void **state)
{
    struct kit *k = *state;
    static const struct {
        uint32_t gfc;
        unsigned standard0, standard1, extended0, extended1;
    } rows[] = {{0x00, 1, 0, 1, 0}, {0x10, 0, 1, 1, 0}, {0x20, 0, 0, 1, 0}, {0x30, 0, 0, 1, 0},
                {0x04, 1, 0, 0, 1}, {0x08, 1, 0, 0, 0}, {0x0C, 1, 0, 0, 0}};

    kit_route(k);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        kit_configure(k, 8);
        wr(k, GFC, rows[i].gfc);
        kit_start(k, 0);
        send(k, 0x100, false);
        assert_int_equal(fill0(k), rows[i].standard0);
        assert_int_equal(fill1(k), rows[i].standard1);
        send(k, 0x100, true);
        assert_int_equal(fill0(k) - rows[i].standard0, rows[i].extended0);
        assert_int_equal(fill1(k) - rows[i].standard1, rows[i].extended1);
    }
}

static void remote_frames_are_rejected_by_gfc(void **state)
{
    struct kit *k = *state;
    struct bus_frame standard = {.id = 1, .remote = true};
    struct bus_frame extended = {.id = 1, .remote = true, .extended = true};

    kit_route(k);
    for (uint32_t gfc = 0; gfc < 4; gfc++) {
        kit_configure(k, 8);
        wr(k, GFC, gfc);
        kit_start(k, 0);
        tester_send(&k->ecu, &standard);
        run_us(k, 300);
        assert_int_equal(fill0(k), (gfc & 2) == 0 ? 1 : 0);
        tester_send(&k->ecu, &extended);
        run_us(k, 300);
        assert_int_equal(fill0(k), ((gfc & 2) == 0 ? 1u : 0u) + ((gfc & 1) == 0 ? 1u : 0u));
    }
    assert_int_equal(fdcan_frames_rejected(k->can1, false), 2);
    assert_int_equal(fdcan_frames_rejected(k->can1, true), 2);
}

/* Every type of standard filter against identifiers at its edges. */
static void standard_filter_matrix(void **state)
{
    struct kit *k = *state;
    static const struct {
        uint32_t element;
        uint32_t id;
        bool match;
    } rows[] = {
        {STD(RANGE, FIFO0, 0x100, 0x110), 0x0FF, false},
        {STD(RANGE, FIFO0, 0x100, 0x110), 0x100, true},
        {STD(RANGE, FIFO0, 0x100, 0x110), 0x110, true},
        {STD(RANGE, FIFO0, 0x100, 0x110), 0x111, false},
        {STD(DUAL, FIFO0, 0x100, 0x110), 0x100, true},
        {STD(DUAL, FIFO0, 0x100, 0x110), 0x108, false},
        {STD(DUAL, FIFO0, 0x100, 0x110), 0x110, true},
        {STD(CLASSIC, FIFO0, 0x120, 0x7F0), 0x12F, true},
        {STD(CLASSIC, FIFO0, 0x120, 0x7F0), 0x130, false},
        {STD(CLASSIC, FIFO0, 0x156, 0x7FF), 0x156, true},
        {STD(CLASSIC, FIFO0, 0x156, 0x7FF), 0x157, false},
        {STD(CLASSIC, FIFO0, 0x7FF, 0x000), 0x000, true},
        {STD(TYPE3, FIFO0, 0x000, 0x7FF), 0x100, false}, /* disabled */
        {STD(CLASSIC, OFF, 0x000, 0x000), 0x100, false}, /* disabled */
        {STD(CLASSIC, REJECT, 0x000, 0x000), 0x100, false},
    };

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        filter_standard(k, &rows[i].element, 1);
        send(k, rows[i].id, false);
        assert_int_equal(fill0(k), rows[i].match ? 1 : 0);
    }
}

static void extended_filter_matrix(void **state)
{
    struct kit *k = *state;
    static const struct {
        uint32_t words[2];
        uint32_t mask;
        uint32_t id;
        bool match;
    } rows[] = {
        {{EXT0(FIFO0, 0x1000), EXT1(RANGE, 0x2000)}, 0x1FFFFFFF, 0x0FFF, false},
        {{EXT0(FIFO0, 0x1000), EXT1(RANGE, 0x2000)}, 0x1FFFFFFF, 0x1000, true},
        {{EXT0(FIFO0, 0x1000), EXT1(RANGE, 0x2000)}, 0x1FFFFFFF, 0x2000, true},
        {{EXT0(FIFO0, 0x1000), EXT1(RANGE, 0x2000)}, 0x1FFFFFFF, 0x2001, false},
        {{EXT0(FIFO0, 0x1000), EXT1(DUAL, 0x2000)}, 0x1FFFFFFF, 0x2000, true},
        {{EXT0(FIFO0, 0x1000), EXT1(DUAL, 0x2000)}, 0x1FFFFFFF, 0x1800, false},
        {{EXT0(FIFO0, 0x18FEEE00), EXT1(CLASSIC, 0x03FFFF00)}, 0x1FFFFFFF, 0x0CFEEE21, true},
        {{EXT0(FIFO0, 0x18FEEE00), EXT1(CLASSIC, 0x03FFFF00)}, 0x1FFFFFFF, 0x18FEEF00, false},
        /* XIDAM hides priority and source address, but not for type 3. */
        {{EXT0(FIFO0, 0x00FEEE00), EXT1(RANGE, 0x00FEEE00)}, 0x03FFFF00, 0x18FEEE21, true},
        {{EXT0(FIFO0, 0x00FEEE00), EXT1(TYPE3, 0x00FEEE00)}, 0x03FFFF00, 0x18FEEE21, false},
        {{EXT0(FIFO0, 0x18FEEE00), EXT1(TYPE3, 0x18FEEEFF)}, 0x03FFFF00, 0x18FEEE21, true},
        {{EXT0(OFF, 0), EXT1(CLASSIC, 0)}, 0x1FFFFFFF, 0x1000, false},
    };

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        filter_extended(k, rows[i].words, 1, rows[i].mask);
        send(k, rows[i].id, true);
        assert_int_equal(fill0(k), rows[i].match ? 1 : 0);
    }
}

static void standard_filters_do_not_concern_extended_frames(void **state)
{
    struct kit *k = *state;
    uint32_t all = STD(CLASSIC, FIFO0, 0, 0);

    filter_standard(k, &all, 1);
    send(k, 0x100, true);
    assert_int_equal(fill0(k), 0);
}

static void first_matching_element_decides(void **state)
{
    struct kit *k = *state;
    const uint32_t list[] = {STD(DUAL, REJECT, 0x100, 0x101), STD(RANGE, FIFO1, 0x100, 0x1FF),
                             STD(CLASSIC, FIFO0, 0, 0)};

    filter_standard(k, list, 3);
    send(k, 0x100, false);
    send(k, 0x102, false);
    send(k, 0x200, false);
    assert_int_equal(fill1(k), 1);
    assert_int_equal(fill0(k), 1);
    assert_int_equal(ram(k, RAM_FIFO1 + 1), 1u << 24 | 1u << 16); /* index 1, ANMF 0 */
    assert_int_equal(ram(k, RAM_FIFO0 + 1), 2u << 24 | 1u << 16);
    assert_int_equal(ram(k, RAM_FIFO0), 0x200u << 18);
}

static void list_size_beyond_its_greatest_counts_as_that(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    for (unsigned i = 0; i < 129; i++) {
        set_ram(k, RAM_STD + i, i == 128 ? STD(CLASSIC, FIFO0, 0, 0) : 0);
    }
    wr(k, SIDFC, 200u << 16 | RAM_STD << 2);
    wr(k, GFC, 0x3C);
    kit_start(k, 0);
    send(k, 0x100, false);
    assert_int_equal(fill0(k), 0);
}

static void priority_filters_set_hpm_and_hpms(void **state)
{
    struct kit *k = *state;
    const uint32_t list[] = {STD(DUAL, PRIO, 0x100, 0x100), STD(DUAL, PRIO_FIFO0, 0x200, 0x200),
                             STD(DUAL, PRIO_FIFO1, 0x300, 0x300)};

    filter_standard(k, list, 3);
    send(k, 0x100, false);
    assert_int_equal(rd(k, IR) & 0x100, 0x100);
    assert_int_equal(rd(k, HPMS), 0);
    assert_int_equal(fill0(k) + fill1(k), 0);
    send(k, 0x200, false);
    send(k, 0x200, false);
    assert_int_equal(rd(k, HPMS), 1u << 8 | 2u << 6 | 1u);
    send(k, 0x300, false);
    assert_int_equal(rd(k, HPMS), 2u << 8 | 3u << 6);
}

static void hpms_tells_an_overrun_and_the_extended_list(void **state)
{
    struct kit *k = *state;
    const uint32_t words[] = {EXT0(PRIO_FIFO0, 0x100), EXT1(DUAL, 0x100)};

    filter_extended(k, words, 1, 0x1FFFFFFF);
    for (unsigned i = 0; i < 9; i++) {
        send(k, 0x100, true);
    }
    assert_int_equal(rd(k, HPMS), 1u << 15 | 1u << 6);
}

/* ---- Rx buffers ---- */

static void rx_buffer_takes_its_identifier_and_is_locked_while_new(void **state)
{
    struct kit *k = *state;
    const uint32_t list[] = {STD(0, BUFFER, 0x156, 33), STD(CLASSIC, FIFO0, 0, 0)};

    filter_standard(k, list, 2);
    send(k, 0x157, false);
    assert_int_equal(rd(k, NDAT2), 0);
    send(k, 0x156, false);
    assert_int_equal(rd(k, NDAT1), 0);
    assert_int_equal(rd(k, NDAT2), 2);
    assert_int_equal(rd(k, IR) & 1u << 19, 1u << 19);
    assert_int_equal(ram(k, RAM_RXB + 33 * 4), 0x156u << 18);
    assert_int_equal(fill0(k), 1);
    send(k, 0x156, false); /* locked: the search goes on to FIFO 0 */
    assert_int_equal(fill0(k), 2);
    wr(k, NDAT2, 2);
    assert_int_equal(rd(k, NDAT2), 0);
    send(k, 0x156, false);
    assert_int_equal(rd(k, NDAT2), 2);
    assert_int_equal(fill0(k), 2);
}

static void debug_messages_advance_their_state(void **state)
{
    struct kit *k = *state;
    const uint32_t list[] = {STD(0, BUFFER, 0x10, 1u << 9 | 61), STD(0, BUFFER, 0x11, 2u << 9 | 62),
                             STD(0, BUFFER, 0x12, 3u << 9 | 63)};

    filter_standard(k, list, 3);
    send(k, 0x11, false); /* B before A */
    assert_int_equal(rd(k, RXF1S) >> 30, 0);
    send(k, 0x10, false);
    assert_int_equal(rd(k, RXF1S) >> 30, 1);
    send(k, 0x11, false);
    assert_int_equal(rd(k, RXF1S) >> 30, 2);
    send(k, 0x12, false);
    assert_int_equal(rd(k, RXF1S) >> 30, 3);
    assert_int_equal(rd(k, NDAT1) | rd(k, NDAT2), 0);
    assert_int_equal(rd(k, IR) & 1u << 19, 0);
    assert_int_equal(ram(k, RAM_RXB + 61 * 4), 0x10u << 18);
}

/* ---- FIFOs ---- */

static void full_fifo_blocks_and_counts_as_lost(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    for (unsigned i = 0; i < 7; i++) {
        send(k, 0x100 + i, false);
    }
    assert_int_equal(rd(k, RXF0S), 7u << 16 | 7);
    assert_int_equal(rd(k, IR) & 0xF, 1);
    send(k, 0x107, false);
    assert_int_equal(rd(k, RXF0S), 1u << 24 | 8);
    assert_int_equal(rd(k, IR) & 0xF, 1 | 4);
    send(k, 0x108, false);
    assert_int_equal(rd(k, RXF0S), 1u << 25 | 1u << 24 | 8);
    assert_int_equal(rd(k, IR) & 0xF, 1 | 4 | 8);
    assert_int_equal(ram(k, RAM_FIFO0), 0x100u << 18);
    assert_int_equal(fdcan_frames_lost(k->can1), 1);
    assert_int_equal(fdcan_frames_stored(k->can1), 8);
    wr(k, IR, 8);
    assert_int_equal(rd(k, RXF0S), 1u << 24 | 8); /* RF0L is a copy of the flag */
}

static void acknowledge_moves_the_get_index_past_the_element(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    for (unsigned i = 0; i < 8; i++) {
        send(k, 0x100 + i, false);
    }
    wr(k, RXF0A, 0);
    assert_int_equal(rd(k, RXF0S), 1u << 8 | 7);
    wr(k, RXF0A, 4);
    assert_int_equal(rd(k, RXF0S), 5u << 8 | 3);
    send(k, 0x200, false);
    assert_int_equal(rd(k, RXF0S), 1u << 16 | 5u << 8 | 4);
    assert_int_equal(ram(k, RAM_FIFO0), 0x200u << 18);
    wr(k, RXF0A, 7);
    wr(k, RXF0A, 0);
    assert_int_equal(rd(k, RXF0S), 1u << 16 | 1u << 8);
}

static void overwrite_mode_drops_the_oldest(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 4);
    wr(k, RXF0C, 1u << 31 | 4u << 16 | RAM_FIFO0 << 2);
    kit_start(k, 0);
    for (unsigned i = 0; i < 6; i++) {
        send(k, 0x100 + i, false);
    }
    assert_int_equal(rd(k, RXF0S), 1u << 24 | 2u << 16 | 2u << 8 | 4);
    assert_int_equal(ram(k, RAM_FIFO0), 0x104u << 18);
    assert_int_equal(ram(k, RAM_FIFO0 + 4 * 2), 0x102u << 18);
    assert_int_equal(rd(k, IR) & 8, 0);
    assert_int_equal(fdcan_frames_lost(k->can1), 0);
}

static void watermark_flag_comes_with_the_level(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    wr(k, RXF0C, 3u << 24 | 8u << 16 | RAM_FIFO0 << 2);
    kit_start(k, 0);
    send(k, 0x100, false);
    send(k, 0x101, false);
    assert_int_equal(rd(k, IR) & 2, 0);
    send(k, 0x102, false);
    assert_int_equal(rd(k, IR) & 2, 2);
}

static void fifo_without_size_loses_everything(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 0);
    kit_start(k, 0);
    send(k, 0x100, false);
    assert_int_equal(rd(k, RXF0S), 1u << 25);
    assert_int_equal(rd(k, IR) & 0xF, 8);
}

static void fifo_size_over_64_counts_as_64(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 100);
    kit_start(k, 0);
    for (unsigned i = 0; i < 65; i++) {
        send(k, i, false);
    }
    assert_int_equal(fill0(k), 64);
    assert_int_equal(fdcan_frames_lost(k->can1), 1);
}

static void fifo_1_has_its_own_flags_and_indices(void **state)
{
    struct kit *k = *state;
    uint32_t all = STD(CLASSIC, FIFO1, 0, 0);

    filter_standard(k, &all, 1);
    for (unsigned i = 0; i < 9; i++) {
        send(k, 0x100 + i, false);
    }
    assert_int_equal(rd(k, RXF1S), 1u << 25 | 1u << 24 | 8);
    assert_int_equal(rd(k, IR) & 0xFF, 0xD0);
    wr(k, RXF1A, 7);
    assert_int_equal(rd(k, RXF1S), 1u << 25);
    assert_int_equal(fill0(k), 0);
}

/* ---- interrupts ---- */

static void interrupt_lines_follow_ie_ils_and_ile(void **state)
{
    struct kit *k = *state;
    struct irq_line *line0 = &k->can1->irq[FDCAN_IRQ_IT0];
    struct irq_line *line1 = &k->can1->irq[FDCAN_IRQ_IT1];

    kit_listen(k, 0);
    send(k, 0x100, false);
    assert_false(line0->level || line1->level);
    wr(k, IE, 1);
    assert_false(line0->level || line1->level);
    wr(k, ILE, 3);
    assert_true(line0->level);
    assert_false(line1->level);
    wr(k, ILS, 1);
    assert_false(line0->level);
    assert_true(line1->level);
    wr(k, ILE, 1);
    assert_false(line0->level || line1->level);
    wr(k, ILS, 0);
    assert_true(line0->level);
    wr(k, IR, 1);
    assert_false(line0->level || line1->level);
    send(k, 0x100, false);
    assert_true(line0->level);
}

static void writing_zero_to_ir_clears_nothing(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    send(k, 0x100, false);
    wr(k, IR, 0);
    assert_int_equal(rd(k, IR), 1);
}

static void frame_is_in_the_fifo_at_its_end(void **state)
{
    struct kit *k = *state;

    kit_listen(k, 0);
    vtime_ps start = k->chip.sched.now;
    tester_send_id(&k->ecu, 0x100);
    while (k->ecu.sent_count == 0) {
        assert_int_equal(fill0(k), 0);
        sched_run_until(&k->chip.sched, sched_next(&k->chip.sched));
    }
    assert_int_equal(fill0(k), 1);
    assert_int_equal(k->ecu.last_sent_end - start, k->chip.sched.now - start);
}

static void rx_buffers_have_an_element_size_of_their_own(void **state)
{
    struct kit *k = *state;

    kit_route(k);
    kit_configure(k, 8);
    set_ram(k, RAM_STD, STD(0, BUFFER, 0x156, 3));
    wr(k, SIDFC, 1u << 16 | RAM_STD << 2);
    wr(k, RXESC, 7u << 8);
    kit_start(k, 0);
    send(k, 0x156, false);
    assert_int_equal(ram(k, RAM_RXB + 3 * 18), 0x156u << 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(element_in_the_fifo_is_as_table_514_says),
        CASE(extended_and_remote_frames_are_marked),
        CASE(fd_frame_fills_a_large_element_and_is_cut_for_a_small_one),
        CASE(without_filters_gfc_decides),
        CASE(remote_frames_are_rejected_by_gfc),
        CASE(standard_filter_matrix),
        CASE(extended_filter_matrix),
        CASE(standard_filters_do_not_concern_extended_frames),
        CASE(first_matching_element_decides),
        CASE(list_size_beyond_its_greatest_counts_as_that),
        CASE(priority_filters_set_hpm_and_hpms),
        CASE(hpms_tells_an_overrun_and_the_extended_list),
        CASE(rx_buffer_takes_its_identifier_and_is_locked_while_new),
        CASE(debug_messages_advance_their_state),
        CASE(full_fifo_blocks_and_counts_as_lost),
        CASE(acknowledge_moves_the_get_index_past_the_element),
        CASE(overwrite_mode_drops_the_oldest),
        CASE(watermark_flag_comes_with_the_level),
        CASE(fifo_without_size_loses_everything),
        CASE(fifo_size_over_64_counts_as_64),
        CASE(fifo_1_has_its_own_flags_and_indices),
        CASE(interrupt_lines_follow_ie_ils_and_ile),
        CASE(writing_zero_to_ir_clears_nothing),
        CASE(frame_is_in_the_fifo_at_its_end),
        CASE(rx_buffers_have_an_element_size_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
