/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/periph/fmc/fmc.h"

#include "vboard/chip/fields.h"

static const char why_time[] = "accesses take no time";
static const char why_pins[] = "nothing moves on the pins";
static const char why_fifo[] = "writes arrive at once";
static const char why_nand[] = "no board has NAND flash; an access to its bank is told";
static const char why_reserved[] = "the reserved mapping is taken as 0";
static const char why_refresh[] = "no refresh is ever late";
static const char why_forgets[] = "0 is told at an access; SDRAM never forgets";

static const struct field bcr1[] = {ACTS("FMCEN", BIT(31)),
                                    PARTLY("BMAP", BITS(25, 24), why_reserved),
                                    NO_ACTION("WFDIS", BIT(21), why_fifo),
                                    NO_ACTION("CCLKEN", BIT(20), why_pins),
                                    NO_ACTION("CBURSTRW", BIT(19), why_time),
                                    NO_ACTION("CPSIZE", BITS(18, 16), why_time),
                                    NO_ACTION("ASYNCWAIT", BIT(15), why_time),
                                    NO_ACTION("EXTMOD", BIT(14), why_time),
                                    NO_ACTION("WAITEN", BIT(13), why_time),
                                    ACTS("WREN", BIT(12)),
                                    NO_ACTION("WAITCFG", BIT(11), why_time),
                                    NO_ACTION("WAITPOL", BIT(9), why_time),
                                    NO_ACTION("BURSTEN", BIT(8), why_time),
                                    ACTS("FACCEN", BIT(6)),
                                    ACTS("MWID", BITS(5, 4)),
                                    ACTS("MTYP", BITS(3, 2)),
                                    ACTS("MUXEN", BIT(1)),
                                    ACTS("MBKEN", BIT(0)),
                                    FIELDS_END};
static const struct field btr[] = {
    NO_ACTION("ACCMOD", BITS(29, 28), why_time), NO_ACTION("DATLAT", BITS(27, 24), why_time),
    NO_ACTION("CLKDIV", BITS(23, 20), why_time), NO_ACTION("BUSTURN", BITS(19, 16), why_time),
    NO_ACTION("DATAST", BITS(15, 8), why_time),  NO_ACTION("ADDHLD", BITS(7, 4), why_time),
    NO_ACTION("ADDSET", BITS(3, 0), why_time),   FIELDS_END};
static const struct field pcr[] = {
    NO_ACTION("ECCPS", BITS(19, 17), why_nand), NO_ACTION("TAR", BITS(16, 13), why_time),
    NO_ACTION("TCLR", BITS(12, 9), why_time),   UNMODELLED("ECCEN", BIT(6), why_nand),
    NO_ACTION("PWID", BITS(5, 4), why_nand),    ACTS("PBKEN", BIT(2)),
    NO_ACTION("PWAITEN", BIT(1), why_time),     FIELDS_END};
static const struct field sr[] = {ACTS("FEMPT", BIT(6)),
                                  UNMODELLED("IFEN", BIT(5), why_nand),
                                  UNMODELLED("ILEN", BIT(4), why_nand),
                                  UNMODELLED("IREN", BIT(3), why_nand),
                                  NO_ACTION("IFS", BIT(2), why_nand),
                                  NO_ACTION("ILS", BIT(1), why_nand),
                                  NO_ACTION("IRS", BIT(0), why_nand),
                                  FIELDS_END};
static const struct field pmem[] = {NO_ACTION("MEMHIZ", BITS(31, 24), why_time),
                                    NO_ACTION("MEMHOLD", BITS(23, 16), why_time),
                                    NO_ACTION("MEMWAIT", BITS(15, 8), why_time),
                                    NO_ACTION("MEMSET", BITS(7, 0), why_time), FIELDS_END};
static const struct field patt[] = {NO_ACTION("ATTHIZ", BITS(31, 24), why_time),
                                    NO_ACTION("ATTHOLD", BITS(23, 16), why_time),
                                    NO_ACTION("ATTWAIT", BITS(15, 8), why_time),
                                    NO_ACTION("ATTSET", BITS(7, 0), why_time), FIELDS_END};
static const struct field eccr[] = {NO_ACTION("ECC", BITS(31, 0), why_nand), FIELDS_END};
static const struct field sdcr[] = {NO_ACTION("RPIPE", BITS(14, 13), why_time),
                                    NO_ACTION("RBURST", BIT(12), why_time),
                                    ACTS("SDCLK", BITS(11, 10)),
                                    ACTS("WP", BIT(9)),
                                    ACTS("CAS", BITS(8, 7)),
                                    ACTS("NB", BIT(6)),
                                    ACTS("MWID", BITS(5, 4)),
                                    ACTS("NR", BITS(3, 2)),
                                    ACTS("NC", BITS(1, 0)),
                                    FIELDS_END};
static const struct field sdtr[] = {
    NO_ACTION("TRCD", BITS(27, 24), why_time), NO_ACTION("TRP", BITS(23, 20), why_time),
    NO_ACTION("TWR", BITS(19, 16), why_time),  NO_ACTION("TRC", BITS(15, 12), why_time),
    NO_ACTION("TRAS", BITS(11, 8), why_time),  NO_ACTION("TXSR", BITS(7, 4), why_time),
    NO_ACTION("TMRD", BITS(3, 0), why_time),   FIELDS_END};
static const struct field sdcmr[] = {ACTS("MRD", BITS(22, 9)),
                                     NO_ACTION("NRFS", BITS(8, 5), "one refresh is as many"),
                                     ACTS("CTB1", BIT(4)),
                                     ACTS("CTB2", BIT(3)),
                                     PARTLY("MODE", BITS(2, 0), "7 is reserved"),
                                     FIELDS_END};
static const struct field sdrtr[] = {NO_ACTION("REIE", BIT(14), why_refresh),
                                     PARTLY("COUNT", BITS(13, 1), why_forgets),
                                     NO_ACTION("CRE", BIT(0), why_refresh), FIELDS_END};
static const struct field sdsr[] = {ACTS("MODES2", BITS(4, 3)), ACTS("MODES1", BITS(2, 1)),
                                    NO_ACTION("RE", BIT(0), why_refresh), FIELDS_END};

const struct reg_fields fmc_fields[] = {
    {0x00, 4, 8, bcr1},  {0x04, 4, 8, btr},   {0x80, 1, 0, pcr},    {0x84, 1, 0, sr},
    {0x88, 1, 0, pmem},  {0x8C, 1, 0, patt},  {0x94, 1, 0, eccr},   {0x104, 4, 8, btr},
    {0x140, 2, 4, sdcr}, {0x148, 2, 4, sdtr}, {0x150, 1, 0, sdcmr}, {0x154, 1, 0, sdrtr},
    {0x158, 1, 0, sdsr}, REG_FIELDS_END,
};
