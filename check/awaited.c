/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Who could write a word that a core waits for? Found by reading both images' code (flow.h). */
#include "check/ram_wait.h"

#include "check/coverage.h"
#include "check/flow_image.h"
#include "check/judge.h"

#include <stdlib.h>

/* Factory values (RM0399 4.9.18, 4.9.20). */
#define BOOT7_FACTORY 0x0800u
#define BOOT4_FACTORY 0x0810u

/* What the waiting core has behind it, on its way from the reset, does not come again. */
static bool may_come(const struct check_report *report, const struct flow_site *site,
                     enum core writer, enum core waiting)
{
    return writer != waiting || site->by != FLOW_BY_RESET ||
           !check_is_covered(report->coverage, writer, site->pc);
}

static bool stores(const struct check_report *report, const struct image *image, uint32_t vectors,
                   enum core writer, enum core waiting, uint32_t address)
{
    const struct flow_range word = {address & ~3u, 4};
    struct flow_result *flow = flow_analyse_image(
        image, vectors, &(struct flow_beside){.ranges = &word, .range_count = 1});
    if (flow == NULL) {
        abort();
    }
    bool found = !flow->complete;
    for (size_t i = 0; i < flow->site_count; i++) {
        found = found || may_come(report, &flow->sites[i], writer, waiting);
    }
    flow_free(flow);
    return found;
}

static bool holds(const struct image *image, uint32_t address)
{
    for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        if (address - s->address < s->length) {
            return true;
        }
    }
    return false;
}

static bool has_writer(const struct check_report *report, enum core waiting, uint32_t address)
{
    const struct check_config *c = report->config;
    const uint32_t boot[CORE_COUNT] = {c->board.boot7 != 0 ? c->board.boot7 : BOOT7_FACTORY,
                                       c->board.boot4 != 0 ? c->board.boot4 : BOOT4_FACTORY};
    const struct image *images[] = {c->cm7, c->cm4};
    for (unsigned i = 0; i < 2; i++) {
        for (unsigned core = 0; core < CORE_COUNT; core++) {
            const uint32_t vectors = (boot[core] & 0xFFFFu) << 16;
            if (holds(images[i], vectors) &&
                stores(report, images[i], vectors, (enum core)core, waiting, address)) {
                return true;
            }
        }
    }
    return false;
}

/* Each start that ends in the same loop is as stuck as the first. */
static void mark(struct check_report *report, enum core core, uint32_t pc)
{
    for (size_t i = 0; i < report->boot_count; i++) {
        struct check_core *c = &report->boots[i].core[core];
        c->ram.nobody = c->ram.address != 0 && c->ram.pc == pc;
    }
}

void check_words_awaited(struct check_report *report)
{
    for (unsigned core = 0; report->boot_count > 0 && core < CORE_COUNT; core++) {
        const struct check_ram_wait *wait = &report->boots[0].core[core].ram;
        if (wait->address == 0 || report->boots[0].vcore_lost || report->coverage == NULL ||
            has_writer(report, (enum core)core, wait->address)) {
            continue;
        }
        struct check_item *item =
            check_add_at(report, &report->boots[0], CHECK_WAITS_WORD, (enum core)core, wait->pc, 0);
        if (item != NULL) {
            item->poll = (struct check_poll){wait->pc, wait->address, wait->value, 0};
        }
        mark(report, (enum core)core, wait->pc);
    }
}
