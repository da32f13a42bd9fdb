/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Texts made comparable, whatever language and keyboard they come from. */
#ifndef FORMATS_TEXT_TEXT_FOLD_H
#define FORMATS_TEXT_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Lower case, German umlauts as ae, oe, ue and ss, other accents of Latin letters dropped; all else stays.
 * Cut off, at a character's end, where `size` bytes do not hold it.
 */
void text_fold(const char *text, char *folded, size_t size);

/* Does `text`, folded, contain `part`, which is folded already? */
bool text_contains(const char *text, const char *part);

#endif
