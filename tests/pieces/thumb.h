/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * A tiny assembler: the few T32 instructions that the pieces are made of (encodings: Armv7-M architecture,
 * as PM0253 3 lists the instructions). Registers are 0..7 where nothing else is said.
 */
#ifndef TESTS_PIECES_THUMB_H
#define TESTS_PIECES_THUMB_H

#include <stdint.h>

#define THUMB_SIZE 4096u
#define THUMB_POOL 16u

enum thumb_condition { THUMB_EQ = 0, THUMB_NE = 1, THUMB_LO = 3, THUMB_MI = 4, THUMB_PL = 5 };

struct thumb {
    uint32_t base; /* where bytes[0] will lie */
    uint32_t at;   /* offset of what comes next */
    uint8_t bytes[THUMB_SIZE];
    struct {
        uint32_t at, value;
    } pool[THUMB_POOL];
    unsigned pool_count;
};

void thumb_word(struct thumb *t, uint32_t value);
void thumb_put_word(struct thumb *t, uint32_t at, uint32_t value);
void thumb16(struct thumb *t, unsigned code);
void thumb32(struct thumb *t, unsigned first, unsigned second);
void thumb_align(struct thumb *t);

/* MOVW and MOVT. */
void thumb_move(struct thumb *t, unsigned rd, uint32_t value);
/* LDR from the pool, which thumb_pool lays down. */
void thumb_literal(struct thumb *t, unsigned rd, uint32_t value);
void thumb_pool(struct thumb *t);

void thumb_str(struct thumb *t, unsigned rt, unsigned rn, unsigned offset);
void thumb_ldr(struct thumb *t, unsigned rt, unsigned rn, unsigned offset);
/* Stores a value; uses r0 and r1. */
void thumb_set(struct thumb *t, uint32_t address, uint32_t value);
/* Sets bits of a register; uses r0 to r2. */
void thumb_or(struct thumb *t, uint32_t address, uint32_t bits);
/* Waits until the bit is set (or clear); uses r0 and r1. */
void thumb_wait(struct thumb *t, uint32_t address, unsigned bit, enum thumb_condition until);
/* Two cycles a turn; uses r0. */
void thumb_delay(struct thumb *t, uint32_t turns);

void thumb_call(struct thumb *t, uint32_t address);
void thumb_back(struct thumb *t, enum thumb_condition condition, uint32_t offset);
void thumb_jump_back(struct thumb *t, uint32_t offset);
/* A branch to what thumb_land names. */
uint32_t thumb_forward(struct thumb *t, enum thumb_condition condition);
void thumb_land(struct thumb *t, uint32_t from);

#endif
