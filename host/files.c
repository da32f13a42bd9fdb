/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "host/files.h"

#include "host/usage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool join(const char *folder, const char *between, const char *name, char *path, size_t size)
{
    int length = snprintf(path, size, "%s/%s%s", folder, between, name);
    return length > 0 && (size_t)length < size && access(path, R_OK) == 0;
}

bool files_find(const char *name, char *path, size_t size)
{
    char folder[FILES_PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[length < 0 ? 0 : length] = '\0';
    char *slash;
    while ((slash = strrchr(folder, '/')) != NULL) {
        *slash = '\0';
        if (join(folder, "share/candial/", name, path, size) ||
            join(folder, "", name, path, size)) {
            return true;
        }
    }
    return join(".", "", name, path, size);
}

bool files_find_firmware(const char *name, char *path, size_t size)
{
    char file[64];
    snprintf(file, sizeof file, "build/firmware/%.40s", name);
    return files_find(file + strlen("build/"), path, size) || files_find(file, path, size);
}

bool files_find_profile(const char *name, char *path, size_t size)
{
    char file[512];
    if (access(name, R_OK) == 0 || strchr(name, '/') != NULL || strchr(name, '.') != NULL) {
        snprintf(path, size, "%s", name);
        return access(path, R_OK) == 0;
    }
    snprintf(file, sizeof file, "profiles/%.400s.yaml", name);
    if (files_find(file, path, size)) {
        return true;
    }
    snprintf(path, size, "%s", name);
    return false;
}

bool files_open_output(const char *path, FILE **out, char *error, size_t error_size)
{
    if (path == NULL) {
        return true;
    }
    *out = strcmp(path, "-") == 0 ? stdout : fopen(path, "w");
    if (*out == NULL) {
        snprintf(error, error_size, "%s: %s: name a file that can be written", path,
                 strerror(errno));
    }
    return *out != NULL;
}

int files_close_output(FILE *out, const char *path, int status)
{
    if (out == NULL) {
        return status;
    }
    bool written = fflush(out) == 0 && ferror(out) == 0;
    written = (out == stdout || fclose(out) == 0) && written;
    return written ? status : usage_error("%s: writing failed: is the disk full?", path);
}
