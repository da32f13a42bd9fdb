/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Ways to a store: which of its calls never ran. */
#include "check/flow_internal.h"

/* Calls looked back over. Beyond, a path that did not run says little about the store. */
#define DEPTH_MAX 4u

struct search {
    const struct flow_result *result;
    bool (*has_run)(void *context, uint32_t pc);
    void *context;
};

/* The nearest call that did not run on a way to `reading`; 0: none. */
static uint32_t search_callers(const struct search *s, uint32_t reading, unsigned depth)
{
    const struct flow_reading *r = &s->result->readings[reading];
    for (size_t i = 0; i < r->caller_count; i++) {
        if (!s->has_run(s->context, r->callers[i].pc)) {
            return r->callers[i].pc;
        }
    }
    for (size_t i = 0; depth > 1 && i < r->caller_count; i++) {
        uint32_t pc = r->callers[i].reading == reading
                          ? 0
                          : search_callers(s, r->callers[i].reading, depth - 1);
        if (pc != 0) {
            return pc;
        }
    }
    return 0;
}

/* A constant may have been handed down; a value that nobody knows came from no argument. */
static unsigned depth_of(const struct flow_site *site)
{
    return flow_set_has_unknown(&site->value) ? 1 : DEPTH_MAX;
}

uint32_t flow_call_not_run(const struct flow_result *result, const struct flow_site *site,
                           bool (*has_run)(void *context, uint32_t pc), void *context)
{
    struct search s = {result, has_run, context};
    return search_callers(&s, site->reading, depth_of(site));
}

bool flow_path_ran(const struct flow_result *result, const struct flow_site *site,
                   bool (*has_run)(void *context, uint32_t pc), void *context)
{
    return has_run(context, site->pc) && flow_call_not_run(result, site, has_run, context) == 0;
}
