/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `monitor ...`: what hands do to the board, and how the server behaves. */
#include "debug/gdb_internal.h"

#include "host/board_options.h"
#include "vboard/chip/chip.h"

#include <stdio.h>
#include <string.h>

#define PS_PER_US 1000000u

struct word {
    const char *name;
    const char *help;
    void (*run)(struct gdb *g, const char *rest);
};

/* ---- the server ---- */

/* Of two words; false: neither, and that has been said. */
static bool choose(struct gdb *g, const char *rest, const char *first, const char *second,
                   bool *is_first)
{
    *is_first = strcmp(rest, first) == 0;
    if (*is_first || strcmp(rest, second) == 0) {
        return true;
    }
    char line[120];
    snprintf(line, sizeof line, "say %s or %s\n", first, second);
    gdb_console(g, line);
    return false;
}

static void halt_mode(struct gdb *g, const char *rest)
{
    bool alone;
    if (choose(g, rest, "alone", "together", &alone)) {
        target_set_alone(g->target, alone);
    }
}

static void step_mode(struct gdb *g, const char *rest)
{
    bool into;
    if (choose(g, rest, "into", "over", &into)) {
        g->target->steps_into = into;
    }
}

static void vanish_mode(struct gdb *g, const char *rest)
{
    bool stays;
    if (choose(g, rest, "stand", "run", &stays)) {
        g->target->stands_without = stays;
    }
}

static void semihosting(struct gdb *g, const char *rest)
{
    bool on;
    if (choose(g, rest, "on", "off", &on)) {
        g->semihosting = on;
    }
}

/* ---- the board ---- */

static void tell_time(struct gdb *g, const char *rest)
{
    char line[160];
    const struct target *t = g->target;
    const uint64_t now_us = board_now(t->board) / PS_PER_US;
    (void)rest;
    snprintf(line, sizeof line, "%llu.%06llu s; instructions: CM7 %llu, CM4 %llu\n",
             (unsigned long long)(now_us / 1000000), (unsigned long long)(now_us % 1000000),
             (unsigned long long)cpu_instructions(target_cpu(t, CORE_CM7)),
             (unsigned long long)cpu_instructions(target_cpu(t, CORE_CM4)));
    gdb_console(g, line);
}

static void tell_wiring(struct gdb *g, const char *rest)
{
    char line[160];
    const struct supply *s = board_chip(g->target->board)->supply;
    (void)rest;
    snprintf(line, sizeof line, "wired for %s; VDD %u mV, VCORE %u mV, PWR_CR3 0x%02X, supply %s\n",
             board_wirings[s->wiring], (unsigned)s->vdd_mv, (unsigned)(s->vcore_uv / 1000),
             (unsigned)s->request.cr3, board_supply_state(g->target->board));
    gdb_console(g, line);
}

static void send_can(struct gdb *g, const char *rest)
{
    if (!hands_send_can(g->hands, rest)) {
        gdb_console(g, "not a frame: write it as candump does, 7DF#02010C or 123##1AABB\n");
    }
}

/* Both cores begin anew; a stopped one, or with `halt` this one, at its first instruction. */
static void reset(struct gdb *g, const char *rest)
{
    char text[BOARD_PROBE_TEXT];
    bool halt;
    if (!choose(g, rest[0] == '\0' ? "run" : rest, "halt", "run", &halt)) {
        return;
    }
    (void)hands_act(g->hands, "nrst low", text, sizeof text);
    (void)hands_act(g->hands, "nrst high", text, sizeof text);
    if (!halt) {
        gdb_console(g, "both cores are at their first instruction: continue\n");
    }
}

/* The words of a scenario: "power off", "boot0 high". */
static bool act(struct gdb *g, const char *line)
{
    char text[BOARD_PROBE_TEXT] = "";
    if (!hands_act(g->hands, line, text, sizeof text)) {
        return false;
    }
    if (text[0] != '\0') {
        gdb_console(g, text);
        gdb_console(g, "\n");
    }
    return true;
}

static const struct word words[] = {
    {"time", "the board's time and what the cores have executed", tell_time},
    {"wiring", "how VCORE is fed, and what has become of it", tell_wiring},
    {"can", "ID#DATA as candump writes it: sends a frame to the board", send_can},
    {"reset", "[halt|run]: NRST low and high; the stopped core stands at its first instruction",
     reset},
    {"halt", "alone|together: may the other core and the time go on while this one is stopped?",
     halt_mode},
    {"steps", "into|over: may a step enter an interrupt?", step_mode},
    {"vanish", "run|stand: what the board does when a debugger is gone without a word",
     vanish_mode},
    {"semihosting", "on|off: BKPT 0xAB asks the debugger", semihosting},
};
#define WORD_COUNT (sizeof words / sizeof *words)

static void help(struct gdb *g)
{
    char line[160];
    for (size_t i = 0; i < WORD_COUNT; i++) {
        snprintf(line, sizeof line, "%-12s %s\n", words[i].name, words[i].help);
        gdb_console(g, line);
    }
    gdb_console(
        g, "and what hands do (docs/scenario.md): power on|off, nrst low|high, boot0 low|high,\n"
           "button press|release, hse absent|8M, vdd 2.5V, feed 12V, servo on|off, probe\n");
}

static const struct word *find(const char *line, const char **rest)
{
    const size_t length = strcspn(line, " ");
    for (size_t i = 0; i < WORD_COUNT; i++) {
        if (strlen(words[i].name) == length && strncmp(words[i].name, line, length) == 0) {
            *rest = line + length + strspn(line + length, " ");
            return &words[i];
        }
    }
    return NULL;
}

void gdb_monitor(struct gdb *g, const char *line)
{
    const char *rest;
    const struct word *word = find(line, &rest);
    if (strcmp(line, "help") == 0) {
        help(g);
    } else if (word != NULL) {
        word->run(g, rest);
    } else if (!act(g, line)) {
        gdb_console(g, "not known: monitor help\n");
    }
    gdb_reply(g, "OK");
}
