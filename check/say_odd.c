/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Words of say.c: what a start ends with, and RAM. */
#include "check/incoherent.h"
#include "check/names.h"
#include "check/odd.h"
#include "check/say_about.h"

#include <inttypes.h>

/* ---- what a start ends with ---- */

static const struct check_odd *odd_of(const void *about)
{
    static const struct check_odd none = {.name = ""};
    const struct check_odd *odd = item_of(about)->odd;
    return odd != NULL ? odd : &none;
}

static void put_odd(struct line *l, const void *about)
{
    line_put(l, "%s", odd_of(about)->name != NULL ? odd_of(about)->name : "");
}

static void put_bit(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->bit);
}

static void put_bcm(struct line *l, const void *about)
{
    line_put(l, "%s", item_of(about)->core == CORE_CM7 ? "BCM7" : "BCM4");
}

static void put_boot(struct line *l, const void *about)
{
    line_put(l, "%s", item_of(about)->core == CORE_CM7 ? "BOOT_C1" : "BOOT_C2");
}

static void put_enable(struct line *l, const void *about)
{
    char name[40];
    check_register(odd_of(about)->value, name, sizeof name);
    line_put(l, "%s", name);
}

static void put_masked(struct line *l, const void *about)
{
    line_put(l, "%s", odd_of(about)->bit != 0 ? ", PRIMASK masks all interrupts" : "");
}

static void put_have(struct line *l, const void *about)
{
    line_put(l, "%g", odd_of(about)->have / 1e3);
}

static void put_have_mhz(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->have);
}

static void put_want_mhz(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->want);
}

static void put_want(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->want);
}

static void put_from(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->from_hz / 1000000);
}

static void put_kernel(struct line *l, const void *about)
{
    line_put(l, "%g", odd_of(about)->value / 1e6);
}

static void put_meant(struct line *l, const void *about)
{
    const struct check_odd *o = odd_of(about);
    if (o->want != 0) {
        line_put(l, " (with %g MHz it would be %g)", o->from_hz / 1e6, o->want / 1e3);
    }
}

static void put_can_pin(struct line *l, const void *about)
{
    line_put(l, "%s",
             odd_of(about)->bit != 0 ? "TX: nothing that it sends or acknowledges gets out"
                                     : "RX: it sees no bus");
}

static void put_reckoned_baud(struct line *l, const void *about)
{
    const struct check_odd *o = odd_of(about);
    if (o->want != 0) {
        line_put(l, ": reckoned for %g MHz it would be %g", o->from_hz / 1e6, o->want / 1e3);
    }
}

static void put_right_brr(struct line *l, const void *about)
{
    const struct check_odd *o = odd_of(about);
    if (o->want != 0) {
        line_put(l, "BRR %" PRIu32 ", or the kernel clock that it was reckoned for (RCC_D2CCIP2R)",
                 o->value);
    } else {
        line_put(l, "set the baud rate after the clocks, from the kernel clock");
    }
}

/* ---- RAM that is seen differently ---- */

static void put_variable(struct line *l, const void *about)
{
    check_put_variable(l, config_of(about), item_of(about));
}

static void put_other(struct line *l, const void *about)
{
    check_put_other(l, item_of(about));
}

static void put_other_place(struct line *l, const void *about)
{
    check_put_other_place(l, config_of(about), item_of(about));
}

static void put_count(struct line *l, const void *about)
{
    line_put(l, "%" PRIu32, odd_of(about)->have);
}

static void put_sp(struct line *l, const void *about)
{
    line_put(l, "0x%08" PRIX32, odd_of(about)->have);
}

static void put_limit(struct line *l, const void *about)
{
    line_put(l, "0x%08" PRIX32, odd_of(about)->want);
}

static void put_other_core(struct line *l, const void *about)
{
    line_put(l, "%s", check_core_name(item_of(about)->core == CORE_CM7 ? CORE_CM4 : CORE_CM7));
}

static void put_holder(struct line *l, const void *about)
{
    line_put(l, "%s", check_core_name((enum core)odd_of(about)->have));
}

static void put_lost_fields(struct line *l, const void *about)
{
    char name[120];
    check_fields(item_of(about)->address, odd_of(about)->bit, name, sizeof name);
    line_put(l, "%s", name);
}

static void put_reader(struct line *l, const void *about)
{
    check_put_reader(l, item_of(about));
}

const struct word check_odd_words[] = {
    {"bcm", put_bcm},
    {"bit", put_bit},
    {"boot", put_boot},
    {"can_pin", put_can_pin},
    {"count", put_count},
    {"enable", put_enable},
    {"from", put_from},
    {"have", put_have},
    {"have_mhz", put_have_mhz},
    {"holder", put_holder},
    {"kernel", put_kernel},
    {"limit", put_limit},
    {"lost_fields", put_lost_fields},
    {"masked", put_masked},
    {"meant", put_meant},
    {"odd", put_odd},
    {"other", put_other},
    {"other_core", put_other_core},
    {"other_place", put_other_place},
    {"reader", put_reader},
    {"reckoned_baud", put_reckoned_baud},
    {"right_brr", put_right_brr},
    {"sp", put_sp},
    {"variable", put_variable},
    {"want", put_want},
    {"want_mhz", put_want_mhz},
};
const size_t check_odd_word_count = sizeof check_odd_words / sizeof *check_odd_words;
