/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Findings: twins are one, what differs stays; every code has a kind and words. */
#include "vboard/chip/clock_ids.h"
#include "vboard/chip/finding_text.h"
#include "vboard/kernel/findings.h"
#include "vboard/kernel/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct finding one = {.code = FOUND_UNMODELLED_FIELD,
                                   .master = MASTER_CM4,
                                   .pc = 0x08100100,
                                   .address = 0x4000000C,
                                   .write = true,
                                   .data = {.mask = 0x100}};

static void twins_are_counted(void **state)
{
    struct findings f;
    (void)state;
    findings_init(&f);
    struct finding n = one;
    findings_add(&f, &n);
    n.data.mask = 0x4000;
    findings_add(&f, &n);
    assert_int_equal(f.count, 1);
    assert_int_equal(f.list[0].count, 2);
    assert_int_equal(f.list[0].data.mask, 0x4100);
    assert_int_equal(f.list[0].kind, FINDING_UNMODELLED);
    findings_destroy(&f);
}

static void what_differs_stays(void **state)
{
    struct finding n[6];
    struct findings f;
    (void)state;
    findings_init(&f);
    for (unsigned i = 0; i < 6; i++) {
        n[i] = one;
    }
    n[1].code = FOUND_RESERVED_BITS;
    n[2].master = MASTER_CM7;
    n[3].pc += 2;
    n[4].address += 4;
    n[5].data.subject = 1;
    for (unsigned i = 0; i < 6; i++) {
        findings_add(&f, &n[i]);
        findings_add(&f, &n[i]);
    }
    assert_int_equal(f.count, 6);
    findings_destroy(&f);
}

/* All codes have words in which nothing is unknown, and kinds have names. */
static void the_table_is_whole(void **state)
{
    (void)state;
    for (unsigned code = 0; code < FOUND_CODE_COUNT; code++) {
        const struct finding f = {.code = (enum finding_code)code};
        assert_non_null(finding_words(f.code));
        const struct finding_text text = finding_what(&f);
        if (text.text[0] == '\0' || strchr(text.text, '{') != NULL) {
            fail_msg("code %u: `%s'", code, text.text);
        }
    }
    for (unsigned kind = 0; kind < FINDING_KIND_COUNT; kind++) {
        assert_string_not_equal(finding_kind_name((enum finding_kind)kind), "unknown");
    }
    for (unsigned id = 0; id < CLK_COUNT; id++) {
        assert_non_null(clock_id_name((enum clock_id)id));
    }
}

static void numbers_go_into_words(void **state)
{
    const struct finding clock = {
        .code = FOUND_OVERCLOCK,
        .data = {.subject = CLK_PCLK1, .khz = 120000, .vos = 1, .high_mhz = 100}};
    const struct finding fault = {.code = FOUND_FAULT, .data = {.subject = 6, .cfsr = 1u << 25}};
    (void)state;
    assert_string_equal(finding_what(&clock).text, "rcc_pclk1 at 120000 kHz, VOS1 allows 100 MHz");
    assert_string_equal(finding_what(&fault).text, "UsageFault: division by zero");
}

static void put_number(struct line *l, const void *about)
{
    line_put(l, "%d", *(const int *)about);
}

static void sentences_are_cut_not_overrun(void **state)
{
    static const struct word words[] = {{"n", put_number}};
    const int number = 12345;
    char text[10];
    struct line l;
    (void)state;
    line_begin(&l, text, sizeof text);
    line_fill(&l, "{n} {no}", words, 1, &number);
    assert_string_equal(text, "12345 {no");
    line_begin(&l, text, sizeof text);
    line_fill(&l, "a{n", words, 1, &number);
    assert_string_equal(text, "a12345");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twins_are_counted),
        cmocka_unit_test(what_differs_stays),
        cmocka_unit_test(the_table_is_whole),
        cmocka_unit_test(numbers_go_into_words),
        cmocka_unit_test(sentences_are_cut_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
