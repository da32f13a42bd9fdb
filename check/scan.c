/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What never ran in any start, and could take the board away if it did: found by reading the images' code
 * (flow.h), and judged by what was seen when they ran (flow_rule.h).
 */
#include "check/judge.h"

#include "check/copies.h"
#include "check/coverage.h"
#include "check/flow_rule.h"
#include "check/ram_wait.h"
#include "check/scan_clocks.h"
#include "check/spare.h"

#include <stdlib.h>

/* Where the cores boot (RM0399 4.9.18, 4.9.20: the low half is the upper half of an address); factory values. */
#define BOOT7_FACTORY 0x0800u
#define BOOT4_FACTORY 0x0810u
/* PWR_CR3: what selects. */
#define SELECTION 0x3Fu

#define RAM_PAGES 128u
/* Instructions that are read of an image that was seen to be unsafe: what else it holds is worth a second or two. */
#define STEPS_OF_UNSAFE 4000000u

struct scan {
    struct check_report *report;
    enum core core;
    const struct image *image;
    uint32_t vectors;
    struct check_clock_scan *clocks;
    size_t state;                      /* of it */
    struct flow_region ram[RAM_PAGES]; /* in which the core's code ran */
    size_t ram_count;
};

/* Was it seen in any start? */
static bool ran(void *context, const struct flow_site *site, struct flow_bits value)
{
    const struct scan *s = context;
    uint32_t stored = site->size < 4 ? (1u << 8 * site->size) - 1u : FLOW_ALL;
    for (size_t i = 0; i < s->report->boot_count; i++) {
        const struct check_boot *boot = &s->report->boots[i];
        for (size_t k = 0; k < boot->store_count; k++) {
            const struct check_store *seen = &boot->stores[k];
            if (seen->core == s->core &&
                (seen->pc == site->pc || check_is_copy(s->image, seen, site)) &&
                flow_may_be(flow_alu(FLOW_AND, value, flow_constant(stored)),
                            seen->value & stored)) {
                return true;
            }
        }
    }
    return false;
}

static bool code_ran(void *context, uint32_t pc)
{
    const struct scan *s = context;
    return check_is_covered(s->report->coverage, s->core, pc);
}

static bool is_possible(void *context, const struct flow_file *file)
{
    const struct scan *s = context;
    return check_clocks_possible(s->clocks, s->state, file);
}

/* Did every start from power-on select, and first of all what fits? */
static bool selects_first(const struct check_report *report)
{
    enum supply_wiring wiring = (enum supply_wiring)report->config->board.wiring;
    bool any = false;
    for (size_t i = 0; i < report->boot_count; i++) {
        const struct check_boot *s = &report->boots[i];
        if (!check_is_power_on(s)) {
            continue;
        }
        if (s->vcore_lost || s->write_count == 0 ||
            flow_judge_selection(wiring, flow_constant(s->writes[0].value & SELECTION)) !=
                FLOW_NO_DOUBT) {
            return false;
        }
        any = true;
    }
    return any;
}

static uint32_t word_at(const struct image *image, uint32_t address)
{
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        uint32_t at = address - s->address;
        if (at < s->length && s->length - at >= 4) {
            return s->bytes[at] | (uint32_t)s->bytes[at + 1] << 8 |
                   (uint32_t)s->bytes[at + 2] << 16 | (uint32_t)s->bytes[at + 3] << 24;
        }
    }
    return 0;
}

/* By whom the code is reached. */
static void name_way(const struct scan *s, struct check_item *item, const struct flow_site *site)
{
    item->caller = site->caller;
    if (site->by == FLOW_BY_EXCEPTION) {
        item->handler = word_at(s->image, s->vectors + 4u * site->exception) & ~1u;
    }
}

static void add(const struct scan *s, enum check_kind kind, const struct flow_site *site,
                struct flow_bits value)
{
    struct check_item *item = check_add_at(s->report, &s->report->boots[0], kind, s->core, site->pc,
                                           flow_watches[site->range].address);
    if (item == NULL) {
        return;
    }
    bool known = value.kind == FLOW_BITS && (value.mask & SELECTION) == SELECTION;
    item->has_value = site->exact && site->range == FLOW_PWR_CR3 && known;
    item->value = value.value & SELECTION;
    name_way(s, item, site);
}

static void judge(struct scan *s, const struct flow_result *flow, const struct flow_site *site)
{
    (void)flow;
    static const struct {
        bool says;
        enum check_kind kind;
    } kinds[] = {
        [FLOW_NO_DOUBT] = {false, CHECK_KINDS},
        [FLOW_LATER] = {true, CHECK_SUPPLY_CODE_NOT_RUN},
        [FLOW_OPTION_CODE] = {true, CHECK_OPTION_CODE_NOT_RUN},
        [FLOW_TAKES_VCORE] = {true, CHECK_SUPPLY_CODE_UNSEEN},
        [FLOW_OVERVOLTAGE] = {true, CHECK_VOLTAGE_CODE_UNSEEN},
        [FLOW_LOCKS_FOR_EVER] = {true, CHECK_READOUT_CODE_UNSEEN},
    };
    const struct flow_facts facts = {(enum supply_wiring)s->report->config->board.wiring,
                                     selects_first(s->report), ran, s};
    struct flow_bits value;
    enum flow_doubt doubt = flow_judge(site, &facts, &value);
    if (!kinds[doubt].says) {
        return;
    }
    bool supply = doubt == FLOW_OVERVOLTAGE && site->range == FLOW_PWR_CR3;
    add(s, supply ? CHECK_SUPPLY_CODE_UNSEEN : kinds[doubt].kind, site, value);
}

static void judge_clocks(struct scan *s, const struct flow_site *site, const struct flow_file *file)
{
    const struct check_harm *harm = check_clocks_harm(s->clocks, s->state, file);
    struct check_item *item =
        harm == NULL ? NULL
                     : check_add_at(s->report, &s->report->boots[0], CHECK_CLOCK_CODE_UNSEEN,
                                    s->core, file->unseen_pc, file->unseen_address);
    if (item == NULL) {
        return;
    }
    item->finding = harm->finding;
    if (site->pc == file->unseen_pc) {
        name_way(s, item, site);
    }
    for (size_t i = 0; i < harm->clock_count; i++) {
        check_add_member(item, &harm->clocks[i]);
    }
}

/* A trail was there, and knew what went before. */
static bool is_known_better(const struct flow_result *flow, const struct flow_file *file)
{
    if (file->lost != 0 && flow->all_gone) {
        return true;
    }
    for (size_t i = 0; file->lost != 0 && i < flow->led_to_count; i++) {
        const struct flow_file *other = &flow->files.list[flow->led_to[i]];
        if (other->lost == 0 && other->unseen_pc == file->unseen_pc) {
            return true;
        }
    }
    return false;
}

static void judge_files(struct scan *s, const struct flow_result *flow,
                        const struct flow_site *site)
{
    for (unsigned i = 0; i < site->files.count; i++) {
        const struct flow_file *file = &flow->files.list[site->files.number[i]];
        if (!is_known_better(flow, file)) {
            judge_clocks(s, site, file);
        }
    }
}

/* One file may hold both cores' code: what only a pointer leads to belongs to the core whose bank it is in. */
static bool is_others(const struct scan *s, const struct flow_site *site)
{
    return site->by == FLOW_BY_POINTER && site->pc >= IMAGE_FLASH_BASE &&
           site->pc - IMAGE_FLASH_BASE < IMAGE_FLASH_SIZE && site->pc >> 20 != s->vectors >> 20;
}

typedef void judge_site(struct scan *s, const struct flow_result *flow,
                        const struct flow_site *site);

static void scan_with(struct scan *s, struct flow_beside *beside, judge_site *judge_one)
{
    beside->ram = s->ram;
    beside->ram_count = s->ram_count;
    beside->ran = s->report->coverage != NULL ? code_ran : NULL;
    beside->ran_context = s;
    beside->steps_max = check_verdict(s->report) == 1 ? STEPS_OF_UNSAFE : 0;
    struct flow_result *flow = flow_analyse_image(s->image, s->vectors, beside);
    if (flow == NULL) {
        abort();
    }
    for (size_t i = 0; i < flow->site_count; i++) {
        if (!is_others(s, &flow->sites[i])) {
            judge_one(s, flow, &flow->sites[i]);
        }
    }
    const struct flow_site nowhere = {0};
    for (size_t i = 0; judge_one == judge_files && i < flow->led_to_count; i++) {
        judge_clocks(s, &nowhere, &flow->files.list[flow->led_to[i]]);
    }
    if (!flow->complete) {
        check_add_at(s->report, &s->report->boots[0], CHECK_CODE_UNREAD, s->core, 0, 0);
    }
    flow_free(flow);
}

static bool has_page(const struct scan *s, uint32_t address)
{
    for (size_t i = 0; i < s->ram_count; i++) {
        if (s->ram[i].address == address) {
            return true;
        }
    }
    return false;
}

/* As the first start left them in which they were used. */
static void add_pages(struct scan *s)
{
    for (size_t i = 0; i < s->report->boot_count; i++) {
        const struct check_pages *pages = s->report->boots[i].pages;
        for (size_t k = 0; pages != NULL && k < pages->count; k++) {
            const struct check_page *page = &pages->list[k];
            if (page->core == s->core && s->ram_count < RAM_PAGES && !has_page(s, page->address)) {
                s->ram[s->ram_count++] = (struct flow_region){.address = page->address,
                                                              .length = CHECK_PAGE,
                                                              .bytes = page->bytes,
                                                              .lent = true};
            }
        }
    }
}

/* Supply and option bytes whatever the clocks do; clocks in each state, as they are told. */
static void scan_image(struct scan *s)
{
    if (s->image == NULL || word_at(s->image, s->vectors + 4) == 0) {
        return;
    }
    add_pages(s);
    scan_with(s, &(struct flow_beside){0}, judge);
    for (s->state = 0; s->state < check_clock_states(s->clocks); s->state++) {
        struct flow_beside beside = {.seen = ran,
                                     .seen_context = s,
                                     .flags_follow = true,
                                     .possible = is_possible,
                                     .possible_context = s};
        check_clocks_beside(s->clocks, s->state, s->core, &beside);
        scan_with(s, &beside, judge_files);
    }
}

void check_scan(struct check_report *report)
{
    const struct check_config *c = report->config;
    const uint32_t boot7 = c->board.boot7 != 0 ? c->board.boot7 : BOOT7_FACTORY;
    const uint32_t boot4 = c->board.boot4 != 0 ? c->board.boot4 : BOOT4_FACTORY;
    const struct image *images[] = {c->cm7, c->cm4};
    if (report->boot_count == 0) {
        return;
    }
    struct check_clock_scan *clocks = check_clock_scan_create(report);
    if (clocks == NULL) {
        abort();
    }
    for (unsigned i = 0; i < 2; i++) {
        scan_image(&(struct scan){.report = report,
                                  .core = CORE_CM7,
                                  .image = images[i],
                                  .vectors = (boot7 & 0xFFFFu) << 16,
                                  .clocks = clocks});
        scan_image(&(struct scan){.report = report,
                                  .core = CORE_CM4,
                                  .image = images[i],
                                  .vectors = (boot4 & 0xFFFFu) << 16,
                                  .clocks = clocks});
    }
    check_clock_scan_destroy(clocks);
    check_words_awaited(report);
}
