/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <string.h>

#include "core/retained.h"

static const int32_t first[RETAINED_DIALS] = {90000, -10000, 0, 1};
static const int32_t second[RETAINED_DIALS] = {91000, 5, -3, INT32_MIN};

static void nothing_at_first(void **state)
{
    (void)state;
    struct retained retained;
    int32_t read[RETAINED_DIALS] = {1, 2, 3, 4};
    for (int fill = 0; fill < 256; fill += 5) {
        memset(&retained, fill, sizeof retained);
        assert_false(retained_read(&retained, read));
    }
    assert_int_equal(read[3], 4);
}

static void newest_holds(void **state)
{
    (void)state;
    struct retained retained;
    int32_t read[RETAINED_DIALS];
    struct retained_place place = {0};
    memset(&retained, 0xA5, sizeof retained);
    for (unsigned i = 0; i < 7; i++) {
        const int32_t *wanted = i % 2 == 0 ? first : second;
        retained_write(&retained, &place, wanted);
        assert_true(retained_read(&retained, read));
        assert_memory_equal(read, wanted, sizeof read);
    }
}

/* After a reset the writer looks for the newest once, and goes on in the other entry with a higher number. */
static void goes_on_after_a_reset(void **state)
{
    (void)state;
    for (unsigned writes = 1; writes < 6; writes++) {
        struct retained retained;
        int32_t read[RETAINED_DIALS];
        memset(&retained, 0xA5, sizeof retained);
        struct retained_place place = {0};
        for (unsigned i = 0; i < writes; i++) {
            retained_write(&retained, &place, first);
        }
        const struct retained_entry kept = retained.entry[place.entry];
        place = (struct retained_place){0};
        retained_write(&retained, &place, second);
        assert_memory_equal(&retained.entry[place.entry ^ 1u], &kept, sizeof kept);
        assert_int_equal(place.number, writes + 1);
        assert_true(retained_read(&retained, read));
        assert_memory_equal(read, second, sizeof read);
    }
}

/* A reset after any number of words of a write: the value of before or the new one. */
static void torn_write(void **state)
{
    (void)state;
    struct retained before;
    struct retained_place place = {0};
    memset(&before, 0xA5, sizeof before);
    retained_write(&before, &place, second);
    retained_write(&before, &place, first);
    struct retained after = before;
    retained_write(&after, &place, second);
    for (size_t size = 0; size <= sizeof after; size += 4) {
        struct retained torn = before;
        int32_t read[RETAINED_DIALS];
        memcpy(&torn, &after, size);
        assert_true(retained_read(&torn, read));
        assert_true(memcmp(read, first, sizeof read) == 0 ||
                    memcmp(read, second, sizeof read) == 0);
    }
}

static void damage_is_seen(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < sizeof(struct retained) * 8; bit++) {
        struct retained retained;
        struct retained_place place = {0};
        int32_t read[RETAINED_DIALS];
        memset(&retained, 0, sizeof retained);
        retained_write(&retained, &place, first);
        retained_write(&retained, &place, second);
        ((uint8_t *)&retained)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_true(retained_read(&retained, read));
        assert_memory_equal(read, bit / 8 < sizeof retained.entry[0] ? second : first, sizeof read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_at_first),      cmocka_unit_test(newest_holds),
        cmocka_unit_test(goes_on_after_a_reset), cmocka_unit_test(torn_write),
        cmocka_unit_test(damage_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
