/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_QUADSPI_INTERNAL_H
#define VBOARD_PERIPH_QUADSPI_INTERNAL_H

/* Shared by the files of this folder. Nobody else includes this. */
#include "vboard/periph/quadspi/quadspi.h"

#define QUADSPI_FIFO_SIZE 32u

enum {
    R_CR,
    R_DCR,
    R_SR,
    R_FCR,
    R_DLR,
    R_CCR,
    R_AR,
    R_ABR,
    R_DR,
    R_PSMKR,
    R_PSMAR,
    R_PIR,
    R_LPTR,
    R_COUNT
};

#define CR_EN (1u << 0)
#define CR_ABORT (1u << 1)
#define CR_TCEN (1u << 3)
#define CR_DFM (1u << 6)
#define CR_FSEL (1u << 7)
#define CR_FTHRES_POS 8u
#define CR_IE_POS 16u
#define CR_TOIE (1u << 20)
#define CR_APMS (1u << 22)
#define CR_PMM (1u << 23)
#define CR_PRESCALER_POS 24u
#define DCR_FSIZE_POS 16u
#define SR_TEF (1u << 0)
#define SR_TCF (1u << 1)
#define SR_FTF (1u << 2)
#define SR_SMF (1u << 3)
#define SR_TOF (1u << 4)
#define SR_BUSY (1u << 5)
#define SR_FLEVEL_POS 8u
#define CCR_INSTRUCTION 0xFFu
#define CCR_IMODE_POS 8u
#define CCR_ADMODE_POS 10u
#define CCR_ADSIZE_POS 12u
#define CCR_ABMODE_POS 14u
#define CCR_ABSIZE_POS 16u
#define CCR_DCYC_POS 18u
#define CCR_DMODE_POS 24u
#define CCR_FMODE_POS 26u
#define CCR_FMODE (3u << CCR_FMODE_POS)

enum { MODE_WRITE, MODE_READ, MODE_POLL, MODE_MAPPED };

/* A serial NOR flash, or a pair of them, between commands. */
struct nor {
    bool may_write; /* WEL */
    uint8_t status; /* what WRSR has written */
    uint8_t set[2]; /* configuration registers, by nor_register */
    uint8_t instruction;
    uint32_t address;
    bool took_data;
};

struct quadspi {
    struct periph p;
    struct clock *kernel;
    struct clock_listener listener;
    struct event event; /* the command has gone out; the next poll; memory-mapped: time is up */
    struct nor nor;
    uint8_t fifo[QUADSPI_FIFO_SIZE];
    uint32_t level;
    uint32_t left, at; /* data bytes to come; those that have */
    uint32_t flags;    /* TEF, TCF, SMF, TOF */
    bool busy, sent;   /* the command has gone out: data may flow */
};

/* quadspi.c */
uint32_t quadspi_field(const struct quadspi *q, unsigned slot, unsigned pos, uint32_t mask);
uint32_t quadspi_mode(const struct quadspi *q);
uint64_t quadspi_data_clocks(const struct quadspi *q, uint64_t bytes);
void quadspi_wait_for(struct quadspi *q, uint64_t bus_clocks);
void quadspi_update(struct quadspi *q);
/* 2^(FSIZE + 1), which may be 4 GB. */
uint64_t quadspi_flash_size(const struct quadspi *q);

/* memory.c */
/* A command begins. */
void nor_select(struct quadspi *q, uint8_t instruction, uint32_t address);
/* Byte number `at` of what it answers; where nothing hangs 0xFF. */
uint8_t nor_read(const struct quadspi *q, uint32_t at);
/* Byte number `at` of its data. */
void nor_write(struct quadspi *q, uint32_t at, uint8_t byte);
/* The command is over. */
void nor_deselect(struct quadspi *q);
/* What its address lines can reach, and whether it reads the array. */
bool nor_reads_array(uint8_t instruction);
/* Is an instruction with data not among those that are modelled? */
bool nor_knows(uint8_t instruction);
/* Which byte of the memory is at that address? False: none. */
bool nor_cell(const struct quadspi *q, uint32_t address, uint32_t *cell);
/* Addresses are bytes of the memory, one by one. */
bool nor_is_linear(const struct quadspi *q);

/* mapped.c */
void mapped_connect(struct quadspi *q);
/* Memory-mapped mode begins or ends, clocks come and go: what is open is closed until the next access. */
void mapped_close(struct quadspi *q);
/* SR is read: has the time-out come, or when will it? */
void mapped_look(struct quadspi *q);
/* Somebody wants to be told of the time-out. */
void mapped_arm(struct quadspi *q);
/* The event in memory-mapped mode. */
void mapped_time(struct quadspi *q);

#endif
