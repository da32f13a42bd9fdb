/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* Erases a real board and writes candial's firmware, by a tool of others. */
#ifndef CLI_RECOVER_RUN_H
#define CLI_RECOVER_RUN_H

/* `tool`: openocd, cube or stm32flash (which alone uses `port`). Exit status: 0 written and verified, 1 the
 * tool failed, 2 bad input. Each command is shown before it runs. */
int recover_run(const char *tool, const char *port);

#endif
