/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* What elfutils' configure would find out about wasi-libc. */
#ifndef WEB_LIBRARIES_CONFIG_H
#define WEB_LIBRARIES_CONFIG_H

#define PACKAGE_NAME "elfutils"
#define PACKAGE_VERSION "0.188"
#define SYMBOL_VERSIONING 0
#define HAVE_VISIBILITY 1
#define HAVE_ERROR_H 1
#define HAVE_DECL_REALLOCARRAY 1
#define HAVE_DECL_MEMPCPY 0
#define HAVE_DECL_RAWMEMCHR 0
#define HAVE_DECL_POWEROF2 1

#endif
