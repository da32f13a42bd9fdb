/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Events that queue, move and cancel each other run by time, and in the order of insertion where that is the same. */
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "vboard/kernel/sched.h"

#define EVENTS 24u
#define RUNS 200000u

/* What should be queued, beside what is. */
struct bench {
    struct sched sched;
    struct event events[EVENTS];
    struct slot {
        struct bench *bench;
        bool queued;
        vtime_ps at;
        uint64_t order;
    } slots[EVENTS];
    uint64_t next_order;
    uint64_t random;
    unsigned runs;
};

static unsigned random_below(struct bench *b, unsigned limit)
{
    b->random = b->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(b->random >> 33) % limit;
}

static bool is_before(const struct slot *a, const struct slot *b)
{
    return a->at < b->at || (a->at == b->at && a->order < b->order);
}

static void queue(struct bench *b, unsigned n, vtime_ps at)
{
    sched_at(&b->sched, &b->events[n], at);
    b->slots[n].queued = true;
    b->slots[n].at = at < b->sched.now ? b->sched.now : at;
    b->slots[n].order = b->next_order++;
}

static void cancel(struct bench *b, unsigned n)
{
    sched_cancel(&b->sched, &b->events[n]);
    b->slots[n].queued = false;
}

/* Now and then it queues nothing, or several, or for a time that is over. */
static void act(struct bench *b)
{
    for (unsigned left = random_below(b, 4); left > 0; left--) {
        unsigned n = random_below(b, EVENTS);
        if (random_below(b, 4) == 0) {
            cancel(b, n);
        } else {
            queue(b, n, b->sched.now + random_below(b, 5) - 1);
        }
    }
}

static void on_event(void *ctx, vtime_ps now)
{
    struct slot *s = ctx;
    struct bench *b = s->bench;
    assert_true(s->queued);
    assert_int_equal(s->at, now);
    assert_false(event_queued(&b->events[s - b->slots]));
    s->queued = false;
    for (unsigned n = 0; n < EVENTS; n++) {
        assert_int_equal(b->slots[n].queued, event_queued(&b->events[n]));
        assert_false(b->slots[n].queued && is_before(&b->slots[n], s));
    }
    b->runs++;
    act(b);
}

static void events_run_in_order(void **state)
{
    static struct bench b;
    (void)state;
    sched_init(&b.sched);
    b.random = 1;
    for (unsigned n = 0; n < EVENTS; n++) {
        b.slots[n].bench = &b;
        event_init(&b.events[n], on_event, &b.slots[n]);
    }
    while (b.runs < RUNS) {
        queue(&b, random_below(&b, EVENTS), b.sched.now + 3);
        sched_run_until(&b.sched, b.sched.now + random_below(&b, 8));
    }
    sched_destroy(&b.sched);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(events_run_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
