/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* common/mem.c, under other names than C's (see CMakeLists.txt), beside the host's own functions. */
#include "tests/firmware/cmocka_head.h"

#include <string.h>

#define ROOM 64u
#define GUARD 0xEEu

void *fw_memcpy(void *restrict to, const void *restrict from, size_t size);
void *fw_memset(void *to, int value, size_t size);
void *fw_memmove(void *to, const void *from, size_t size);
int fw_memcmp(const void *a, const void *b, size_t size);
size_t fw_strlen(const char *string);
char *fw_strcpy(char *restrict to, const char *restrict from);
int fw_strcmp(const char *a, const char *b);
char *fw_strchr(const char *string, int c);
char *fw_strrchr(const char *string, int c);

static void fill(uint8_t bytes[ROOM])
{
    for (unsigned i = 0; i < ROOM; i++) {
        bytes[i] = (uint8_t)(i * 37u + 5u);
    }
}

/* Wherever both ends lie in a word, and nothing beside them is touched. */
static void copies(void **state)
{
    (void)state;
    for (unsigned at = 0; at < 8; at++) {
        for (unsigned from = 0; from < 8; from++) {
            for (unsigned size = 0; size < 40; size++) {
                _Alignas(8) uint8_t source[ROOM];
                _Alignas(8) uint8_t made[ROOM];
                uint8_t meant[ROOM];
                fill(source);
                memset(made, GUARD, ROOM);
                memset(meant, GUARD, ROOM);
                memcpy(meant + at, source + from, size);
                assert_ptr_equal(fw_memcpy(made + at, source + from, size), made + at);
                assert_memory_equal(made, meant, ROOM);
            }
        }
    }
}

static void fills(void **state)
{
    (void)state;
    for (unsigned at = 0; at < 8; at++) {
        for (unsigned size = 0; size < 40; size++) {
            _Alignas(8) uint8_t made[ROOM];
            uint8_t meant[ROOM];
            memset(made, GUARD, ROOM);
            memset(meant, GUARD, ROOM);
            memset(meant + at, 0x1A5, size);
            assert_ptr_equal(fw_memset(made + at, 0x1A5, size), made + at);
            assert_memory_equal(made, meant, ROOM);
        }
    }
}

/* Either way over itself. */
static void moves(void **state)
{
    (void)state;
    for (unsigned at = 0; at < 20; at++) {
        for (unsigned from = 0; from < 20; from++) {
            uint8_t made[ROOM];
            uint8_t meant[ROOM];
            fill(made);
            fill(meant);
            memmove(meant + at, meant + from, 30);
            assert_ptr_equal(fw_memmove(made + at, made + from, 30), made + at);
            assert_memory_equal(made, meant, ROOM);
        }
    }
}

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static void compares(void **state)
{
    static const char *const strings[] = {"",   "a",   "b",    "ab",        "abc",
                                          "\1", "a\1", "\xFF", "a\xFF\x80", "abd"};
    (void)state;
    for (unsigned i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        for (unsigned j = 0; j < sizeof strings / sizeof strings[0]; j++) {
            const char *a = strings[i];
            const char *b = strings[j];
            const size_t size = (strlen(a) < strlen(b) ? strlen(a) : strlen(b)) + 1;
            assert_int_equal(sign(fw_strcmp(a, b)), sign(strcmp(a, b)));
            assert_int_equal(sign(fw_memcmp(a, b, size)), sign(memcmp(a, b, size)));
        }
    }
    assert_int_equal(fw_memcmp("abX", "abY", 2), 0);
    assert_int_equal(fw_memcmp("X", "Y", 0), 0);
}

static void handles_strings(void **state)
{
    char made[] = "..........";
    const char *const word = "can.bitrate.can";
    (void)state;
    assert_int_equal(fw_strlen(""), 0);
    assert_int_equal(fw_strlen(word), 15);
    assert_ptr_equal(fw_strcpy(made, "abc"), made);
    assert_memory_equal(made, "abc\0......", sizeof made);
    assert_ptr_equal(fw_strchr(word, 'c'), word);
    assert_ptr_equal(fw_strchr(word, '.'), word + 3);
    assert_ptr_equal(fw_strchr(word, '\0'), word + 15);
    assert_null(fw_strchr(word, 'x'));
    assert_ptr_equal(fw_strrchr(word, 'c'), word + 12);
    assert_ptr_equal(fw_strrchr(word, '.'), word + 11);
    assert_ptr_equal(fw_strrchr(word, '\0'), word + 15);
    assert_null(fw_strrchr(word, 'x'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies),   cmocka_unit_test(fills),           cmocka_unit_test(moves),
        cmocka_unit_test(compares), cmocka_unit_test(handles_strings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
