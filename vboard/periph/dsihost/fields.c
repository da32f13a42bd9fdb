/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* DSIHOST's fields (RM0399 Rev 4, 34.15, 34.16). */
#include "vboard/chip/fields.h"
#include "vboard/periph/dsihost/dsihost.h"

static const char why_link[] = "nobody listens to the link, whatever goes over it";
static const char why_read[] = "a read gets no answer, but for the display's identification";
static const char why_receive[] = "what a display answers is there at once";
static const char why_te[] = "no display reports its tearing effect";
static const char why_full[] = "RM0399 does not say how deep the FIFO is: it is never full";
static const char why_error[] = "by FIR0 and FIR1 alone: nothing fails on the link";

static const struct field vr[] = {ACTS("VERSION", BITS(31, 0)), FIELDS_END};
static const struct field cr[] = {ACTS("EN", BIT(0)), FIELDS_END};
static const struct field ccr[] = {NO_ACTION("TOCKDIV", BITS(15, 8), why_link),
                                   NO_ACTION("TXECKDIV", BITS(7, 0), why_link), FIELDS_END};
static const struct field lvcidr[] = {NO_ACTION("VCID", BITS(1, 0), why_link), FIELDS_END};
static const struct field lcolcr[] = {NO_ACTION("LPE", BIT(8), why_link),
                                      NO_ACTION("COLC", BITS(3, 0), why_link), FIELDS_END};
static const struct field lpcr[] = {NO_ACTION("HSP", BIT(2), why_link),
                                    NO_ACTION("VSP", BIT(1), why_link),
                                    NO_ACTION("DEP", BIT(0), why_link), FIELDS_END};
static const struct field lpmcr[] = {NO_ACTION("LPSIZE", BITS(23, 16), why_link),
                                     NO_ACTION("VLPSIZE", BITS(7, 0), why_link), FIELDS_END};
static const struct field pcr[] = {
    NO_ACTION("CRCRXE", BIT(4), why_link), NO_ACTION("ECCRXE", BIT(3), why_link),
    NO_ACTION("BTAE", BIT(2), why_link),   NO_ACTION("ETRXE", BIT(1), why_link),
    NO_ACTION("ETTXE", BIT(0), why_link),  FIELDS_END};
static const struct field mcr[] = {NO_ACTION("CMDM", BIT(0), why_link), FIELDS_END};
static const struct field vmcr[] = {NO_ACTION("PGO", BIT(24), why_link),
                                    NO_ACTION("PGM", BIT(20), why_link),
                                    NO_ACTION("PGE", BIT(16), why_link),
                                    NO_ACTION("LPCE", BIT(15), why_link),
                                    NO_ACTION("FBTAAE", BIT(14), why_link),
                                    NO_ACTION("LPHFPE", BIT(13), why_link),
                                    NO_ACTION("LPHBPE", BIT(12), why_link),
                                    NO_ACTION("LPVAE", BIT(11), why_link),
                                    NO_ACTION("LPVFPE", BIT(10), why_link),
                                    NO_ACTION("LPVBPE", BIT(9), why_link),
                                    NO_ACTION("LPVSAE", BIT(8), why_link),
                                    NO_ACTION("VMT", BITS(1, 0), why_link),
                                    FIELDS_END};
static const struct field vpcr[] = {NO_ACTION("VPSIZE", BITS(13, 0), why_link), FIELDS_END};
static const struct field vccr[] = {NO_ACTION("NUMC", BITS(12, 0), why_link), FIELDS_END};
static const struct field vnpcr[] = {NO_ACTION("NPSIZE", BITS(12, 0), why_link), FIELDS_END};
static const struct field vhsacr[] = {NO_ACTION("HSA", BITS(11, 0), why_link), FIELDS_END};
static const struct field vhbpcr[] = {NO_ACTION("HBP", BITS(11, 0), why_link), FIELDS_END};
static const struct field vlcr[] = {NO_ACTION("HLINE", BITS(14, 0), why_link), FIELDS_END};
static const struct field vvsacr[] = {NO_ACTION("VSA", BITS(9, 0), why_link), FIELDS_END};
static const struct field vvbpcr[] = {NO_ACTION("VBP", BITS(9, 0), why_link), FIELDS_END};
static const struct field vvfpcr[] = {NO_ACTION("VFP", BITS(9, 0), why_link), FIELDS_END};
static const struct field vvacr[] = {NO_ACTION("VA", BITS(13, 0), why_link), FIELDS_END};
static const struct field lccr[] = {NO_ACTION("CMDSIZE", BITS(15, 0), why_link), FIELDS_END};
static const struct field cmcr[] = {NO_ACTION("MRDPS", BIT(24), why_link),
                                    NO_ACTION("DLWTX", BIT(19), why_link),
                                    NO_ACTION("DSR0TX", BIT(18), why_link),
                                    NO_ACTION("DSW1TX", BIT(17), why_link),
                                    NO_ACTION("DSW0TX", BIT(16), why_link),
                                    NO_ACTION("GLWTX", BIT(14), why_link),
                                    NO_ACTION("GSR2TX", BIT(13), why_link),
                                    NO_ACTION("GSR1TX", BIT(12), why_link),
                                    NO_ACTION("GSR0TX", BIT(11), why_link),
                                    NO_ACTION("GSW2TX", BIT(10), why_link),
                                    NO_ACTION("GSW1TX", BIT(9), why_link),
                                    NO_ACTION("GSW0TX", BIT(8), why_link),
                                    NO_ACTION("ARE", BIT(1), why_link),
                                    UNMODELLED("TEARE", BIT(0), why_te),
                                    FIELDS_END};
static const struct field ghcr[] = {
    NO_ACTION("WCMSB", BITS(23, 16), why_link), NO_ACTION("WCLSB", BITS(15, 8), why_link),
    NO_ACTION("VCID", BITS(7, 6), why_link), PARTLY("DT", BITS(5, 0), why_read), FIELDS_END};
static const struct field gpdr[] = {NO_ACTION("DATA4", BITS(31, 24), why_link),
                                    NO_ACTION("DATA3", BITS(23, 16), why_link),
                                    NO_ACTION("DATA2", BITS(15, 8), why_link),
                                    NO_ACTION("DATA1", BITS(7, 0), why_link), FIELDS_END};
static const struct field gpsr[] = {ACTS("RCB", BIT(6)),   UNMODELLED("PRDFF", BIT(5), why_full),
                                    ACTS("PRDFE", BIT(4)), UNMODELLED("PWRFF", BIT(3), why_full),
                                    ACTS("PWRFE", BIT(2)), UNMODELLED("CMDFF", BIT(1), why_full),
                                    ACTS("CMDFE", BIT(0)), FIELDS_END};
static const struct field tccr0[] = {NO_ACTION("HSTX_TOCNT", BITS(31, 16), why_link),
                                     NO_ACTION("LPRX_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field tccr1[] = {NO_ACTION("HSRD_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field tccr2[] = {NO_ACTION("LPRD_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field tccr3[] = {NO_ACTION("PM", BIT(24), why_link),
                                     NO_ACTION("HSWR_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field tccr4[] = {NO_ACTION("LPWR_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field tccr5[] = {NO_ACTION("BTA_TOCNT", BITS(15, 0), why_link), FIELDS_END};
static const struct field clcr[] = {NO_ACTION("ACR", BIT(1), why_link),
                                    NO_ACTION("DPCC", BIT(0), why_link), FIELDS_END};
static const struct field cltcr[] = {NO_ACTION("HS2LP_TIME", BITS(25, 16), why_link),
                                     NO_ACTION("LP2HS_TIME", BITS(9, 0), why_link), FIELDS_END};
static const struct field dltcr[] = {NO_ACTION("HS2LP_TIME", BITS(31, 24), why_link),
                                     NO_ACTION("LP2HS_TIME", BITS(23, 16), why_link),
                                     NO_ACTION("MRD_TIME", BITS(14, 0), why_link), FIELDS_END};
static const struct field pctlr[] = {ACTS("CKE", BIT(2)), ACTS("DEN", BIT(1)), FIELDS_END};
static const struct field pconfr[] = {NO_ACTION("SW_TIME", BITS(15, 8), why_link),
                                      ACTS("NL", BITS(1, 0)), FIELDS_END};
static const struct field pucr[] = {ACTS("UEDL", BIT(3)), ACTS("URDL", BIT(2)),
                                    ACTS("UECL", BIT(1)), ACTS("URCL", BIT(0)), FIELDS_END};
static const struct field pttcr[] = {NO_ACTION("TX_TRIG", BITS(3, 0), why_link), FIELDS_END};
static const struct field psr[] = {ACTS("UAN1", BIT(8)),
                                   ACTS("PSS1", BIT(7)),
                                   UNMODELLED("RUE0", BIT(6), why_receive),
                                   ACTS("UAN0", BIT(5)),
                                   ACTS("PSS0", BIT(4)),
                                   ACTS("UANC", BIT(3)),
                                   ACTS("PSSC", BIT(2)),
                                   UNMODELLED("PD", BIT(1), why_receive),
                                   FIELDS_END};
static const struct field isr0[] = {PARTLY_EACH("PE%u", BIT(16), 5, 0, why_error),
                                    PARTLY_EACH("AE%u", BIT(0), 16, 0, why_error), FIELDS_END};
static const struct field isr1[] = {
    PARTLY("GPRXE", BIT(12), why_error), PARTLY("GPRDE", BIT(11), why_error),
    PARTLY("GPTXE", BIT(10), why_error), PARTLY("GPWRE", BIT(9), why_error),
    PARTLY("GCWRE", BIT(8), why_error),  PARTLY("LPWRE", BIT(7), why_error),
    PARTLY("EOTPE", BIT(6), why_error),  PARTLY("PSE", BIT(5), why_error),
    PARTLY("CRCE", BIT(4), why_error),   PARTLY("ECCME", BIT(3), why_error),
    PARTLY("ECCSE", BIT(2), why_error),  PARTLY("TOLPRX", BIT(1), why_error),
    PARTLY("TOHSTX", BIT(0), why_error), FIELDS_END};
static const struct field ier0[] = {ACTS_EACH("PE%uIE", BIT(16), 5, 0),
                                    ACTS_EACH("AE%uIE", BIT(0), 16, 0), FIELDS_END};
static const struct field ier1[] = {ACTS("GPRXEIE", BIT(12)), ACTS("GPRDEIE", BIT(11)),
                                    ACTS("GPTXEIE", BIT(10)), ACTS("GPWREIE", BIT(9)),
                                    ACTS("GCWREIE", BIT(8)),  ACTS("LPWREIE", BIT(7)),
                                    ACTS("EOTPEIE", BIT(6)),  ACTS("PSEIE", BIT(5)),
                                    ACTS("CRCEIE", BIT(4)),   ACTS("ECCMEIE", BIT(3)),
                                    ACTS("ECCSEIE", BIT(2)),  ACTS("TOLPRXIE", BIT(1)),
                                    ACTS("TOHSTXIE", BIT(0)), FIELDS_END};
static const struct field fir0[] = {ACTS_EACH("FPE%u", BIT(16), 5, 0),
                                    ACTS_EACH("FAE%u", BIT(0), 16, 0), FIELDS_END};
static const struct field fir1[] = {ACTS("FGPRXE", BIT(12)), ACTS("FGPRDE", BIT(11)),
                                    ACTS("FGPTXE", BIT(10)), ACTS("FGPWRE", BIT(9)),
                                    ACTS("FGCWRE", BIT(8)),  ACTS("FLPWRE", BIT(7)),
                                    ACTS("FEOTPE", BIT(6)),  ACTS("FPSE", BIT(5)),
                                    ACTS("FCRCE", BIT(4)),   ACTS("FECCME", BIT(3)),
                                    ACTS("FECCSE", BIT(2)),  ACTS("FTOLPRX", BIT(1)),
                                    ACTS("FTOHSTX", BIT(0)), FIELDS_END};
static const struct field vscr[] = {ACTS("UR", BIT(8)), ACTS("EN", BIT(0)), FIELDS_END};
static const struct field lcvcidr[] = {ACTS("VCID", BITS(1, 0)), FIELDS_END};
static const struct field lcccr[] = {ACTS("LPE", BIT(8)), ACTS("COLC", BITS(3, 0)), FIELDS_END};
static const struct field lpmccr[] = {ACTS("LPSIZE", BITS(23, 16)), ACTS("VLPSIZE", BITS(7, 0)),
                                      FIELDS_END};
static const struct field vmccr[] = {ACTS("LPCE", BIT(9)),    ACTS("FBTAAE", BIT(8)),
                                     ACTS("LPHFE", BIT(7)),   ACTS("LPHBPE", BIT(6)),
                                     ACTS("LPVAE", BIT(5)),   ACTS("LPVFPE", BIT(4)),
                                     ACTS("LPVBPE", BIT(3)),  ACTS("LPVSAE", BIT(2)),
                                     ACTS("VMT", BITS(1, 0)), FIELDS_END};
static const struct field vpccr[] = {ACTS("VPSIZE", BITS(13, 0)), FIELDS_END};
static const struct field vcccr[] = {ACTS("NUMC", BITS(12, 0)), FIELDS_END};
static const struct field vnpccr[] = {ACTS("NPSIZE", BITS(12, 0)), FIELDS_END};
static const struct field vhsaccr[] = {ACTS("HSA", BITS(11, 0)), FIELDS_END};
static const struct field vhbpccr[] = {ACTS("HBP", BITS(11, 0)), FIELDS_END};
static const struct field vlccr[] = {ACTS("HLINE", BITS(14, 0)), FIELDS_END};
static const struct field vvsaccr[] = {ACTS("VSA", BITS(9, 0)), FIELDS_END};
static const struct field vvbpccr[] = {ACTS("VBP", BITS(9, 0)), FIELDS_END};
static const struct field vvfpccr[] = {ACTS("VFP", BITS(9, 0)), FIELDS_END};
static const struct field vvaccr[] = {ACTS("VA", BITS(13, 0)), FIELDS_END};
static const struct field wcfgr[] = {NO_ACTION("VSPOL", BIT(7), why_link),
                                     UNMODELLED("AR", BIT(6), why_te),
                                     UNMODELLED("TEPOL", BIT(5), why_te),
                                     UNMODELLED("TESRC", BIT(4), why_te),
                                     NO_ACTION("COLMUX", BITS(3, 1), why_link),
                                     ACTS("DSIM", BIT(0)),
                                     FIELDS_END};
static const struct field wcr[] = {ACTS("DSIEN", BIT(3)), ACTS("LTDCEN", BIT(2)),
                                   NO_ACTION("SHTDN", BIT(1), why_link),
                                   NO_ACTION("COLM", BIT(0), why_link), FIELDS_END};
static const struct field wier[] = {
    ACTS("RRIE", BIT(13)), ACTS("PLLUIE", BIT(10)),           ACTS("PLLLIE", BIT(9)),
    ACTS("ERIE", BIT(1)),  NO_ACTION("TEIE", BIT(0), why_te), FIELDS_END};
static const struct field wisr[] = {ACTS("RRIF", BIT(13)),
                                    ACTS("RRS", BIT(12)),
                                    ACTS("PLLUIF", BIT(10)),
                                    ACTS("PLLLIF", BIT(9)),
                                    ACTS("PLLLS", BIT(8)),
                                    ACTS("BUSY", BIT(2)),
                                    ACTS("ERIF", BIT(1)),
                                    UNMODELLED("TEIF", BIT(0), why_te),
                                    FIELDS_END};
static const struct field wifcr[] = {
    ACTS("CRRIF", BIT(13)), ACTS("CPLLUIF", BIT(10)),           ACTS("CPLLLIF", BIT(9)),
    ACTS("CERIF", BIT(1)),  NO_ACTION("CTEIF", BIT(0), why_te), FIELDS_END};
static const struct field wpcr0[] = {
    NO_ACTION("TCLKPOSTEN", BIT(27), why_link), NO_ACTION("TLPXCEN", BIT(26), why_link),
    NO_ACTION("THSEXITEN", BIT(25), why_link),  NO_ACTION("TLPXDEN", BIT(24), why_link),
    NO_ACTION("THSZEROEN", BIT(23), why_link),  NO_ACTION("THSTRAILEN", BIT(22), why_link),
    NO_ACTION("THSPREPEN", BIT(21), why_link),  NO_ACTION("TCLKZEROEN", BIT(20), why_link),
    NO_ACTION("TCLKPREPEN", BIT(19), why_link), NO_ACTION("PDEN", BIT(18), why_link),
    NO_ACTION("TDDL", BIT(16), why_link),       NO_ACTION("CDOFFDL", BIT(14), why_link),
    NO_ACTION("FTXSMDL", BIT(13), why_link),    NO_ACTION("FTXSMCL", BIT(12), why_link),
    NO_ACTION("HSIDL1", BIT(11), why_link),     NO_ACTION("HSIDL0", BIT(10), why_link),
    NO_ACTION("HSICL", BIT(9), why_link),       NO_ACTION("SWDL1", BIT(8), why_link),
    NO_ACTION("SWDL0", BIT(7), why_link),       NO_ACTION("SWCL", BIT(6), why_link),
    NO_ACTION("UIX4", BITS(5, 0), why_link),    FIELDS_END};
static const struct field wpcr1[] = {
    NO_ACTION("LPRXFT", BITS(26, 25), why_link),    NO_ACTION("FLPRXLPM", BIT(22), why_link),
    NO_ACTION("HSTXSRCDL", BITS(19, 18), why_link), NO_ACTION("HSTXSRCCL", BITS(17, 16), why_link),
    NO_ACTION("SDDC", BIT(12), why_link),           NO_ACTION("LPSRCDL", BITS(9, 8), why_link),
    NO_ACTION("LPSRCCL", BITS(7, 6), why_link),     NO_ACTION("HSTXDDL", BITS(3, 2), why_link),
    NO_ACTION("HSTXDCL", BITS(1, 0), why_link),     FIELDS_END};
static const struct field wpcr2[] = {NO_ACTION("THSTRAIL", BITS(31, 24), why_link),
                                     NO_ACTION("THSPREP", BITS(23, 16), why_link),
                                     NO_ACTION("TCLKZERO", BITS(15, 8), why_link),
                                     NO_ACTION("TCLKPREP", BITS(7, 0), why_link), FIELDS_END};
static const struct field wpcr3[] = {NO_ACTION("TLPXC", BITS(31, 24), why_link),
                                     NO_ACTION("THSEXIT", BITS(23, 16), why_link),
                                     NO_ACTION("TLPXD", BITS(15, 8), why_link),
                                     NO_ACTION("THSZERO", BITS(7, 0), why_link), FIELDS_END};
static const struct field wpcr4[] = {NO_ACTION("TCLKPOST", BITS(7, 0), why_link), FIELDS_END};
static const struct field wrpcr[] = {ACTS("REGEN", BIT(24)),    ACTS("ODF", BITS(17, 16)),
                                     ACTS("IDF", BITS(14, 11)), ACTS("NDIV", BITS(8, 2)),
                                     ACTS("PLLEN", BIT(0)),     FIELDS_END};

const struct reg_fields dsihost_fields[] = {
    {0x000, 1, 0, vr},     {0x004, 1, 0, cr},      {0x008, 1, 0, ccr},     {0x00C, 1, 0, lvcidr},
    {0x010, 1, 0, lcolcr}, {0x014, 1, 0, lpcr},    {0x018, 1, 0, lpmcr},   {0x02C, 1, 0, pcr},
    {0x030, 1, 0, lvcidr}, {0x034, 1, 0, mcr},     {0x038, 1, 0, vmcr},    {0x03C, 1, 0, vpcr},
    {0x040, 1, 0, vccr},   {0x044, 1, 0, vnpcr},   {0x048, 1, 0, vhsacr},  {0x04C, 1, 0, vhbpcr},
    {0x050, 1, 0, vlcr},   {0x054, 1, 0, vvsacr},  {0x058, 1, 0, vvbpcr},  {0x05C, 1, 0, vvfpcr},
    {0x060, 1, 0, vvacr},  {0x064, 1, 0, lccr},    {0x068, 1, 0, cmcr},    {0x06C, 1, 0, ghcr},
    {0x070, 1, 0, gpdr},   {0x074, 1, 0, gpsr},    {0x078, 1, 0, tccr0},   {0x07C, 1, 0, tccr1},
    {0x080, 1, 0, tccr2},  {0x084, 1, 0, tccr3},   {0x088, 1, 0, tccr4},   {0x08C, 1, 0, tccr5},
    {0x094, 1, 0, clcr},   {0x098, 1, 0, cltcr},   {0x09C, 1, 0, dltcr},   {0x0A0, 1, 0, pctlr},
    {0x0A4, 1, 0, pconfr}, {0x0A8, 1, 0, pucr},    {0x0AC, 1, 0, pttcr},   {0x0B0, 1, 0, psr},
    {0x0BC, 1, 0, isr0},   {0x0C0, 1, 0, isr1},    {0x0C4, 1, 0, ier0},    {0x0C8, 1, 0, ier1},
    {0x0D8, 1, 0, fir0},   {0x0DC, 1, 0, fir1},    {0x100, 1, 0, vscr},    {0x10C, 1, 0, lcvcidr},
    {0x110, 1, 0, lcccr},  {0x118, 1, 0, lpmccr},  {0x138, 1, 0, vmccr},   {0x13C, 1, 0, vpccr},
    {0x140, 1, 0, vcccr},  {0x144, 1, 0, vnpccr},  {0x148, 1, 0, vhsaccr}, {0x14C, 1, 0, vhbpccr},
    {0x150, 1, 0, vlccr},  {0x154, 1, 0, vvsaccr}, {0x158, 1, 0, vvbpccr}, {0x15C, 1, 0, vvfpccr},
    {0x160, 1, 0, vvaccr}, {0x400, 1, 0, wcfgr},   {0x404, 1, 0, wcr},     {0x408, 1, 0, wier},
    {0x40C, 1, 0, wisr},   {0x410, 1, 0, wifcr},   {0x418, 1, 0, wpcr0},   {0x41C, 1, 0, wpcr1},
    {0x420, 1, 0, wpcr2},  {0x424, 1, 0, wpcr3},   {0x428, 1, 0, wpcr4},   {0x430, 1, 0, wrpcr},
    REG_FIELDS_END};
