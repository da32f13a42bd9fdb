/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Images of others, which are not ours to carry: CANDIAL_FOREIGN_IMAGES names a folder with
 * VERSION/PROJECT/cm7.elf and cm4.elf, built from ST's CubeH7. Those named ..._ldo and ..._oc select the
 * LDO.
 */
#include "tests/check/check_runner.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int expected(const char *project)
{
    return strstr(project, "_ldo") != NULL || strstr(project, "_oc") != NULL ? 1 : 0;
}

static unsigned check_folder(const char *folder)
{
    unsigned count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        char arguments[2048];
        char cm7[1024];
        int length = snprintf(cm7, sizeof cm7, "%s/%s/cm7.elf", folder, entry->d_name);
        if (entry->d_name[0] == '.' || length >= (int)sizeof cm7 || access(cm7, R_OK) != 0) {
            continue;
        }
        /* "cm7.elf" out, "cm4.elf" in. */
        /* Where the M4 runs from RAM, the M7's file holds its image. */
        if (strstr(entry->d_name, "_RAM") != NULL) {
            snprintf(arguments, sizeof arguments, "%s --for 1s", cm7);
        } else {
            snprintf(arguments, sizeof arguments, "%s %.*scm4.elf --for 1s", cm7, length - 7, cm7);
        }
        expect(arguments, expected(entry->d_name), NULL);
        count++;
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return count;
}

static void foreign_images(void **state)
{
    (void)state;
    unsigned count = 0;
    const char *root = getenv("CANDIAL_FOREIGN_IMAGES");
    if (root == NULL) {
        print_message("CANDIAL_FOREIGN_IMAGES is not set: no foreign images are checked\n");
        skip();
    }
    DIR *dir = opendir(root);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char folder[1024];
        int length = snprintf(folder, sizeof folder, "%s/%s", root, entry->d_name);
        if (entry->d_name[0] == 'v' && length < (int)sizeof folder) {
            count += check_folder(folder);
        }
    }
    closedir(dir);
    assert_true(count > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_images)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
