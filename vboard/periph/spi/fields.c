/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* SPI: the fields of its registers (RM0399 Rev 4, 53.11) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/spi/spi.h"

static const char why_crc[] = "no CRC";
static const char why_crc_only[] = "used with CRC only, and CRCEN is reported";
static const char why_edges[] = "a frame is one symbol, without edges of its clock";
static const char why_slave[] = "but slaves";
static const char why_slave_only[] = "of slaves alone, and I2SCFG is reported";
static const char why_pcm[] = "but the pulse on WS that begins a frame of PCM";
static const char why_pcm_only[] = "of that pulse alone, and I2SSTD is reported";
static const char why_idle[] = "frames follow each other without a gap";
static const char why_lock[] = "alternate functions are not locked";
static const char why_reload[] = "no transfer longer than TSIZE";
static const char why_detect[] = "an underrun is seen with its frame";
static const char why_swap[] = "MISO and MOSI are not swapped";
static const char why_ti[] = "no frame errors";

static const struct field cr1[] = {NO_ACTION("IOLOCK", BIT(16), why_lock),
                                   NO_ACTION("TCRCINI", BIT(15), why_crc_only),
                                   NO_ACTION("RCRCINI", BIT(14), why_crc_only),
                                   NO_ACTION("CRC33_17", BIT(13), why_crc_only),
                                   ACTS("SSI", BIT(12)),
                                   ACTS("HDDIR", BIT(11)),
                                   ACTS("CSUSP", BIT(10)),
                                   ACTS("CSTART", BIT(9)),
                                   ACTS("MASRX", BIT(8)),
                                   ACTS("SPE", BIT(0)),
                                   FIELDS_END};
static const struct field cr2[] = {UNMODELLED("TSER", BITS(31, 16), why_reload),
                                   ACTS("TSIZE", BITS(15, 0)), FIELDS_END};
static const struct field cfg1[] = {ACTS("MBR", BITS(30, 28)),
                                    UNMODELLED("CRCEN", BIT(22), why_crc),
                                    NO_ACTION("CRCSIZE", BITS(20, 16), why_crc_only),
                                    ACTS("TXDMAEN", BIT(15)),
                                    ACTS("RXDMAEN", BIT(14)),
                                    NO_ACTION("UDRDET", BITS(12, 11), why_detect),
                                    ACTS("UDRCFG", BITS(10, 9)),
                                    ACTS("FTHLV", BITS(8, 5)),
                                    ACTS("DSIZE", BITS(4, 0)),
                                    FIELDS_END};
static const struct field cfg2[] = {NO_ACTION("AFCNTR", BIT(31), why_lock),
                                    NO_ACTION("SSOM", BIT(30), why_idle),
                                    ACTS("SSOE", BIT(29)),
                                    ACTS("SSIOP", BIT(28)),
                                    ACTS("SSM", BIT(26)),
                                    ACTS("CPOL", BIT(25)),
                                    NO_ACTION("CPHA", BIT(24), why_edges),
                                    ACTS("LSBFRST", BIT(23)),
                                    ACTS("MASTER", BIT(22)),
                                    NO_ACTION("SP", BITS(21, 19), why_edges),
                                    ACTS("COMM", BITS(18, 17)),
                                    UNMODELLED("IOSWP", BIT(15), why_swap),
                                    NO_ACTION("MIDI", BITS(7, 4), why_idle),
                                    NO_ACTION("MSSI", BITS(3, 0), why_idle),
                                    FIELDS_END};
static const struct field ier[] = {NO_ACTION("TSERFIE", BIT(10), why_reload),
                                   ACTS("MODFIE", BIT(9)),
                                   NO_ACTION("TIFREIE", BIT(8), why_ti),
                                   NO_ACTION("CRCEIE", BIT(7), why_crc_only),
                                   ACTS("OVRIE", BIT(6)),
                                   ACTS("UDRIE", BIT(5)),
                                   ACTS("TXTFIE", BIT(4)),
                                   ACTS("EOTIE", BIT(3)),
                                   ACTS("DXPIE", BIT(2)),
                                   ACTS("TXPIE", BIT(1)),
                                   ACTS("RXPIE", BIT(0)),
                                   FIELDS_END};
static const struct field sr[] = {ACTS("CTSIZE", BITS(31, 16)),
                                  ACTS("RXWNE", BIT(15)),
                                  ACTS("RXPLVL", BITS(14, 13)),
                                  ACTS("TXC", BIT(12)),
                                  ACTS("SUSP", BIT(11)),
                                  UNMODELLED("TSERF", BIT(10), why_reload),
                                  ACTS("MODF", BIT(9)),
                                  UNMODELLED("TIFRE", BIT(8), why_ti),
                                  UNMODELLED("CRCE", BIT(7), why_crc),
                                  ACTS("OVR", BIT(6)),
                                  ACTS("UDR", BIT(5)),
                                  ACTS("TXTF", BIT(4)),
                                  ACTS("EOT", BIT(3)),
                                  ACTS("DXP", BIT(2)),
                                  ACTS("TXP", BIT(1)),
                                  ACTS("RXP", BIT(0)),
                                  FIELDS_END};
static const struct field ifcr[] = {ACTS("SUSPC", BIT(11)),
                                    NO_ACTION("TSERFC", BIT(10), why_reload),
                                    ACTS("MODFC", BIT(9)),
                                    NO_ACTION("TIFREC", BIT(8), why_ti),
                                    NO_ACTION("CRCEC", BIT(7), why_crc_only),
                                    ACTS("OVRC", BIT(6)),
                                    ACTS("UDRC", BIT(5)),
                                    ACTS("TXTFC", BIT(4)),
                                    ACTS("EOTC", BIT(3)),
                                    FIELDS_END};
static const struct field txdr[] = {ACTS("TXDR", BITS(31, 0)), FIELDS_END};
static const struct field rxdr[] = {ACTS("RXDR", BITS(31, 0)), FIELDS_END};
static const struct field crcpoly[] = {NO_ACTION("CRCPOLY", BITS(31, 0), why_crc_only), FIELDS_END};
static const struct field txcrc[] = {UNMODELLED("TXCRC", BITS(31, 0), why_crc), FIELDS_END};
static const struct field rxcrc[] = {UNMODELLED("RXCRC", BITS(31, 0), why_crc), FIELDS_END};
static const struct field udrdr[] = {ACTS("UDRDR", BITS(31, 0)), FIELDS_END};
static const struct field i2scfgr[] = {ACTS("MCKOE", BIT(25)),
                                       ACTS("ODD", BIT(24)),
                                       ACTS("I2SDIV", BITS(23, 16)),
                                       ACTS("DATFMT", BIT(14)),
                                       ACTS("WSINV", BIT(13)),
                                       NO_ACTION("FIXCH", BIT(12), why_slave_only),
                                       ACTS("CKPOL", BIT(11)),
                                       ACTS("CHLEN", BIT(10)),
                                       ACTS("DATLEN", BITS(9, 8)),
                                       NO_ACTION("PCMSYNC", BIT(7), why_pcm_only),
                                       PARTLY("I2SSTD", BITS(5, 4), why_pcm),
                                       PARTLY("I2SCFG", BITS(3, 1), why_slave),
                                       ACTS("I2SMOD", BIT(0)),
                                       FIELDS_END};

const struct reg_fields spi_fields[] = {
    {0x00, 1, 0, cr1},   {0x04, 1, 0, cr2},     {0x08, 1, 0, cfg1},  {0x0C, 1, 0, cfg2},
    {0x10, 1, 0, ier},   {0x14, 1, 0, sr},      {0x18, 1, 0, ifcr},  {0x20, 1, 0, txdr},
    {0x30, 1, 0, rxdr},  {0x40, 1, 0, crcpoly}, {0x44, 1, 0, txcrc}, {0x48, 1, 0, rxcrc},
    {0x4C, 1, 0, udrdr}, {0x50, 1, 0, i2scfgr}, REG_FIELDS_END,
};
