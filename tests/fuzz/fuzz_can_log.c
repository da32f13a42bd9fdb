/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Logs of all formats; the format is found from the content, as for a user's file. */
#include "tests/fuzz/fuzz_input.h"

#include "formats/can_log/can_log.h"

#include <string.h>

static void report(void *context, const char *text)
{
    (void)context;
    FUZZ_CHECK(strchr(text, '\n') == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[FUZZ_PATH_MAX];
    char error[300] = "";
    struct can_log_frame frame;
    uint64_t last_ns = 0;
    int file = fuzz_file(data, size, path);
    struct can_log *log = can_log_open(path, report, NULL, error, sizeof error);
    FUZZ_CHECK((log == NULL) == (error[0] != '\0'));
    int result = -1;
    while (log != NULL && (result = can_log_next(log, &frame)) == 1) {
        FUZZ_CHECK(frame.time_ns >= last_ns);
        FUZZ_CHECK(frame.id <= (frame.extended ? 0x1FFFFFFFu : 0x7FFu));
        FUZZ_CHECK(frame.len <= (frame.fd ? 64 : 8));
        last_ns = frame.time_ns;
    }
    FUZZ_CHECK(result != 0 || can_log_bytes(log) == size); /* what cannot be read on may be left */
    can_log_close(log);
    close(file);
    return 0;
}
