/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Text of unknown encoding into UTF-8. Private to formats/dbc*.c. */
#ifndef FORMATS_DBC_TEXT_H
#define FORMATS_DBC_TEXT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A copy in UTF-8, ended by a zero byte, to free(); NULL if memory is short. What is well-formed UTF-8 stays,
 * every other byte is taken for a character of Windows' code page 1252 (Vector's editor writes it on
 * European machines). A byte order mark is dropped, control characters but blanks become question marks.
 */
char *dbc_text_utf8(const uint8_t *bytes, size_t size, size_t *length);

/* The same of allocated bytes with a zero byte behind them: takes them over, and gives them back if they are ASCII. */
char *dbc_text_take(uint8_t *bytes, size_t size, size_t *length);

/* Bytes of the well-formed UTF-8 character at `bytes`, or 0 if there is none. */
size_t dbc_text_character(const uint8_t *bytes, size_t size);

#endif
