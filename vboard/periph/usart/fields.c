/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* USART: the fields of its registers (RM0399 Rev 4, 51.8) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/usart/usart.h"

static const char why_abr[] = "used with auto baud rate only, and ABREN is reported";
static const char why_cts[] = "used with flow control only, and CTSE is reported";
static const char why_de[] = "used with driver enable only, and DEM is reported";
static const char why_irda[] =
    "used in IrDA and smartcard modes only, and IREN and SCEN are reported";
static const char why_left[] = "not there";
static const char why_lin[] = "used in LIN mode only, and LINEN is reported";
static const char why_mme[] = "no mute mode";
static const char why_mute[] = "used in mute mode only, and MME is reported";
static const char why_never[] = "the flag never comes";
static const char why_noise[] = "no noise in start bits";
static const char why_rto_on[] = "used with the receiver time-out only, and RTOEN is reported";
static const char why_sc[] = "used in smartcard mode only, and SCEN is reported";
static const char why_sync[] = "used in synchronous mode only, and CLKEN and SLVEN are reported";
static const char why_wus[] = "a start bit is heard of at the end of its frame";

static const struct field cr1[] = {ACTS("RXFFIE", BIT(31)),
                                   ACTS("TXFEIE", BIT(30)),
                                   ACTS("FIFOEN", BIT(29)),
                                   ACTS("M1", BIT(28)),
                                   NO_ACTION("EOBIE", BIT(27), why_sc),
                                   NO_ACTION("RTOIE", BIT(26), why_rto_on),
                                   NO_ACTION("DEAT", BITS(25, 21), why_de),
                                   NO_ACTION("DEDT", BITS(20, 16), why_de),
                                   ACTS("OVER8", BIT(15)),
                                   ACTS("CMIE", BIT(14)),
                                   UNMODELLED("MME", BIT(13), why_mme),
                                   ACTS("M0", BIT(12)),
                                   NO_ACTION("WAKE", BIT(11), why_mute),
                                   ACTS("PCE", BIT(10)),
                                   ACTS("PS", BIT(9)),
                                   ACTS("PEIE", BIT(8)),
                                   ACTS("TXFNFIE", BIT(7)),
                                   ACTS("TCIE", BIT(6)),
                                   ACTS("RXFNEIE", BIT(5)),
                                   ACTS("IDLEIE", BIT(4)),
                                   ACTS("TE", BIT(3)),
                                   ACTS("RE", BIT(2)),
                                   ACTS("UESM", BIT(1)),
                                   ACTS("UE", BIT(0)),
                                   FIELDS_END};
static const struct field cr2[] = {ACTS("ADD", BITS(31, 24)),
                                   UNMODELLED("RTOEN", BIT(23), why_left),
                                   NO_ACTION("ABRMOD", BITS(22, 21), why_abr),
                                   UNMODELLED("ABREN", BIT(20), why_left),
                                   UNMODELLED("MSBFIRST", BIT(19), why_left),
                                   UNMODELLED("DATAINV", BIT(18), why_left),
                                   UNMODELLED("TXINV", BIT(17), why_left),
                                   UNMODELLED("RXINV", BIT(16), why_left),
                                   UNMODELLED("SWAP", BIT(15), why_left),
                                   UNMODELLED("LINEN", BIT(14), why_left),
                                   ACTS("STOP", BITS(13, 12)),
                                   UNMODELLED("CLKEN", BIT(11), why_left),
                                   NO_ACTION("CPOL", BIT(10), why_sync),
                                   NO_ACTION("CPHA", BIT(9), why_sync),
                                   NO_ACTION("LBCL", BIT(8), why_sync),
                                   NO_ACTION("LBDIE", BIT(6), why_lin),
                                   NO_ACTION("LBDL", BIT(5), why_lin),
                                   NO_ACTION("ADDM7", BIT(4), why_mute),
                                   NO_ACTION("DIS_NSS", BIT(3), why_sync),
                                   UNMODELLED("SLVEN", BIT(0), why_left),
                                   FIELDS_END};
static const struct field cr3[] = {ACTS("TXFTCFG", BITS(31, 29)),
                                   ACTS("RXFTIE", BIT(28)),
                                   ACTS("RXFTCFG", BITS(27, 25)),
                                   NO_ACTION("TCBGTIE", BIT(24), why_sc),
                                   ACTS("TXFTIE", BIT(23)),
                                   ACTS("WUFIE", BIT(22)),
                                   PARTLY("WUS", BITS(21, 20), why_wus),
                                   NO_ACTION("SCARCNT", BITS(19, 17), why_sc),
                                   NO_ACTION("DEP", BIT(15), why_de),
                                   UNMODELLED("DEM", BIT(14), why_left),
                                   ACTS("DDRE", BIT(13)),
                                   ACTS("OVRDIS", BIT(12)),
                                   ACTS("ONEBIT", BIT(11)),
                                   NO_ACTION("CTSIE", BIT(10), why_cts),
                                   UNMODELLED("CTSE", BIT(9), why_left),
                                   UNMODELLED("RTSE", BIT(8), why_left),
                                   ACTS("DMAT", BIT(7)),
                                   ACTS("DMAR", BIT(6)),
                                   UNMODELLED("SCEN", BIT(5), why_left),
                                   NO_ACTION("NACK", BIT(4), why_sc),
                                   UNMODELLED("HDSEL", BIT(3), why_left),
                                   NO_ACTION("IRLP", BIT(2), why_irda),
                                   UNMODELLED("IREN", BIT(1), why_left),
                                   ACTS("EIE", BIT(0)),
                                   FIELDS_END};
static const struct field brr[] = {ACTS("BRR", BITS(15, 0)), FIELDS_END};
static const struct field gtpr[] = {NO_ACTION("GT", BITS(15, 8), why_sc),
                                    NO_ACTION("PSC", BITS(7, 0), why_irda), FIELDS_END};
static const struct field rtor[] = {NO_ACTION("BLEN", BITS(31, 24), why_rto_on),
                                    NO_ACTION("RTO", BITS(23, 0), why_rto_on), FIELDS_END};
static const struct field rqr[] = {ACTS("TXFRQ", BIT(4)),
                                   ACTS("RXFRQ", BIT(3)),
                                   UNMODELLED("MMRQ", BIT(2), why_mme),
                                   ACTS("SBKRQ", BIT(1)),
                                   UNMODELLED("ABRRQ", BIT(0), why_left),
                                   FIELDS_END};
static const struct field isr[] = {ACTS("TXFT", BIT(27)),
                                   ACTS("RXFT", BIT(26)),
                                   UNMODELLED("TCBGT", BIT(25), why_never),
                                   ACTS("RXFF", BIT(24)),
                                   ACTS("TXFE", BIT(23)),
                                   ACTS("REACK", BIT(22)),
                                   ACTS("TEACK", BIT(21)),
                                   ACTS("WUF", BIT(20)),
                                   UNMODELLED("RWU", BIT(19), why_never),
                                   ACTS("SBKF", BIT(18)),
                                   ACTS("CMF", BIT(17)),
                                   UNMODELLED("BUSY", BIT(16), why_never),
                                   UNMODELLED("ABRF", BIT(15), why_never),
                                   UNMODELLED("ABRE", BIT(14), why_never),
                                   UNMODELLED("UDR", BIT(13), why_never),
                                   UNMODELLED("EOBF", BIT(12), why_never),
                                   UNMODELLED("RTOF", BIT(11), why_never),
                                   UNMODELLED("CTS", BIT(10), why_never),
                                   UNMODELLED("CTSIF", BIT(9), why_never),
                                   UNMODELLED("LBDF", BIT(8), why_never),
                                   ACTS("TXFNF", BIT(7)),
                                   ACTS("TC", BIT(6)),
                                   ACTS("RXFNE", BIT(5)),
                                   ACTS("IDLE", BIT(4)),
                                   ACTS("ORE", BIT(3)),
                                   PARTLY("NE", BIT(2), why_noise),
                                   ACTS("FE", BIT(1)),
                                   ACTS("PE", BIT(0)),
                                   FIELDS_END};
static const struct field icr[] = {ACTS("WUCF", BIT(20)),
                                   ACTS("CMCF", BIT(17)),
                                   NO_ACTION("UDRCF", BIT(13), why_never),
                                   NO_ACTION("EOBCF", BIT(12), why_never),
                                   NO_ACTION("RTOCF", BIT(11), why_never),
                                   NO_ACTION("CTSCF", BIT(9), why_never),
                                   NO_ACTION("LBDCF", BIT(8), why_never),
                                   NO_ACTION("TCBGTCF", BIT(7), why_never),
                                   ACTS("TCCF", BIT(6)),
                                   ACTS("TXFECF", BIT(5)),
                                   ACTS("IDLECF", BIT(4)),
                                   ACTS("ORECF", BIT(3)),
                                   ACTS("NECF", BIT(2)),
                                   ACTS("FECF", BIT(1)),
                                   ACTS("PECF", BIT(0)),
                                   FIELDS_END};
static const struct field rdr[] = {ACTS("RDR", BITS(8, 0)), FIELDS_END};
static const struct field tdr[] = {ACTS("TDR", BITS(8, 0)), FIELDS_END};
static const struct field presc[] = {ACTS("PRESCALER", BITS(3, 0)), FIELDS_END};

const struct reg_fields usart_fields[] = {
    {0x00, 1, 0, cr1},  {0x04, 1, 0, cr2},  {0x08, 1, 0, cr3}, {0x0C, 1, 0, brr},
    {0x10, 1, 0, gtpr}, {0x14, 1, 0, rtor}, {0x18, 1, 0, rqr}, {0x1C, 1, 0, isr},
    {0x20, 1, 0, icr},  {0x24, 1, 0, rdr},  {0x28, 1, 0, tdr}, {0x2C, 1, 0, presc},
    REG_FIELDS_END,
};

/* LPUART1 (52.7) has a part of the same fields, at the same places: of a list the bits count that its registers have. */
static const struct field lp_brr[] = {ACTS("BRR", BITS(19, 0)), FIELDS_END};

const struct reg_fields lpuart_fields[] = {
    {0x00, 1, 0, cr1}, {0x04, 1, 0, cr2},   {0x08, 1, 0, cr3}, {0x0C, 1, 0, lp_brr},
    {0x18, 1, 0, rqr}, {0x1C, 1, 0, isr},   {0x20, 1, 0, icr}, {0x24, 1, 0, rdr},
    {0x28, 1, 0, tdr}, {0x2C, 1, 0, presc}, REG_FIELDS_END,
};
