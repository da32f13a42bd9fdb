/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* JPEG without its codec (RM0399 35), DCMI without a camera (32): what is there, and that the rest says so. */
#include "tests/vboard/system/whole_chip.h"

#define JPEG 0x52003000u
#define CONFR0 (JPEG + 0x00)
#define CONFR1 (JPEG + 0x04)
#define JPEG_CR (JPEG + 0x30)
#define JPEG_SR (JPEG + 0x34)
#define DIR (JPEG + 0x40)
#define DOR (JPEG + 0x44)
#define QMEM0 (JPEG + 0x50)
#define HUFFENC_END (JPEG + 0x800)
#define JCEN 1u
#define IFTF 2u
#define IFNFF 4u
#define IFF (1u << 13)
#define IRQ_JPEG 121
#define DCMI 0x48020000u
#define DCMI_CR DCMI
#define DCMI_RIS (DCMI + 0x08)
#define DCMI_IER (DCMI + 0x0C)
#define DCMI_DR (DCMI + 0x28)
#define CAPTURE 1u
#define ENABLE (1u << 14)
#define IRQ_DCMI 78

static void jpeg_on(struct whole *w)
{
    set_bits(w, RCC_AHB3ENR, 1u << 5);
    put(w, JPEG_CR, JCEN);
}

static void input_fifo(void **state)
{
    struct whole *w = *state;
    jpeg_on(w);
    assert_int_equal(get(w, JPEG_SR), IFNFF | IFTF);
    put(w, JPEG_CR, JCEN | IFTF);
    assert_true(w->line[IRQ_JPEG]);
    for (unsigned i = 0; i < 9; i++) {
        put(w, DIR, i);
    }
    assert_int_equal(get(w, JPEG_SR), IFNFF);
    assert_false(w->line[IRQ_JPEG]);
    put(w, JPEG_CR, JCEN | IFNFF);
    assert_true(w->line[IRQ_JPEG]);
    for (unsigned i = 0; i < 8; i++) {
        put(w, DIR, i);
    }
    assert_int_equal(get(w, JPEG_SR), 0);
    assert_false(w->line[IRQ_JPEG]);
    assert_int_equal(get(w, DOR), 0);
    put(w, JPEG_CR, JCEN | IFF);
    assert_int_equal(get(w, JPEG_SR), IFNFF | IFTF);
}

static void start_says_so(void **state)
{
    struct whole *w = *state;
    jpeg_on(w);
    put(w, CONFR1, 0x01230108);
    assert_int_equal(get(w, CONFR1), 0x01230108);
    put(w, CONFR0, 1);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    put(w, CONFR0, 0);
    assert_int_equal(get(w, CONFR0), 0);
    put(w, JPEG_CR, 0); /* the core's registers go with it */
    assert_int_equal(get(w, CONFR1), 0);
    put(w, CONFR1, 8);
    assert_int_equal(take_findings(w, FINDING_BEHAVIOUR), 1);
    assert_int_equal(get(w, CONFR1), 0);
}

static uint32_t bits_of(uint32_t address)
{
    uint32_t offset = address - JPEG;
    bool base = offset >= 0x190 && offset < 0x210;
    bool last = offset >= 0x150 && offset < 0x190 && offset % 0x10 == 0xC;
    return last ? 0xF : base ? 0x01FF01FF : offset >= 0x500 ? 0x0FFF0FFF : ~0u;
}

/* 0x4FC is a gap. */
static void memories(void **state)
{
    struct whole *w = *state;
    jpeg_on(w);
    for (uint32_t a = QMEM0; a < HUFFENC_END; a += 4) {
        put(w, a == JPEG + 0x4FC ? QMEM0 : a, (a * 2654435761u) & bits_of(a));
    }
    put(w, QMEM0, 5);
    for (uint32_t a = QMEM0 + 4; a < HUFFENC_END; a += a == JPEG + 0x4F8 ? 8 : 4) {
        assert_int_equal(get(w, a), (a * 2654435761u) & bits_of(a));
    }
    put(w, HUFFENC_END - 4, ~0u);
    assert_int_equal(take_findings(w, FINDING_RESERVED_BITS), 1);
    assert_int_equal(get(w, HUFFENC_END - 4), 0x0FFF0FFF);
}

static void no_camera(void **state)
{
    struct whole *w = *state;
    set_bits(w, RCC_AHB2ENR, 1u << 0);
    put(w, DCMI_IER, 0x1F);
    put(w, DCMI_CR, ENABLE);
    put(w, DCMI_CR, ENABLE | CAPTURE);
    assert_int_equal(take_findings(w, FINDING_UNMODELLED), 1);
    run_for(w, VTIME_S(1));
    assert_int_equal(get(w, DCMI_CR), ENABLE | CAPTURE);
    assert_int_equal(get(w, DCMI_RIS), 0);
    assert_int_equal(get(w, DCMI_DR), 0);
    assert_false(w->line[IRQ_DCMI]);
    put(w, DCMI_CR, ENABLE); /* a driver waits for it to fall */
    assert_int_equal(get(w, DCMI_CR), ENABLE);
    chip_mmio_write(&w->soc.chip, DCMI_CR, 2, 0);
    assert_int_equal(take_findings(w, FINDING_BAD_SIZE), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {WHOLE(input_fifo), WHOLE(start_says_so), WHOLE(memories),
                                       WHOLE(no_camera)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
