/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * What a page calls of candial.wasm. The module is a WASI reactor: call `_initialize` first. It sees the files that
 * the page gives it through the WASI functions, and no others. What goes wrong is a line on standard error.
 *
 * Texts are UTF-8, ended by NUL. Those the page gives lie in memory of web_memory(), which the page may fill from its
 * start; a text that a function returns is valid until the next call. Several words are one text, with a line feed
 * between two: "--cm7\nmy image.elf".
 *
 * A page does not freeze because of it: calls last as long as the work they are asked for. web_check() takes seconds
 * and belongs in a worker. One board runs at a time.
 */
#ifndef WEB_API_H
#define WEB_API_H

#include <stdint.h>

#define WEB_MEMORY_SIZE 65536u

/* Where the page writes its texts: WEB_MEMORY_SIZE bytes. */
char *web_memory(void);

/*
 * The verdict on images, as `candial check --json` prints it, byte for byte: files and board parameters, as the
 * program takes them (web/check.h). An empty text: see standard error.
 */
const char *web_check(const char *words);

/* The boards that --board knows, the default first: [{"name":"...","title":"...","wiring":"direct SMPS"}, ...]. */
const char *web_boards(void);

/* A board's file is checked: an empty text, or the one line that says what is wrong with it. */
const char *web_board(const char *path);

/* A profile is checked: an empty text, or the one line that says what is wrong with it. */
const char *web_profile(const char *path);

/* Makes a board and powers it on (web/run.h says which words). The first message; empty: see standard error. */
const char *web_open(const char *words);
/* Lets that many microseconds of the board's time go by; returns the next message. Empty: no board. */
const char *web_advance(uint32_t us);
/* Does what a line says (docs/SPEC.md, "Page"): an empty text, or what was wrong with the line. */
const char *web_do(const char *line);
/* The run is over, and its --json file complete. */
void web_close(void);

#endif
