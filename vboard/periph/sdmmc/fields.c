/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/sdmmc/sdmmc.h"

#include "vboard/chip/fields.h"

static const char why_1v8[] = "the card stays at 3.3 V: no voltage switch, no UHS modes";
static const char why_sdio[] = "SDIO: the card is a memory card";
static const char why_emmc[] = "eMMC: the card is an SD card";
static const char why_pins[] = "nothing moves on the pins";
static const char why_never[] = "its flag never comes, as said there";
static const char why_boot[] = "used by eMMC boot only, which is reported";
static const char why_stream[] = "eMMC's stream mode is taken for blocks";
static const char why_eight[] = "eight lines: the card has four, and its data are not seen";

static const struct field power[] = {
    NO_ACTION("DIRPOL", BIT(4), why_pins), UNMODELLED("VSWITCHEN", BIT(3), why_1v8),
    UNMODELLED("VSWITCH", BIT(2), why_1v8), ACTS("PWRCTRL", BITS(1, 0)), FIELDS_END};
static const struct field clkcr[] = {UNMODELLED("SELCLKRX", BITS(21, 20), why_1v8),
                                     UNMODELLED("BUSSPEED", BIT(19), why_1v8),
                                     UNMODELLED("DDR", BIT(18), why_1v8),
                                     ACTS("HWFC_EN", BIT(17)),
                                     NO_ACTION("NEGEDGE", BIT(16), why_pins),
                                     PARTLY("WIDBUS", BITS(15, 14), why_eight),
                                     NO_ACTION("PWRSAV", BIT(12), why_pins),
                                     ACTS("CLKDIV", BITS(9, 0)),
                                     FIELDS_END};
static const struct field argr[] = {ACTS("CMDARG", BITS(31, 0)), FIELDS_END};
static const struct field cmdr[] = {UNMODELLED("CMDSUSPEND", BIT(16), why_sdio),
                                    UNMODELLED("BOOTEN", BIT(15), why_emmc),
                                    UNMODELLED("BOOTMODE", BIT(14), why_emmc),
                                    ACTS("DTHOLD", BIT(13)),
                                    ACTS("CPSMEN", BIT(12)),
                                    UNMODELLED("WAITPEND", BIT(11), why_emmc),
                                    UNMODELLED("WAITINT", BIT(10), why_emmc),
                                    ACTS("WAITRESP", BITS(9, 8)),
                                    ACTS("CMDSTOP", BIT(7)),
                                    ACTS("CMDTRANS", BIT(6)),
                                    ACTS("CMDINDEX", BITS(5, 0)),
                                    FIELDS_END};
static const struct field respcmdr[] = {ACTS("RESPCMD", BITS(5, 0)), FIELDS_END};
static const struct field respr[] = {ACTS("CARDSTATUS", BITS(31, 0)), FIELDS_END};
static const struct field dtimer[] = {ACTS("DATATIME", BITS(31, 0)), FIELDS_END};
static const struct field dlenr[] = {ACTS("DATALENGTH", BITS(24, 0)), FIELDS_END};
static const struct field dctrl[] = {ACTS("FIFORST", BIT(13)),
                                     UNMODELLED("BOOTACKEN", BIT(12), why_emmc),
                                     UNMODELLED("SDIOEN", BIT(11), why_sdio),
                                     UNMODELLED("RWMOD", BIT(10), why_sdio),
                                     UNMODELLED("RWSTOP", BIT(9), why_sdio),
                                     UNMODELLED("RWSTART", BIT(8), why_sdio),
                                     ACTS("DBLOCKSIZE", BITS(7, 4)),
                                     PARTLY("DTMODE", BITS(3, 2), why_stream),
                                     ACTS("DTDIR", BIT(1)),
                                     ACTS("DTEN", BIT(0)),
                                     FIELDS_END};
static const struct field dcntr[] = {ACTS("DATACOUNT", BITS(24, 0)), FIELDS_END};
static const struct field star[] = {
    ACTS("IDMABTC", BIT(28)),
    ACTS("IDMATE", BIT(27)),
    UNMODELLED("CKSTOP", BIT(26), why_1v8),
    UNMODELLED("VSWEND", BIT(25), why_1v8),
    UNMODELLED("ACKTIMEOUT", BIT(24), why_emmc),
    UNMODELLED("ACKFAIL", BIT(23), why_emmc),
    UNMODELLED("SDIOIT", BIT(22), why_sdio),
    ACTS("BUSYD0END", BIT(21)),
    ACTS("BUSYD0", BIT(20)),
    ACTS("RXFIFOE", BIT(19)),
    ACTS("TXFIFOE", BIT(18)),
    ACTS("RXFIFOF", BIT(17)),
    ACTS("TXFIFOF", BIT(16)),
    ACTS("RXFIFOHF", BIT(15)),
    ACTS("TXFIFOHE", BIT(14)),
    ACTS("CPSMACT", BIT(13)),
    ACTS("DPSMACT", BIT(12)),
    ACTS("DABORT", BIT(11)),
    ACTS("DBCKEND", BIT(10)),
    ACTS("DHOLD", BIT(9)),
    ACTS("DATAEND", BIT(8)),
    ACTS("CMDSENT", BIT(7)),
    ACTS("CMDREND", BIT(6)),
    ACTS("RXOVERR", BIT(5)),
    ACTS("TXUNDERR", BIT(4)),
    ACTS("DTIMEOUT", BIT(3)),
    ACTS("CTIMEOUT", BIT(2)),
    ACTS("DCRCFAIL", BIT(1)),
    ACTS("CCRCFAIL", BIT(0)),
    FIELDS_END,
};
static const struct field icr[] = {
    ACTS("IDMABTCC", BIT(28)), ACTS("IDMATEC", BIT(27)),     ACTS("CKSTOPC", BIT(26)),
    ACTS("VSWENDC", BIT(25)),  ACTS("ACKTIMEOUTC", BIT(24)), ACTS("ACKFAILC", BIT(23)),
    ACTS("SDIOITC", BIT(22)),  ACTS("BUSYD0ENDC", BIT(21)),  ACTS("DABORTC", BIT(11)),
    ACTS("DBCKENDC", BIT(10)), ACTS("DHOLDC", BIT(9)),       ACTS("DATAENDC", BIT(8)),
    ACTS("CMDSENTC", BIT(7)),  ACTS("CMDRENDC", BIT(6)),     ACTS("RXOVERRC", BIT(5)),
    ACTS("TXUNDERRC", BIT(4)), ACTS("DTIMEOUTC", BIT(3)),    ACTS("CTIMEOUTC", BIT(2)),
    ACTS("DCRCFAILC", BIT(1)), ACTS("CCRCFAILC", BIT(0)),    FIELDS_END,
};
static const struct field maskr[] = {
    ACTS("IDMABTCIE", BIT(28)),
    NO_ACTION("CKSTOPIE", BIT(26), why_never),
    NO_ACTION("VSWENDIE", BIT(25), why_never),
    NO_ACTION("ACKTIMEOUTIE", BIT(24), why_never),
    NO_ACTION("ACKFAILIE", BIT(23), why_never),
    NO_ACTION("SDIOITIE", BIT(22), why_never),
    ACTS("BUSYD0ENDIE", BIT(21)),
    ACTS("TXFIFOEIE", BIT(18)),
    ACTS("RXFIFOFIE", BIT(17)),
    ACTS("RXFIFOHFIE", BIT(15)),
    ACTS("TXFIFOHEIE", BIT(14)),
    ACTS("DABORTIE", BIT(11)),
    ACTS("DBCKENDIE", BIT(10)),
    ACTS("DHOLDIE", BIT(9)),
    ACTS("DATAENDIE", BIT(8)),
    ACTS("CMDSENTIE", BIT(7)),
    ACTS("CMDRENDIE", BIT(6)),
    ACTS("RXOVERRIE", BIT(5)),
    ACTS("TXUNDERRIE", BIT(4)),
    ACTS("DTIMEOUTIE", BIT(3)),
    ACTS("CTIMEOUTIE", BIT(2)),
    ACTS("DCRCFAILIE", BIT(1)),
    ACTS("CCRCFAILIE", BIT(0)),
    FIELDS_END,
};
static const struct field acktimer[] = {NO_ACTION("ACKTIME", BITS(24, 0), why_boot), FIELDS_END};
static const struct field idmactrlr[] = {ACTS("IDMABACT", BIT(2)), ACTS("IDMABMODE", BIT(1)),
                                         ACTS("IDMAEN", BIT(0)), FIELDS_END};
static const struct field idmabsizer[] = {ACTS("IDMABNDT", BITS(12, 5)), FIELDS_END};
static const struct field idmabase0r[] = {ACTS("IDMABASE0", BITS(31, 0)), FIELDS_END};
static const struct field idmabase1r[] = {ACTS("IDMABASE1", BITS(31, 0)), FIELDS_END};
static const struct field fifor[] = {ACTS("FIFODATA", BITS(31, 0)), FIELDS_END};

const struct reg_fields sdmmc_fields[] = {{0x000, 1, 0, power},      {0x004, 1, 0, clkcr},
                                          {0x008, 1, 0, argr},       {0x00C, 1, 0, cmdr},
                                          {0x010, 1, 0, respcmdr},   {0x014, 4, 4, respr},
                                          {0x024, 1, 0, dtimer},     {0x028, 1, 0, dlenr},
                                          {0x02C, 1, 0, dctrl},      {0x030, 1, 0, dcntr},
                                          {0x034, 1, 0, star},       {0x038, 1, 0, icr},
                                          {0x03C, 1, 0, maskr},      {0x040, 1, 0, acktimer},
                                          {0x050, 1, 0, idmactrlr},  {0x054, 1, 0, idmabsizer},
                                          {0x058, 1, 0, idmabase0r}, {0x05C, 1, 0, idmabase1r},
                                          {0x080, 16, 4, fifor},     REG_FIELDS_END};
