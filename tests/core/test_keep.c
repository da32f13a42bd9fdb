/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/keep.h"

static const int32_t first[KEEP_DIALS] = {90000, -10000, 0, 1};
static const int32_t second[KEEP_DIALS] = {91000, 5, -3, INT32_MIN};

static void nothing_at_first(void **state)
{
    (void)state;
    struct keep keep;
    int32_t read[KEEP_DIALS] = {1, 2, 3, 4};
    for (int fill = 0; fill < 256; fill += 5) {
        memset(&keep, fill, sizeof keep);
        assert_false(keep_read(&keep, read));
    }
    assert_int_equal(read[3], 4);
}

static void newest_holds(void **state)
{
    (void)state;
    struct keep keep;
    int32_t read[KEEP_DIALS];
    memset(&keep, 0xA5, sizeof keep);
    for (unsigned i = 0; i < 7; i++) {
        const int32_t *wanted = i % 2 == 0 ? first : second;
        keep_write(&keep, wanted);
        assert_true(keep_read(&keep, read));
        assert_memory_equal(read, wanted, sizeof read);
    }
}

/* A reset after any number of words of a write: the value of before or the new one. */
static void torn_write(void **state)
{
    (void)state;
    struct keep before;
    memset(&before, 0xA5, sizeof before);
    keep_write(&before, second);
    keep_write(&before, first);
    struct keep after = before;
    keep_write(&after, second);
    for (size_t size = 0; size <= sizeof after; size += 4) {
        struct keep torn = before;
        int32_t read[KEEP_DIALS];
        memcpy(&torn, &after, size);
        assert_true(keep_read(&torn, read));
        assert_true(memcmp(read, first, sizeof read) == 0 ||
                    memcmp(read, second, sizeof read) == 0);
    }
}

static void damage_is_seen(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < sizeof(struct keep) * 8; bit++) {
        struct keep keep;
        int32_t read[KEEP_DIALS];
        memset(&keep, 0, sizeof keep);
        keep_write(&keep, first);
        keep_write(&keep, second);
        ((uint8_t *)&keep)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_true(keep_read(&keep, read));
        assert_memory_equal(read, bit / 8 < sizeof keep.entry[0] ? second : first, sizeof read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_at_first),
        cmocka_unit_test(newest_holds),
        cmocka_unit_test(torn_write),
        cmocka_unit_test(damage_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
