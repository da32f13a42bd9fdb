/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/core/core_test.h"

#include <stdlib.h>

static void run_seed(uint32_t seed, void (*test)(struct random *random))
{
    struct random random = {.seed = seed, .state = seed * 0x9E3779B97F4A7C15u + 1u};
    random_u64(&random);
    test(&random);
}

void for_each_seed(uint32_t count, void (*test)(struct random *random))
{
    const char *only = getenv("CANDIAL_SEED");
    if (only != NULL) {
        run_seed((uint32_t)strtoul(only, NULL, 0), test);
        return;
    }
    for (uint32_t seed = 1; seed <= count; seed++) {
        run_seed(seed, test);
    }
}

/* splitmix64: a Weyl sequence through a mixer (Steele, Lea, Flood 2014). */
uint64_t random_u64(struct random *random)
{
    random->state += 0x9E3779B97F4A7C15u;
    uint64_t mixed = random->state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

uint32_t random_u32(struct random *random)
{
    return (uint32_t)(random_u64(random) >> 32);
}

int32_t random_between(struct random *random, int32_t low, int32_t high)
{
    uint64_t span = (uint64_t)((int64_t)high - low) + 1u;
    return (int32_t)((int64_t)(random_u64(random) % span) + low);
}

void check_seed(const struct random *random, bool holds, const char *what)
{
    if (!holds) {
        fail_msg("%s (replay alone: CANDIAL_SEED=%u)", what, random->seed);
    }
}
