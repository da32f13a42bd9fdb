/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "find/make.h"

#include "find/rank.h"

#include <ctype.h>
#include <string.h>

#define MAJORITY 2u /* one place that moves, or two that only fit */

/* The next of the makes in "Hyundai, Kia, BMW E46": the first word of each part; models begin with digits or are one. */
static const char *next_make(const char *cars, size_t *length)
{
    cars += strspn(cars, " ,");
    *length = strcspn(cars, " ,");
    return *length == 0 ? NULL : cars;
}

static const char *behind(const char *make)
{
    return make + strcspn(make, ",");
}

static bool is_model(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (isdigit((unsigned char)word[i])) {
            return true;
        }
    }
    return false;
}

static bool has_make(const char *cars, const char *make, size_t length)
{
    size_t other_length;
    const char *other = next_make(cars, &other_length);
    for (; other != NULL; other = next_make(behind(other), &other_length)) {
        if (other_length == length && strncmp(other, make, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool share_make(const char *a, const char *b)
{
    size_t length;
    const char *make = next_make(a, &length);
    for (; make != NULL; make = next_make(behind(make), &length)) {
        if (!is_model(make, length) && has_make(b, make, length)) {
            return true;
        }
    }
    return false;
}

static unsigned fit(const struct find_bus *bus, const struct find_known *known)
{
    unsigned best = 0;
    for (size_t i = 0; i < bus->message_count; i++) {
        const struct find_message *message = &bus->messages[i];
        const struct find_field *field =
            find_page_field(&message->whole, known->byte, known->shape);
        if (field == NULL || !find_known_is_about(known, message->id, message->extended) ||
            !find_fits(field, &known->layout)) {
            continue;
        }
        unsigned value = field->changes > 0 ? 2 : 1;
        best = value > best ? value : best;
    }
    return best;
}

struct find_votes find_vote(const struct find_bus *bus)
{
    struct find_votes votes = {{0}, {0}};
    size_t count = find_known_count();
    for (size_t i = 0; i < count; i++) {
        votes.fits[i] = fit(bus, find_known_row(i));
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            bool is_same = share_make(find_known_row(i)->car, find_known_row(k)->car);
            votes.votes[i] += is_same ? votes.fits[k] : 0;
        }
    }
    return votes;
}

bool find_is_outvoted(const struct find_votes *votes, const struct find_known *known)
{
    unsigned own = votes->votes[find_known_index(known)];
    for (size_t i = 0; i < find_known_count(); i++) {
        if (votes->fits[i] > 0 && votes->votes[i] >= own + MAJORITY &&
            !share_make(find_known_row(i)->car, known->car)) {
            return true;
        }
    }
    return false;
}
