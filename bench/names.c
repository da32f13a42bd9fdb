/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "bench/events.h"

const char *bench_supply_name(enum bench_supply supply)
{
    static const char *const names[] = {
        [BENCH_SUPPLY_OFF] = "off", [BENCH_SUPPLY_OK] = "ok", [BENCH_SUPPLY_DEADLOCK] = "deadlock"};
    return names[supply];
}

const char *bench_core_name(enum bench_core_name core)
{
    return core == BENCH_CM7 ? "CM7" : "CM4";
}
