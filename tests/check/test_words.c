/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* No verdict reads a sentence: with all words turned into nonsense, every image's JSON is the same but for the
 * keys that hold prose. */
#include "tests/check/nonsense.h"
#include "tests/formats/cmocka_head.h"

#include "check/judge.h"
#include "check/print.h"
#include "check/run.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each kind of finding is there by then; that some give up comes later. */
#define TIME VTIME_MS(30)
#define TIME_LDO VTIME_MS(100)

/* The report's JSON, to be freed; NULL if it could not be made. */
static char *json_of(vtime_ps length, struct image *cm7, struct image *cm4)
{
    const struct check_config config = {.length = length, .cm7 = cm7, .cm4 = cm4};
    struct check_report report = {.config = &config};
    char error[512];
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    bool done = check_run(&report, CHECK_ZEROS, error, sizeof error) &&
                check_conclude(&report, error, sizeof error);
    if (done) {
        check_print_json(&report, out);
    }
    fclose(out);
    check_report_free(&report);
    if (!done) {
        fail_msg("%s", error);
    }
    return text;
}

/* Blanks the strings under `key`, however long they are. */
static void strip(char *json, const char *key)
{
    size_t length = strlen(key);
    for (char *at = json; (at = strstr(at, key)) != NULL;) {
        char *from = at + length;
        char *to = from;
        while (*to != '\0' && *to != '"') {
            to += *to == '\\' ? 2 : 1;
        }
        memmove(from, to, strlen(to) + 1);
        at = from;
    }
}

static void strip_prose(char *json)
{
    strip(json, "\"text\":\"");
    strip(json, "\"change\":\"");
    strip(json, "\"outcome\":\"");
}

static bool is_ldo(const char *name)
{
    return strncmp(name, "ldo_", 4) == 0;
}

static void compare(const char *name, struct image *cm7, struct image *cm4)
{
    const vtime_ps length = is_ldo(name) ? TIME_LDO : TIME;
    talk_nonsense(false);
    char *sense = json_of(length, cm7, cm4);
    talk_nonsense(true);
    char *nonsense = json_of(length, cm7, cm4);
    talk_nonsense(false);
    bool garbled = strstr(nonsense, "brillig") != NULL && strcmp(sense, nonsense) != 0;
    strip_prose(sense);
    strip_prose(nonsense);
    if (!garbled || strcmp(sense, nonsense) != 0) {
        fail_msg("%s%s: the verdict depends on words:\n%s\n%s", name, cm4 == NULL ? " alone" : "",
                 sense, nonsense);
    }
    free(sense);
    free(nonsense);
}

static struct image *open_image(const char *name)
{
    char path[1024];
    char error[512];
    snprintf(path, sizeof path, "%s/%s", CHECK_IMAGES, name);
    struct image *image = image_open(path, error, sizeof error);
    if (image == NULL) {
        fail_msg("%s", error);
    }
    return image;
}

/* An image for the M7, in a file that says what it is; the default board has no flash on QUADSPI. */
static bool is_for_cm7(const char *name)
{
    const char *end = strrchr(name, '.');
    return end != NULL && (strcmp(end, ".elf") == 0 || strcmp(end, ".hex") == 0) &&
           strstr(name, "_m4.") == NULL && strncmp(name, "cortex_", 7) != 0 &&
           strncmp(name, "qspi_", 5) != 0;
}

/* Compiled otherwise, an image does the same, and the same is said of it. */
static bool is_twin(const char *name)
{
    return strstr(name, "_O0.") != NULL || strstr(name, "_Os.") != NULL ||
           strstr(name, "_lto.") != NULL;
}

static void verdicts_do_not_depend_on_words(void **state)
{
    (void)state;
    unsigned count = 0;
    struct image *idle = open_image("idle_m4.elf");
    DIR *dir = opendir(CHECK_IMAGES);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (is_for_cm7(entry->d_name) && !is_twin(entry->d_name)) {
            struct image *image = open_image(entry->d_name);
            compare(entry->d_name, image, idle);
            if (is_ldo(entry->d_name)) { /* with a stand-in for the CM4, too */
                compare(entry->d_name, image, NULL);
            }
            image_free(image);
            count++;
        }
    }
    closedir(dir);
    image_free(idle);
    assert_true(count > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(verdicts_do_not_depend_on_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
