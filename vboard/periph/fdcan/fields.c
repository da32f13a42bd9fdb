/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FDCAN: the fields of its registers (RM0399 Rev 4, 59.5 and 59.6) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/fdcan/fdcan.h"

static const char why_ara[] = "accesses to reserved addresses are findings, not flags";
static const char why_efbi[] = "no glitches on this bus that could pass for an edge";
static const char why_mraf[] = "the message RAM is never late";
static const char why_niso[] = "frames are of ISO 11898-1, with stuff count";
static const char why_pxe[] = "no protocol exception comes";
static const char why_pxhd[] = "no frame with a recessive res bit comes on this bus";
static const char why_ramwd[] = "the message RAM always answers: no watchdog on it";
static const char why_tt[] = "no time-triggered operation";
static const char why_ttcfg[] = "used in time-triggered operation only, and TTOCF.OM is reported";
static const char why_ttie[] = "its flag never comes";
static const char why_tx[] = "the sample point on the pin is not modelled";

static const struct field crel[] = {ACTS("REL", BITS(31, 28)),
                                    ACTS("STEP", BITS(27, 24)),
                                    ACTS("SUBSTEP", BITS(23, 20)),
                                    ACTS("YEAR", BITS(19, 16)),
                                    ACTS("MON", BITS(15, 8)),
                                    ACTS("DAY", BITS(7, 0)),
                                    FIELDS_END};
static const struct field endn[] = {ACTS("ETV", BITS(31, 0)), FIELDS_END};
static const struct field dbtp[] = {ACTS("TDC", BIT(23)),        ACTS("DBRP", BITS(20, 16)),
                                    ACTS("DTSEG1", BITS(12, 8)), ACTS("DTSEG2", BITS(7, 4)),
                                    ACTS("DSJW", BITS(3, 0)),    FIELDS_END};
static const struct field test[] = {ACTS("RX", BIT(7)), PARTLY("TX", BITS(6, 5), why_tx),
                                    ACTS("LBCK", BIT(4)), FIELDS_END};
static const struct field rwd[] = {UNMODELLED("WDV", BITS(15, 8), why_ramwd),
                                   UNMODELLED("WDC", BITS(7, 0), why_ramwd), FIELDS_END};
static const struct field cccr[] = {UNMODELLED("NISO", BIT(15), why_niso),
                                    ACTS("TXP", BIT(14)),
                                    NO_ACTION("EFBI", BIT(13), why_efbi),
                                    NO_ACTION("PXHD", BIT(12), why_pxhd),
                                    ACTS("BRSE", BIT(9)),
                                    ACTS("FDOE", BIT(8)),
                                    ACTS("TEST", BIT(7)),
                                    ACTS("DAR", BIT(6)),
                                    ACTS("MON", BIT(5)),
                                    ACTS("CSR", BIT(4)),
                                    ACTS("CSA", BIT(3)),
                                    ACTS("ASM", BIT(2)),
                                    ACTS("CCE", BIT(1)),
                                    ACTS("INIT", BIT(0)),
                                    FIELDS_END};
static const struct field nbtp[] = {ACTS("NSJW", BITS(31, 25)), ACTS("NBRP", BITS(24, 16)),
                                    ACTS("NTSEG1", BITS(15, 8)), ACTS("NTSEG2", BITS(6, 0)),
                                    FIELDS_END};
static const struct field tscc[] = {ACTS("TCP", BITS(19, 16)), ACTS("TSS", BITS(1, 0)), FIELDS_END};
static const struct field tscv[] = {ACTS("TSC", BITS(15, 0)), FIELDS_END};
static const struct field tocc[] = {ACTS("TOP", BITS(31, 16)), ACTS("TOS", BITS(2, 1)),
                                    ACTS("ETOC", BIT(0)), FIELDS_END};
static const struct field tocv[] = {ACTS("TOC", BITS(15, 0)), FIELDS_END};
static const struct field ecr[] = {ACTS("CEL", BITS(23, 16)), ACTS("RP", BIT(15)),
                                   ACTS("REC", BITS(14, 8)), ACTS("TEC", BITS(7, 0)), FIELDS_END};
static const struct field psr[] = {ACTS("TDCV", BITS(22, 16)), UNMODELLED("PXE", BIT(14), why_pxe),
                                   ACTS("REDL", BIT(13)),      ACTS("RBRS", BIT(12)),
                                   ACTS("RESI", BIT(11)),      ACTS("DLEC", BITS(10, 8)),
                                   ACTS("BO", BIT(7)),         ACTS("EW", BIT(6)),
                                   ACTS("EP", BIT(5)),         ACTS("ACT", BITS(4, 3)),
                                   ACTS("LEC", BITS(2, 0)),    FIELDS_END};
static const struct field tdcr[] = {ACTS("TDCO", BITS(14, 8)), ACTS("TDCF", BITS(6, 0)),
                                    FIELDS_END};
static const struct field ir[] = {UNMODELLED("ARA", BIT(29), why_ara),
                                  ACTS("PED", BIT(28)),
                                  ACTS("PEA", BIT(27)),
                                  UNMODELLED("WDI", BIT(26), why_ramwd),
                                  ACTS("BO", BIT(25)),
                                  ACTS("EW", BIT(24)),
                                  ACTS("EP", BIT(23)),
                                  ACTS("ELO", BIT(22)),
                                  ACTS("DRX", BIT(19)),
                                  ACTS("TOO", BIT(18)),
                                  UNMODELLED("MRAF", BIT(17), why_mraf),
                                  ACTS("TSW", BIT(16)),
                                  ACTS("TEFL", BIT(15)),
                                  ACTS("TEFF", BIT(14)),
                                  ACTS("TEFW", BIT(13)),
                                  ACTS("TEFN", BIT(12)),
                                  ACTS("TFE", BIT(11)),
                                  ACTS("TCF", BIT(10)),
                                  ACTS("TC", BIT(9)),
                                  ACTS("HPM", BIT(8)),
                                  ACTS("RF1L", BIT(7)),
                                  ACTS("RF1F", BIT(6)),
                                  ACTS("RF1W", BIT(5)),
                                  ACTS("RF1N", BIT(4)),
                                  ACTS("RF0L", BIT(3)),
                                  ACTS("RF0F", BIT(2)),
                                  ACTS("RF0W", BIT(1)),
                                  ACTS("RF0N", BIT(0)),
                                  FIELDS_END};
static const struct field ie[] = {NO_ACTION("ARAE", BIT(29), why_ara),
                                  ACTS("PEDE", BIT(28)),
                                  ACTS("PEAE", BIT(27)),
                                  NO_ACTION("WDIE", BIT(26), why_ramwd),
                                  ACTS("BOE", BIT(25)),
                                  ACTS("EWE", BIT(24)),
                                  ACTS("EPE", BIT(23)),
                                  ACTS("ELOE", BIT(22)),
                                  ACTS("DRXE", BIT(19)),
                                  ACTS("TOOE", BIT(18)),
                                  NO_ACTION("MRAFE", BIT(17), why_mraf),
                                  ACTS("TSWE", BIT(16)),
                                  ACTS("TEFLE", BIT(15)),
                                  ACTS("TEFFE", BIT(14)),
                                  ACTS("TEFWE", BIT(13)),
                                  ACTS("TEFNE", BIT(12)),
                                  ACTS("TFEE", BIT(11)),
                                  ACTS("TCFE", BIT(10)),
                                  ACTS("TCE", BIT(9)),
                                  ACTS("HPME", BIT(8)),
                                  ACTS("RF1LE", BIT(7)),
                                  ACTS("RF1FE", BIT(6)),
                                  ACTS("RF1WE", BIT(5)),
                                  ACTS("RF1NE", BIT(4)),
                                  ACTS("RF0LE", BIT(3)),
                                  ACTS("RF0FE", BIT(2)),
                                  ACTS("RF0WE", BIT(1)),
                                  ACTS("RF0NE", BIT(0)),
                                  FIELDS_END};
static const struct field ils[] = {NO_ACTION("ARAL", BIT(29), why_ara),
                                   ACTS("PEDL", BIT(28)),
                                   ACTS("PEAL", BIT(27)),
                                   NO_ACTION("WDIL", BIT(26), why_ramwd),
                                   ACTS("BOL", BIT(25)),
                                   ACTS("EWL", BIT(24)),
                                   ACTS("EPL", BIT(23)),
                                   ACTS("ELOL", BIT(22)),
                                   ACTS("DRXL", BIT(19)),
                                   ACTS("TOOL", BIT(18)),
                                   NO_ACTION("MRAFL", BIT(17), why_mraf),
                                   ACTS("TSWL", BIT(16)),
                                   ACTS("TEFLL", BIT(15)),
                                   ACTS("TEFFL", BIT(14)),
                                   ACTS("TEFWL", BIT(13)),
                                   ACTS("TEFNL", BIT(12)),
                                   ACTS("TFEL", BIT(11)),
                                   ACTS("TCFL", BIT(10)),
                                   ACTS("TCL", BIT(9)),
                                   ACTS("HPML", BIT(8)),
                                   ACTS("RF1LL", BIT(7)),
                                   ACTS("RF1FL", BIT(6)),
                                   ACTS("RF1WL", BIT(5)),
                                   ACTS("RF1NL", BIT(4)),
                                   ACTS("RF0LL", BIT(3)),
                                   ACTS("RF0FL", BIT(2)),
                                   ACTS("RF0WL", BIT(1)),
                                   ACTS("RF0NL", BIT(0)),
                                   FIELDS_END};
static const struct field ile[] = {ACTS("EINT1", BIT(1)), ACTS("EINT0", BIT(0)), FIELDS_END};
static const struct field gfc[] = {ACTS("ANFS", BITS(5, 4)), ACTS("ANFE", BITS(3, 2)),
                                   ACTS("RRFS", BIT(1)), ACTS("RRFE", BIT(0)), FIELDS_END};
static const struct field sidfc[] = {ACTS("LSS", BITS(23, 16)), ACTS("FLSSA", BITS(15, 2)),
                                     FIELDS_END};
static const struct field xidfc[] = {ACTS("LSE", BITS(23, 16)), ACTS("FLESA", BITS(15, 2)),
                                     FIELDS_END};
static const struct field xidam[] = {ACTS("EIDM", BITS(28, 0)), FIELDS_END};
static const struct field hpms[] = {ACTS("FLST", BIT(15)), ACTS("FIDX", BITS(14, 8)),
                                    ACTS("MSI", BITS(7, 6)), ACTS("BIDX", BITS(5, 0)), FIELDS_END};
static const struct field ndat1[] = {ACTS("ND", BITS(31, 0)), FIELDS_END};
static const struct field ndat2[] = {ACTS("ND", BITS(31, 0)), FIELDS_END};
static const struct field rxf0c[] = {ACTS("F0OM", BIT(31)), ACTS("F0WM", BITS(30, 24)),
                                     ACTS("F0S", BITS(22, 16)), ACTS("F0SA", BITS(15, 2)),
                                     FIELDS_END};
static const struct field rxf0s[] = {ACTS("RF0L", BIT(25)),      ACTS("F0F", BIT(24)),
                                     ACTS("F0PI", BITS(21, 16)), ACTS("F0GI", BITS(13, 8)),
                                     ACTS("F0FL", BITS(6, 0)),   FIELDS_END};
static const struct field rxf0a[] = {ACTS("F0AI", BITS(5, 0)), FIELDS_END};
static const struct field rxbc[] = {ACTS("RBSA", BITS(15, 2)), FIELDS_END};
static const struct field rxf1c[] = {ACTS("F1OM", BIT(31)), ACTS("F1WM", BITS(30, 24)),
                                     ACTS("F1S", BITS(22, 16)), ACTS("F1SA", BITS(15, 2)),
                                     FIELDS_END};
static const struct field rxf1s[] = {ACTS("DMS", BITS(31, 30)),
                                     ACTS("RF1L", BIT(25)),
                                     ACTS("F1F", BIT(24)),
                                     ACTS("F1PI", BITS(21, 16)),
                                     ACTS("F1GI", BITS(13, 8)),
                                     ACTS("F1FL", BITS(6, 0)),
                                     FIELDS_END};
static const struct field rxf1a[] = {ACTS("F1AI", BITS(5, 0)), FIELDS_END};
static const struct field rxesc[] = {ACTS("RBDS", BITS(10, 8)), ACTS("F1DS", BITS(6, 4)),
                                     ACTS("F0DS", BITS(2, 0)), FIELDS_END};
static const struct field txbc[] = {ACTS("TFQM", BIT(30)), ACTS("TFQS", BITS(29, 24)),
                                    ACTS("NDTB", BITS(21, 16)), ACTS("TBSA", BITS(15, 2)),
                                    FIELDS_END};
static const struct field txfqs[] = {ACTS("TFQF", BIT(21)), ACTS("TFQPI", BITS(20, 16)),
                                     ACTS("TFGI", BITS(12, 8)), ACTS("TFFL", BITS(5, 0)),
                                     FIELDS_END};
static const struct field txesc[] = {ACTS("TBDS", BITS(2, 0)), FIELDS_END};
static const struct field txbrp[] = {ACTS("TRP", BITS(31, 0)), FIELDS_END};
static const struct field txbar[] = {ACTS("AR", BITS(31, 0)), FIELDS_END};
static const struct field txbcr[] = {ACTS("CR", BITS(31, 0)), FIELDS_END};
static const struct field txbto[] = {ACTS("TO", BITS(31, 0)), FIELDS_END};
static const struct field txbcf[] = {ACTS("CF", BITS(31, 0)), FIELDS_END};
static const struct field txbtie[] = {ACTS("TIE", BITS(31, 0)), FIELDS_END};
static const struct field txbcie[] = {ACTS("CFIE", BITS(31, 0)), FIELDS_END};
static const struct field txefc[] = {ACTS("EFWM", BITS(29, 24)), ACTS("EFS", BITS(21, 16)),
                                     ACTS("EFSA", BITS(15, 2)), FIELDS_END};
static const struct field txefs[] = {ACTS("TEFL", BIT(25)),      ACTS("EFF", BIT(24)),
                                     ACTS("EFPI", BITS(20, 16)), ACTS("EFGI", BITS(12, 8)),
                                     ACTS("EFFL", BITS(5, 0)),   FIELDS_END};
static const struct field txefa[] = {ACTS("EFAI", BITS(4, 0)), FIELDS_END};
static const struct field tttmc[] = {NO_ACTION("TME", BITS(22, 16), why_ttcfg),
                                     NO_ACTION("TMSA", BITS(15, 2), why_ttcfg), FIELDS_END};
static const struct field ttrmc[] = {NO_ACTION("RMPS", BIT(31), why_ttcfg),
                                     NO_ACTION("XTD", BIT(30), why_ttcfg),
                                     NO_ACTION("RID", BITS(28, 0), why_ttcfg), FIELDS_END};
static const struct field ttocf[] = {NO_ACTION("EVTP", BIT(26), why_ttcfg),
                                     NO_ACTION("ECC", BIT(25), why_ttcfg),
                                     NO_ACTION("EGTF", BIT(24), why_ttcfg),
                                     NO_ACTION("AWL", BITS(23, 16), why_ttcfg),
                                     NO_ACTION("EECS", BIT(15), why_ttcfg),
                                     NO_ACTION("IRTO", BITS(14, 8), why_ttcfg),
                                     NO_ACTION("LDSDL", BITS(7, 5), why_ttcfg),
                                     NO_ACTION("TM", BIT(4), why_ttcfg),
                                     NO_ACTION("GEN", BIT(3), why_ttcfg),
                                     UNMODELLED("OM", BITS(1, 0), why_tt),
                                     FIELDS_END};
static const struct field ttmlm[] = {
    NO_ACTION("ENTT", BITS(27, 16), why_ttcfg), NO_ACTION("TXEW", BITS(11, 8), why_ttcfg),
    NO_ACTION("CSS", BITS(7, 6), why_ttcfg), NO_ACTION("CCM", BITS(5, 0), why_ttcfg), FIELDS_END};
static const struct field turcf[] = {NO_ACTION("ELT", BIT(31), why_ttcfg),
                                     NO_ACTION("DC", BITS(29, 16), why_ttcfg),
                                     NO_ACTION("NCL", BITS(15, 0), why_ttcfg), FIELDS_END};
static const struct field ttocn[] = {
    NO_ACTION("LCKC", BIT(15), why_ttcfg), NO_ACTION("ESCN", BIT(13), why_ttcfg),
    NO_ACTION("NIG", BIT(12), why_ttcfg),  NO_ACTION("TMG", BIT(11), why_ttcfg),
    NO_ACTION("FGP", BIT(10), why_ttcfg),  NO_ACTION("GCS", BIT(9), why_ttcfg),
    NO_ACTION("TTIE", BIT(8), why_ttcfg),  NO_ACTION("TMC", BITS(7, 6), why_ttcfg),
    NO_ACTION("RTIE", BIT(5), why_ttcfg),  NO_ACTION("SWS", BITS(4, 3), why_ttcfg),
    NO_ACTION("SWP", BIT(2), why_ttcfg),   NO_ACTION("ECS", BIT(1), why_ttcfg),
    NO_ACTION("SGT", BIT(0), why_ttcfg),   FIELDS_END};
static const struct field ttgtp[] = {NO_ACTION("CTP", BITS(31, 16), why_ttcfg),
                                     NO_ACTION("TP", BITS(15, 0), why_ttcfg), FIELDS_END};
static const struct field tttmk[] = {NO_ACTION("LCKM", BIT(31), why_ttcfg),
                                     NO_ACTION("TICC", BITS(22, 16), why_ttcfg),
                                     NO_ACTION("TM", BITS(15, 0), why_ttcfg), FIELDS_END};
static const struct field ttir[] = {
    UNMODELLED("CER", BIT(18), why_tt), UNMODELLED("AW", BIT(17), why_tt),
    UNMODELLED("WT", BIT(16), why_tt),  UNMODELLED("IWTG", BIT(15), why_tt),
    UNMODELLED("ELC", BIT(14), why_tt), UNMODELLED("SE2", BIT(13), why_tt),
    UNMODELLED("SE1", BIT(12), why_tt), UNMODELLED("TXO", BIT(11), why_tt),
    UNMODELLED("TXU", BIT(10), why_tt), UNMODELLED("GTE", BIT(9), why_tt),
    UNMODELLED("GTD", BIT(8), why_tt),  UNMODELLED("GTW", BIT(7), why_tt),
    UNMODELLED("SWE", BIT(6), why_tt),  UNMODELLED("TTMI", BIT(5), why_tt),
    UNMODELLED("RTMI", BIT(4), why_tt), UNMODELLED("SOG", BIT(3), why_tt),
    UNMODELLED("CSM", BIT(2), why_tt),  UNMODELLED("SMC", BIT(1), why_tt),
    UNMODELLED("SBC", BIT(0), why_tt),  FIELDS_END};
static const struct field ttie[] = {
    NO_ACTION("CERE", BIT(18), why_ttie), NO_ACTION("AWE", BIT(17), why_ttie),
    NO_ACTION("WTE", BIT(16), why_ttie),  NO_ACTION("IWTE", BIT(15), why_ttie),
    NO_ACTION("ELCE", BIT(14), why_ttie), NO_ACTION("SE2E", BIT(13), why_ttie),
    NO_ACTION("SE1E", BIT(12), why_ttie), NO_ACTION("TXOE", BIT(11), why_ttie),
    NO_ACTION("TXUE", BIT(10), why_ttie), NO_ACTION("GTEE", BIT(9), why_ttie),
    NO_ACTION("GTDE", BIT(8), why_ttie),  NO_ACTION("GTWE", BIT(7), why_ttie),
    NO_ACTION("SWEE", BIT(6), why_ttie),  NO_ACTION("TTMIE", BIT(5), why_ttie),
    NO_ACTION("RTMIE", BIT(4), why_ttie), NO_ACTION("SOGE", BIT(3), why_ttie),
    NO_ACTION("CSME", BIT(2), why_ttie),  NO_ACTION("SMCE", BIT(1), why_ttie),
    NO_ACTION("SBCE", BIT(0), why_ttie),  FIELDS_END};
static const struct field ttils[] = {
    NO_ACTION("CERL", BIT(18), why_ttie), NO_ACTION("AWL", BIT(17), why_ttie),
    NO_ACTION("WTL", BIT(16), why_ttie),  NO_ACTION("IWTL", BIT(15), why_ttie),
    NO_ACTION("ELCL", BIT(14), why_ttie), NO_ACTION("SE2L", BIT(13), why_ttie),
    NO_ACTION("SE1L", BIT(12), why_ttie), NO_ACTION("TXOL", BIT(11), why_ttie),
    NO_ACTION("TXUL", BIT(10), why_ttie), NO_ACTION("GTEL", BIT(9), why_ttie),
    NO_ACTION("GTDL", BIT(8), why_ttie),  NO_ACTION("GTWL", BIT(7), why_ttie),
    NO_ACTION("SWEL", BIT(6), why_ttie),  NO_ACTION("TTMIL", BIT(5), why_ttie),
    NO_ACTION("RTMIL", BIT(4), why_ttie), NO_ACTION("SOGL", BIT(3), why_ttie),
    NO_ACTION("CSML", BIT(2), why_ttie),  NO_ACTION("SMCL", BIT(1), why_ttie),
    NO_ACTION("SBCL", BIT(0), why_ttie),  FIELDS_END};
static const struct field ttost[] = {UNMODELLED("SPL", BIT(31), why_tt),
                                     UNMODELLED("WECS", BIT(30), why_tt),
                                     UNMODELLED("AWE", BIT(29), why_tt),
                                     UNMODELLED("WFE", BIT(28), why_tt),
                                     UNMODELLED("GSI", BIT(27), why_tt),
                                     UNMODELLED("TMP", BITS(26, 24), why_tt),
                                     UNMODELLED("GFI", BIT(23), why_tt),
                                     UNMODELLED("WGTD", BIT(22), why_tt),
                                     UNMODELLED("RTO", BITS(15, 8), why_tt),
                                     UNMODELLED("QCS", BIT(7), why_tt),
                                     UNMODELLED("QGTP", BIT(6), why_tt),
                                     UNMODELLED("SYS", BITS(5, 4), why_tt),
                                     UNMODELLED("MS", BITS(3, 2), why_tt),
                                     UNMODELLED("EL", BITS(1, 0), why_tt),
                                     FIELDS_END};
static const struct field turna[] = {UNMODELLED("NAV", BITS(17, 0), why_tt), FIELDS_END};
static const struct field ttlgt[] = {UNMODELLED("GT", BITS(31, 16), why_tt),
                                     UNMODELLED("LT", BITS(15, 0), why_tt), FIELDS_END};
static const struct field ttctc[] = {UNMODELLED("CC", BITS(21, 16), why_tt),
                                     UNMODELLED("CT", BITS(15, 0), why_tt), FIELDS_END};
static const struct field ttcpt[] = {UNMODELLED("SWV", BITS(31, 16), why_tt),
                                     UNMODELLED("CCV", BITS(5, 0), why_tt), FIELDS_END};
static const struct field ttcsm[] = {UNMODELLED("CSM", BITS(15, 0), why_tt), FIELDS_END};
static const struct field ttts[] = {NO_ACTION("EVTSEL", BITS(5, 4), why_ttcfg),
                                    NO_ACTION("SWTDEL", BITS(1, 0), why_ttcfg), FIELDS_END};

const struct reg_fields fdcan_fields[] = {
    {0x000, 1, 0, crel},  {0x004, 1, 0, endn},   {0x00C, 1, 0, dbtp},   {0x010, 1, 0, test},
    {0x014, 1, 0, rwd},   {0x018, 1, 0, cccr},   {0x01C, 1, 0, nbtp},   {0x020, 1, 0, tscc},
    {0x024, 1, 0, tscv},  {0x028, 1, 0, tocc},   {0x02C, 1, 0, tocv},   {0x040, 1, 0, ecr},
    {0x044, 1, 0, psr},   {0x048, 1, 0, tdcr},   {0x050, 1, 0, ir},     {0x054, 1, 0, ie},
    {0x058, 1, 0, ils},   {0x05C, 1, 0, ile},    {0x080, 1, 0, gfc},    {0x084, 1, 0, sidfc},
    {0x088, 1, 0, xidfc}, {0x090, 1, 0, xidam},  {0x094, 1, 0, hpms},   {0x098, 1, 0, ndat1},
    {0x09C, 1, 0, ndat2}, {0x0A0, 1, 0, rxf0c},  {0x0A4, 1, 0, rxf0s},  {0x0A8, 1, 0, rxf0a},
    {0x0AC, 1, 0, rxbc},  {0x0B0, 1, 0, rxf1c},  {0x0B4, 1, 0, rxf1s},  {0x0B8, 1, 0, rxf1a},
    {0x0BC, 1, 0, rxesc}, {0x0C0, 1, 0, txbc},   {0x0C4, 1, 0, txfqs},  {0x0C8, 1, 0, txesc},
    {0x0CC, 1, 0, txbrp}, {0x0D0, 1, 0, txbar},  {0x0D4, 1, 0, txbcr},  {0x0D8, 1, 0, txbto},
    {0x0DC, 1, 0, txbcf}, {0x0E0, 1, 0, txbtie}, {0x0E4, 1, 0, txbcie}, {0x0F0, 1, 0, txefc},
    {0x0F4, 1, 0, txefs}, {0x0F8, 1, 0, txefa},  {0x100, 1, 0, tttmc},  {0x104, 1, 0, ttrmc},
    {0x108, 1, 0, ttocf}, {0x10C, 1, 0, ttmlm},  {0x110, 1, 0, turcf},  {0x114, 1, 0, ttocn},
    {0x118, 1, 0, ttgtp}, {0x11C, 1, 0, tttmk},  {0x120, 1, 0, ttir},   {0x124, 1, 0, ttie},
    {0x128, 1, 0, ttils}, {0x12C, 1, 0, ttost},  {0x130, 1, 0, turna},  {0x134, 1, 0, ttlgt},
    {0x138, 1, 0, ttctc}, {0x13C, 1, 0, ttcpt},  {0x140, 1, 0, ttcsm},  {0x300, 1, 0, ttts},
    REG_FIELDS_END,
};
