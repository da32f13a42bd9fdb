/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * The data flow over any bytes: it ends within its steps, and what it reports is a store of the image.
 *
 * Input: a byte of flags, then what stands at 0x08000000.
 */
#include "tests/fuzz/fuzz_input.h"

#include "check/flow_image.h"

#define STEPS_MAX 30000u
#define BASE 0x08000000u

/* Symbols as they may be: a function each 64 bytes. */
static bool function(void *context, uint32_t address, uint32_t *start)
{
    (void)context;
    *start = address & ~63u;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) {
        return 0;
    }
    const struct flow_region regions[] = {
        {.address = BASE, .length = (uint32_t)(size - 1), .bytes = data + 1, .constant = true},
        {.address = 0x20000000u, .length = (uint32_t)(size - 1), .bytes = data + 1},
    };
    const struct flow_file at_reset = flow_file_of((const uint32_t[FLOW_FILE_REGS]){1, 3});
    struct flow_result *r =
        flow_analyse(&(struct flow_program){.regions = regions,
                                            .region_count = 1u + (data[0] & 1u),
                                            .ranges = flow_watches,
                                            .range_count = FLOW_WATCHES,
                                            .once = FLOW_PWR_CR3,
                                            .vectors = BASE,
                                            .entry = (data[0] & 2u) != 0 ? BASE + 65u : 0,
                                            .function = (data[0] & 4u) != 0 ? function : NULL,
                                            .at_reset = (data[0] & 8u) != 0 ? &at_reset : NULL,
                                            .others = (data[0] & 16u) != 0,
                                            .flags_follow = (data[0] & 32u) != 0,
                                            .steps_max = STEPS_MAX});
    FUZZ_CHECK(r != NULL);
    FUZZ_CHECK(r->steps <= STEPS_MAX + 1);
    for (size_t i = 0; i < r->site_count; i++) {
        const struct flow_site *s = &r->sites[i];
        FUZZ_CHECK(s->range < FLOW_WATCHES && s->value.count >= 1);
        FUZZ_CHECK(s->pc - BASE < size || s->pc - 0x20000000u < size);
        FUZZ_CHECK(s->by != 0);
        FUZZ_CHECK(i == 0 || r->sites[i - 1].pc <= s->pc);
    }
    flow_free(r);
    return 0;
}
