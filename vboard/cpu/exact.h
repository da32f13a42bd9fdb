/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_EXACT_H
#define VBOARD_CPU_EXACT_H

/* What exact engines ask beside pages and registers (engine.h), for bus.c and exception.c. */
#include "vboard/cpu/core.h"

/* ENGINE_SHARED, ENGINE_FINE of a page. */
unsigned cpu_page_is_special(struct cpu *c, const struct cpu_page *page, uint32_t address,
                             enum engine_access access, uint32_t physical);
/* A store there leaves through the write buffer: its bus fault comes later. */
bool cpu_buffers_store(const struct cpu *c, uint32_t address);
/* Does anybody probe this page (chip_probe)? Shows him an access. */
bool cpu_is_probed(const struct cpu *c, uint32_t physical);
void cpu_show_ram(struct cpu *c, uint32_t physical, unsigned size, bool write);
void cpu_on_jump(void *ctx, uint32_t address);
bool cpu_on_turn(void *ctx, uint32_t address, uint32_t physical, unsigned size, bool write,
                 bool first);
bool cpu_on_is_device(void *ctx, uint32_t address);
/* Exception entry: S0 to S15 and FPSCR stay where they are until the FPU is used; `f` is what is
 * interrupted, `address` where they will go. */
void cpu_fp_leave_room(struct cpu *c, uint32_t address, const struct engine_frame *f);
bool cpu_on_use_fp(void *ctx, bool *fresh, uint32_t *fpscr);
void cpu_on_unpredictable(void *ctx, uint32_t pc);

#endif
