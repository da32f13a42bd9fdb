/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial check PROJECT.ioc`: what the code that CubeMX makes of a project will set, judged by the same
 * kinds as an image. Only the settings are seen: not the user's own code, nor what starts when.
 */
#ifndef CHECK_PROJECT_H
#define CHECK_PROJECT_H

#include "check/check.h"

#include <stdio.h>

struct ioc;

#define PROJECT_CANS 2u
#define PROJECT_CLOCKS 10u

/* A value that the file does not state is 0 or NULL. */
struct project_clock {
    uint32_t id; /* enum clock_id */
    uint64_t hz;
    uint32_t max_mhz[4]; /* in VOS0 to VOS3 */
    unsigned line;
};

struct project_can {
    unsigned instance; /* 1, 2 */
    uint64_t kernel_hz, pclk_hz;
    uint32_t prescaler, seg1, seg2; /* nominal */
    uint32_t bit_rate, sample_permille;
    uint32_t rx_elements; /* of both FIFOs and the buffers */
    const char *owner;    /* "CM7", "CM4" */
    unsigned line;
};

struct check_project {
    struct ioc *ioc;
    const char *part, *board, *version;
    const char *supply;  /* "PWR_DIRECT_SMPS_SUPPLY" */
    bool default_supply; /* not stated: what CubeMX takes */
    uint32_t cr3;
    int scale; /* 0 to 3 for VOS0 to VOS3; -1: not stated */
    unsigned supply_line, scale_line;
    struct project_clock clocks[PROJECT_CLOCKS];
    size_t clock_count;
    struct check_pwm pwms[CHECK_PWMS];
    const char *pwm_owners[CHECK_PWMS];
    unsigned pwm_lines[CHECK_PWMS];
    size_t pwm_count;
    struct project_can cans[PROJECT_CANS];
    size_t can_count;
};

/* False with a line in `error`; else free it. */
bool check_project_open(struct check_project *project, const char *path, char *error, size_t size);
void check_project_free(struct check_project *project);

/* Fills the report's items; its config names the project. */
void check_project_judge(struct check_report *report);

/* What the file says, as rows of a table and as the members of a JSON object. */
void check_project_text(const struct check_project *project, FILE *out);
void check_project_json(const struct check_project *project, FILE *out);

#endif
