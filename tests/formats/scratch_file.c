/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/scratch_file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char folder[128];
static char path[512];

static void make_folder(void)
{
    const char *base = getenv("TMPDIR");
    if (folder[0] != '\0') {
        return;
    }
    snprintf(folder, sizeof folder, "%s/candial-test-XXXXXX", base == NULL ? "/tmp" : base);
    if (mkdtemp(folder) == NULL) {
        perror(folder);
        exit(1);
    }
}

const char *scratch_file(const char *name, const void *bytes, size_t length)
{
    make_folder();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    return path;
}

const char *scratch_text(const char *name, const char *text)
{
    return scratch_file(name, text, strlen(text));
}

int scratch_remove(void **state)
{
    (void)state;
    DIR *entries = folder[0] == '\0' ? NULL : opendir(folder);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        snprintf(path, sizeof path, "%s/%.200s", folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            unlink(path);
        }
    }
    if (entries != NULL) {
        closedir(entries);
        rmdir(folder);
        folder[0] = '\0';
    }
    return 0;
}

const char *shared_data(const char *name)
{
    const char *top = getenv("CANDIAL_SOURCE_DIR");
    snprintf(path, sizeof path, "%s/../shared/data/%s", top == NULL ? "." : top, name);
    if (access(path, R_OK) != 0) {
        fprintf(stderr, "skipped: %s is not there\n", path);
        return NULL;
    }
    return path;
}

uint64_t fuzz_seed(const char *test)
{
    const char *wanted = getenv("CANDIAL_SEED");
    uint64_t seed = getenv("CANDIAL_FRESH_SEEDS") == NULL ? 1 : (uint64_t)time(NULL);
    seed = wanted == NULL ? seed : strtoull(wanted, NULL, 10);
    seed += seed == 0;
    fprintf(stderr, "%s: CANDIAL_SEED=%llu\n", test, (unsigned long long)seed);
    return seed;
}

uint64_t fuzz_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}
