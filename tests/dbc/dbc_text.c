/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "tests/formats/cmocka_head.h"

#include "tests/dbc/dbc_text.h"

#include <stdio.h>
#include <string.h>

static char error[512];

struct dbc *dbc_of(const char *text)
{
    struct dbc *dbc = dbc_parse("t.dbc", (const uint8_t *)text, strlen(text), error, sizeof error);
    if (dbc == NULL) {
        fail_msg("%s", error);
    }
    return dbc;
}

const char *dbc_error_of(const char *text)
{
    error[0] = '\0';
    struct dbc *dbc = dbc_parse("t.dbc", (const uint8_t *)text, strlen(text), error, sizeof error);
    if (dbc != NULL) {
        dbc_free(dbc);
        fail_msg("accepted: %s", text);
    }
    return error;
}

const char *dbc_complaint_of(const char *text)
{
    static char complaint[700];
    struct dbc *dbc = dbc_parse("t.dbc", (const uint8_t *)text, strlen(text), error, sizeof error);
    if (dbc != NULL && dbc->left_out_count == 0) {
        dbc_free(dbc);
        fail_msg("nothing is said of: %s", text);
    }
    snprintf(complaint, sizeof complaint, "%s", dbc == NULL ? error : dbc->left_out[0]);
    dbc_free(dbc);
    return complaint;
}

const struct dbc_signal *signal_of(const struct dbc *dbc, const char *message, const char *signal)
{
    const struct dbc_message *found = dbc_find_message(dbc, message);
    assert_non_null(found);
    const struct dbc_signal *result = dbc_find_signal(found, signal);
    assert_non_null(result);
    return result;
}
