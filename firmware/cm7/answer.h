/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CM7_ANSWER_H
#define CM7_ANSWER_H

#include "firmware/common/text.h"

/*
 * What a command says: any number of lines, then one that begins with "ok" or "error:". Formats as
 * text_format's. All of an answer is at most UART_ANSWER_MAX bytes.
 */
void answer_line(const char *format, ...);
void answer_text(struct text *text);
void answer_ok(const char *format, ...); /* what follows "ok " */

/* error: `WORD': REASON */
void answer_error(const char *word, const char *reason);

#endif
