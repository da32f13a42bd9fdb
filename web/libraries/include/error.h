/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* glibc's error(), with which libdw ends the program when there is no memory left (absent.c). */
#ifndef WEB_LIBRARIES_ERROR_H
#define WEB_LIBRARIES_ERROR_H

void error(int status, int error_number, const char *format, ...);

#endif
