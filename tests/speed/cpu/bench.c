/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Runs test programs on the cores and prints the processor time it took.
 *
 *     bench run FILE.bin     a workload until it reports; prints seconds and million instructions
 *     bench NAME MS          a program of tests/vboard/cpu, both cores, MS virtual milliseconds
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/vboard/cpu/rig.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int run_workload(const char *path)
{
    const struct rig_options o = {.m7 = NULL};
    struct rig *r = rig_create(&o);
    FILE *f = fopen(path, "rb");
    if (f == NULL || fread(r->flash, 1, 0x10000, f) == 0) {
        perror(path);
        return 1;
    }
    fclose(f);
    chip_hold_core(&r->chip, CORE_CM7, false);
    double start = seconds();
    for (vtime_ps t = VTIME_MS(1); r->note_count == 0; t += VTIME_MS(1)) {
        rig_run(r, t);
    }
    double took = seconds() - start;
    double million = 1e-6 * (double)cpu_instructions(rig_cpu(r, CORE_CM7));
    printf("%.3f %.1f %08x\n", took, million, (unsigned)r->notes[0].value);
    rig_destroy(r);
    return 0;
}

static int run_program(const char *m7, const char *m4, unsigned ms)
{
    struct rig_options o = {.m7 = strcmp(m7, "-") != 0 ? m7 : NULL,
                            .m4 = strcmp(m4, "-") != 0 ? m4 : NULL};
    struct rig *r = rig_create(&o);
    double start = seconds();
    rig_run(r, VTIME_MS(ms));
    double took = seconds() - start;
    printf("%.3f s, %.1f virtual s per s, %zu notes, %.1f M instructions (%.1f skipped)\n", took,
           ms * 1e-3 / took, r->note_count,
           1e-6 * (double)(cpu_instructions(rig_cpu(r, CORE_CM7)) +
                           cpu_instructions(rig_cpu(r, CORE_CM4))),
           1e-6 * (double)(cpu_instructions_skipped(rig_cpu(r, CORE_CM7)) +
                           cpu_instructions_skipped(rig_cpu(r, CORE_CM4))));
    if (r->note_count != 0) {
        printf("last note: %u\n", (unsigned)r->notes[r->note_count - 1].value);
    }
    rig_destroy(r);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "run") == 0) {
        return run_workload(argv[2]);
    }
    if (argc == 4) {
        return run_program(argv[1], argv[2], (unsigned)atoi(argv[3]));
    }
    fprintf(stderr, "usage: bench run FILE.bin | bench M7 M4 MS\n");
    return 2;
}
