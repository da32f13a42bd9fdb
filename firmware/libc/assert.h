/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef CANDIAL_LIBC_ASSERT_H
#define CANDIAL_LIBC_ASSERT_H

/* C11 7.2 without assert(): the firmware has nobody to print to, and checks what it can beforehand. */
#define static_assert _Static_assert

#endif
