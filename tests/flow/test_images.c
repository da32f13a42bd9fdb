/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Small images, each built by several compilers and with several options: the stores to watched registers
 * are found in all of them, with what they write, and no others.
 */
#include "tests/formats/cmocka_head.h"

#include "check/flow_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTORS 0x08000000u

struct wanted {
    const char *image;
    enum flow_watch range;
    uint32_t mask, value; /* bits that one of the stores writes */
    unsigned by;
};

static const struct wanted stores[] = {
    {"modify", FLOW_PWR_CR3, 0x3F, 0x02, FLOW_BY_RESET},
    {"argument", FLOW_PWR_CR3, 0x3F, 0x02, FLOW_BY_RESET},
    {"argument", FLOW_PWR_CR3, 0x3F, 0x04, FLOW_BY_RESET},
    {"scale", FLOW_SYSCFG_PWRCR, 1, 0, FLOW_BY_RESET},
    {"scale", FLOW_PWR_D3CR, FLOW_ALL, 0xC000, FLOW_BY_RESET},
    {"overdrive", FLOW_SYSCFG_PWRCR, 1, 1, FLOW_BY_EXCEPTION},
    {"overdrive", FLOW_SYSCFG_PWRCR, 1, 0, FLOW_BY_RESET},
    {"table", FLOW_PWR_CR3, FLOW_ALL, 0x26, FLOW_BY_RESET},
    {"table", FLOW_SYSCFG_PWRCR, FLOW_ALL, 1, 0},
    {"data", FLOW_PWR_CR3, FLOW_ALL, 2, FLOW_BY_RESET},
    {"data", FLOW_PWR_D3CR, FLOW_ALL, 0x8000, FLOW_BY_RESET},
    {"wide", FLOW_PWR_CR3, 0x3F, 2, FLOW_BY_RESET},
    {"jump_table", FLOW_PWR_CR3, FLOW_ALL, 2, FLOW_BY_RESET},
    {"deep", FLOW_PWR_CR3, 0x3F, 2, FLOW_BY_RESET},
    {"structure", FLOW_RCC, FLOW_ALL, 119u | 1u << 9, FLOW_BY_RESET},
    {"structure", FLOW_RCC, FLOW_ALL, 49u | 3u << 9, FLOW_BY_RESET},
    {"readback", FLOW_RCC, 7, 0, FLOW_BY_RESET},
};

/* Ranges that none of the image's stores may hit, or hit with these bits. */
static const struct wanted never[] = {
    {"scale", FLOW_SYSCFG_PWRCR, 1, 1, 0},  {"scale", FLOW_PWR_CR3, 0, 0, 0},
    {"overdrive", FLOW_PWR_D3CR, 0, 0, 0},  {"unused", FLOW_PWR_CR3, 0, 0, 0},
    {"modify", FLOW_SYSCFG_PWRCR, 0, 0, 0}, {"argument", FLOW_SYSCFG_PWRCR, 0, 0, 0},
    {"jump_table", FLOW_PWR_D3CR, 0, 0, 0}, {"table", FLOW_PWR_D3CR, 0, 0, 0},
    {"deep", FLOW_PWR_D3CR, 0, 0, 0},       {"structure", FLOW_PWR_CR3, 0, 0, 0},
    {"readback", FLOW_PWR_CR3, 0, 0, 0},
};

struct reading {
    struct image *image;
    struct flow_result *flow;
};

static struct reading read_image(const char *name, const char *variant)
{
    struct reading r;
    char path[512];
    char error[640];
    snprintf(path, sizeof path, FLOW_IMAGES "/%s_%s.elf", name, variant);
    r.image = image_open(path, error, sizeof error);
    if (r.image == NULL) {
        fail_msg("%s", error);
    }
    r.flow = flow_analyse_image(r.image, VECTORS, &(struct flow_beside){0});
    assert_non_null(r.flow);
    assert_true(r.flow->complete);
    return r;
}

static void end(struct reading *r)
{
    flow_free(r->flow);
    image_free(r->image);
}

/* All of `w`'s bits are known to be so. */
static bool writes(const struct flow_site *site, const struct wanted *w)
{
    for (unsigned i = 0; i < site->value.count; i++) {
        struct flow_bits one = site->value.one[i];
        if (one.kind == FLOW_BITS && (w->mask & ~one.mask) == 0 &&
            ((one.value ^ w->value) & w->mask) == 0) {
            return true;
        }
    }
    return false;
}

static bool may_write(const struct flow_site *site, const struct wanted *w)
{
    for (unsigned i = 0; i < site->value.count; i++) {
        struct flow_bits one = site->value.one[i];
        if (one.kind != FLOW_BITS || ((one.value ^ w->value) & one.mask & w->mask) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_store(const struct flow_result *flow, const struct wanted *w)
{
    for (size_t i = 0; i < flow->site_count; i++) {
        const struct flow_site *site = &flow->sites[i];
        if (site->range == w->range && writes(site, w) && (w->by == 0 || site->by == w->by)) {
            return true;
        }
    }
    return false;
}

static bool has_no_store(const struct flow_result *flow, const struct wanted *w)
{
    for (size_t i = 0; i < flow->site_count; i++) {
        if (flow->sites[i].range == w->range && may_write(&flow->sites[i], w)) {
            return false;
        }
    }
    return true;
}

typedef bool expectation(const struct flow_result *flow, const struct wanted *w);

static void for_all(const struct wanted *list, size_t count, expectation *holds)
{
    char variants[] = FLOW_VARIANTS;
    unsigned failed = 0;
    for (char *v = strtok(variants, " "); v != NULL; v = strtok(NULL, " ")) {
        for (size_t i = 0; i < count; i++) {
            struct reading r = read_image(list[i].image, v);
            if (!holds(r.flow, &list[i])) {
                print_error("%s_%s: range %d, 0x%X\n", list[i].image, v, (int)list[i].range,
                            (unsigned)list[i].value);
                failed++;
            }
            end(&r);
        }
    }
    assert_int_equal(failed, 0);
}

static void finds_stores(void **state)
{
    (void)state;
    for_all(stores, sizeof stores / sizeof *stores, has_store);
}

static void finds_no_others(void **state)
{
    (void)state;
    for_all(never, sizeof never / sizeof *never, has_no_store);
}

/* A pair, the third of three words, a byte, a halfword. */
static void sizes(void **state)
{
    (void)state;
    struct reading r = read_image("wide", "O2");
    unsigned words = 0, bytes = 0, halves = 0;
    for (size_t i = 0; i < r.flow->site_count; i++) {
        const struct flow_site *s = &r.flow->sites[i];
        words += s->range == FLOW_PWR_CR3 && s->size == 4;
        bytes += s->range == FLOW_PWR_CR3 && s->size == 1;
        halves += s->range == FLOW_PWR_CR3 && s->size == 2;
    }
    end(&r);
    assert_int_equal(words, 2);
    assert_int_equal(bytes, 1);
    assert_int_equal(halves, 1);
}

/* Who selects twice: the second selection is behind the first, the first is not. */
static void behind_the_first(void **state)
{
    (void)state;
    struct reading r = read_image("wide", "O2");
    for (size_t i = 0; i < r.flow->site_count; i++) {
        const struct flow_site *s = &r.flow->sites[i];
        assert_int_equal(s->after_once, s->range == FLOW_PWR_CR3 && s->size < 4);
    }
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_stores),
        cmocka_unit_test(finds_no_others),
        cmocka_unit_test(sizes),
        cmocka_unit_test(behind_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
