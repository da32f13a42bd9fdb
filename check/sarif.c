/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0 (OASIS), what GitHub's and other code-scanning pages read: one run, a rule for each kind
 * that has an item, a result for each item. Paths of sources below the current folder are written relative to it,
 * since the pages look for them in the repository; others as file URIs.
 */
#include "check/print.h"

#include "check/kinds.h"
#include "check/names.h"
#include "check/say.h"

#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *level_name(enum check_kind kind)
{
    static const char *const names[] = {
        [CHECK_UNSAFE] = "error", [CHECK_UNKNOWN] = "warning", [CHECK_NOTE] = "note"};
    return names[check_level_of(kind)];
}

/* ---- rules ---- */

/* Several kinds share a name: the first item with it stands for all. */
static size_t first_of_rule(const struct check_report *r, size_t item)
{
    const char *name = check_kind_name(r->items[item].kind);
    size_t i = 0;
    while (strcmp(check_kind_name(r->items[i].kind), name) != 0) {
        i++;
    }
    return i;
}

static unsigned rule_index(const struct check_report *r, size_t item)
{
    unsigned index = 0;
    size_t first = first_of_rule(r, item);
    for (size_t i = 0; i < first; i++) {
        index += first_of_rule(r, i) == i ? 1 : 0;
    }
    return index;
}

static void put_rules(FILE *out, const struct check_report *r)
{
    const char *between = "";
    for (size_t i = 0; i < r->item_count; i++) {
        enum check_kind kind = r->items[i].kind;
        const char *headline = check_headline(kind);
        if (first_of_rule(r, i) != i) {
            continue;
        }
        fprintf(out, "%s\n{\"id\":\"%s\",\"shortDescription\":{\"text\":", between,
                check_kind_name(kind));
        check_put_quoted(out, headline[0] != '\0' ? headline : check_kind_name(kind));
        fprintf(out, "},\"defaultConfiguration\":{\"level\":\"%s\"}}", level_name(kind));
        between = ",";
    }
}

/* ---- locations ---- */

/* Folds "/a/b/../c" and "/a/./b": what compilers write down of a build folder. */
static void fold(char *path)
{
    char *to = path;
    const char *from = path;
    while (*from != '\0') {
        size_t part = strcspn(from + 1, "/") + 1; /* "/b" */
        if (part == 3 && strncmp(from, "/..", 3) == 0) {
            while (to > path && *--to != '/') {
            }
        } else if (part != 2 || from[1] != '.') {
            memmove(to, from, part);
            to += part;
        }
        from += part;
    }
    *to = '\0';
}

static void put_uri(FILE *out, const char *path)
{
    char folded[PATH_MAX];
    char here[PATH_MAX];
    const char *at = path;
    if (path[0] == '/' && strlen(path) < sizeof folded) {
        strcpy(folded, path);
        fold(folded);
        size_t length = getcwd(here, sizeof here) == NULL ? 0 : strlen(here);
        bool below = length > 0 && strncmp(folded, here, length) == 0 && folded[length] == '/';
        at = below ? folded + length + 1 : folded;
    }
    fputs(at[0] == '/' ? "\"file://" : "\"", out);
    for (; *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        fprintf(out, isalnum(c) || strchr("/._-~", c) != NULL ? "%c" : "%%%02X", c);
    }
    fputc('"', out);
}

static const char *image_of(const struct check_report *r, const struct check_item *i)
{
    bool of_cm4 = i->has_core && i->core == CORE_CM4 && r->config->cm4 != NULL;
    return of_cm4 ? image_path(r->config->cm4) : check_subject(r);
}

/* The source's line; without one the image itself, since a result without any place is not shown. */
static void put_location(FILE *out, const struct check_report *r, const struct check_item *i)
{
    int line = 0;
    const char *file =
        i->has_core && i->pc != 0 ? check_source_line(r->config, i->core, i->pc, &line) : NULL;
    const char *function = i->has_core ? check_function(r->config, i->core, i->pc) : NULL;
    fputs("\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":", out);
    put_uri(out, file != NULL ? file : image_of(r, i));
    fputc('}', out);
    line = file == NULL ? (int)i->line : line;
    if (line > 0) {
        fprintf(out, ",\"region\":{\"startLine\":%d}", line);
    }
    fputc('}', out);
    if (function != NULL) {
        fputs(",\"logicalLocations\":[{\"kind\":\"function\",\"name\":", out);
        check_put_quoted(out, function);
        fputs("}]", out);
    }
    fputs("}]", out);
}

/* ---- results ---- */

static void put_properties(FILE *out, const struct check_item *i)
{
    fprintf(out, "\"properties\":{\"history\":\"%s\",\"start\":\"%s\"",
            check_history_name(i->history), check_start_name(i->start));
    if (i->has_core) {
        fprintf(out, ",\"core\":\"%s\",\"pc\":\"0x%08" PRIX32 "\"", check_core_name(i->core),
                i->pc);
    }
    if (i->address != 0) {
        char name[40];
        check_register(i->address, name, sizeof name);
        fputs(",\"register\":", out);
        check_put_quoted(out, name);
    }
    if (i->has_value) {
        fprintf(out, ",\"value\":\"0x%02" PRIX32 "\"", i->value);
    }
    fputc('}', out);
}

static void put_result(FILE *out, const struct check_report *r, size_t item)
{
    const struct check_item *i = &r->items[item];
    fprintf(out, "{\"ruleId\":\"%s\",\"ruleIndex\":%u,\"level\":\"%s\",\"message\":{\"text\":",
            check_kind_name(i->kind), rule_index(r, item), level_name(i->kind));
    char line[CHECK_LINE];
    char text[CHECK_LINE + CHECK_WORDS + 16];
    struct check_words change = check_say_change(r, i);
    check_say_whole(r, i, line, sizeof line);
    snprintf(text, sizeof text, "%s%s%s", line, change.text[0] != '\0' ? ". Change: " : "",
             change.text);
    check_put_quoted(out, text);
    fputs("},", out);
    put_location(out, r, i);
    fputc(',', out);
    put_properties(out, i);
    fputc('}', out);
}

void check_print_sarif(const struct check_report *r, FILE *out)
{
    int verdict = check_verdict(r);
    fputs("{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":{\"driver\":{"
          "\"name\":\"candial check\",\"version\":\"" CANDIAL_VERSION "\",\"rules\":[",
          out);
    put_rules(out, r);
    /* The run itself went well whatever the verdict is. */
    fprintf(out,
            "]}},\n\"invocations\":[{\"executionSuccessful\":true,\"exitCode\":%d}],\n"
            "\"results\":[",
            verdict);
    for (size_t i = 0; i < r->item_count; i++) {
        fputs(i == 0 ? "\n" : ",\n", out);
        put_result(out, r, i);
    }
    fputs("]}]}\n", out);
}
