/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* OTG: the fields of its registers (RM0399 60.14) and what the model makes of each. */
#include "vboard/periph/otg/internal.h"

static const char why_alone[] = "nothing is ever plugged in";
static const char why_bcd[] = "nothing is plugged in: nothing is detected";
static const char why_capable[] = "but the protocols, whose requests are findings";
static const char why_const[] = "a constant";
static const char why_debug[] = "the AHB master is always idle here";
static const char why_dma[] = "but fetching an IN endpoint's data ahead, which is a finding";
static const char why_lpm[] = "no partner that would sleep";
static const char why_power[] = "what the core draws is not modelled";
static const char why_srp[] = "session request and host negotiation are not modelled";
static const char why_test[] = "test modes are not modelled";
static const char why_timing[] = "of transactions, and there are none";
static const char why_ulpi[] = "a setting of the external PHY";

/* ---- global registers ---- */

static const struct field gotgctl[] = {ACTS("CURMOD", BIT(21)),
                                       NO_ACTION("OTGVER", BIT(20), why_alone),
                                       ACTS("BSVLD", BIT(19)),
                                       ACTS("ASVLD", BIT(18)),
                                       NO_ACTION("DBCT", BIT(17), why_alone),
                                       ACTS("CIDSTS", BIT(16)),
                                       NO_ACTION("EHEN", BIT(12), why_alone),
                                       NO_ACTION("DHNPEN", BIT(11), why_alone),
                                       NO_ACTION("HSHNPEN", BIT(10), why_alone),
                                       UNMODELLED("HNPRQ", BIT(9), why_srp),
                                       NO_ACTION("HNGSCS", BIT(8), why_srp),
                                       ACTS("BVALOVAL", BIT(7)),
                                       ACTS("BVALOEN", BIT(6)),
                                       ACTS("AVALOVAL", BIT(5)),
                                       ACTS("AVALOEN", BIT(4)),
                                       NO_ACTION("VBVALOVAL", BIT(3), why_alone),
                                       NO_ACTION("VBVALOEN", BIT(2), why_alone),
                                       UNMODELLED("SRQ", BIT(1), why_srp),
                                       NO_ACTION("SRQSCS", BIT(0), why_srp),
                                       FIELDS_END};
static const struct field gotgint[] = {NO_ACTION("DBCDNE", BIT(19), why_alone),
                                       NO_ACTION("ADTOCHG", BIT(18), why_alone),
                                       NO_ACTION("HNGDET", BIT(17), why_alone),
                                       NO_ACTION("HNSSCHG", BIT(9), why_srp),
                                       NO_ACTION("SRSSCHG", BIT(8), why_srp),
                                       ACTS("SEDET", BIT(2)),
                                       FIELDS_END};
static const struct field gahbcfg[] = {
    ACTS("PTXFELVL", BIT(8)),         ACTS("TXFELVL", BIT(7)),
    PARTLY("DMAEN", BIT(5), why_dma), NO_ACTION("HBSTLEN", BITS(4, 1), why_timing),
    ACTS("GINTMSK", BIT(0)),          FIELDS_END};
static const struct field gusbcfg[] = {ACTS("FDMOD", BIT(30)),
                                       ACTS("FHMOD", BIT(29)),
                                       NO_ACTION("ULPIIPD", BIT(25), why_ulpi),
                                       NO_ACTION("PTCI", BIT(24), why_ulpi),
                                       NO_ACTION("PCCI", BIT(23), why_ulpi),
                                       NO_ACTION("TSDPS", BIT(22), why_srp),
                                       NO_ACTION("ULPIEVBUSI", BIT(21), why_ulpi),
                                       NO_ACTION("ULPIEVBUSD", BIT(20), why_ulpi),
                                       NO_ACTION("ULPICSM", BIT(19), why_ulpi),
                                       NO_ACTION("ULPIAR", BIT(18), why_ulpi),
                                       NO_ACTION("ULPIFSLS", BIT(17), why_ulpi),
                                       NO_ACTION("PHYLPC", BIT(15), why_power),
                                       NO_ACTION("TRDT", BITS(13, 10), why_timing),
                                       PARTLY("HNPCAP", BIT(9), why_capable),
                                       PARTLY("SRPCAP", BIT(8), why_capable),
                                       ACTS("PHYSEL", BIT(6)),
                                       NO_ACTION("TOCAL", BITS(2, 0), why_timing),
                                       FIELDS_END};
static const struct field grstctl[] = {NO_ACTION("AHBIDL", BIT(31), why_debug),
                                       NO_ACTION("DMAREQ", BIT(30), why_debug),
                                       ACTS("TXFNUM", BITS(10, 6)),
                                       ACTS("TXFFLSH", BIT(5)),
                                       ACTS("RXFFLSH", BIT(4)),
                                       ACTS("FCRST", BIT(2)),
                                       ACTS("PSRST", BIT(1)),
                                       ACTS("CSRST", BIT(0)),
                                       FIELDS_END};
static const struct field gintsts[] = {NO_ACTION("WKUPINT", BIT(31), why_alone),
                                       ACTS("SRQINT", BIT(30)),
                                       NO_ACTION("DISCINT", BIT(29), why_alone),
                                       ACTS("CIDSCHG", BIT(28)),
                                       NO_ACTION("LPMINT", BIT(27), why_lpm),
                                       ACTS("PTXFE", BIT(26)),
                                       ACTS("HCINT", BIT(25)),
                                       ACTS("HPRTINT", BIT(24)),
                                       NO_ACTION("RSTDET", BIT(23), why_alone),
                                       NO_ACTION("DATAFSUSP", BIT(22), why_alone),
                                       NO_ACTION("IPXFR", BIT(21), why_alone),
                                       NO_ACTION("IISOIXFR", BIT(20), why_alone),
                                       ACTS("OEPINT", BIT(19)),
                                       ACTS("IEPINT", BIT(18)),
                                       NO_ACTION("EOPF", BIT(15), why_alone),
                                       NO_ACTION("ISOODRP", BIT(14), why_alone),
                                       NO_ACTION("ENUMDNE", BIT(13), why_alone),
                                       NO_ACTION("USBRST", BIT(12), why_alone),
                                       ACTS("USBSUSP", BIT(11)),
                                       ACTS("ESUSP", BIT(10)),
                                       ACTS("GONAKEFF", BIT(7)),
                                       ACTS("GINAKEFF", BIT(6)),
                                       ACTS("NPTXFE", BIT(5)),
                                       ACTS("RXFLVL", BIT(4)),
                                       NO_ACTION("SOF", BIT(3), why_alone),
                                       ACTS("OTGINT", BIT(2)),
                                       ACTS("MMIS", BIT(1)),
                                       ACTS("CMOD", BIT(0)),
                                       FIELDS_END};
static const struct field gintmsk[] = {ACTS("WUIM", BIT(31)),     ACTS("SRQIM", BIT(30)),
                                       ACTS("DISCINT", BIT(29)),  ACTS("CIDSCHGM", BIT(28)),
                                       ACTS("LPMINTM", BIT(27)),  ACTS("PTXFEM", BIT(26)),
                                       ACTS("HCIM", BIT(25)),     ACTS("PRTIM", BIT(24)),
                                       ACTS("RSTDETM", BIT(23)),  ACTS("FSUSPM", BIT(22)),
                                       ACTS("IPXFRM", BIT(21)),   ACTS("IISOIXFRM", BIT(20)),
                                       ACTS("OEPINT", BIT(19)),   ACTS("IEPINT", BIT(18)),
                                       ACTS("EOPFM", BIT(15)),    ACTS("ISOODRPM", BIT(14)),
                                       ACTS("ENUMDNEM", BIT(13)), ACTS("USBRST", BIT(12)),
                                       ACTS("USBSUSPM", BIT(11)), ACTS("ESUSPM", BIT(10)),
                                       ACTS("GONAKEFFM", BIT(7)), ACTS("GINAKEFFM", BIT(6)),
                                       ACTS("NPTXFEM", BIT(5)),   ACTS("RXFLVLM", BIT(4)),
                                       ACTS("SOFM", BIT(3)),      ACTS("OTGINT", BIT(2)),
                                       ACTS("MMISM", BIT(1)),     FIELDS_END};
static const struct field grxsts[] = {NO_ACTION("STSPHST", BIT(27), why_alone),
                                      NO_ACTION("FRMNUM", BITS(24, 21), why_alone),
                                      ACTS("PKTSTS", BITS(20, 17)),
                                      ACTS("DPID", BITS(16, 15)),
                                      ACTS("BCNT", BITS(14, 4)),
                                      ACTS("EPNUM", BITS(3, 0)),
                                      FIELDS_END};
static const struct field grxfsiz[] = {NO_ACTION("RXFD", BITS(15, 0), why_alone), FIELDS_END};
static const struct field hnptxfsiz[] = {ACTS("NPTXFD", BITS(31, 16)),
                                         NO_ACTION("NPTXFSA", BITS(15, 0), why_alone), FIELDS_END};
static const struct field hnptxsts[] = {NO_ACTION("NPTXQTOP", BITS(30, 24), why_alone),
                                        ACTS("NPTQXSAV", BITS(23, 16)),
                                        ACTS("NPTXFSAV", BITS(15, 0)), FIELDS_END};
static const struct field gccfg[] = {ACTS("VBDEN", BIT(21)),
                                     NO_ACTION("SDEN", BIT(20), why_bcd),
                                     NO_ACTION("PDEN", BIT(19), why_bcd),
                                     NO_ACTION("DCDEN", BIT(18), why_bcd),
                                     NO_ACTION("BCDEN", BIT(17), why_bcd),
                                     ACTS("PWRDWN", BIT(16)),
                                     NO_ACTION("PS2DET", BIT(3), why_bcd),
                                     NO_ACTION("SDET", BIT(2), why_bcd),
                                     NO_ACTION("PDET", BIT(1), why_bcd),
                                     NO_ACTION("DCDET", BIT(0), why_bcd),
                                     FIELDS_END};
static const struct field cid[] = {NO_ACTION("PRODUCT_ID", BITS(31, 0), why_const), FIELDS_END};
static const struct field constant[] = {NO_ACTION("VALUE", BITS(31, 0), why_const), FIELDS_END};
static const struct field glpmcfg[] = {
    NO_ACTION("ENBESL", BIT(28), why_lpm),        NO_ACTION("LPMRCNTSTS", BITS(27, 25), why_lpm),
    UNMODELLED("SNDLPM", BIT(24), why_lpm),       NO_ACTION("LPMRCNT", BITS(23, 21), why_lpm),
    NO_ACTION("LPMCHIDX", BITS(20, 17), why_lpm), NO_ACTION("L1RSMOK", BIT(16), why_lpm),
    NO_ACTION("SLPSTS", BIT(15), why_lpm),        NO_ACTION("LPMRSP", BITS(14, 13), why_lpm),
    NO_ACTION("L1DSEN", BIT(12), why_lpm),        NO_ACTION("BESLTHRS", BITS(11, 8), why_lpm),
    NO_ACTION("L1SSEN", BIT(7), why_lpm),         NO_ACTION("REMWAKE", BIT(6), why_lpm),
    NO_ACTION("BESL", BITS(5, 2), why_lpm),       NO_ACTION("LPMACK", BIT(1), why_lpm),
    NO_ACTION("LPMEN", BIT(0), why_lpm),          FIELDS_END};
static const struct field gdfifocfg[] = {NO_ACTION("EPINFOBASE", BITS(31, 16), why_alone),
                                         NO_ACTION("GDFIFOCFG", BITS(15, 0), why_alone),
                                         FIELDS_END};
static const struct field hptxfsiz[] = {ACTS("PTXFSIZ", BITS(31, 16)),
                                        NO_ACTION("PTXSA", BITS(15, 0), why_alone), FIELDS_END};
static const struct field dieptxf[] = {ACTS("INEPTXFD", BITS(31, 16)),
                                       NO_ACTION("INEPTXSA", BITS(15, 0), why_alone), FIELDS_END};
static const struct field pcgcctl[] = {NO_ACTION("SUSP", BIT(7), why_lpm),
                                       NO_ACTION("PHYSLEEP", BIT(6), why_lpm),
                                       NO_ACTION("ENL1GTG", BIT(5), why_lpm),
                                       ACTS("PHYSUSP", BIT(4)),
                                       NO_ACTION("GATEHCLK", BIT(1), why_power),
                                       ACTS("STPPCLK", BIT(0)),
                                       FIELDS_END};
static const struct field dfifo[] = {ACTS("DATA", BITS(31, 0)), FIELDS_END};

/* ---- host ---- */

static const struct field hcfg[] = {
    NO_ACTION("PERSSCHEDENA", BIT(26), why_alone), NO_ACTION("FRLSTEN", BITS(25, 24), why_alone),
    NO_ACTION("DESCDMA", BIT(23), why_alone),      NO_ACTION("FSLSS", BIT(2), why_alone),
    NO_ACTION("FSLSPCS", BITS(1, 0), why_alone),   FIELDS_END};
static const struct field hfir[] = {NO_ACTION("RLDCTRL", BIT(16), why_alone),
                                    NO_ACTION("FRIVL", BITS(15, 0), why_alone), FIELDS_END};
static const struct field hfnum[] = {NO_ACTION("FTREM", BITS(31, 16), why_alone),
                                     NO_ACTION("FRNUM", BITS(15, 0), why_alone), FIELDS_END};
static const struct field hptxsts[] = {NO_ACTION("PTXQTOP", BITS(31, 24), why_alone),
                                       ACTS("PTXQSAV", BITS(23, 16)), ACTS("PTXFSAVL", BITS(15, 0)),
                                       FIELDS_END};
static const struct field haint[] = {ACTS("HAINT", BITS(15, 0)), FIELDS_END};
static const struct field haintmsk[] = {ACTS("HAINTM", BITS(15, 0)), FIELDS_END};
static const struct field hflbaddr[] = {NO_ACTION("HFLBADDR", BITS(31, 0), why_alone), FIELDS_END};
static const struct field hprt[] = {NO_ACTION("PSPD", BITS(18, 17), why_alone),
                                    UNMODELLED("PTCTL", BITS(16, 13), why_test),
                                    NO_ACTION("PPWR", BIT(12), why_alone),
                                    NO_ACTION("PLSTS", BITS(11, 10), why_alone),
                                    ACTS("PRST", BIT(8)),
                                    ACTS("PSUSP", BIT(7)),
                                    ACTS("PRES", BIT(6)),
                                    NO_ACTION("POCCHNG", BIT(5), why_alone),
                                    NO_ACTION("POCA", BIT(4), why_alone),
                                    NO_ACTION("PENCHNG", BIT(3), why_alone),
                                    NO_ACTION("PENA", BIT(2), why_alone),
                                    NO_ACTION("PCDET", BIT(1), why_alone),
                                    NO_ACTION("PCSTS", BIT(0), why_alone),
                                    FIELDS_END};
static const struct field hcchar[] = {ACTS("CHENA", BIT(31)),
                                      ACTS("CHDIS", BIT(30)),
                                      NO_ACTION("ODDFRM", BIT(29), why_alone),
                                      NO_ACTION("DAD", BITS(28, 22), why_alone),
                                      NO_ACTION("MCNT", BITS(21, 20), why_alone),
                                      ACTS("EPTYP", BITS(19, 18)),
                                      NO_ACTION("LSDEV", BIT(17), why_alone),
                                      NO_ACTION("EPDIR", BIT(15), why_alone),
                                      NO_ACTION("EPNUM", BITS(14, 11), why_alone),
                                      NO_ACTION("MPSIZ", BITS(10, 0), why_alone),
                                      FIELDS_END};
static const struct field hcsplt[] = {
    NO_ACTION("SPLITEN", BIT(31), why_alone),      NO_ACTION("COMPLSPLT", BIT(16), why_alone),
    NO_ACTION("XACTPOS", BITS(15, 14), why_alone), NO_ACTION("HUBADDR", BITS(13, 7), why_alone),
    NO_ACTION("PRTADDR", BITS(6, 0), why_alone),   FIELDS_END};
static const struct field hcint[] = {NO_ACTION("DESCLSTROLL", BIT(13), why_alone),
                                     NO_ACTION("XCSXACTERR", BIT(12), why_alone),
                                     NO_ACTION("BNA", BIT(11), why_alone),
                                     NO_ACTION("DTERR", BIT(10), why_alone),
                                     NO_ACTION("FRMOR", BIT(9), why_alone),
                                     NO_ACTION("BBERR", BIT(8), why_alone),
                                     NO_ACTION("TXERR", BIT(7), why_alone),
                                     NO_ACTION("NYET", BIT(6), why_alone),
                                     NO_ACTION("ACK", BIT(5), why_alone),
                                     NO_ACTION("NAK", BIT(4), why_alone),
                                     NO_ACTION("STALL", BIT(3), why_alone),
                                     NO_ACTION("AHBERR", BIT(2), why_alone),
                                     ACTS("CHH", BIT(1)),
                                     NO_ACTION("XFRC", BIT(0), why_alone),
                                     FIELDS_END};
static const struct field hcintmsk[] = {ACTS("DESCLSTROLLMSK", BIT(13)),
                                        ACTS("BNAMSK", BIT(11)),
                                        ACTS("DTERRM", BIT(10)),
                                        ACTS("FRMORM", BIT(9)),
                                        ACTS("BBERRM", BIT(8)),
                                        ACTS("TXERRM", BIT(7)),
                                        ACTS("NYET", BIT(6)),
                                        ACTS("ACKM", BIT(5)),
                                        ACTS("NAKM", BIT(4)),
                                        ACTS("STALLM", BIT(3)),
                                        ACTS("AHBERRM", BIT(2)),
                                        ACTS("CHHM", BIT(1)),
                                        ACTS("XFRCM", BIT(0)),
                                        FIELDS_END};
static const struct field hctsiz[] = {NO_ACTION("DOPNG", BIT(31), why_alone),
                                      NO_ACTION("DPID", BITS(30, 29), why_alone),
                                      NO_ACTION("PKTCNT", BITS(28, 19), why_alone),
                                      NO_ACTION("XFRSIZ", BITS(18, 0), why_alone), FIELDS_END};
static const struct field dmaaddr[] = {NO_ACTION("DMAADDR", BITS(31, 0), why_alone), FIELDS_END};
static const struct field hcdmab[] = {NO_ACTION("HCDMAB", BITS(31, 0), why_alone), FIELDS_END};

/* ---- device ---- */

static const struct field dcfg[] = {NO_ACTION("PERSCHIVL", BITS(25, 24), why_alone),
                                    NO_ACTION("DESCDMA", BIT(23), why_alone),
                                    NO_ACTION("ERRATIM", BIT(15), why_alone),
                                    NO_ACTION("XCVRDLY", BIT(14), why_ulpi),
                                    NO_ACTION("PFIVL", BITS(12, 11), why_alone),
                                    NO_ACTION("DAD", BITS(10, 4), why_alone),
                                    NO_ACTION("NZLSOHSK", BIT(2), why_alone),
                                    NO_ACTION("DSPD", BITS(1, 0), why_alone),
                                    FIELDS_END};
static const struct field dctl[] = {NO_ACTION("DSBESLRJCT", BIT(18), why_lpm),
                                    NO_ACTION("ENCONTONBNA", BIT(17), why_alone),
                                    NO_ACTION("POPRGDNE", BIT(11), why_power),
                                    ACTS("CGONAK", BIT(10)),
                                    ACTS("SGONAK", BIT(9)),
                                    ACTS("CGINAK", BIT(8)),
                                    ACTS("SGINAK", BIT(7)),
                                    UNMODELLED("TCTL", BITS(6, 4), why_test),
                                    ACTS("GONSTS", BIT(3)),
                                    ACTS("GINSTS", BIT(2)),
                                    ACTS("SDIS", BIT(1)),
                                    ACTS("RWUSIG", BIT(0)),
                                    FIELDS_END};
static const struct field dsts[] = {ACTS("DEVLNSTS", BITS(23, 22)),
                                    NO_ACTION("FNSOF", BITS(21, 8), why_alone),
                                    NO_ACTION("EERR", BIT(3), why_alone),
                                    NO_ACTION("ENUMSPD", BITS(2, 1), why_alone),
                                    ACTS("SUSPSTS", BIT(0)),
                                    FIELDS_END};
static const struct field diepmsk[] = {ACTS("NAKM", BIT(13)),
                                       ACTS("BNAM", BIT(9)),
                                       ACTS("TXFURM", BIT(8)),
                                       ACTS("INEPNEM", BIT(6)),
                                       ACTS("INEPNMM", BIT(5)),
                                       ACTS("ITTXFEMSK", BIT(4)),
                                       ACTS("TOM", BIT(3)),
                                       ACTS("AHBERRM", BIT(2)),
                                       ACTS("EPDM", BIT(1)),
                                       ACTS("XFRCM", BIT(0)),
                                       FIELDS_END};
static const struct field doepmsk[] = {ACTS("NYETMSK", BIT(14)),
                                       ACTS("NAKMSK", BIT(13)),
                                       ACTS("BERRM", BIT(12)),
                                       ACTS("BNAM", BIT(9)),
                                       ACTS("OUTPKTERRM", BIT(8)),
                                       ACTS("B2BSTUPM", BIT(6)),
                                       ACTS("STSPHSRXM", BIT(5)),
                                       ACTS("OTEPDM", BIT(4)),
                                       ACTS("STUPM", BIT(3)),
                                       ACTS("AHBERRM", BIT(2)),
                                       ACTS("EPDM", BIT(1)),
                                       ACTS("XFRCM", BIT(0)),
                                       FIELDS_END};
static const struct field daint[] = {ACTS("OEPINT", BITS(31, 16)), ACTS("IEPINT", BITS(15, 0)),
                                     FIELDS_END};
static const struct field daintmsk[] = {ACTS("OEPM", BITS(31, 16)), ACTS("IEPM", BITS(15, 0)),
                                        FIELDS_END};
static const struct field dvbusdis[] = {NO_ACTION("VBUSDT", BITS(15, 0), why_srp), FIELDS_END};
static const struct field dvbuspulse[] = {NO_ACTION("DVBUSP", BITS(15, 0), why_srp), FIELDS_END};
static const struct field dthrctl[] = {NO_ACTION("ARPEN", BIT(27), why_alone),
                                       NO_ACTION("RXTHRLEN", BITS(25, 17), why_alone),
                                       NO_ACTION("RXTHREN", BIT(16), why_alone),
                                       NO_ACTION("TXTHRLEN", BITS(10, 2), why_alone),
                                       NO_ACTION("ISOTHREN", BIT(1), why_alone),
                                       NO_ACTION("NONISOTHREN", BIT(0), why_alone),
                                       FIELDS_END};
static const struct field diepempmsk[] = {ACTS("INEPTXFEM", BITS(15, 0)), FIELDS_END};
static const struct field deachint[] = {ACTS("OEP1INT", BIT(17)), ACTS("IEP1INT", BIT(1)),
                                        FIELDS_END};
static const struct field deachintmsk[] = {ACTS("OEP1INTM", BIT(17)), ACTS("IEP1INTM", BIT(1)),
                                           FIELDS_END};
static const struct field diepctl[] = {ACTS("EPENA", BIT(31)),
                                       ACTS("EPDIS", BIT(30)),
                                       ACTS("SODDFRM", BIT(29)),
                                       ACTS("SD0PID", BIT(28)),
                                       ACTS("SNAK", BIT(27)),
                                       ACTS("CNAK", BIT(26)),
                                       NO_ACTION("TXFNUM", BITS(25, 22), why_alone),
                                       NO_ACTION("STALL", BIT(21), why_alone),
                                       NO_ACTION("EPTYP", BITS(19, 18), why_alone),
                                       ACTS("NAKSTS", BIT(17)),
                                       ACTS("EONUM", BIT(16)),
                                       NO_ACTION("USBAEP", BIT(15), why_alone),
                                       NO_ACTION("MPSIZ", BITS(10, 0), why_alone),
                                       FIELDS_END};
static const struct field diepint[] = {NO_ACTION("NAK", BIT(13), why_alone),
                                       NO_ACTION("PKTDRPSTS", BIT(11), why_alone),
                                       NO_ACTION("BNA", BIT(9), why_alone),
                                       NO_ACTION("TXFIFOUDRN", BIT(8), why_alone),
                                       ACTS("TXFE", BIT(7)),
                                       ACTS("INEPNE", BIT(6)),
                                       NO_ACTION("INEPNM", BIT(5), why_alone),
                                       NO_ACTION("ITTXFE", BIT(4), why_alone),
                                       NO_ACTION("TOC", BIT(3), why_alone),
                                       NO_ACTION("AHBERR", BIT(2), why_alone),
                                       ACTS("EPDISD", BIT(1)),
                                       NO_ACTION("XFRC", BIT(0), why_alone),
                                       FIELDS_END};
static const struct field dieptsiz0[] = {NO_ACTION("PKTCNT", BITS(20, 19), why_alone),
                                         NO_ACTION("XFRSIZ", BITS(6, 0), why_alone), FIELDS_END};
static const struct field dieptsiz[] = {NO_ACTION("MCNT", BITS(30, 29), why_alone),
                                        NO_ACTION("PKTCNT", BITS(28, 19), why_alone),
                                        NO_ACTION("XFRSIZ", BITS(18, 0), why_alone), FIELDS_END};
static const struct field dtxfsts[] = {ACTS("INEPTFSAV", BITS(15, 0)), FIELDS_END};
static const struct field doepctl0[] = {ACTS("EPENA", BIT(31)),
                                        ACTS("EPDIS", BIT(30)),
                                        ACTS("SNAK", BIT(27)),
                                        ACTS("CNAK", BIT(26)),
                                        NO_ACTION("STALL", BIT(21), why_alone),
                                        NO_ACTION("SNPM", BIT(20), why_alone),
                                        ACTS("EPTYP", BITS(19, 18)),
                                        ACTS("NAKSTS", BIT(17)),
                                        ACTS("USBAEP", BIT(15)),
                                        ACTS("MPSIZ", BITS(1, 0)),
                                        FIELDS_END};
static const struct field doepctl[] = {ACTS("EPENA", BIT(31)),
                                       ACTS("EPDIS", BIT(30)),
                                       ACTS("SD1PID", BIT(29)),
                                       ACTS("SD0PID", BIT(28)),
                                       ACTS("SNAK", BIT(27)),
                                       ACTS("CNAK", BIT(26)),
                                       NO_ACTION("STALL", BIT(21), why_alone),
                                       NO_ACTION("SNPM", BIT(20), why_alone),
                                       NO_ACTION("EPTYP", BITS(19, 18), why_alone),
                                       ACTS("NAKSTS", BIT(17)),
                                       ACTS("EONUM", BIT(16)),
                                       NO_ACTION("USBAEP", BIT(15), why_alone),
                                       NO_ACTION("MPSIZ", BITS(10, 0), why_alone),
                                       FIELDS_END};
static const struct field doepint[] = {
    NO_ACTION("STPKTRX", BIT(15), why_alone), NO_ACTION("NYET", BIT(14), why_alone),
    NO_ACTION("NAK", BIT(13), why_alone),     NO_ACTION("BERR", BIT(12), why_alone),
    NO_ACTION("BNA", BIT(9), why_alone),      NO_ACTION("OUTPKTERR", BIT(8), why_alone),
    NO_ACTION("B2BSTUP", BIT(6), why_alone),  NO_ACTION("STSPHSRX", BIT(5), why_alone),
    NO_ACTION("OTEPDIS", BIT(4), why_alone),  NO_ACTION("STUP", BIT(3), why_alone),
    NO_ACTION("AHBERR", BIT(2), why_alone),   ACTS("EPDISD", BIT(1)),
    NO_ACTION("XFRC", BIT(0), why_alone),     FIELDS_END};
static const struct field doeptsiz0[] = {NO_ACTION("STUPCNT", BITS(30, 29), why_alone),
                                         NO_ACTION("PKTCNT", BIT(19), why_alone),
                                         NO_ACTION("XFRSIZ", BITS(6, 0), why_alone), FIELDS_END};
static const struct field doeptsiz[] = {NO_ACTION("RXDPID", BITS(30, 29), why_alone),
                                        NO_ACTION("PKTCNT", BITS(28, 19), why_alone),
                                        NO_ACTION("XFRSIZ", BITS(18, 0), why_alone), FIELDS_END};

/* clang-format off */
const struct reg_fields otg_fields[] = {
    {0x000, 1, 0, gotgctl}, {0x004, 1, 0, gotgint}, {0x008, 1, 0, gahbcfg}, {0x00C, 1, 0, gusbcfg},
    {0x010, 1, 0, grstctl}, {0x014, 1, 0, gintsts}, {0x018, 1, 0, gintmsk}, {0x01C, 2, 4, grxsts},
    {0x024, 1, 0, grxfsiz}, {0x028, 1, 0, hnptxfsiz}, {0x02C, 1, 0, hnptxsts}, {0x038, 1, 0, gccfg},
    {0x03C, 1, 0, cid}, {0x040, 5, 4, constant}, {0x054, 1, 0, glpmcfg}, {0x05C, 1, 0, gdfifocfg},
    {0x100, 1, 0, hptxfsiz}, {0x104, 8, 4, dieptxf},
    {0x400, 1, 0, hcfg}, {0x404, 1, 0, hfir}, {0x408, 1, 0, hfnum}, {0x410, 1, 0, hptxsts},
    {0x414, 1, 0, haint}, {0x418, 1, 0, haintmsk}, {0x41C, 1, 0, hflbaddr}, {0x440, 1, 0, hprt},
    {0x500, 16, 0x20, hcchar}, {0x504, 16, 0x20, hcsplt}, {0x508, 16, 0x20, hcint},
    {0x50C, 16, 0x20, hcintmsk}, {0x510, 16, 0x20, hctsiz}, {0x514, 16, 0x20, dmaaddr},
    {0x51C, 16, 0x20, hcdmab},
    {0x800, 1, 0, dcfg}, {0x804, 1, 0, dctl}, {0x808, 1, 0, dsts}, {0x810, 1, 0, diepmsk},
    {0x814, 1, 0, doepmsk}, {0x818, 1, 0, daint}, {0x81C, 1, 0, daintmsk}, {0x828, 1, 0, dvbusdis},
    {0x82C, 1, 0, dvbuspulse}, {0x830, 1, 0, dthrctl}, {0x834, 1, 0, diepempmsk},
    {0x838, 1, 0, deachint}, {0x83C, 1, 0, deachintmsk}, {0x844, 1, 0, diepmsk}, {0x884, 1, 0, doepmsk},
    {0x900, 9, 0x20, diepctl}, {0x908, 9, 0x20, diepint}, {0x910, 1, 0, dieptsiz0},
    {0x930, 8, 0x20, dieptsiz}, {0x914, 9, 0x20, dmaaddr}, {0x918, 9, 0x20, dtxfsts},
    {0xB00, 1, 0, doepctl0}, {0xB20, 8, 0x20, doepctl}, {0xB08, 9, 0x20, doepint},
    {0xB10, 1, 0, doeptsiz0}, {0xB30, 8, 0x20, doeptsiz}, {0xB14, 9, 0x20, dmaaddr},
    {0xE00, 1, 0, pcgcctl}, {0x1000, 16, 0x1000, dfifo}, REG_FIELDS_END};
/* clang-format on */
