/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Feeds a fuzz target all files of the folders named, without libFuzzer. An empty input comes first. */
#include "tests/fuzz/fuzz_input.h"

#include "formats/text/file_bytes.h"

#include <dirent.h>

#define INPUT_MAX (1u << 20)

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int feed(const char *folder, const char *name)
{
    char path[1024];
    char error[1200];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    uint8_t *bytes = file_bytes_read(path, INPUT_MAX, &size, error, sizeof error);
    if (bytes == NULL) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    fprintf(stderr, "%s\n", path); /* the last one named is the one that broke it */
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 0;
}

static int feed_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int failed = 0;
    int count = scandir(folder, &entries, is_visible, alphasort);
    for (int i = 0; i < count; i++) {
        failed |= feed(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        failed |= feed_folder(argv[i]);
    }
    return failed;
}
