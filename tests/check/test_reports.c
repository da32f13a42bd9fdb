/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* --sarif and --junit say the same as --json, in the form that their readers take. */
#include "tests/check/check_runner.h"
#include "tests/check/json_reader.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MS " --for 300ms"

/* What check says on standard output in a format, with the exit status it must have. */
static char *report_of(const char *arguments, const char *format, int status)
{
    char line[1024];
    snprintf(line, sizeof line, "%s --%s -", arguments, format);
    const struct check_result *result = run_check(line);
    if (result->status != status) {
        fail_msg("%s: exit status %d, not %d:\n%s", line, result->status, status, result->text);
    }
    return strdup(result->text);
}

static char *json_of(const char *arguments, const char *format, int status)
{
    char *text = report_of(arguments, format, status);
    const char *fault = json_fault(text);
    if (fault != NULL) {
        fail_msg("%s: no JSON from here on: %.60s", arguments, fault);
    }
    return text;
}

static void expect_at(const char *json, const char *path, const char *wanted)
{
    char found[1024];
    if (strcmp(json_get(json, path, found, sizeof found), wanted) != 0) {
        fail_msg("%s is `%s', not `%s'", path, found, wanted);
    }
}

/* The line of a source that holds `text`. */
static int line_of(const char *path, const char *text)
{
    char line[256];
    int number = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        number++;
        if (strstr(line, text) != NULL) {
            fclose(file);
            return number;
        }
    }
    fail_msg("%s: no %s", path, text);
    return 0;
}

/* ---- SARIF ---- */

static void sarif_names_the_line(void **state)
{
    (void)state;
    char number[16];
    char text[1024];
    char *sarif = json_of("%ldo_early.elf %idle_m4.elf" MS, "sarif", 1);
    expect_at(sarif, "version", "2.1.0");
    expect_at(sarif, "runs/0/tool/driver/name", "candial check");
    expect_at(sarif, "runs/0/invocations/0/executionSuccessful", "true");
    expect_at(sarif, "runs/0/results/0/ruleId", "vcore-lost");
    expect_at(sarif, "runs/0/results/0/level", "error");
    expect_at(sarif, "runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
              "tests/check/images/ldo_early.c");
    snprintf(number, sizeof number, "%d", line_of("tests/check/images/ldo_early.c", "PWR_CR3"));
    expect_at(sarif, "runs/0/results/0/locations/0/physicalLocation/region/startLine", number);
    expect_at(sarif, "runs/0/results/0/locations/0/logicalLocations/0/name", "ExitRun0Mode");
    expect_at(sarif, "runs/0/results/0/properties/register", "PWR_CR3");
    json_get(sarif, "runs/0/results/0/message/text", text, sizeof text);
    assert_non_null(strstr(text, "writes 0x02 to PWR_CR3"));
    assert_non_null(strstr(text, "Change: define USE_PWR_DIRECT_SMPS_SUPPLY"));
    free(sarif);
}

/* All of JSON's items, in their order, with the level of their list; each result's rule exists. */
static void expect_same(const char *arguments, int status)
{
    static const char *const lists[] = {"unsafe", "unknown", "notes"};
    static const char *const levels[] = {"error", "warning", "note"};
    char *json = json_of(arguments, "json", status);
    char *sarif = json_of(arguments, "sarif", status);
    char path[128];
    char kind[64];
    char index[16];
    int result = 0;
    for (size_t l = 0; l < 3; l++) {
        for (int i = 0; i < json_count(json, lists[l]); i++, result++) {
            snprintf(path, sizeof path, "%s/%d/kind", lists[l], i);
            json_get(json, path, kind, sizeof kind);
            snprintf(path, sizeof path, "runs/0/results/%d/ruleId", result);
            expect_at(sarif, path, kind);
            snprintf(path, sizeof path, "runs/0/results/%d/level", result);
            expect_at(sarif, path, levels[l]);
            snprintf(path, sizeof path, "runs/0/results/%d/ruleIndex", result);
            json_get(sarif, path, index, sizeof index);
            snprintf(path, sizeof path, "runs/0/tool/driver/rules/%s/id", index);
            expect_at(sarif, path, kind);
            snprintf(path, sizeof path, "runs/0/results/%d/locations", result);
            assert_int_equal(json_count(sarif, path), 1);
        }
    }
    assert_int_equal(json_count(sarif, "runs/0/results"), result);
    free(json);
    free(sarif);
}

static void sarif_says_what_json_says(void **state)
{
    (void)state;
    expect_same("%ldo_early.elf %idle_m4.elf" MS, 1);
    expect_same("%good.elf" MS, 0);
    expect_same("%readout.elf %idle_m4.elf" MS, 3);
    expect_same("%fault.elf" MS, 1);
    /* Two of one kind, and then another: rules are counted, not items. */
    expect_same("tests/formats/ioc/two_can.ioc", 0);
}

/* Blanks and the like in a path are no part of a URI. */
static void odd_names(void **state)
{
    (void)state;
    char uri[512];
    assert_int_equal(
        system("cp '" CHECK_IMAGES "/ldo_early_stripped.elf' '" CHECK_IMAGES "/odd & <name>.elf'"),
        0);
    char *sarif = json_of("'%odd & <name>.elf'" MS, "sarif", 1);
    char *xml = report_of("'%odd & <name>.elf'" MS, "junit", 1);
    json_get(sarif, "runs/0/results/1/locations/0/physicalLocation/artifactLocation/uri", uri,
             sizeof uri);
    assert_non_null(strstr(uri, "/odd%20%26%20%3Cname%3E.elf"));
    assert_non_null(strstr(xml, "odd &#38; &#60;name&#62;.elf\" tests="));
    free(sarif);
    free(xml);
}

/* ---- JUnit ---- */

/* Every element that is opened is closed in its order; no stray & or <. */
static void expect_well_formed(const char *xml)
{
    char open[8][32];
    int depth = 0;
    for (const char *at = xml; *at != '\0'; at++) {
        if (*at == '&') {
            assert_int_equal(at[1], '#');
        }
        if (*at != '<' || at[1] == '?') {
            continue;
        }
        const char *end = strchr(at, '>');
        char name[32];
        assert_non_null(end);
        bool close = at[1] == '/';
        snprintf(name, sizeof name, "%.*s", (int)strcspn(at + 1 + close, " />"), at + 1 + close);
        if (close) {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        } else if (end[-1] != '/') {
            assert_true(depth < 8);
            strcpy(open[depth++], name);
        }
        at = end;
    }
    assert_int_equal(depth, 0);
}

static unsigned count(const char *text, const char *word)
{
    unsigned n = 0;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        n++;
    }
    return n;
}

static unsigned attribute(const char *xml, const char *name)
{
    char text[32];
    snprintf(text, sizeof text, " %s=\"", name);
    const char *at = strstr(xml, text);
    assert_non_null(at);
    return (unsigned)atoi(at + strlen(text));
}

static void junit_is_a_case_a_start(void **state)
{
    (void)state;
    char *json = json_of("%ldo_early.elf %idle_m4.elf" MS, "json", 1);
    char *xml = report_of("%ldo_early.elf %idle_m4.elf" MS, "junit", 1);
    expect_well_formed(xml);
    assert_int_equal(attribute(xml, "tests"), json_count(json, "starts"));
    assert_int_equal(attribute(xml, "tests"), count(xml, "<testcase "));
    assert_int_equal(attribute(xml, "failures"), count(xml, "<failure "));
    assert_int_equal(attribute(xml, "errors"), 0);
    assert_non_null(strstr(xml,
                           "name=\"01 power-on\">\n    <failure type=\"vcore-lost\" message=\"CM7 "
                           "ExitRun0Mode"));
    /* Of all starts only those in which PWR_CR3 was locked before pass. */
    assert_int_equal(count(xml, "\"DEADLOCK"), count(json, "\"supply\":\"deadlock\"") - 1);
    free(json);
    free(xml);
}

static void junit_passes_and_does_not_know(void **state)
{
    (void)state;
    char *good = report_of("%good.elf %idle_m4.elf" MS, "junit", 0);
    char *unknown = report_of("%readout.elf %idle_m4.elf" MS, "junit", 3);
    expect_well_formed(good);
    expect_well_formed(unknown);
    assert_int_equal(attribute(good, "failures") + attribute(good, "errors"), 0);
    assert_int_equal(count(good, "<failure") + count(good, "<error"), 0);
    assert_non_null(strstr(good, "<system-out>"));
    assert_int_equal(attribute(unknown, "failures"), 0);
    assert_int_equal(attribute(unknown, "errors"), 1);
    assert_int_equal(count(unknown, "<error type=\"not-modelled\""), 1);
    free(good);
    free(unknown);
}

/* ---- files ---- */

static void one_to_standard_output(void **state)
{
    (void)state;
    expect("%good.elf --sarif - --junit -", 2, "standard output takes one of", NULL);
    expect("%good.elf" MS " --sarif /nowhere/x", 2, "/nowhere/x: ", NULL);
    expect("%good.elf" MS " --sarif /dev/null --junit /dev/null", 0, "SAFE", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sarif_names_the_line),
        cmocka_unit_test(sarif_says_what_json_says),
        cmocka_unit_test(odd_names),
        cmocka_unit_test(junit_is_a_case_a_start),
        cmocka_unit_test(junit_passes_and_does_not_know),
        cmocka_unit_test(one_to_standard_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
