/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* wasi-libc has no translations: elfutils' messages stay as they are. */
#ifndef WEB_LIBRARIES_LIBINTL_H
#define WEB_LIBRARIES_LIBINTL_H

#define gettext(text) (text)
#define dgettext(domain, text) (text)

#endif
