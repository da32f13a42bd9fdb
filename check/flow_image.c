/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/flow_image.h"

#include <stdlib.h>

/* RM0399 Rev 4: PWR at 0x58024800, SYSCFG 0x58000400, FLASH 0x52002000, RCC 0x58024400 (2.3.2). */
const struct flow_range flow_watches[FLOW_WATCHES] = {
    [FLOW_PWR_CR3] = {0x5802480Cu, 4},       [FLOW_PWR_D3CR] = {0x58024818u, 4},
    [FLOW_SYSCFG_PWRCR] = {0x5800042Cu, 4},  [FLOW_ACR] = {0x52002000u, 4},
    [FLOW_ACR_BANK2] = {0x52002100u, 4},     [FLOW_OPTKEYR] = {0x52002008u, 4},
    [FLOW_OPTKEYR_BANK2] = {0x52002108u, 4}, [FLOW_OPTCR] = {0x52002018u, 4},
    [FLOW_OPTCR_BANK2] = {0x52002118u, 4},   [FLOW_OPTIONS] = {0x52002020u, 0x30},
    [FLOW_RCC] = {0x58024400u, 0x48},
};

static bool function_start(void *context, uint32_t address, uint32_t *start)
{
    uint32_t offset = 0;
    if (image_function(context, address, &offset) == NULL) {
        return false;
    }
    *start = (address & ~1u) - offset;
    return true;
}

/* Segments where they are in the flash, and those that run elsewhere there, too. */
static size_t add_regions(const struct image *image, struct flow_region *regions)
{
    size_t count = 0;
    for (size_t i = 0; i < image_segment_count(image); i++) {
        const struct image_segment *s = image_segment(image, i);
        regions[count++] = (struct flow_region){
            .address = s->address, .length = s->length, .bytes = s->bytes, .constant = true};
        if (s->run_address != s->address) {
            regions[count++] = (struct flow_region){
                .address = s->run_address, .length = s->length, .bytes = s->bytes};
        }
    }
    return count;
}

struct flow_result *flow_analyse_image(const struct image *image, uint32_t vectors,
                                       const struct flow_beside *beside)
{
    size_t room = 2 * image_segment_count(image) + beside->ram_count;
    struct flow_region *regions = calloc(room, sizeof *regions);
    if (regions == NULL) {
        return NULL;
    }
    size_t count = add_regions(image, regions);
    for (size_t i = 0; i < beside->ram_count; i++) {
        regions[count++] = beside->ram[i];
    }
    struct flow_result *result = flow_analyse(&(struct flow_program){
        .regions = regions,
        .region_count = count,
        .ranges = beside->ranges != NULL ? beside->ranges : flow_watches,
        .range_count = beside->ranges != NULL ? beside->range_count : FLOW_WATCHES,
        .at_reset = beside->at_reset,
        .as_was = beside->as_was,
        .last_pc = beside->last_pc,
        .others = beside->others,
        .flags_follow = beside->flags_follow,
        .seen = beside->seen,
        .seen_context = beside->seen_context,
        .possible = beside->possible,
        .possible_context = beside->possible_context,
        .ran = beside->ran,
        .ran_context = beside->ran_context,
        .once = beside->ranges != NULL ? (unsigned)beside->range_count : FLOW_PWR_CR3,
        .steps_max = beside->steps_max,
        .vectors = vectors,
        .entry = image_entry(image),
        .function = function_start,
        .context = (void *)image,
    });
    free(regions);
    return result;
}
