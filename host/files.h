/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Where the program's own files are: the profiles and the firmware. They are looked for in the folder that
 * holds the program, in its parents (build/host/candial finds build/firmware/ and profiles/), in the
 * share/candial/ of each (PREFIX/bin/candial finds PREFIX/share/candial/profiles/), then in the current
 * folder.
 */
#ifndef HOST_FILES_H
#define HOST_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define FILES_PATH_MAX 4096

/* Path of `name` ("firmware/candial_cm7.elf", "profiles"); false if there is none. */
bool files_find(const char *name, char *path, size_t size);

/* Path of one of candial's own images, "candial_cm7.elf" or "candial.hex"; false if it is not built. */
bool files_find_firmware(const char *name, char *path, size_t size);

#define FILES_NO_PROFILE                                                                           \
    "%s: no such profile: give a YAML file or a name from `candial profile list`"

/*
 * A profile as the user names it: a file, or a project's profile without ".yaml". False if there is
 * neither; `path` is then what was tried.
 */
bool files_find_profile(const char *name, char *path, size_t size);

/* Opens `path` to be written, - being standard output; NULL: nothing is wanted, and *out stays. False with a line in
 * `error`. */
bool files_open_output(const char *path, FILE **out, char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Keeps `status`, unless what was written there did not all arrive: then EXIT_USAGE, after a line on stderr. */
int files_close_output(FILE *out, const char *path, int status);

#endif
