/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Records: what is accepted says no more than its bytes, and any frame can be given to its sources. */
#include "tests/fuzz/fuzz_input.h"

#include "core/crc32.h"
#include "core/le.h"
#include "core/record.h"

#include <string.h>

/* The fuzzer would not find a CRC: magic, version, length and CRC are put in for it. */
static void seal(uint8_t *bytes)
{
    memcpy(bytes, "CDP1\1\0\xF4\3", 8);
    le_put_u32(bytes + 1020, crc32_update(0, bytes, 1020));
}

static void use(const struct record *record)
{
    for (int i = 0; i < record->dial_count; i++) {
        const struct source_config *source = &record->dial[i].source;
        struct source_reading reading = {0};
        struct can_frame frame = {.id = source->broadcast.id,
                                  .extended = source->broadcast.extended};
        for (unsigned len = 0; len <= CAN_PAYLOAD_MAX; len += 4) {
            frame.len = (uint8_t)len;
            memset(frame.data, (int)(len * 7), sizeof frame.data);
            (void)source_read(source, &frame, &reading);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t bytes[RECORD_SIZE] = {0};
    uint8_t again[RECORD_SIZE];
    struct record record;
    if (record_parse(&record, data, (uint32_t)size) == 0) {
        use(&record);
    }
    memcpy(bytes, data, size < sizeof bytes ? size : sizeof bytes);
    seal(bytes);
    if (record_parse(&record, bytes, sizeof bytes) == 0) {
        FUZZ_CHECK(record_build(&record, again, sizeof again) == 0);
        FUZZ_CHECK(memcmp(bytes, again, sizeof bytes) == 0);
        use(&record);
    }
    return 0;
}
