/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* The page, found and served: for `candial web` and `candial run --web`. */
#ifndef CLI_WEB_PAGE_H
#define CLI_WEB_PAGE_H

#include "web/server.h"

/* Opens the port that `word` names (NULL: the default one), of `address` (NULL: for this computer alone), and says on
 * stderr at which address, `search` being its end. NULL with a line in `error`. */
struct web_server *web_page_open(const char *word, const char *address, const char *search,
                                 char *error, size_t error_size)
    __attribute__((warn_unused_result));

/* Until SIGINT or SIGTERM; closes it. */
void web_page_serve(struct web_server *server);

#endif
