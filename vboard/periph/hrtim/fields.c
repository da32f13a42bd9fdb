/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HRTIM: the fields of its registers (RM0399 Rev 4, 39.5) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/hrtim/fields_common.h"
#include "vboard/periph/hrtim/hrtim.h"

static const char why_burst_dma[] = "no burst DMA";
static const char why_capture[] = "no captures";
static const char why_chopper[] = "no chopper";
static const char why_coupling[] =
    "timers do not couple: no half, push-pull, delayed, gated or synchronized mode";
static const char why_dead_time[] = "no dead time";
static const char why_dma_sync[] = "no DMA requests, no synchronization";
static const char why_events[] = "outputs follow their own timer and software alone";
static const char why_external[] = "no external events, no resets by other timers";
static const char why_fault[] = "no faults";
static const char why_flags[] =
    "no capture, no flags of output edges and protection, no DMA requests";
static const char why_never[] = "the flag never comes";
static const char why_output[] = "no dead time, chopper, faults, burst idle";
static const char why_sync[] = "no synchronization, no half mode, no burst DMA";

static const struct field mcr[] = {UNMODELLED("BRSTDMA", BITS(31, 30), why_sync),
                                   ACTS("MREPU", BIT(29)),
                                   ACTS("PREEN", BIT(27)),
                                   UNMODELLED("DACSYNC", BITS(26, 25), why_sync),
                                   ACTS("TECEN", BIT(21)),
                                   ACTS("TDCEN", BIT(20)),
                                   ACTS("TCCEN", BIT(19)),
                                   ACTS("TBCEN", BIT(18)),
                                   ACTS("TACEN", BIT(17)),
                                   ACTS("MCEN", BIT(16)),
                                   UNMODELLED("SYNCSRC", BITS(15, 14), why_sync),
                                   UNMODELLED("SYNCOUT", BITS(13, 12), why_sync),
                                   UNMODELLED("SYNCSTRTM", BIT(11), why_sync),
                                   UNMODELLED("SYNCRSTM", BIT(10), why_sync),
                                   UNMODELLED("SYNCIN", BITS(9, 8), why_sync),
                                   UNMODELLED("HALF", BIT(5), why_sync),
                                   ACTS("RETRIG", BIT(4)),
                                   ACTS("CONT", BIT(3)),
                                   ACTS("CKPSC", BITS(2, 0)),
                                   FIELDS_END};
static const struct field misr[] = {ACTS("MUPD", BIT(6)),  UNMODELLED("SYNC", BIT(5), why_sync),
                                    ACTS("MREP", BIT(4)),  ACTS("MCMP4", BIT(3)),
                                    ACTS("MCMP3", BIT(2)), ACTS("MCMP2", BIT(1)),
                                    ACTS("MCMP1", BIT(0)), FIELDS_END};
static const struct field micr[] = {ACTS("MUPDC", BIT(6)),  NO_ACTION("SYNCC", BIT(5), why_never),
                                    ACTS("MREPC", BIT(4)),  ACTS("MCMP4C", BIT(3)),
                                    ACTS("MCMP3C", BIT(2)), ACTS("MCMP2C", BIT(1)),
                                    ACTS("MCMP1C", BIT(0)), FIELDS_END};
static const struct field mdier[] = {UNMODELLED("MUPDDE", BIT(22), why_dma_sync),
                                     UNMODELLED("SYNCDE", BIT(21), why_dma_sync),
                                     UNMODELLED("MREPDE", BIT(20), why_dma_sync),
                                     UNMODELLED("MCMP4DE", BIT(19), why_dma_sync),
                                     UNMODELLED("MCMP3DE", BIT(18), why_dma_sync),
                                     UNMODELLED("MCMP2DE", BIT(17), why_dma_sync),
                                     UNMODELLED("MCMP1DE", BIT(16), why_dma_sync),
                                     ACTS("MUPDIE", BIT(6)),
                                     UNMODELLED("SYNCIE", BIT(5), why_dma_sync),
                                     ACTS("MREPIE", BIT(4)),
                                     ACTS("MCMP4IE", BIT(3)),
                                     ACTS("MCMP3IE", BIT(2)),
                                     ACTS("MCMP2IE", BIT(1)),
                                     ACTS("MCMP1IE", BIT(0)),
                                     FIELDS_END};
static const struct field mcntr[] = {ACTS("MCNT", BITS(15, 0)), FIELDS_END};
static const struct field mper[] = {ACTS("MPER", BITS(15, 0)), FIELDS_END};
static const struct field mrep[] = {ACTS("MREP", BITS(7, 0)), FIELDS_END};
static const struct field mcmp1r[] = {ACTS("MCMP1", BITS(15, 0)), FIELDS_END};
static const struct field mcmp2r[] = {ACTS("MCMP2", BITS(15, 0)), FIELDS_END};
static const struct field mcmp3r[] = {ACTS("MCMP3", BITS(15, 0)), FIELDS_END};
static const struct field mcmp4r[] = {ACTS("MCMP4", BITS(15, 0)), FIELDS_END};
static const struct field timxisr[] = {ACTS("O2CPY", BIT(21)),
                                       ACTS("O1CPY", BIT(20)),
                                       UNMODELLED("O2STAT", BIT(19), why_flags),
                                       UNMODELLED("O1STAT", BIT(18), why_flags),
                                       UNMODELLED("IPPSTAT", BIT(17), why_flags),
                                       UNMODELLED("CPPSTAT", BIT(16), why_flags),
                                       UNMODELLED("DLYPRT", BIT(14), why_flags),
                                       ACTS("RST", BIT(13)),
                                       UNMODELLED("RSTx2", BIT(12), why_flags),
                                       UNMODELLED("SETx2", BIT(11), why_flags),
                                       UNMODELLED("RSTx1", BIT(10), why_flags),
                                       UNMODELLED("SETx1", BIT(9), why_flags),
                                       UNMODELLED("CPT2", BIT(8), why_flags),
                                       UNMODELLED("CPT1", BIT(7), why_flags),
                                       ACTS("UPD", BIT(6)),
                                       ACTS("REP", BIT(4)),
                                       ACTS("CMP4", BIT(3)),
                                       ACTS("CMP3", BIT(2)),
                                       ACTS("CMP2", BIT(1)),
                                       ACTS("CMP1", BIT(0)),
                                       FIELDS_END};
static const struct field timxicr[] = {NO_ACTION("DLYPRTC", BIT(14), why_never),
                                       ACTS("RSTC", BIT(13)),
                                       NO_ACTION("RSTx2C", BIT(12), why_never),
                                       NO_ACTION("SETx2C", BIT(11), why_never),
                                       NO_ACTION("RSTx1C", BIT(10), why_never),
                                       NO_ACTION("SETx1C", BIT(9), why_never),
                                       NO_ACTION("CPT2C", BIT(8), why_never),
                                       NO_ACTION("CPT1C", BIT(7), why_never),
                                       ACTS("UPDC", BIT(6)),
                                       ACTS("REPC", BIT(4)),
                                       ACTS("CMP4C", BIT(3)),
                                       ACTS("CMP3C", BIT(2)),
                                       ACTS("CMP2C", BIT(1)),
                                       ACTS("CMP1C", BIT(0)),
                                       FIELDS_END};
static const struct field timxdier[] = {UNMODELLED("DLYPRTDE", BIT(30), why_flags),
                                        UNMODELLED("RSTDE", BIT(29), why_flags),
                                        UNMODELLED("RSTx2DE", BIT(28), why_flags),
                                        UNMODELLED("SETx2DE", BIT(27), why_flags),
                                        UNMODELLED("RSTx1DE", BIT(26), why_flags),
                                        UNMODELLED("SETx1DE", BIT(25), why_flags),
                                        UNMODELLED("CPT2DE", BIT(24), why_flags),
                                        UNMODELLED("CPT1DE", BIT(23), why_flags),
                                        UNMODELLED("UPDDE", BIT(22), why_flags),
                                        UNMODELLED("REPDE", BIT(20), why_flags),
                                        UNMODELLED("CMP4DE", BIT(19), why_flags),
                                        UNMODELLED("CMP3DE", BIT(18), why_flags),
                                        UNMODELLED("CMP2DE", BIT(17), why_flags),
                                        UNMODELLED("CMP1DE", BIT(16), why_flags),
                                        UNMODELLED("DLYPRTIE", BIT(14), why_flags),
                                        ACTS("RSTIE", BIT(13)),
                                        UNMODELLED("RSTx2IE", BIT(12), why_flags),
                                        UNMODELLED("SETx2IE", BIT(11), why_flags),
                                        UNMODELLED("RSTx1IE", BIT(10), why_flags),
                                        UNMODELLED("SETx1IE", BIT(9), why_flags),
                                        UNMODELLED("CPT2IE", BIT(8), why_flags),
                                        UNMODELLED("CPT1IE", BIT(7), why_flags),
                                        ACTS("UPDIE", BIT(6)),
                                        ACTS("REPIE", BIT(4)),
                                        ACTS("CMP4IE", BIT(3)),
                                        ACTS("CMP3IE", BIT(2)),
                                        ACTS("CMP2IE", BIT(1)),
                                        ACTS("CMP1IE", BIT(0)),
                                        FIELDS_END};
static const struct field cntxr[] = {ACTS("CNTx", BITS(15, 0)), FIELDS_END};
static const struct field perxr[] = {ACTS("PERx", BITS(15, 0)), FIELDS_END};
static const struct field repxr[] = {ACTS("REPx", BITS(7, 0)), FIELDS_END};
static const struct field cmp1xr[] = {ACTS("CMP1x", BITS(15, 0)), FIELDS_END};
static const struct field cmp1cxr[] = {ACTS("REPx", BITS(23, 16)), ACTS("CMP1x", BITS(15, 0)),
                                       FIELDS_END};
static const struct field cmp2xr[] = {ACTS("CMP2x", BITS(15, 0)), FIELDS_END};
static const struct field cmp3xr[] = {ACTS("CMP3x", BITS(15, 0)), FIELDS_END};
static const struct field cmp4xr[] = {ACTS("CMP4x", BITS(15, 0)), FIELDS_END};
static const struct field cpt1xr[] = {UNMODELLED("CPT1x", BITS(15, 0), why_capture), FIELDS_END};
static const struct field cpt2xr[] = {UNMODELLED("CPT2x", BITS(15, 0), why_capture), FIELDS_END};
static const struct field dtxr[] = {UNMODELLED("DTFLKx", BIT(31), why_dead_time),
                                    UNMODELLED("DTFSLKx", BIT(30), why_dead_time),
                                    UNMODELLED("SDTFx", BIT(25), why_dead_time),
                                    UNMODELLED("DTFx", BITS(24, 16), why_dead_time),
                                    UNMODELLED("DTRLKx", BIT(15), why_dead_time),
                                    UNMODELLED("DTRSLKx", BIT(14), why_dead_time),
                                    UNMODELLED("DTPRSC", BITS(12, 10), why_dead_time),
                                    UNMODELLED("SDTRx", BIT(9), why_dead_time),
                                    UNMODELLED("DTRx", BITS(8, 0), why_dead_time),
                                    FIELDS_END};
/* What sets an output, and what resets it: the same events but for the software's. */
#define OUTPUT_EVENTS(software)                                                                    \
    {                                                                                              \
        UNMODELLED("UPDATE", BIT(31), why_events),                                                 \
            UNMODELLED_EACH("EXTEVNT%u", BIT(21), 10, 1, why_events),                              \
            UNMODELLED_EACH("TIMEVNT%u", BIT(12), 9, 1, why_events),                               \
            UNMODELLED_EACH("MSTCMP%u", BIT(8), 4, 1, why_events),                                 \
            UNMODELLED("MSTPER", BIT(7), why_events), ACTS_EACH("CMP%u", BIT(3), 4, 1),            \
            ACTS("PER", BIT(2)), UNMODELLED("RESYNC", BIT(1), why_events), ACTS(software, BIT(0)), \
            FIELDS_END                                                                             \
    }
static const struct field setxr[] = OUTPUT_EVENTS("SST");
static const struct field rstxr[] = OUTPUT_EVENTS("SRT");
static const struct field eefxr1[] = {UNMODELLED("EE5FLTR", BITS(28, 25), why_external),
                                      UNMODELLED("EE5LTCH", BIT(24), why_external),
                                      UNMODELLED("EE4FLTR", BITS(22, 19), why_external),
                                      UNMODELLED("EE4LTCH", BIT(18), why_external),
                                      UNMODELLED("EE3FLTR", BITS(16, 13), why_external),
                                      UNMODELLED("EE3LTCH", BIT(12), why_external),
                                      UNMODELLED("EE2FLTR", BITS(10, 7), why_external),
                                      UNMODELLED("EE2LTCH", BIT(6), why_external),
                                      UNMODELLED("EE1FLTR", BITS(4, 1), why_external),
                                      UNMODELLED("EE1LTCH", BIT(0), why_external),
                                      FIELDS_END};
static const struct field eefxr2[] = {UNMODELLED("EE10FLTR", BITS(28, 25), why_external),
                                      UNMODELLED("EE10LTCH", BIT(24), why_external),
                                      UNMODELLED("EE9FLTR", BITS(22, 19), why_external),
                                      UNMODELLED("EE9LTCH", BIT(18), why_external),
                                      UNMODELLED("EE8FLTR", BITS(16, 13), why_external),
                                      UNMODELLED("EE8LTCH", BIT(12), why_external),
                                      UNMODELLED("EE7FLTR", BITS(10, 7), why_external),
                                      UNMODELLED("EE7LTCH", BIT(6), why_external),
                                      UNMODELLED("EE6FLTR", BITS(4, 1), why_external),
                                      UNMODELLED("EE6LTCH", BIT(0), why_external),
                                      FIELDS_END};
static const struct field chpxr[] = {UNMODELLED("STRPW", BITS(10, 7), why_chopper),
                                     UNMODELLED("CARDTY", BITS(6, 4), why_chopper),
                                     UNMODELLED("CARFRQ", BITS(3, 0), why_chopper), FIELDS_END};
static const struct field outxr[] = {UNMODELLED("DIDL2", BIT(23), why_output),
                                     UNMODELLED("CHP2", BIT(22), why_output),
                                     UNMODELLED("FAULT2", BITS(21, 20), why_output),
                                     ACTS("IDLES2", BIT(19)),
                                     UNMODELLED("IDLEM2", BIT(18), why_output),
                                     ACTS("POL2", BIT(17)),
                                     UNMODELLED("DLYPRT", BITS(12, 10), why_output),
                                     UNMODELLED("DLYPRTEN", BIT(9), why_output),
                                     UNMODELLED("DTEN", BIT(8), why_output),
                                     UNMODELLED("DIDL1", BIT(7), why_output),
                                     UNMODELLED("CHP1", BIT(6), why_output),
                                     UNMODELLED("FAULT1", BITS(5, 4), why_output),
                                     ACTS("IDLES1", BIT(3)),
                                     UNMODELLED("IDLEM1", BIT(2), why_output),
                                     ACTS("POL1", BIT(1)),
                                     FIELDS_END};
static const struct field fltxr[] = {UNMODELLED("FLTLCK", BIT(31), why_fault),
                                     UNMODELLED("FLT5EN", BIT(4), why_fault),
                                     UNMODELLED("FLT4EN", BIT(3), why_fault),
                                     UNMODELLED("FLT3EN", BIT(2), why_fault),
                                     UNMODELLED("FLT2EN", BIT(1), why_fault),
                                     UNMODELLED("FLT1EN", BIT(0), why_fault),
                                     FIELDS_END};

/* Bits that stand for the other timers, in their order. */
#define TIMER_CR(...)                                                                              \
    {                                                                                              \
        ACTS("PREEN", BIT(27)), UNMODELLED("UPDGAT", BITS(31, 28), why_coupling),                  \
            UNMODELLED("DACSYNC", BITS(26, 25), why_coupling),                                     \
            UNMODELLED("MSTU", BIT(24), why_coupling), __VA_ARGS__, ACTS("TxRSTU", BIT(18)),       \
            ACTS("TxREPU", BIT(17)), UNMODELLED("DELCMP4", BITS(15, 14), why_coupling),            \
            UNMODELLED("DELCMP2", BITS(13, 12), why_coupling),                                     \
            UNMODELLED("SYNCSTRTx", BIT(11), why_coupling),                                        \
            UNMODELLED("SYNCRSTx", BIT(10), why_coupling),                                         \
            UNMODELLED("PSHPLL", BIT(6), why_coupling), UNMODELLED("HALF", BIT(5), why_coupling),  \
            ACTS("RETRIG", BIT(4)), ACTS("CONT", BIT(3)), ACTS("CKPSC", BITS(2, 0)), FIELDS_END    \
    }
#define OTHER_U(letter, bit) UNMODELLED("T" letter "U", BIT(bit), why_coupling)
#define OTHER_RST(letter, bit)                                                                     \
    UNMODELLED("T" letter "CMP1", BIT(bit), why_external),                                         \
        UNMODELLED("T" letter "CMP2", BIT((bit) + 1), why_external),                               \
        UNMODELLED("T" letter "CMP4", BIT((bit) + 2), why_external)
#define TIMER_RST(a, b, c, d)                                                                      \
    {                                                                                              \
        OTHER_RST(d, 28), OTHER_RST(c, 25), OTHER_RST(b, 22), OTHER_RST(a, 19),                    \
            UNMODELLED_EACH("EXTEVNT%u", BIT(9), 10, 1, why_external),                             \
            UNMODELLED_EACH("MSTCMP%u", BIT(5), 4, 1, why_external),                               \
            UNMODELLED("MSTPER", BIT(4), why_external), UNMODELLED("CMP4", BIT(3), why_external),  \
            UNMODELLED("CMP2", BIT(2), why_external), UNMODELLED("UPDT", BIT(1), why_external),    \
            FIELDS_END                                                                             \
    }
#define OTHER_CPT(letter, bit)                                                                     \
    UNMODELLED("T" letter "1SET", BIT(bit), why_capture),                                          \
        UNMODELLED("T" letter "1RST", BIT((bit) + 1), why_capture),                                \
        UNMODELLED("T" letter "CMP1", BIT((bit) + 2), why_capture),                                \
        UNMODELLED("T" letter "CMP2", BIT((bit) + 3), why_capture)
#define TIMER_CPT(...)                                                                             \
    {                                                                                              \
        __VA_ARGS__, UNMODELLED_EACH("EXEV%uCPT", BIT(2), 10, 1, why_capture),                     \
            UNMODELLED("UPDCPT", BIT(1), why_capture), UNMODELLED("SWCPT", BIT(0), why_capture),   \
            FIELDS_END                                                                             \
    }

static const struct field timacr[] =
    TIMER_CR(OTHER_U("E", 23), OTHER_U("D", 22), OTHER_U("C", 21), OTHER_U("B", 20));
static const struct field rstar[] = TIMER_RST("B", "C", "D", "E");
static const struct field cptacr[] =
    TIMER_CPT(OTHER_CPT("E", 28), OTHER_CPT("D", 24), OTHER_CPT("C", 20), OTHER_CPT("B", 16));
static const struct field timbcr[] =
    TIMER_CR(OTHER_U("E", 23), OTHER_U("D", 22), OTHER_U("C", 21), OTHER_U("A", 19));
static const struct field rstbr[] = TIMER_RST("A", "C", "D", "E");
static const struct field cptbcr[] =
    TIMER_CPT(OTHER_CPT("E", 28), OTHER_CPT("D", 24), OTHER_CPT("C", 20), OTHER_CPT("A", 12));
static const struct field timccr[] =
    TIMER_CR(OTHER_U("E", 23), OTHER_U("D", 22), OTHER_U("B", 20), OTHER_U("A", 19));
static const struct field rstcr[] = TIMER_RST("A", "B", "D", "E");
static const struct field cptccr[] =
    TIMER_CPT(OTHER_CPT("E", 28), OTHER_CPT("D", 24), OTHER_CPT("B", 16), OTHER_CPT("A", 12));
static const struct field timdcr[] =
    TIMER_CR(OTHER_U("E", 23), OTHER_U("C", 21), OTHER_U("B", 20), OTHER_U("A", 19));
static const struct field rstdr[] = TIMER_RST("A", "B", "C", "E");
static const struct field cptdcr[] =
    TIMER_CPT(OTHER_CPT("E", 28), OTHER_CPT("C", 20), OTHER_CPT("B", 16), OTHER_CPT("A", 12));
static const struct field timecr[] =
    TIMER_CR(OTHER_U("D", 22), OTHER_U("C", 21), OTHER_U("B", 20), OTHER_U("A", 19));
static const struct field rster[] = TIMER_RST("A", "B", "C", "D");
static const struct field cptecr[] =
    TIMER_CPT(OTHER_CPT("D", 24), OTHER_CPT("C", 20), OTHER_CPT("B", 16), OTHER_CPT("A", 12));
#define BURST(letter)                                                                              \
    {                                                                                              \
        UNMODELLED("TIM" letter "FLTR", BIT(20), why_burst_dma),                                   \
            UNMODELLED("TIM" letter "OUTR", BIT(19), why_burst_dma),                               \
            UNMODELLED("TIM" letter "CHPR", BIT(18), why_burst_dma),                               \
            UNMODELLED("TIM" letter "RSTR", BIT(17), why_burst_dma),                               \
            UNMODELLED("TIM" letter "EEFR2", BIT(16), why_burst_dma),                              \
            UNMODELLED("TIM" letter "EEFR1", BIT(15), why_burst_dma),                              \
            UNMODELLED("TIM" letter "RST2R", BIT(14), why_burst_dma),                              \
            UNMODELLED("TIM" letter "SET2R", BIT(13), why_burst_dma),                              \
            UNMODELLED("TIM" letter "RST1R", BIT(12), why_burst_dma),                              \
            UNMODELLED("TIM" letter "SET1R", BIT(11), why_burst_dma),                              \
            UNMODELLED("TIM" letter "DTR", BIT(10), why_burst_dma),                                \
            UNMODELLED("TIM" letter "CMP4", BIT(9), why_burst_dma),                                \
            UNMODELLED("TIM" letter "CMP3", BIT(8), why_burst_dma),                                \
            UNMODELLED("TIM" letter "CMP2", BIT(7), why_burst_dma),                                \
            UNMODELLED("TIM" letter "CMP1", BIT(6), why_burst_dma),                                \
            UNMODELLED("TIM" letter "REP", BIT(5), why_burst_dma),                                 \
            UNMODELLED("TIM" letter "PER", BIT(4), why_burst_dma),                                 \
            UNMODELLED("TIM" letter "CNT", BIT(3), why_burst_dma),                                 \
            UNMODELLED("TIM" letter "DIER", BIT(2), why_burst_dma),                                \
            UNMODELLED("TIM" letter "ICR", BIT(1), why_burst_dma),                                 \
            UNMODELLED("TIM" letter "CR", BIT(0), why_burst_dma), FIELDS_END                       \
    }
static const struct field bdtaupr[] = BURST("A");
static const struct field bdtbupr[] = BURST("B");
static const struct field bdtcupr[] = BURST("C");
static const struct field bdtdupr[] = BURST("D");
static const struct field bdteupr[] = BURST("E");

const struct reg_fields hrtim_fields[] = {
    {0x000, 1, 0, mcr},           {0x004, 1, 0, misr},         {0x008, 1, 0, micr},
    {0x00C, 1, 0, mdier},         {0x010, 1, 0, mcntr},        {0x014, 1, 0, mper},
    {0x018, 1, 0, mrep},          {0x01C, 1, 0, mcmp1r},       {0x024, 1, 0, mcmp2r},
    {0x028, 1, 0, mcmp3r},        {0x02C, 1, 0, mcmp4r},       {0x080, 1, 0, timacr},
    {0x084, 5, 0x80, timxisr},    {0x088, 5, 0x80, timxicr},   {0x08C, 5, 0x80, timxdier},
    {0x090, 5, 0x80, cntxr},      {0x094, 5, 0x80, perxr},     {0x098, 5, 0x80, repxr},
    {0x09C, 5, 0x80, cmp1xr},     {0x0A0, 5, 0x80, cmp1cxr},   {0x0A4, 5, 0x80, cmp2xr},
    {0x0A8, 5, 0x80, cmp3xr},     {0x0AC, 5, 0x80, cmp4xr},    {0x0B0, 5, 0x80, cpt1xr},
    {0x0B4, 5, 0x80, cpt2xr},     {0x0B8, 5, 0x80, dtxr},      {0x0BC, 5, 0x80, setxr},
    {0x0C0, 5, 0x80, rstxr},      {0x0C4, 5, 0x80, setxr},     {0x0C8, 5, 0x80, rstxr},
    {0x0CC, 5, 0x80, eefxr1},     {0x0D0, 5, 0x80, eefxr2},    {0x0D4, 1, 0, rstar},
    {0x0D8, 5, 0x80, chpxr},      {0x0DC, 2, 0x4, cptacr},     {0x0E4, 5, 0x80, outxr},
    {0x0E8, 5, 0x80, fltxr},      {0x100, 1, 0, timbcr},       {0x154, 1, 0, rstbr},
    {0x15C, 2, 0x4, cptbcr},      {0x180, 1, 0, timccr},       {0x1D4, 1, 0, rstcr},
    {0x1DC, 2, 0x4, cptccr},      {0x200, 1, 0, timdcr},       {0x254, 1, 0, rstdr},
    {0x25C, 2, 0x4, cptdcr},      {0x280, 1, 0, timecr},       {0x2D4, 1, 0, rster},
    {0x2DC, 2, 0x4, cptecr},      {0x380, 1, 0, hrtim_cr1},    {0x384, 1, 0, hrtim_cr2},
    {0x388, 1, 0, hrtim_isr},     {0x38C, 1, 0, hrtim_icr},    {0x390, 1, 0, hrtim_ier},
    {0x394, 1, 0, hrtim_oenr},    {0x398, 1, 0, hrtim_odisr},  {0x39C, 1, 0, hrtim_odsr},
    {0x3A0, 1, 0, hrtim_bmcr},    {0x3A4, 1, 0, hrtim_bmtrgr}, {0x3A8, 1, 0, hrtim_bmcmpr},
    {0x3AC, 1, 0, hrtim_bmper},   {0x3B0, 1, 0, hrtim_eecr1},  {0x3B4, 1, 0, hrtim_eecr2},
    {0x3B8, 1, 0, hrtim_eecr3},   {0x3BC, 1, 0, hrtim_adc1r},  {0x3C0, 1, 0, hrtim_adc2r},
    {0x3C4, 1, 0, hrtim_adc3r},   {0x3C8, 1, 0, hrtim_adc4r},  {0x3D0, 1, 0, hrtim_fltinr1},
    {0x3D4, 1, 0, hrtim_fltinr2}, {0x3D8, 1, 0, hrtim_bdmupr}, {0x3DC, 1, 0, bdtaupr},
    {0x3E0, 1, 0, bdtbupr},       {0x3E4, 1, 0, bdtcupr},      {0x3E8, 1, 0, bdtdupr},
    {0x3EC, 1, 0, bdteupr},       {0x3F0, 1, 0, hrtim_bdmadr}, REG_FIELDS_END};
