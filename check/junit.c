/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * JUnit's XML, what CI servers show as tests: a test case for each start. It fails where something
 * unsafe was seen first, is an error where something could not be told, and fails as `again` where a start only
 * repeats what failed before. Notes are in system-out.
 */
#include "check/print.h"

#include "check/judge.h"
#include "check/kinds.h"
#include "check/names.h"
#include "check/outcome.h"
#include "check/say.h"

#include <string.h>

static void put_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '&' || c == '<' || c == '>' || c == '"' || c < 0x20) {
            fprintf(out, "&#%d;", c < 0x20 ? ' ' : c);
        } else {
            fputc(c, out);
        }
    }
}

static void put_attribute(FILE *out, const char *name, const char *text)
{
    fprintf(out, " %s=\"", name);
    put_text(out, text);
    fputc('"', out);
}

/* ---- which item belongs to which start ---- */

static bool is_of(const struct check_item *i, const struct check_boot *s)
{
    return i->history == s->history && i->start == s->start &&
           i->stimulus.kind == s->stimulus.kind && i->stimulus.which == s->stimulus.which;
}

/* Of several starts of one kind the first that ended as an item of that level says, else the first. */
static size_t start_of(const struct check_report *r, const struct check_item *i)
{
    size_t first = r->boot_count;
    for (size_t k = 0; k < r->boot_count; k++) {
        if (is_of(i, &r->boots[k])) {
            first = first == r->boot_count ? k : first;
            if (check_grade(check_outcome(&r->boots[k])) >= CHECK_IS_BAD) {
                return k;
            }
        }
    }
    return first;
}

static bool belongs(const struct check_report *r, size_t start, const struct check_item *i)
{
    return check_level_of(i->kind) != CHECK_NOTE && start_of(r, i) == start;
}

/* It ended badly, but nothing new was seen: an item of another start tells of it. */
static bool is_again(const struct check_report *r, size_t start)
{
    if (start == r->boot_count || check_verdict(r) != 1) {
        return false;
    }
    const struct check_boot *s = &r->boots[start];
    for (size_t i = 0; i < r->item_count; i++) {
        if (belongs(r, start, &r->items[i])) {
            return false;
        }
    }
    return !check_is_behind_rom(s) && check_grade(check_outcome(s)) >= CHECK_IS_BAD;
}

/* ---- counting: JUnit wants it beforehand ---- */

struct counts {
    unsigned tests, failures, errors;
};

/* A case is one failure or one error, whatever it holds. */
static void count_case(const struct check_report *r, size_t start, struct counts *c)
{
    bool unsafe = is_again(r, start);
    bool unknown = false;
    for (size_t i = 0; i < r->item_count; i++) {
        if (belongs(r, start, &r->items[i])) {
            bool of_unsafe = check_level_of(r->items[i].kind) == CHECK_UNSAFE;
            unsafe = unsafe || of_unsafe;
            unknown = unknown || !of_unsafe;
        }
    }
    c->tests++;
    c->failures += unsafe ? 1 : 0;
    c->errors += unknown && !unsafe ? 1 : 0;
}

/* What belongs to no start is a case of its own: number boot_count. */
static bool has_rest(const struct check_report *r)
{
    bool rest = r->boot_count == 0;
    for (size_t i = 0; i < r->item_count; i++) {
        rest = rest || belongs(r, r->boot_count, &r->items[i]);
    }
    return rest;
}

/* ---- the cases ---- */

static void put_item(FILE *out, const struct check_report *r, const struct check_item *i)
{
    char line[CHECK_LINE];
    const char *element = check_level_of(i->kind) == CHECK_UNSAFE ? "failure" : "error";
    struct check_words change = check_say_change(r, i);
    check_say_whole(r, i, line, sizeof line);
    fprintf(out, "    <%s", element);
    put_attribute(out, "type", check_kind_name(i->kind));
    put_attribute(out, "message", line);
    fputc('>', out);
    if (change.text[0] != '\0') {
        fputs("change ", out);
        put_text(out, change.text);
    }
    fprintf(out, "</%s>\n", element);
}

static void put_case(FILE *out, const struct check_report *r, size_t start)
{
    bool rest = start == r->boot_count;
    const struct check_boot *s = rest ? NULL : &r->boots[start];
    bool stimulated = !rest && s->history == CHECK_STIMULATED;
    fprintf(out, "  <testcase classname=\"candial.check.%s\" name=\"%02zu %s%s%s\">\n",
            rest ? "project" : check_history_name(s->history), start + 1,
            rest ? "settings" : check_start_name(s->start), stimulated ? " " : "",
            stimulated ? check_stimulus_id(&s->stimulus).text : "");
    for (size_t i = 0; i < r->item_count; i++) {
        if (belongs(r, start, &r->items[i])) {
            put_item(out, r, &r->items[i]);
        }
    }
    if (is_again(r, start)) {
        fputs("    <failure type=\"again\"", out);
        put_attribute(out, "message", check_say_outcome(s).text);
        fputs("/>\n", out);
    }
    fputs("  </testcase>\n", out);
}

static void put_notes(FILE *out, const struct check_report *r)
{
    char line[CHECK_LINE];
    fputs("  <system-out>", out);
    for (size_t i = 0; i < r->item_count; i++) {
        if (check_level_of(r->items[i].kind) == CHECK_NOTE) {
            fprintf(out, "%s: ", check_kind_name(r->items[i].kind));
            check_say_whole(r, &r->items[i], line, sizeof line);
            put_text(out, line);
            fputc('\n', out);
        }
    }
    fputs("</system-out>\n", out);
}

void check_print_junit(const struct check_report *r, FILE *out)
{
    struct counts c = {0};
    size_t cases = r->boot_count + (has_rest(r) ? 1 : 0);
    for (size_t i = 0; i < cases; i++) {
        count_case(r, i, &c);
    }
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite", out);
    put_attribute(out, "name", check_subject(r));
    fprintf(out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\">\n", c.tests,
            c.failures, c.errors);
    for (size_t i = 0; i < cases; i++) {
        put_case(out, r, i);
    }
    put_notes(out, r);
    fputs("</testsuite>\n</testsuites>\n", out);
}
