/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* cmocka wants these before itself. */
#ifndef TESTS_REGISTERS_CMOCKA_HEAD_H
#define TESTS_REGISTERS_CMOCKA_HEAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
