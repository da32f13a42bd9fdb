/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* `candial check --json` for a page. */
#ifndef WEB_CHECK_H
#define WEB_CHECK_H

#include <stdio.h>

/*
 * `arguments` are those of `candial check` behind its name, files and board parameters: one or two images, or a
 * project's .ioc; --for, --effort and --board all, but no --json. Writes the verdict to `out`, byte for byte as the program does. The exit
 * status: 0 safe, 1 unsafe, 3 could not tell, or 2 after a line on stderr, with nothing written.
 */
int web_check_json(int argc, char **arguments, FILE *out);

#endif
