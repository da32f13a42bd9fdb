/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include "core/posts.h"

static void posts_are_found_until_forgotten(void **state)
{
    (void)state;
    struct posts posts;
    for (uint32_t i = 0; i < POSTS_KEPT; i++) {
        posts_add(&posts, POSTS_KEPT + i);
    }
    posts_init(&posts);
    for (uint32_t i = 0; i < POSTS_KEPT; i++) {
        assert_null(posts_find(&posts, POSTS_KEPT + i));
    }
    assert_null(posts_find(&posts, 0));
    assert_null(posts_find(&posts, 1));
    for (uint32_t seq = UINT32_MAX - 2; seq != 6; seq++) {
        if (seq == 0) {
            continue; /* no post has number 0 */
        }
        posts_add(&posts, seq)->output[0].pulse_ticks = seq * 3;
    }
    for (uint32_t seq = 2; seq < 6; seq++) {
        assert_non_null(posts_find(&posts, seq));
        assert_int_equal(posts_find(&posts, seq)->output[0].pulse_ticks, seq * 3);
    }
    assert_null(posts_find(&posts, 1));
    assert_null(posts_find(&posts, 6));
    assert_null(posts_find(&posts, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_are_found_until_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
