/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The table of what there may be to say, and its words. */
#ifndef CHECK_KINDS_H
#define CHECK_KINDS_H

#include "check/outcome.h"

enum check_level check_level_of(enum check_kind kind);
/* "vcore-lost" ..., as in JSON and docs/check.md; several kinds may share one. */
const char *check_kind_name(enum check_kind kind);
/* The gravest is 0; items of one level are sorted by it. */
unsigned check_severity(enum check_kind kind);
/* Is one enough, wherever it is? */
bool check_is_said_once(enum check_kind kind);
/* Nothing of it can be told for want of a model. */
bool check_lacks_model(enum check_kind kind);
/* Has the kind a remedy? */
bool check_has_remedy(enum check_kind kind);

/* Words, with {names} that say.c fills in: the verdict's headline, the item's text, its remedy. */
const char *check_headline(enum check_kind kind);
const char *check_words(enum check_kind kind);
const char *check_remedy(enum check_kind kind);
/* How a start went. */
const char *check_outcome_words(enum check_outcome outcome);

#endif
