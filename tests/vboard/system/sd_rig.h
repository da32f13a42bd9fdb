/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_SYSTEM_SD_RIG_H
#define TESTS_VBOARD_SYSTEM_SD_RIG_H

/* An SDMMC of the whole chip, its kernel clock at 50 MHz, with a card of 1 MB whose blocks tell their numbers. */
#include "tests/vboard/system/whole_chip.h"

#include "vboard/parts/sd_card.h"

#define SDMMC1 0x52007000u
#define SDMMC2 0x48022400u
#define POWER 0x00u
#define CLKCR 0x04u
#define ARGR 0x08u
#define CMDR 0x0Cu
#define RESPCMDR 0x10u
#define RESP1R 0x14u
#define DTIMER 0x24u
#define DLENR 0x28u
#define DCTRL 0x2Cu
#define DCNTR 0x30u
#define STAR 0x34u
#define ICR 0x38u
#define MASKR 0x3Cu
#define IDMACTRLR 0x50u
#define IDMABSIZER 0x54u
#define IDMABASE0R 0x58u
#define IDMABASE1R 0x5Cu
#define FIFOR 0x80u

#define CCRCFAIL (1u << 0)
#define DCRCFAIL (1u << 1)
#define CTIMEOUT (1u << 2)
#define DTIMEOUT (1u << 3)
#define TXUNDERR (1u << 4)
#define RXOVERR (1u << 5)
#define CMDREND (1u << 6)
#define CMDSENT (1u << 7)
#define DATAEND (1u << 8)
#define DHOLD (1u << 9)
#define DBCKEND (1u << 10)
#define DABORT (1u << 11)
#define DPSMACT (1u << 12)
#define CPSMACT (1u << 13)
#define TXFIFOHE (1u << 14)
#define RXFIFOHF (1u << 15)
#define TXFIFOF (1u << 16)
#define RXFIFOF (1u << 17)
#define TXFIFOE (1u << 18)
#define RXFIFOE (1u << 19)
#define BUSYD0 (1u << 20)
#define BUSYD0END (1u << 21)
#define IDMATE (1u << 27)
#define IDMABTC (1u << 28)

#define CMDTRANS (1u << 6)
#define CMDSTOP (1u << 7)
#define NO_ANSWER 0u
#define SHORT (1u << 8)
#define SHORT_PLAIN (2u << 8)
#define LONG (3u << 8)
#define CPSMEN (1u << 12)
#define DTHOLD (1u << 13)
#define BLOCKS_512 (9u << 4)
#define RECEIVE (1u << 1)
#define DTEN (1u << 0)
#define FIFORST (1u << 13)
#define FOUR_LINES (1u << 14)
#define FLOW_CONTROL (1u << 17)
#define SLOW 63u /* CLKDIV: 50 MHz / 126, 2.52 us a clock */
#define FAST 1u  /* 25 MHz, 40 ns */

struct sd_rig {
    struct whole *k;
    uint32_t at; /* SDMMC1 or SDMMC2 */
    struct sd_card card;
    uint32_t rca;
};

/* The controller on, pins and clocks; `with_card`: it is in the slot. */
void sd_start(struct sd_rig *r, struct whole *k, uint32_t controller, bool with_card);
void sd_end(struct sd_rig *r);

uint32_t sd_get(const struct sd_rig *r, uint32_t offset);
void sd_put(const struct sd_rig *r, uint32_t offset, uint32_t value);
/* A command to its end, flags cleared before; returns the static flags. CMDR gets `how` and CPSMEN. */
uint32_t sd_command(const struct sd_rig *r, uint32_t index, uint32_t argument, uint32_t how);
/* CMD55 first. */
uint32_t sd_app_command(const struct sd_rig *r, uint32_t index, uint32_t argument, uint32_t how);
/* From power-on to the transfer state, at 25 MHz, with one line or four. */
void sd_identify(struct sd_rig *r, bool four_lines);
/* DTIMER, DLENR and DCTRL for 512-byte blocks. */
void sd_prepare(const struct sd_rig *r, uint32_t bytes, uint32_t dctrl);
/* What byte `i` of a block of the untouched card is. */
uint8_t sd_byte(uint32_t block, uint32_t i);
/* Runs until one of the flags is there, a second at most; returns STAR. */
uint32_t sd_wait(const struct sd_rig *r, uint32_t flags);

#endif
