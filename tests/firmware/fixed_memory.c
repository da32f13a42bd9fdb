/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "tests/firmware/fixed_memory.h"

#include "tests/firmware/cmocka_head.h"

#include <string.h>
#include <sys/mman.h>

#define SIZE 0x4000u /* the block that the cores share has 6,304 bytes */
#define PLACES 4u

void *fixed_memory(uint32_t address)
{
    static uint32_t mapped[PLACES];
    void *const place = (void *)(uintptr_t)address;
    for (unsigned i = 0; i < PLACES; i++) {
        if (mapped[i] == address) {
            return memset(place, 0, SIZE);
        }
        if (mapped[i] == 0) {
            mapped[i] = address;
            void *const got = mmap(place, SIZE, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
            assert_ptr_equal(got, place);
            return got;
        }
    }
    fail();
    return NULL;
}
