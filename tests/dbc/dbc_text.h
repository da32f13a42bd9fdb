/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DBC files written in tests. */
#ifndef TESTS_DBC_DBC_TEXT_H
#define TESTS_DBC_DBC_TEXT_H

#include "formats/dbc/dbc.h"

/* Reads a text as the file "t.dbc"; a failure fails the test. Free with dbc_free. */
struct dbc *dbc_of(const char *text);

/* The error that reading a text gives; fails the test if there is none. */
const char *dbc_error_of(const char *text);

/* The error, or what is said of the first statement left out; fails the test if there is neither. */
const char *dbc_complaint_of(const char *text);

/* A signal that must be there. */
const struct dbc_signal *signal_of(const struct dbc *dbc, const char *message, const char *signal);

#endif
