/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* cmocka wants these before itself. */
#ifndef TESTS_FORMATS_CMOCKA_HEAD_H
#define TESTS_FORMATS_CMOCKA_HEAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
