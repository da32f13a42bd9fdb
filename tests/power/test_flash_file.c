/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Flash files: the bytes stand where docs/SPEC.md says, nothing is lost, damage is noticed. */
#include "tests/docs/page.h"
#include "tests/formats/cmocka_head.h"
#include "tests/formats/scratch_file.h"

#include "core/crc32.h"
#include "core/le.h"
#include "formats/text/file_bytes.h"
#include "formats/flash_file/flash_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct flash_file file, back;
static char error[512];
static char path[512];

static void fill(void)
{
    uint64_t noise = 99;
    for (unsigned i = 0; i < FLASH_FILE_OPTIONS; i++) {
        file.options[i] = (uint32_t)fuzz_next(&noise);
    }
    for (size_t i = 0; i < FLASH_FILE_BYTES; i++) {
        file.bytes[i] = (uint8_t)(i * 31 + i / 4096);
    }
    for (size_t i = 0; i < FLASH_FILE_WORDS; i++) {
        file.ecc[i] = (uint8_t)(fuzz_next(&noise) % 4);
    }
}

static uint8_t *save_and_read(size_t *length)
{
    fill();
    snprintf(path, sizeof path, "%s", scratch_text("a.flash", "old"));
    assert_true(flash_file_save(path, &file, error, sizeof error));
    uint8_t *bytes = file_bytes_read(path, FLASH_FILE_SIZE + 1, length, error, sizeof error);
    assert_non_null(bytes);
    return bytes;
}

static void there_and_back(void **state)
{
    size_t length;
    (void)state;
    free(save_and_read(&length));
    assert_true(flash_file_load(path, &back, error, sizeof error));
    assert_memory_equal(&back, &file, sizeof file);
}

/* The page's table, and that the bytes are what it says. */
static void the_page(void **state)
{
    static struct page_table table;
    size_t length;
    (void)state;
    char *page = page_read("docs/SPEC.md");
    page_table(page, "flash file", &table);
    long at[16];
    long end = 0;
    assert_in_range(table.rows, 7, 16);
    for (size_t i = 0; i < table.rows; i++) {
        at[i] = page_number(&table, i, 0);
        assert_int_equal(at[i], end);
        end += page_number(&table, i, 1);
    }
    free(page);
    assert_int_equal(end, FLASH_FILE_SIZE);
    uint8_t *bytes = save_and_read(&length);
    assert_int_equal(length, FLASH_FILE_SIZE);
    assert_memory_equal(bytes, "CDFL", 4);
    assert_int_equal(le_get_u16(bytes + at[1]), 1);
    assert_int_equal(le_get_u16(bytes + at[2]), at[5]);
    for (unsigned i = 0; i < FLASH_FILE_OPTIONS; i++) {
        assert_int_equal(le_get_u32(bytes + at[3] + 4 * i), file.options[i]);
    }
    for (long i = at[4]; i < at[5]; i++) {
        assert_int_equal(bytes[i], 0);
    }
    assert_memory_equal(bytes + at[5], file.bytes, FLASH_FILE_BYTES);
    for (unsigned word = 0; word < FLASH_FILE_WORDS; word++) {
        assert_int_equal(bytes[at[6] + word / 4] >> 2 * (word % 4) & 3, file.ecc[word]);
    }
    assert_int_equal(le_get_u32(bytes + at[7]), crc32_update(0, bytes, (size_t)at[7]));
    free(bytes);
}

static void refused(const uint8_t *bytes, size_t length, const char *says)
{
    const char *name = scratch_file("b.flash", bytes, length);
    assert_false(flash_file_load(name, &back, error, sizeof error));
    if (strstr(error, says) == NULL || strstr(error, "b.flash: ") == NULL) {
        fail_msg("`%s' instead of `%s'", error, says);
    }
}

static void damage(void **state)
{
    static const size_t spots[] = {
        8, 44, 63, 64, 1000000, FLASH_FILE_SIZE - 5, FLASH_FILE_SIZE - 1};
    size_t length;
    (void)state;
    uint8_t *bytes = save_and_read(&length);
    for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
        bytes[spots[i]] ^= 0x10;
        refused(bytes, length, "is damaged");
        bytes[spots[i]] ^= 0x10;
    }
    refused(bytes, length - 1, "is damaged");
    refused(bytes, 70, "is damaged");
    refused(bytes, 10, "is no flash file");
    refused(bytes, 0, "is no flash file");
    bytes[0] = 'X';
    refused(bytes, length, "is no flash file");
    bytes[0] = 'C';
    bytes[4] = 2;
    refused(bytes, length, "of another version");
    free(bytes);
    assert_false(flash_file_load("/nonexistent/x", &back, error, sizeof error));
}

/* What cannot be written leaves the old file, and nothing beside it. */
static void old_or_new(void **state)
{
    char beside[600];
    (void)state;
    fill();
    snprintf(path, sizeof path, "%s", scratch_text("c.flash", "the old one"));
    snprintf(beside, sizeof beside, "%s.new", path);
    assert_true(flash_file_save(path, &file, error, sizeof error));
    assert_int_not_equal(access(beside, F_OK), 0);
    assert_false(flash_file_save("/nonexistent/folder/x", &file, error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent/folder/x: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(the_page),
        cmocka_unit_test(damage),
        cmocka_unit_test(old_or_new),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
