/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* HRTIM: its registers (RM0399 Rev 4, 39.5). */
#include "vboard/periph/hrtim/internal.h"

#define WORD_ONLY 4u
/* Slot `r` of timer `n`: 0 the master, 1 to 5 A to E. */
#define AT(n, r) ((n)*T_COUNT + (r))

/* Bits of CR that act; those of CR and CPTyCR that stand for the timer itself are reserved. */
#define CR_ACTING 0x806001Fu
#define TIMER(n, x, cr, cpt)                                                                       \
    [AT(n, T_CR)] = {.offset = 0x80 * (n) + 0x00,                                                  \
                     .name = "TIM" x "CR",                                                         \
                     .rw = (cr),                                                                   \
                     .unmodelled = (cr) & ~CR_ACTING,                                              \
                     .widths = WORD_ONLY,                                                          \
                     .write = hrtim_tim_cr_write},                                                 \
           [AT(n, T_ISR)] = {.offset = 0x80 * (n) + 0x04,                                          \
                             .name = "TIM" x "ISR",                                                \
                             .ro = 0x3F7FDFu,                                                      \
                             .unmodelled = 0xF5F80u,                                               \
                             .widths = WORD_ONLY,                                                  \
                             .read = hrtim_isr_read},                                              \
           [AT(n, T_ICR)] = {.offset = 0x80 * (n) + 0x08,                                          \
                             .name = "TIM" x "ICR",                                                \
                             .wo = 0x7FDFu,                                                        \
                             .widths = WORD_ONLY,                                                  \
                             .write = hrtim_icr_write},                                            \
           [AT(n, T_DIER)] = {.offset = 0x80 * (n) + 0x0C,                                         \
                              .name = "TIM" x "DIER",                                              \
                              .rw = 0x7FDF7FDFu,                                                   \
                              .unmodelled = 0x7FDF5F80u,                                           \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_change},                                              \
           [AT(n, T_CNT)] = {.offset = 0x80 * (n) + 0x10,                                          \
                             .name = "CNT" x "R",                                                  \
                             .rw = 0xFFFFu,                                                        \
                             .widths = WORD_ONLY,                                                  \
                             .read = hrtim_cnt_read,                                               \
                             .write = hrtim_cnt_write},                                            \
           [AT(n, T_PER)] = {.offset = 0x80 * (n) + 0x14,                                          \
                             .name = "PER" x "R",                                                  \
                             .reset = 0xFFDF,                                                      \
                             .rw = 0xFFFFu,                                                        \
                             .widths = WORD_ONLY,                                                  \
                             .write = hrtim_value_write},                                          \
           [AT(n, T_REP)] = {.offset = 0x80 * (n) + 0x18,                                          \
                             .name = "REP" x "R",                                                  \
                             .rw = 0xFFu,                                                          \
                             .widths = WORD_ONLY,                                                  \
                             .write = hrtim_value_write},                                          \
           [AT(n, T_CMP1)] = {.offset = 0x80 * (n) + 0x1C,                                         \
                              .name = "CMP1" x "R",                                                \
                              .rw = 0xFFFFu,                                                       \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_value_write},                                         \
           [AT(n, T_CMP1C)] = {.offset = 0x80 * (n) + 0x20,                                        \
                               .name = "CMP1C" x "R",                                              \
                               .rw = 0xFFFFFFu,                                                    \
                               .widths = WORD_ONLY,                                                \
                               .write = hrtim_cmp1c_write},                                        \
           [AT(n, T_CMP2)] = {.offset = 0x80 * (n) + 0x24,                                         \
                              .name = "CMP2" x "R",                                                \
                              .rw = 0xFFFFu,                                                       \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_value_write},                                         \
           [AT(n, T_CMP3)] = {.offset = 0x80 * (n) + 0x28,                                         \
                              .name = "CMP3" x "R",                                                \
                              .rw = 0xFFFFu,                                                       \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_value_write},                                         \
           [AT(n, T_CMP4)] = {.offset = 0x80 * (n) + 0x2C,                                         \
                              .name = "CMP4" x "R",                                                \
                              .rw = 0xFFFFu,                                                       \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_value_write},                                         \
           [AT(n, T_CPT1)] = {.offset = 0x80 * (n) + 0x30,                                         \
                              .name = "CPT1" x "R",                                                \
                              .ro = 0xFFFFu,                                                       \
                              .unmodelled = 0xFFFFu,                                               \
                              .widths = WORD_ONLY},                                                \
           [AT(n, T_CPT2)] = {.offset = 0x80 * (n) + 0x34,                                         \
                              .name = "CPT2" x "R",                                                \
                              .ro = 0xFFFFu,                                                       \
                              .unmodelled = 0xFFFFu,                                               \
                              .widths = WORD_ONLY},                                                \
           [AT(n, T_DT)] = {.offset = 0x80 * (n) + 0x38,                                           \
                            .name = "DT" x "R",                                                    \
                            .rw = 0xC3FFDFFFu,                                                     \
                            .unmodelled = 0xC3FFDFFFu,                                             \
                            .widths = WORD_ONLY},                                                  \
           [AT(n, T_SET1)] = {.offset = 0x80 * (n) + 0x3C,                                         \
                              .name = "SET" x "1R",                                                \
                              .rw = 0xFFFFFFFFu,                                                   \
                              .unmodelled = 0xFFFFFF82u,                                           \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_set_write},                                           \
           [AT(n, T_RST1)] = {.offset = 0x80 * (n) + 0x40,                                         \
                              .name = "RST" x "1R",                                                \
                              .rw = 0xFFFFFFFFu,                                                   \
                              .unmodelled = 0xFFFFFF82u,                                           \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_set_write},                                           \
           [AT(n, T_SET2)] = {.offset = 0x80 * (n) + 0x44,                                         \
                              .name = "SET" x "2R",                                                \
                              .rw = 0xFFFFFFFFu,                                                   \
                              .unmodelled = 0xFFFFFF82u,                                           \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_set_write},                                           \
           [AT(n, T_RST2)] = {.offset = 0x80 * (n) + 0x48,                                         \
                              .name = "RST" x "2R",                                                \
                              .rw = 0xFFFFFFFFu,                                                   \
                              .unmodelled = 0xFFFFFF82u,                                           \
                              .widths = WORD_ONLY,                                                 \
                              .write = hrtim_set_write},                                           \
           [AT(n, T_EEF1)] = {.offset = 0x80 * (n) + 0x4C,                                         \
                              .name = "EEF" x "R1",                                                \
                              .rw = 0x1F7DF7DFu,                                                   \
                              .unmodelled = 0x1F7DF7DFu,                                           \
                              .widths = WORD_ONLY},                                                \
           [AT(n, T_EEF2)] = {.offset = 0x80 * (n) + 0x50,                                         \
                              .name = "EEF" x "R2",                                                \
                              .rw = 0x1F7DF7DFu,                                                   \
                              .unmodelled = 0x1F7DF7DFu,                                           \
                              .widths = WORD_ONLY},                                                \
           [AT(n, T_RST)] = {.offset = 0x80 * (n) + 0x54,                                          \
                             .name = "RST" x "R",                                                  \
                             .rw = 0x7FFFFFFEu,                                                    \
                             .unmodelled = 0x7FFFFFFEu,                                            \
                             .widths = WORD_ONLY},                                                 \
           [AT(n, T_CHP)] = {.offset = 0x80 * (n) + 0x58,                                          \
                             .name = "CHP" x "R",                                                  \
                             .rw = 0x7FFu,                                                         \
                             .unmodelled = 0x7FFu,                                                 \
                             .widths = WORD_ONLY},                                                 \
           [AT(n, T_CPT1C)] = {.offset = 0x80 * (n) + 0x5C,                                        \
                               .name = "CPT1" x "CR",                                              \
                               .rw = (cpt),                                                        \
                               .unmodelled = (cpt),                                                \
                               .widths = WORD_ONLY},                                               \
           [AT(n, T_CPT2C)] = {.offset = 0x80 * (n) + 0x60,                                        \
                               .name = "CPT2" x "CR",                                              \
                               .rw = (cpt),                                                        \
                               .unmodelled = (cpt),                                                \
                               .widths = WORD_ONLY},                                               \
           [AT(n, T_OUT)] = {.offset = 0x80 * (n) + 0x64,                                          \
                             .name = "OUT" x "R",                                                  \
                             .rw = 0xFE1FFEu,                                                      \
                             .unmodelled = 0xF41FF4u,                                              \
                             .widths = WORD_ONLY,                                                  \
                             .write = hrtim_change},                                               \
           [AT(n, T_FLT)] = {.offset = 0x80 * (n) + 0x68,                                          \
                             .name = "FLT" x "R",                                                  \
                             .rw = 0x8000001Fu,                                                    \
                             .unmodelled = 0x8000001Fu,                                            \
                             .widths = WORD_ONLY}

const struct reg hrtim_regs[H_COUNT] = {
    [AT(0, T_CR)] = {.offset = 0x00,
                     .name = "MCR",
                     .rw = 0xEE3FFF3Fu,
                     .unmodelled = 0xC600FF20u,
                     .widths = WORD_ONLY,
                     .write = hrtim_mcr_write},
    [AT(0, T_ISR)] = {.offset = 0x04,
                      .name = "MISR",
                      .ro = 0x7Fu,
                      .unmodelled = 0x20u,
                      .widths = WORD_ONLY,
                      .read = hrtim_isr_read},
    [AT(0, T_ICR)] = {.offset = 0x08,
                      .name = "MICR",
                      .wo = 0x7Fu,
                      .widths = WORD_ONLY,
                      .write = hrtim_icr_write},
    [AT(0, T_DIER)] = {.offset = 0x0C,
                       .name = "MDIER",
                       .rw = 0x7F007Fu,
                       .unmodelled = 0x7F0020u,
                       .widths = WORD_ONLY,
                       .write = hrtim_change},
    [AT(0, T_CNT)] = {.offset = 0x10,
                      .name = "MCNTR",
                      .rw = 0xFFFFu,
                      .widths = WORD_ONLY,
                      .read = hrtim_cnt_read,
                      .write = hrtim_cnt_write},
    [AT(0, T_PER)] = {.offset = 0x14,
                      .name = "MPER",
                      .reset = 0xFFDF,
                      .rw = 0xFFFFu,
                      .widths = WORD_ONLY,
                      .write = hrtim_value_write},
    [AT(0, T_REP)] = {.offset = 0x18,
                      .name = "MREP",
                      .rw = 0xFFu,
                      .widths = WORD_ONLY,
                      .write = hrtim_value_write},
    [AT(0, T_CMP1)] = {.offset = 0x1C,
                       .name = "MCMP1R",
                       .rw = 0xFFFFu,
                       .widths = WORD_ONLY,
                       .write = hrtim_value_write},
    [AT(0, T_CMP2)] = {.offset = 0x24,
                       .name = "MCMP2R",
                       .rw = 0xFFFFu,
                       .widths = WORD_ONLY,
                       .write = hrtim_value_write},
    [AT(0, T_CMP3)] = {.offset = 0x28,
                       .name = "MCMP3R",
                       .rw = 0xFFFFu,
                       .widths = WORD_ONLY,
                       .write = hrtim_value_write},
    [AT(0, T_CMP4)] = {.offset = 0x2C,
                       .name = "MCMP4R",
                       .rw = 0xFFFFu,
                       .widths = WORD_ONLY,
                       .write = hrtim_value_write},
    TIMER(1, "A", 0xFFF6FC7Fu, 0xFFFF0FFFu),
    TIMER(2, "B", 0xFFEEFC7Fu, 0xFFF0FFFFu),
    TIMER(3, "C", 0xFFDEFC7Fu, 0xFF0FFFFFu),
    TIMER(4, "D", 0xFFBEFC7Fu, 0xF0FFFFFFu),
    TIMER(5, "E", 0xFF7EFC7Fu, 0xFFFFFFFu),
    [H_CR1] = {.offset = 0x380, .name = "CR1", .rw = 0xFFF003Fu, .widths = WORD_ONLY},
    [H_CR2] = {.offset = 0x384,
               .name = "CR2",
               .w1s = 0x3F3Fu,
               .widths = WORD_ONLY,
               .write = hrtim_cr2_write},
    [H_ISR] = {.offset = 0x388,
               .name = "ISR",
               .ro = 0x2003Fu,
               .unmodelled = 0x2003Fu,
               .widths = WORD_ONLY},
    [H_ICR] = {.offset = 0x38C, .name = "ICR", .wo = 0x2003Fu, .widths = WORD_ONLY},
    [H_IER] = {.offset = 0x390,
               .name = "IER",
               .rw = 0x2003Fu,
               .unmodelled = 0x2003Fu,
               .widths = WORD_ONLY},
    [H_OENR] = {.offset = 0x394,
                .name = "OENR",
                .w1s = 0x3FFu,
                .widths = WORD_ONLY,
                .write = hrtim_oenr_write},
    [H_ODISR] = {.offset = 0x398,
                 .name = "ODISR",
                 .wo = 0x3FFu,
                 .widths = WORD_ONLY,
                 .write = hrtim_odisr_write},
    [H_ODSR] = {.offset = 0x39C, .name = "ODSR", .ro = 0x3FFu, .widths = WORD_ONLY},
    [H_BMCR] = {.offset = 0x3A0,
                .name = "BMCR",
                .rw = 0x3F07FFu,
                .w0c = 1u << 31,
                .unmodelled = 0x803F07FFu,
                .widths = WORD_ONLY},
    [H_BMTRGR] = {.offset = 0x3A4,
                  .name = "BMTRGR",
                  .rw = 0xFFFFFFFFu,
                  .unmodelled = 0xFFFFFFFFu,
                  .widths = WORD_ONLY},
    [H_BMCMPR] = {.offset = 0x3A8, .name = "BMCMPR", .rw = 0xFFFFu, .widths = WORD_ONLY},
    [H_BMPER] = {.offset = 0x3AC, .name = "BMPER", .rw = 0xFFFFu, .widths = WORD_ONLY},
    [H_EECR1] = {.offset = 0x3B0,
                 .name = "EECR1",
                 .rw = 0x3FFFFFFFu,
                 .unmodelled = 0x3FFFFFFFu,
                 .widths = WORD_ONLY},
    [H_EECR2] = {.offset = 0x3B4,
                 .name = "EECR2",
                 .rw = 0x1F7DF7DFu,
                 .unmodelled = 0x1F7DF7DFu,
                 .widths = WORD_ONLY},
    [H_EECR3] = {.offset = 0x3B8,
                 .name = "EECR3",
                 .rw = 0xCF3CF3CFu,
                 .unmodelled = 0xCF3CF3CFu,
                 .widths = WORD_ONLY},
    [H_ADC1R] = {.offset = 0x3BC,
                 .name = "ADC1R",
                 .rw = 0xFFFFFFFFu,
                 .unmodelled = 0xFFFFFFFFu,
                 .widths = WORD_ONLY},
    [H_ADC2R] = {.offset = 0x3C0,
                 .name = "ADC2R",
                 .rw = 0xFFFFFFFFu,
                 .unmodelled = 0xFFFFFFFFu,
                 .widths = WORD_ONLY},
    [H_ADC3R] = {.offset = 0x3C4,
                 .name = "ADC3R",
                 .rw = 0xFFFFFFFFu,
                 .unmodelled = 0xFFFFFFFFu,
                 .widths = WORD_ONLY},
    [H_ADC4R] = {.offset = 0x3C8,
                 .name = "ADC4R",
                 .rw = 0xFFFFFFFFu,
                 .unmodelled = 0xFFFFFFFFu,
                 .widths = WORD_ONLY},
    [H_FLTINR1] = {.offset = 0x3D0,
                   .name = "FLTINR1",
                   .rw = 0xFFFFFFFFu,
                   .unmodelled = 0xFFFFFFFFu,
                   .widths = WORD_ONLY},
    [H_FLTINR2] = {.offset = 0x3D4,
                   .name = "FLTINR2",
                   .rw = 0x30000FFu,
                   .unmodelled = 0x30000FFu,
                   .widths = WORD_ONLY},
    [H_BDMUPR] = {.offset = 0x3D8,
                  .name = "BDMUPR",
                  .rw = 0x3FFu,
                  .unmodelled = 0x3FFu,
                  .widths = WORD_ONLY},
    [H_BDTAUPR + 0] = {.offset = 0x3DC,
                       .name = "BDTAUPR",
                       .rw = 0x1FFFFFu,
                       .unmodelled = 0x1FFFFFu,
                       .widths = WORD_ONLY},
    [H_BDTAUPR + 1] = {.offset = 0x3E0,
                       .name = "BDTBUPR",
                       .rw = 0x1FFFFFu,
                       .unmodelled = 0x1FFFFFu,
                       .widths = WORD_ONLY},
    [H_BDTAUPR + 2] = {.offset = 0x3E4,
                       .name = "BDTCUPR",
                       .rw = 0x1FFFFFu,
                       .unmodelled = 0x1FFFFFu,
                       .widths = WORD_ONLY},
    [H_BDTAUPR + 3] = {.offset = 0x3E8,
                       .name = "BDTDUPR",
                       .rw = 0x1FFFFFu,
                       .unmodelled = 0x1FFFFFu,
                       .widths = WORD_ONLY},
    [H_BDTAUPR + 4] = {.offset = 0x3EC,
                       .name = "BDTEUPR",
                       .rw = 0x1FFFFFu,
                       .unmodelled = 0x1FFFFFu,
                       .widths = WORD_ONLY},
    [H_BDMADR] = {.offset = 0x3F0,
                  .name = "BDMADR",
                  .wo = 0xFFFFFFFFu,
                  .unmodelled = 0xFFFFFFFFu,
                  .widths = WORD_ONLY},
};
