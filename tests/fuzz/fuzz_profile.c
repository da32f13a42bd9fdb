/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Profiles: whatever is accepted can be compiled, and the record says the same again. */
#include "tests/fuzz/fuzz_input.h"

#include "formats/profile/profile.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[FUZZ_PATH_MAX];
    char error[512] = "";
    struct record record;
    uint8_t bytes[RECORD_SIZE];
    uint8_t again[RECORD_SIZE];
    int file = fuzz_file(data, size, path);
    if (profile_load(path, &record, error, sizeof error)) {
        FUZZ_CHECK(record_build(&record, bytes, sizeof bytes) == 0);
        FUZZ_CHECK(record_parse(&record, bytes, sizeof bytes) == 0);
        FUZZ_CHECK(record_build(&record, again, sizeof again) == 0);
        FUZZ_CHECK(memcmp(bytes, again, sizeof bytes) == 0);
    } else {
        FUZZ_CHECK(error[0] != '\0');
    }
    close(file);
    return 0;
}
