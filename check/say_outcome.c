/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* How a start went, in words. */
#include "check/say.h"

#include "check/counter.h"
#include "check/judge.h"
#include "check/kinds.h"
#include "check/outcome.h"
#include "check/watch.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>

static const char *core_text(const struct check_core *c)
{
    bool asks = check_is_start_register(c->poll.address) || check_is_unmodelled(c->poll.address) ||
                check_waits_for_counter(c);
    switch (c->state) {
    case CHECK_HELD:
        return "held";
    case CHECK_LOCKED_UP:
        return c->empty ? "without an image" : "locked up";
    case CHECK_WAITS:
        return asks ? "waiting" : "running";
    case CHECK_SLEEPS:
        return "asleep";
    case CHECK_STOPS:
        return "in Stop";
    default:
        return "running";
    }
}

static void put_cm7(struct line *l, const void *about)
{
    line_put(l, "%s", core_text(&((const struct check_boot *)about)->core[CORE_CM7]));
}

static void put_cm4(struct line *l, const void *about)
{
    line_put(l, "%s", core_text(&((const struct check_boot *)about)->core[CORE_CM4]));
}

static void put_mhz(struct line *l, const void *about)
{
    const struct check_boot *s = about;
    if (s->cm7_hz != 0) {
        line_put(l, " at %" PRIu64 " MHz", (s->cm7_hz + 500000) / 1000000);
    }
}

static void put_vos(struct line *l, const void *about)
{
    line_put(l, "%u", ((const struct check_boot *)about)->vos);
}

/* " after 0.1 µs", "12.3 ms", "2.000 s" */
static void put_after(struct line *l, const void *about)
{
    vtime_ps at = ((const struct check_boot *)about)->lost_at;
    if (at == 0) {
        return;
    }
    if (at < VTIME_MS(1)) {
        line_put(l, " after %.1f µs", (double)at / 1e6);
    } else if (at < VTIME_S(1)) {
        line_put(l, " after %.1f ms", (double)at / 1e9);
    } else {
        line_put(l, " after %.3f s", (double)at / 1e12);
    }
}

static const struct word outcome_words[] = {
    {"after", put_after}, {"cm4", put_cm4}, {"cm7", put_cm7}, {"mhz", put_mhz}, {"vos", put_vos},
};

struct check_words check_say_outcome(const struct check_boot *boot)
{
    struct check_words said;
    struct line l;
    line_begin(&l, said.text, sizeof said.text);
    line_fill(&l, check_outcome_words(check_outcome(boot)), outcome_words,
              sizeof outcome_words / sizeof *outcome_words, boot);
    return said;
}
