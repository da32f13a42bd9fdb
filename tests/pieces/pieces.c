/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Images from pieces: what the verdict on each says, against what its pieces mean.
 *
 *     pieces [--images N] [--first ID] [--verbose] [--write FOLDER]
 *
 * `--images 1 --first ID --verbose` replays one alone; `--write` leaves its binaries.
 *
 * No image whose pieces are bad may be SAFE, none that is fine UNSAFE.
 */
#include "check/judge.h"
#include "check/kinds.h"
#include "check/print.h"
#include "check/run.h"
#include "tests/pieces/emit.h"
#include "tests/pieces/oracle.h"

#include <stdlib.h>
#include <string.h>

/* Each start is watched for so long: 5 ms for the M4 to wait, 5 ms of a delay, 2 ms to SysTick. */
#define LENGTH VTIME_MS(60)

struct totals {
    unsigned images;
    unsigned by[TRUTHS][4]; /* by verdict */
    unsigned errors[2];     /* falsely safe, falsely unsafe */
    unsigned untold;        /* fine, and it could not be told */
};

struct options {
    uint64_t first;
    unsigned images;
    const char *folder; /* for the first one's binaries */
    bool verbose;
};

static int verdict_of(const struct plan *p, FILE *words)
{
    static struct thumb code;
    char error[256];
    struct check_config config = {
        .board = {.wiring = (unsigned)p->wiring, .hse = p->hse ? HSE_PRESENT : HSE_ABSENT},
        .length = LENGTH};
    emit_cm7(p, &code);
    config.cm7 = image_from_bytes("cm7", EMIT_CM7, code.bytes, code.at);
    if (emit_cm4(p, &code)) {
        config.cm4 = image_from_bytes("cm4", EMIT_CM4, code.bytes, code.at);
    }
    struct check_report report = {.config = &config};
    if (config.cm7 == NULL || !check_run(&report, CHECK_ZEROS, error, sizeof error) ||
        !check_conclude(&report, error, sizeof error)) {
        fprintf(stderr, "%s\n", config.cm7 == NULL ? "no image" : error);
        abort();
    }
    int verdict = check_verdict(&report);
    if (words != NULL) {
        check_print_text(&report, words, false);
    }
    check_report_free(&report);
    image_free(config.cm7);
    image_free(config.cm4);
    return verdict;
}

/* -1: as it should be, 0: falsely safe, 1: falsely unsafe. */
static int error_of(struct meaning m, int verdict)
{
    const bool dangerous =
        m.truth == TRUTH_BAD || m.truth == TRUTH_HIDDEN || m.truth == TRUTH_UNTOLD;
    return dangerous && verdict == 0 ? 0 : m.truth == TRUTH_FINE && verdict == 1 ? 1 : -1;
}

static void tell(const struct plan *p, struct meaning m, int verdict, const char *what)
{
    static const char *const truths[] = {"fine", "bad", "hidden", "trap", "untold", "open"};
    static const char *const whys[] = {
        "", "VCORE lost", "over-voltage", "overclocked", "wait states", "faults", "never starts"};
    printf("%s: verdict %d, it is %s %s\n  ", what, verdict, truths[m.truth], whys[m.why]);
    plan_print(p, stdout);
}

static void try_one(struct totals *totals, const struct options *o, uint64_t id)
{
    static const char *const names[] = {"FALSELY SAFE", "FALSELY UNSAFE"};
    struct plan p;
    plan_make(&p, id);
    struct meaning m = oracle(&p);
    int verdict = verdict_of(&p, o->verbose ? stdout : NULL);
    int error = error_of(m, verdict);
    totals->images++;
    totals->by[m.truth][verdict]++;
    totals->untold += m.truth == TRUTH_FINE && verdict == 3;
    if (error >= 0) {
        totals->errors[error]++;
        tell(&p, m, verdict, names[error]);
    } else if (o->verbose) {
        tell(&p, m, verdict, "agreed");
    }
}

static bool parse(int argc, char **argv, struct options *o)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--verbose") == 0) {
            o->verbose = true;
        } else if (i + 1 < argc && strcmp(argv[i], "--images") == 0) {
            o->images = (unsigned)strtoul(argv[++i], NULL, 10);
        } else if (i + 1 < argc && strcmp(argv[i], "--first") == 0) {
            o->first = strtoull(argv[++i], NULL, 10);
        } else if (i + 1 < argc && strcmp(argv[i], "--write") == 0) {
            o->folder = argv[++i];
        } else {
            fprintf(stderr,
                    "usage: pieces [--images N] [--first ID] [--verbose] [--write FOLDER]\n");
            return false;
        }
    }
    return true;
}

static void print_totals(const struct totals *t)
{
    static const char *const truths[] = {"fine", "bad", "hidden", "trap", "untold", "open"};
    printf("%u images        SAFE  UNSAFE  COULD NOT TELL\n", t->images);
    for (unsigned i = 0; i < TRUTHS; i++) {
        printf("  %-14s %6u %7u %15u\n", truths[i], t->by[i][0], t->by[i][1], t->by[i][3]);
    }
    printf("falsely SAFE %u, falsely UNSAFE %u; fine, and not told %u\n", t->errors[0],
           t->errors[1], t->untold);
}

static bool write_file(const char *folder, const char *name, const struct thumb *code)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    bool good = out != NULL && fwrite(code->bytes, 1, code->at, out) == code->at;
    return out != NULL && fclose(out) == 0 && good;
}

/* For a disassembler, or for `candial check cm7.bin@0x08000000 cm4.bin@0x08100000`. */
static bool write_images(const struct options *o)
{
    static struct thumb code;
    struct plan p;
    plan_make(&p, o->first);
    emit_cm7(&p, &code);
    bool good = write_file(o->folder, "cm7.bin", &code);
    return good && (!emit_cm4(&p, &code) || write_file(o->folder, "cm4.bin", &code));
}

int main(int argc, char **argv)
{
    struct options o = {.images = 100};
    struct totals totals = {0};
    if (!parse(argc, argv, &o)) {
        return 2;
    }
    if (o.folder != NULL && !write_images(&o)) {
        fprintf(stderr, "%s: cannot be written: name a folder\n", o.folder);
        return 2;
    }
    for (unsigned i = 0; i < o.images; i++) {
        try_one(&totals, &o, o.first + i);
    }
    print_totals(&totals);
    return totals.errors[0] + totals.errors[1] > 0 ? 1 : 0;
}
