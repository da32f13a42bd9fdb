/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * `candial explain`: what a crash record means: which function, which line, why. Fault status registers: PM0253 4.3.10
 * to 4.3.12, PM0214 4.4.13 to 4.4.15; EXC_RETURN: PM0253 2.4.7.
 */
#include "cli/command.h"

#include "host/files.h"
#include "formats/image/image.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "usage: candial explain [--cm7 ELF] [--cm4 ELF] RECORD|FILE|-\n\n"
    "  RECORD     a line of the console that begins with `crash`, as `errors` tells it\n"
    "  FILE, -    a file, or standard input, with such lines among others\n"
    "  --cm7 ELF  the images that ran; as built, build/firmware/candial_cm7.elf\n"
    "  --cm4 ELF  and candial_cm4.elf\n\n"
    "Exit status 1: no crash record found.\n";

#define TEXT_MAX 65536

struct options {
    const char *elf[2]; /* of the M7, of the M4 */
    const char *what;
};

struct record {
    unsigned core;
    uint32_t exception, pc, lr, cfsr, hfsr, mmfar, bfar;
};

struct bit {
    uint32_t mask;
    const char *text;
};

static const struct bit cfsr_bits[] = {
    {1u << 0, "IACCVIOL: an instruction was fetched where none may be executed"},
    {1u << 1, "DACCVIOL: data access that the MPU or the memory map forbids"},
    {1u << 3, "MUNSTKERR: forbidden access while returning from an exception"},
    {1u << 4, "MSTKERR: forbidden access while entering one: the stack has overflowed?"},
    {1u << 5, "MLSPERR: the same while saving the FPU's registers"},
    {1u << 8, "IBUSERR: bus error on an instruction fetch"},
    {1u << 9, "PRECISERR: bus error on data access, by the instruction at pc"},
    {1u << 10, "IMPRECISERR: bus error on a write some instructions before pc"},
    {1u << 11, "UNSTKERR: bus error while returning from an exception"},
    {1u << 12, "STKERR: bus error while entering one: the stack has overflowed?"},
    {1u << 13, "LSPERR: the same while saving the FPU's registers"},
    {1u << 16, "UNDEFINSTR: no instruction that this core knows"},
    {1u << 17, "INVSTATE: a jump to an even address, or through a damaged pointer"},
    {1u << 18, "INVPC: a damaged return address from an exception"},
    {1u << 19, "NOCP: a floating point instruction, and the FPU is off"},
    {1u << 24, "UNALIGNED: access to an address that is not aligned"},
    {1u << 25, "DIVBYZERO: division by zero"},
};

static const struct bit hfsr_bits[] = {
    {1u << 1, "VECTTBL: bus error on reading the vector table"},
    {1u << 31, "DEBUGEVT: BKPT without a debugger"},
};

#define MMARVALID (1u << 7)
#define BFARVALID (1u << 15)

/* ---- reading ---- */

static bool read_field(const char *line, const char *name, uint32_t *value)
{
    const char *at = strstr(line, name);
    char *end;
    if (at == NULL) {
        return false;
    }
    const unsigned long number = strtoul(at + strlen(name), &end, 0);
    *value = (uint32_t)number;
    return end != at + strlen(name) && number <= UINT32_MAX;
}

/* "crash cm7 exception N pc 0x.. lr 0x.. cfsr 0x.. ..."; what is not told is 0. */
static bool read_record(const char *line, struct record *record)
{
    *record = (struct record){.core = strncmp(line, "crash cm4", 9) == 0};
    (void)read_field(line, " cfsr ", &record->cfsr);
    (void)read_field(line, " hfsr ", &record->hfsr);
    (void)read_field(line, " mmfar ", &record->mmfar);
    (void)read_field(line, " bfar ", &record->bfar);
    return read_field(line, " exception ", &record->exception) &&
           read_field(line, " pc ", &record->pc) && read_field(line, " lr ", &record->lr);
}

/* The record itself, or what a file of that name holds. */
static bool read_text(const char *what, char *text)
{
    if (strstr(what, "crash cm") != NULL) {
        snprintf(text, TEXT_MAX, "%s", what);
        return true;
    }
    FILE *file = strcmp(what, "-") == 0 ? stdin : fopen(what, "rb");
    if (file == NULL) {
        usage_error("%s: neither a crash record nor a file that can be read", what);
        return false;
    }
    const size_t length = fread(text, 1, TEXT_MAX - 1, file);
    text[length] = '\0';
    if (file != stdin) {
        fclose(file);
    }
    return true;
}

/* ---- telling ---- */

static const char *exception_name(uint32_t exception)
{
    static const char *const names[] = {"none",      "Reset",    "NMI",       "HardFault",
                                        "MemManage", "BusFault", "UsageFault"};
    return exception < sizeof names / sizeof *names ? names[exception] : "";
}

static void tell_exception(const struct record *record)
{
    printf("cm%c: ", record->core == 0 ? '7' : '4');
    if (record->exception >= 16) {
        printf("interrupt %u, which nobody enabled\n", (unsigned)record->exception - 16);
    } else {
        printf("%s (exception %u)\n", exception_name(record->exception),
               (unsigned)record->exception);
    }
}

static void tell_place(const char *what, struct image *image, uint32_t address)
{
    uint32_t offset = 0;
    int line = 0;
    const char *function = image_function(image, address, &offset);
    printf("  %-5s 0x%08x  ", what, (unsigned)address);
    if (address >= 0xFFFFFFE0u) {
        printf("return from an exception: what was interrupted is not in the record\n");
    } else if (function == NULL) {
        printf("in no function of %s\n", image_path(image));
    } else {
        const char *file = image_line(image, address, &line);
        printf("%s + 0x%x", function, (unsigned)offset);
        if (file != NULL) {
            printf(", %s:%d", file, line);
        }
        puts("");
    }
}

static unsigned tell_bits(const struct bit *bits, size_t count, uint32_t value)
{
    unsigned told = 0;
    for (size_t i = 0; i < count; i++) {
        if ((value & bits[i].mask) != 0) {
            printf("  why   %s\n", bits[i].text);
            told++;
        }
    }
    return told;
}

static void tell_reasons(const struct record *record)
{
    unsigned told = tell_bits(cfsr_bits, sizeof cfsr_bits / sizeof *cfsr_bits, record->cfsr) +
                    tell_bits(hfsr_bits, sizeof hfsr_bits / sizeof *hfsr_bits, record->hfsr);
    if (told == 0 && record->exception < 16) {
        puts("  why   the fault status registers say nothing");
    }
    if ((record->cfsr & MMARVALID) != 0) {
        printf("  at    0x%08x\n", (unsigned)record->mmfar);
    } else if ((record->cfsr & BFARVALID) != 0) {
        printf("  at    0x%08x\n", (unsigned)record->bfar);
    }
}

static int explain(const struct record *record, const struct options *options)
{
    char error[512];
    char built[FILES_PATH_MAX];
    const char *elf = options->elf[record->core];
    const char *name = record->core == 0 ? "candial_cm7.elf" : "candial_cm4.elf";
    if (elf == NULL && !files_find_firmware(name, built, sizeof built)) {
        return usage_error("%s is not there: name it, or build it with ./run", name);
    }
    struct image *image = image_load(elf != NULL ? elf : built, error, sizeof error);
    if (image == NULL) {
        return usage_error("%s", error);
    }
    tell_exception(record);
    tell_place("pc", image, record->pc);
    tell_place("from", image, record->lr);
    tell_reasons(record);
    image_free(image);
    return EXIT_GOOD;
}

/* Each record of the text once. */
static int explain_all(char *text, const struct options *options)
{
    unsigned found = 0;
    char *last = NULL;
    for (char *line = strtok(text, "\r\n"); line != NULL; line = strtok(NULL, "\r\n")) {
        struct record record;
        char *begin = strstr(line, "crash cm");
        if (begin == NULL || !read_record(begin, &record) ||
            (last != NULL && strcmp(begin, last) == 0)) {
            continue;
        }
        last = begin;
        found++;
        const int status = explain(&record, options);
        if (status != EXIT_GOOD) {
            return status;
        }
    }
    if (found == 0) {
        fputs(
            "candial: no crash record: give a line as `crash cm7 exception 3 pc 0x... lr 0x...`\n",
            stderr);
    }
    return found == 0 ? EXIT_NO : EXIT_GOOD;
}

static bool read_options(struct options *options, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const bool is_elf = strcmp(argv[i], "--cm7") == 0 || strcmp(argv[i], "--cm4") == 0;
        if (is_elf && i + 1 == argc) {
            usage_error("%s needs an ELF file behind it", argv[i]);
            return false;
        }
        if (is_elf) {
            options->elf[argv[i][4] == '4'] = argv[i + 1];
            i++;
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            usage_unknown_option("explain", argv[i], (const char *const[]){help, NULL});
            return false;
        } else if (options->what != NULL) {
            usage_error("one record at a time: quote it, `%s' is a second one", argv[i]);
            return false;
        } else {
            options->what = argv[i];
        }
    }
    return true;
}

int command_explain(int argc, char **argv)
{
    static char text[TEXT_MAX];
    struct options options = {.what = NULL};
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help, stdout);
        return EXIT_GOOD;
    }
    if (!read_options(&options, argc, argv)) {
        return EXIT_USAGE;
    }
    if (options.what == NULL) {
        return usage_error("give a crash record, a file, or -: see `candial explain --help`");
    }
    return read_text(options.what, text) ? explain_all(text, &options) : EXIT_USAGE;
}
