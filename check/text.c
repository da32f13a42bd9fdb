/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "check/print.h"
#include "check/hse.h"

#include "check/judge.h"
#include "check/kinds.h"
#include "check/names.h"
#include "check/outcome.h"
#include "check/project.h"
#include "check/say.h"
#include "formats/ioc/ioc.h"
#include "vboard/boards/board_data.h"
#include "vboard/kernel/supply.h"
#include "vboard/kernel/words.h"

#include <inttypes.h>
#include <string.h>

#define WIDTH 100

struct printer {
    FILE *out;
    bool colour;
};

static void put(const struct printer *p, const char *colour, const char *text)
{
    if (p->colour) {
        fprintf(p->out, "\033[%sm%s\033[0m", colour, text);
    } else {
        fputs(text, p->out);
    }
}

#define RED "1;31"
#define GREEN "1;32"
#define YELLOW "1;33"
#define BOLD "1"
#define DIM "2"

/* Columns of UTF-8 text without wide characters. */
static size_t columns(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        n += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    }
    return n;
}

/* Wraps at blanks; the first line goes on at column `at`, the others begin at `indent`. */
static void wrap(const struct printer *p, const char *text, size_t at, size_t indent)
{
    const char *first = text;
    size_t column = at;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        size_t wide = columns(text, length);
        if (column > indent && column + wide + 1 > WIDTH) {
            fprintf(p->out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > at || (column > indent && text != first)) {
            fputc(' ', p->out);
            column++;
        }
        fwrite(text, 1, length, p->out);
        column += wide;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', p->out);
}

/* ---- the first line ---- */

static void print_names(const struct check_report *r, FILE *out)
{
    fputs(check_subject(r), out);
    if (r->config->cm4 != NULL) {
        fprintf(out, " + %s", image_path(r->config->cm4));
    }
}

static void print_head(const struct printer *p, const struct check_report *r)
{
    const char *reason = "";
    switch (check_verdict(r)) {
    case 0:
        put(p, GREEN, "SAFE");
        reason = r->config->project == NULL
                     ? "does not lock up this board"
                     : "its settings do not lock up this board; check the images, too";
        break;
    case 1:
        put(p, RED, "UNSAFE");
        reason = check_headline(r->items[0].kind);
        break;
    default:
        put(p, YELLOW, "COULD NOT TELL");
        reason = check_headline(r->items[0].kind);
        break;
    }
    fputs("  ", p->out);
    put(p, BOLD, reason);
    fputs("\n        ", p->out);
    print_names(r, p->out);
    fputs("\n\n", p->out);
}

const char *check_subject(const struct check_report *r)
{
    return r->config->project != NULL ? ioc_path(r->config->project->ioc)
                                      : image_path(r->config->cm7);
}

/* ---- what happens when ---- */

typedef bool in_row(const struct check_boot *s);

static bool now_after_good(const struct check_boot *s)
{
    return s->history == CHECK_AFTER_GOOD && !check_is_power_on(s);
}

static bool after_power_loss(const struct check_boot *s)
{
    return s->history != CHECK_CM4_STUB && s->history != CHECK_STIMULATED && check_is_power_on(s);
}

static bool with_partner(const struct check_boot *s)
{
    return s->history == CHECK_CM4_STUB;
}

static bool after_reset(const struct check_boot *s)
{
    return s->history == CHECK_FRESH && !check_is_power_on(s);
}

static enum check_grade grade(const struct check_boot *s)
{
    return check_grade(check_outcome(s));
}

static void print_outcome(const struct printer *p, const char *name, const struct check_boot *s)
{
    static const char *const colours[] = {[CHECK_IS_GOOD] = GREEN,
                                          [CHECK_IS_ODD] = YELLOW,
                                          [CHECK_IS_BAD] = RED,
                                          [CHECK_IS_DEAD] = RED};
    fprintf(p->out, "  %-32s", name);
    put(p, colours[grade(s)], check_say_outcome(s).text);
    fputc('\n', p->out);
}

static void print_row(const struct printer *p, const struct check_report *r, const char *name,
                      in_row *in)
{
    const struct check_boot *worst = NULL;
    for (size_t i = 0; i < r->boot_count; i++) {
        const struct check_boot *s = &r->boots[i];
        if (in(s) && (worst == NULL || grade(s) > grade(worst))) {
            worst = s;
        }
    }
    if (worst != NULL) {
        print_outcome(p, name, worst);
    }
}

static bool is_same(const struct check_boot *a, const struct check_boot *b)
{
    return check_is_stimulated(a) && a->stimulus.kind == b->stimulus.kind &&
           a->stimulus.which == b->stimulus.which;
}

/* One for each start in which something was done. */
static void print_stimuli(const struct printer *p, const struct check_report *r)
{
    for (size_t i = 0; i < r->boot_count; i++) {
        const struct check_boot *s = &r->boots[i];
        const struct check_boot *worst = s;
        for (size_t k = 0; check_is_stimulated(s) && k < r->boot_count; k++) {
            bool twin = is_same(&r->boots[k], s);
            worst = twin && k < i ? NULL : worst;
            worst =
                twin && worst != NULL && grade(&r->boots[k]) > grade(worst) ? &r->boots[k] : worst;
        }
        if (check_is_stimulated(s) && worst != NULL) {
            print_outcome(p, check_say_stimulus(&s->stimulus).text, worst);
        }
    }
}

static void print_rows(const struct printer *p, const struct check_report *r)
{
    print_row(p, r, "now, flashed over a good image", now_after_good);
    print_row(p, r, "now, flashed by boot ROM 0x90", check_is_behind_rom);
    print_row(p, r, "after the next power loss", after_power_loss);
    print_row(p, r, "and after a reset then", after_reset);
    print_row(p, r, "with an older image on the CM4", with_partner);
    print_stimuli(p, r);
    fputc('\n', p->out);
}

/* ---- items ---- */

/* NULL: at the first power-on, where one would look for it. */
static const char *when_text(const struct check_item *i)
{
    static const char *const texts[] = {
        [CHECK_FLASHED] = "right after it was flashed, PWR_CR3 being locked",
        [CHECK_POWER_ON] = NULL,
        [CHECK_RESET] = "after a reset by NRST",
        [CHECK_EARLY_RESET] = "after a reset by NRST that comes before it selects the supply",
        [CHECK_WATCHDOG] = "after a reset by the watchdog IWDG1",
        [CHECK_SOFTWARE] = "after a reset by software",
        [CHECK_OTHER_RESET] =
            "after a reset by IWDG2, WWDG1, WWDG2, software of the CM4, low power "
            "or brown-out",
        [CHECK_POWER_CYCLE] = "at a later power-on, after it ran before",
        [CHECK_CM4_FIRST] = "if the CM4 is a little faster than the CM7",
        [CHECK_CM7_FIRST] = "if the CM7 is a little faster than the CM4"};
    return i->history == CHECK_CM4_STUB
               ? "if the CM4's bank holds an image that answers (of an earlier project, say)"
               : texts[i->start];
}

/* "PWR_CR3" */
static void put_register(struct line *l, const struct check_item *i)
{
    char name[40];
    check_register(i->address, name, sizeof name);
    line_put(l, "%s", name);
}

/* "CM7 choose+0x2 (x.c:3) writes 0x02 to PWR_CR3: ..." */
void check_say_line(const struct check_report *r, const struct check_item *i, char *text,
                    size_t size)
{
    struct line l;
    bool grave = check_level_of(i->kind) != CHECK_NOTE;
    line_begin(&l, text, size);
    if (i->has_core) {
        line_put(&l, "%s %s", check_core_name(i->core), check_say_where(r, i).text);
    }
    if (i->line != 0) {
        line_put(&l, "%s:%u", check_subject(r), i->line);
    }
    if (i->address != 0 && i->has_value && i->wait == CHECK_NO_WAIT && grave) {
        line_put(&l, " writes 0x%02" PRIX32 " to ", i->value);
        put_register(&l, i);
    } else if (i->address != 0) {
        line_put(&l, "%s", i->has_core || i->line != 0 ? ", " : "");
        put_register(&l, i);
    }
    line_put(&l, "%s%s", i->has_core || i->address != 0 || i->line != 0 ? ": " : "",
             check_say_text(r, i).text);
}

void check_say_whole(const struct check_report *r, const struct check_item *i, char *text,
                     size_t size)
{
    check_say_line(r, i, text, size);
    size_t length = strlen(text);
    if (i->history == CHECK_STIMULATED) {
        snprintf(text + length, size - length, ", if %s", check_say_nudge(i).text);
    }
}

static void print_grave(const struct printer *p, const struct check_report *r,
                        const struct check_item *i)
{
    char text[CHECK_LINE];
    bool unsafe = check_level_of(i->kind) == CHECK_UNSAFE;
    put(p, unsafe ? RED : YELLOW, unsafe ? "✗ " : "? ");
    check_say_line(r, i, text, sizeof text);
    wrap(p, text, 2, 2);
    if (i->caller != 0) {
        fprintf(p->out, "  called by %s\n", check_say_caller(r, i).text);
    }
    if (i->history == CHECK_STIMULATED) {
        fputs("  if     ", p->out);
        wrap(p, check_say_nudge(i).text, 9, 9);
    }
    const char *when = when_text(i);
    if (when != NULL) {
        fprintf(p->out, "  when   %s\n", when);
    }
    if (i->remedy) {
        fputs("  ", p->out);
        put(p, BOLD, "change ");
        wrap(p, check_say_change(r, i).text, 9, 9);
    }
}

static void print_note(const struct printer *p, const struct check_report *r,
                       const struct check_item *i)
{
    char text[900];
    struct line l;
    put(p, DIM, "· ");
    line_begin(&l, text, sizeof text);
    if (i->line != 0) {
        line_put(&l, "line %u: ", i->line);
    }
    if (i->has_core) {
        line_put(&l, "%s %s: ", check_core_name(i->core), check_say_where(r, i).text);
    }
    if (i->address != 0) {
        put_register(&l, i);
        line_put(&l, ", ");
    }
    line_put(&l, "%s", check_say_text(r, i).text);
    if (i->remedy) {
        line_put(&l, ": %s", check_say_change(r, i).text);
    }
    wrap(p, text, 2, 2);
}

static const struct board_data *board_of(const struct check_report *r)
{
    return board_options_board(&r->config->board);
}

static const char *way_back(const struct check_report *r, char *text, size_t size)
{
    snprintf(text, size, "power off, %s, power on, erase the flash, power off (`candial recover`)",
             board_of(r)->boot0);
    return text;
}

static bool is_dead(const struct check_report *r)
{
    for (size_t i = 0; i < r->item_count; i++) {
        if (r->items[i].kind == CHECK_VCORE_LOST || r->items[i].kind == CHECK_SUPPLY_RACE) {
            return true;
        }
    }
    return false;
}

static void print_items(const struct printer *p, const struct check_report *r)
{
    bool notes = false;
    for (size_t i = 0; i < r->item_count; i++) {
        bool note = check_level_of(r->items[i].kind) == CHECK_NOTE;
        notes = notes || note;
        if (!note) {
            print_grave(p, r, &r->items[i]);
        }
    }
    if (is_dead(r)) {
        fputs("  ", p->out);
        char line[200];
        put(p, BOLD, "flashed already? ");
        wrap(p, way_back(r, line, sizeof line), 19, 9);
    }
    if (check_verdict(r) != 0) {
        fputc('\n', p->out);
    }
    for (size_t i = 0; i < r->item_count; i++) {
        if (check_level_of(r->items[i].kind) == CHECK_NOTE) {
            print_note(p, r, &r->items[i]);
        }
    }
    if (notes) {
        fputc('\n', p->out);
    }
}

/* ---- what was taken for granted ---- */

/* "NUCLEO-H755ZI-Q wired for direct SMPS (as sold: UM2408 Table 10)" */
static void wiring_text(const struct check_report *r, char *text, size_t size)
{
    const struct board_data *board = board_of(r);
    const enum supply_wiring wiring = (enum supply_wiring)r->config->board.wiring;
    int used = snprintf(text, size, "%s wired for %s", board->title, supply_wiring_name(wiring));
    if (wiring == board->wiring && used > 0 && (size_t)used < size) {
        snprintf(text + used, size - (size_t)used, " (as sold: %s)", board->wiring_source);
    }
}

static void hse_text(const struct check_report *r, char *text, size_t size)
{
    const struct board_options *o = &r->config->board;
    static const char *const how[] = {[HSE_PRESENT] = "",
                                      [HSE_ABSENT] = "absent",
                                      [HSE_LATE] = " late",
                                      [HSE_DROPS] = " and drops"};
    if (o->hse == HSE_ABSENT) {
        snprintf(text, size, "absent");
    } else {
        const uint64_t sold = board_of(r)->hse == BOARD_CLOCK_NONE ? 0 : board_of(r)->hse_uhz;
        double mhz = (double)(o->hse_uhz == 0 ? sold : o->hse_uhz) / 1e12;
        snprintf(text, size, "%g MHz%s", mhz, how[o->hse]);
    }
}

static void tried_text(const struct check_report *r, char *text, size_t size)
{
    int length = snprintf(text, size, "%zu starts of up to %g s, ", r->boot_count,
                          (double)r->config->length / 1e12);
    const bool has_card = r->config->board.sd != NULL;
    if (r->config->effort == 0) {
        snprintf(text + length, size - (size_t)length, "no button pressed, nothing connected%s",
                 has_card ? " but an SD card" : "");
    } else {
        snprintf(text + length, size - (size_t)length,
                 "and nothing connected but %swhere the image listens (effort %u)",
                 has_card ? "an SD card and " : "", r->config->effort);
    }
}

static void print_assumed(const struct printer *p, const struct check_report *r)
{
    const struct board_options *o = &r->config->board;
    char hse[40];
    char wiring[160];
    char need[120];
    char options[80] = "factory (both cores boot, CM7 0x08000000, CM4 0x08100000)";
    char line[640];
    char tried[160];
    wiring_text(r, wiring, sizeof wiring);
    if (r->config->project != NULL) {
        snprintf(line, sizeof line, "%s · the code is as CubeMX generates it", wiring);
        put(p, DIM, "assumed ");
        wrap(p, line, 8, 8);
        return;
    }
    hse_text(r, hse, sizeof hse);
    if (o->optsr != 0 || o->boot7 != 0 || o->boot4 != 0) {
        snprintf(options, sizeof options,
                 "OPTSR 0x%08" PRIX32 " BOOT7 0x%08" PRIX32 " BOOT4 0x%08" PRIX32 " (0: factory)",
                 o->optsr, o->boot7, o->boot4);
    }
    tried_text(r, tried, sizeof tried);
    snprintf(line, sizeof line, "%s · option bytes %s · boot ROM 0x%02X · HSE %s%s · %s", wiring,
             options, o->rom == 0 ? 0x90u : o->rom, hse, check_need_of_hse(r, need, sizeof need),
             tried);
    put(p, DIM, "assumed ");
    wrap(p, line, 8, 8);
}

void check_print_text(const struct check_report *report, FILE *out, bool colour)
{
    const struct printer p = {out, colour};
    print_head(&p, report);
    if (report->config->project != NULL) {
        check_project_text(report->config->project, out);
    } else {
        print_rows(&p, report);
    }
    print_items(&p, report);
    print_assumed(&p, report);
}
