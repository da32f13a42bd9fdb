/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The data flow (check/flow.h) over an image: its segments, its functions, the registers worth watching. */
#ifndef CHECK_FLOW_IMAGE_H
#define CHECK_FLOW_IMAGE_H

#include "check/flow.h"
#include "formats/image/image.h"

/* Registers that take the board's supply, clock or memory away (RM0399 Rev 4). */
enum flow_watch {
    FLOW_PWR_CR3,      /* 7.8.4 */
    FLOW_PWR_D3CR,     /* 7.8.7: VOS */
    FLOW_SYSCFG_PWRCR, /* 13.3.10: ODEN */
    FLOW_ACR,          /* 4.9.1, by either address */
    FLOW_ACR_BANK2,
    FLOW_OPTKEYR, /* 4.9.3 */
    FLOW_OPTKEYR_BANK2,
    FLOW_OPTCR, /* 4.9.7 */
    FLOW_OPTCR_BANK2,
    FLOW_OPTIONS, /* 4.9.9 ...: OPTSR_PRG and what follows, up to BOOT4_PRGR */
    FLOW_RCC,     /* 9.7.2 ...: CR to PLL3FRACR */
    FLOW_WATCHES
};

extern const struct flow_range flow_watches[FLOW_WATCHES];

/* What is known beside the image. Zero: nothing. */
struct flow_beside {
    /* What RAM held at some time when it ran, and was not as power-on leaves it; an ELF file tells by itself what
     * the start-up code puts there. */
    const struct flow_region *ram;
    size_t ram_count;
    const struct flow_file *at_reset, *as_was; /* these and the next: of flow_program */
    uint32_t last_pc;
    bool others, flags_follow;
    flow_was_seen *seen;
    void *seen_context;
    const struct flow_range *ranges; /* watched instead of flow_watches; NULL: those */
    size_t range_count;
    bool (*possible)(void *context, const struct flow_file *file);
    void *possible_context;
    bool (*ran)(void *context, uint32_t pc);
    void *ran_context;
    uint32_t steps_max; /* of flow_program */
};

/*
 * Reads the image as the core does whose vector table is at `vectors`. NULL: out of memory. The image and `beside`
 * must outlive the result.
 */
struct flow_result *flow_analyse_image(const struct image *image, uint32_t vectors,
                                       const struct flow_beside *beside);

#endif
