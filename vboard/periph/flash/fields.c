/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* FLASH: the fields of its registers (RM0399 Rev 4, 4.9) and what the model makes of each. */
#include "vboard/chip/fields.h"
#include "vboard/periph/flash/flash.h"

static const char why_bor[] = "no brown-out reset: VDD is there or not";
static const char why_crc[] = "no CRC unit";
static const char why_fz[] = "a watchdog runs on in Stop and Standby";
static const char why_hslv_opt[] = "pads have no speed; wrong above 2.7 V";
static const char why_never[] = "the flag never comes";
static const char why_never_ie[] = "its flag never comes";
static const char why_nrst[] = "entering Stop or Standby never resets";
static const char why_opterr[] = "an option change never fails";
static const char why_pcrop[] = "no PCROP areas";
static const char why_prot[] = "no PCROP and secure areas: never set";
static const char why_rdp[] = "a change is reported and has no effect: no readout protection";
static const char why_sector[] = "no special sectors";
static const char why_secure[] = "no secure areas";
static const char why_security[] = "no secure mode";
static const char why_strams[] = "used with SECURITY only, which is reported";
static const char why_swap[] = "the banks are never swapped";
static const char why_swapr[] = "the banks are never swapped: reads 0";

static const struct field acr[] = {ACTS("WRHIGHFREQ", BITS(5, 4)), ACTS("LATENCY", BITS(3, 0)),
                                   FIELDS_END};
static const struct field optkeyr[] = {ACTS("OPTKEYR", BITS(31, 0)), FIELDS_END};
static const struct field optcr[] = {UNMODELLED("SWAP_BANK", BIT(31), why_swapr),
                                     ACTS("OPTCHANGEERRIE", BIT(30)),
                                     ACTS("MER", BIT(4)),
                                     ACTS("OPTSTART", BIT(1)),
                                     ACTS("OPTLOCK", BIT(0)),
                                     FIELDS_END};
static const struct field optsr_cur[] = {ACTS("SWAP_BANK_OPT", BIT(31)),
                                         UNMODELLED("OPTCHANGEERR", BIT(30), why_opterr),
                                         ACTS("IO_HSLV", BIT(29)),
                                         ACTS("NRST_STBY_D2", BIT(25)),
                                         ACTS("NRST_STOP_D2", BIT(24)),
                                         ACTS("BOOT_CM7", BIT(23)),
                                         ACTS("BOOT_CM4", BIT(22)),
                                         ACTS("SECURITY", BIT(21)),
                                         ACTS("ST_RAM_SIZE", BITS(20, 19)),
                                         ACTS("IWDG_FZ_SDBY", BIT(18)),
                                         ACTS("IWDG_FZ_STOP", BIT(17)),
                                         ACTS("RDP", BITS(15, 8)),
                                         ACTS("NRST_STDY_D1", BIT(7)),
                                         ACTS("NRST_STOP_D1", BIT(6)),
                                         ACTS("IWDG2_SW", BIT(5)),
                                         ACTS("IWDG_SW", BIT(4)),
                                         ACTS("BOR_LEV", BITS(3, 2)),
                                         ACTS("OPT_BUSY", BIT(0)),
                                         FIELDS_END};
static const struct field optsr_prg[] = {DECISIVE("SWAP_BANK_OPT", BIT(31), why_swap),
                                         UNMODELLED("IO_HSLV", BIT(29), why_hslv_opt),
                                         DECISIVE("NRST_STBY_D2", BIT(25), why_nrst),
                                         DECISIVE("NRST_STOP_D2", BIT(24), why_nrst),
                                         ACTS("BOOT_CM7", BIT(23)),
                                         ACTS("BOOT_CM4", BIT(22)),
                                         DECISIVE("SECURITY", BIT(21), why_security),
                                         NO_ACTION("ST_RAM_SIZE", BITS(20, 19), why_strams),
                                         UNMODELLED("IWDG_FZ_SDBY", BIT(18), why_fz),
                                         UNMODELLED("IWDG_FZ_STOP", BIT(17), why_fz),
                                         PARTLY("RDP", BITS(15, 8), why_rdp),
                                         DECISIVE("NRST_STDY_D1", BIT(7), why_nrst),
                                         DECISIVE("NRST_STOP_D1", BIT(6), why_nrst),
                                         ACTS("IWDG2_SW", BIT(5)),
                                         ACTS("IWDG_SW", BIT(4)),
                                         UNMODELLED("BOR_LEV", BITS(3, 2), why_bor),
                                         FIELDS_END};
static const struct field optccr[] = {ACTS("CLR_OPTCHANGEERR", BIT(30)), FIELDS_END};
static const struct field boot7_curr[] = {ACTS("BOOT_CM7_ADD1", BITS(31, 16)),
                                          ACTS("BOOT_CM7_ADD0", BITS(15, 0)), FIELDS_END};
static const struct field boot7_prgr[] = {ACTS("BOOT_CM7_ADD1", BITS(31, 16)),
                                          ACTS("BOOT_CM7_ADD0", BITS(15, 0)), FIELDS_END};
static const struct field boot4_curr[] = {ACTS("BOOT_CM4_ADD1", BITS(31, 16)),
                                          ACTS("BOOT_CM4_ADD0", BITS(15, 0)), FIELDS_END};
static const struct field boot4_prgr[] = {ACTS("BOOT_CM4_ADD1", BITS(31, 16)),
                                          ACTS("BOOT_CM4_ADD0", BITS(15, 0)), FIELDS_END};
static const struct field crcdatar[] = {UNMODELLED("CRC_DATA", BITS(31, 0), why_crc), FIELDS_END};
static const struct field keyr1[] = {ACTS("KEY1R", BITS(31, 0)), FIELDS_END};
static const struct field cr1[] = {NO_ACTION("CRCRDERRIE1", BIT(28), why_never_ie),
                                   NO_ACTION("CRCENDIE1", BIT(27), why_never_ie),
                                   ACTS("DBECCERRIE1", BIT(26)),
                                   ACTS("SNECCERRIE1", BIT(25)),
                                   NO_ACTION("RDSERRIE1", BIT(24), why_never_ie),
                                   NO_ACTION("RDPERRIE1", BIT(23), why_never_ie),
                                   ACTS("OPERRIE1", BIT(22)),
                                   ACTS("INCERRIE1", BIT(21)),
                                   ACTS("STRBERRIE1", BIT(19)),
                                   ACTS("PGSERRIE1", BIT(18)),
                                   ACTS("WRPERRIE1", BIT(17)),
                                   ACTS("EOPIE1", BIT(16)),
                                   UNMODELLED("CRC_EN", BIT(15), why_crc),
                                   ACTS("SNB1", BITS(10, 8)),
                                   ACTS("START1", BIT(7)),
                                   ACTS("FW1", BIT(6)),
                                   ACTS("PSIZE1", BITS(5, 4)),
                                   ACTS("BER1", BIT(3)),
                                   ACTS("SER1", BIT(2)),
                                   ACTS("PG1", BIT(1)),
                                   ACTS("LOCK1", BIT(0)),
                                   FIELDS_END};
static const struct field sr1[] = {UNMODELLED("CRCRDERR1", BIT(28), why_crc),
                                   UNMODELLED("CRCEND1", BIT(27), why_crc),
                                   ACTS("DBECCERR1", BIT(26)),
                                   ACTS("SNECCERR1", BIT(25)),
                                   UNMODELLED("RDSERR1", BIT(24), why_prot),
                                   UNMODELLED("RDPERR1", BIT(23), why_prot),
                                   ACTS("OPERR1", BIT(22)),
                                   ACTS("INCERR1", BIT(21)),
                                   ACTS("STRBERR1", BIT(19)),
                                   ACTS("PGSERR1", BIT(18)),
                                   ACTS("WRPERR1", BIT(17)),
                                   ACTS("EOP1", BIT(16)),
                                   UNMODELLED("CRC_BUSY1", BIT(3), why_crc),
                                   ACTS("QW1", BIT(2)),
                                   ACTS("WBNE1", BIT(1)),
                                   ACTS("BSY1", BIT(0)),
                                   FIELDS_END};
static const struct field ccr1[] = {NO_ACTION("CLR_CRCRDERR1", BIT(28), why_never),
                                    NO_ACTION("CLR_CRCEND1", BIT(27), why_never),
                                    ACTS("CLR_DBECCERR1", BIT(26)),
                                    ACTS("CLR_SNECCERR1", BIT(25)),
                                    NO_ACTION("CLR_RDSERR1", BIT(24), why_never),
                                    NO_ACTION("CLR_RDPERR1", BIT(23), why_never),
                                    ACTS("CLR_OPERR1", BIT(22)),
                                    ACTS("CLR_INCERR1", BIT(21)),
                                    ACTS("CLR_STRBERR1", BIT(19)),
                                    ACTS("CLR_PGSERR1", BIT(18)),
                                    ACTS("CLR_WRPERR1", BIT(17)),
                                    ACTS("CLR_EOP1", BIT(16)),
                                    FIELDS_END};
static const struct field prar_cur1[] = {ACTS("DMEP1", BIT(31)),
                                         ACTS("PROT_AREA_END1", BITS(27, 16)),
                                         ACTS("PROT_AREA_START1", BITS(11, 0)), FIELDS_END};
static const struct field prar_prg1[] = {
    DECISIVE("DMEP1", BIT(31), why_pcrop), DECISIVE("PROT_AREA_END1", BITS(27, 16), why_pcrop),
    DECISIVE("PROT_AREA_START1", BITS(11, 0), why_pcrop), FIELDS_END};
static const struct field scar_cur1[] = {ACTS("DMES1", BIT(31)),
                                         ACTS("SEC_AREA_END1", BITS(27, 16)),
                                         ACTS("SEC_AREA_START1", BITS(11, 0)), FIELDS_END};
static const struct field scar_prg1[] = {
    DECISIVE("DMES1", BIT(31), why_secure), DECISIVE("SEC_AREA_END1", BITS(27, 16), why_secure),
    DECISIVE("SEC_AREA_START1", BITS(11, 0), why_secure), FIELDS_END};
static const struct field wpsn_cur1[] = {ACTS("WRPSn1", BITS(7, 0)), FIELDS_END};
static const struct field wpsn_prg1[] = {ACTS("WRPSn1", BITS(7, 0)), FIELDS_END};
static const struct field crccr1[] = {UNMODELLED("ALL_BANK", BIT(22), why_crc),
                                      UNMODELLED("CRC_BURST", BITS(21, 20), why_crc),
                                      UNMODELLED("CLEAN_CRC", BIT(17), why_crc),
                                      UNMODELLED("START_CRC", BIT(16), why_crc),
                                      UNMODELLED("CLEAN_SECT", BIT(10), why_crc),
                                      UNMODELLED("ADD_SECT", BIT(9), why_crc),
                                      UNMODELLED("CRC_BY_SECT", BIT(8), why_crc),
                                      UNMODELLED("CRC_SECT", BITS(2, 0), why_crc),
                                      FIELDS_END};
static const struct field crcsadd1[] = {UNMODELLED("CRC_START_ADDR", BITS(19, 2), why_crc),
                                        FIELDS_END};
static const struct field crceadd1[] = {UNMODELLED("CRC_END_ADDR", BITS(19, 2), why_crc),
                                        FIELDS_END};
static const struct field ecc_fa1[] = {ACTS("FAIL_ECC_ADDR1", BITS(14, 0)), FIELDS_END};
static const struct field keyr2[] = {ACTS("KEY2R", BITS(31, 0)), FIELDS_END};
static const struct field cr2[] = {NO_ACTION("CRCRDERRIE2", BIT(28), why_never_ie),
                                   NO_ACTION("CRCENDIE2", BIT(27), why_never_ie),
                                   ACTS("DBECCERRIE2", BIT(26)),
                                   ACTS("SNECCERRIE2", BIT(25)),
                                   NO_ACTION("RDSERRIE2", BIT(24), why_never_ie),
                                   NO_ACTION("RDPERRIE2", BIT(23), why_never_ie),
                                   ACTS("OPERRIE2", BIT(22)),
                                   ACTS("INCERRIE2", BIT(21)),
                                   ACTS("STRBERRIE2", BIT(19)),
                                   ACTS("PGSERRIE2", BIT(18)),
                                   ACTS("WRPERRIE2", BIT(17)),
                                   ACTS("EOPIE2", BIT(16)),
                                   UNMODELLED("CRC_EN", BIT(15), why_crc),
                                   UNMODELLED("SPSS2", BIT(14), why_sector),
                                   ACTS("SNB2", BITS(10, 8)),
                                   ACTS("START2", BIT(7)),
                                   ACTS("FW2", BIT(6)),
                                   ACTS("PSIZE2", BITS(5, 4)),
                                   ACTS("BER2", BIT(3)),
                                   ACTS("SER2", BIT(2)),
                                   ACTS("PG2", BIT(1)),
                                   ACTS("LOCK2", BIT(0)),
                                   FIELDS_END};
static const struct field sr2[] = {UNMODELLED("CRCRDERR2", BIT(28), why_crc),
                                   UNMODELLED("CRCEND2", BIT(27), why_crc),
                                   ACTS("DBECCERR2", BIT(26)),
                                   ACTS("SNECCERR2", BIT(25)),
                                   UNMODELLED("RDSERR2", BIT(24), why_prot),
                                   UNMODELLED("RDPERR2", BIT(23), why_prot),
                                   ACTS("OPERR2", BIT(22)),
                                   ACTS("INCERR2", BIT(21)),
                                   ACTS("STRBERR2", BIT(19)),
                                   ACTS("PGSERR2", BIT(18)),
                                   ACTS("WRPERR2", BIT(17)),
                                   ACTS("EOP2", BIT(16)),
                                   UNMODELLED("CRC_BUSY2", BIT(3), why_crc),
                                   ACTS("QW2", BIT(2)),
                                   ACTS("WBNE2", BIT(1)),
                                   ACTS("BSY2", BIT(0)),
                                   FIELDS_END};
static const struct field ccr2[] = {NO_ACTION("CLR_CRCRDERR2", BIT(28), why_never),
                                    NO_ACTION("CLR_CRCEND2", BIT(27), why_never),
                                    ACTS("CLR_DBECCERR2", BIT(26)),
                                    ACTS("CLR_SNECCERR2", BIT(25)),
                                    NO_ACTION("CLR_RDSERR2", BIT(24), why_never),
                                    NO_ACTION("CLR_RDPERR2", BIT(23), why_never),
                                    ACTS("CLR_OPERR2", BIT(22)),
                                    ACTS("CLR_INCERR2", BIT(21)),
                                    ACTS("CLR_STRBERR2", BIT(19)),
                                    ACTS("CLR_PGSERR2", BIT(18)),
                                    ACTS("CLR_WRPERR2", BIT(17)),
                                    ACTS("CLR_EOP2", BIT(16)),
                                    FIELDS_END};
static const struct field prar_cur2[] = {ACTS("DMEP2", BIT(31)),
                                         ACTS("PROT_AREA_END2", BITS(27, 16)),
                                         ACTS("PROT_AREA_START2", BITS(11, 0)), FIELDS_END};
static const struct field prar_prg2[] = {
    DECISIVE("DMEP2", BIT(31), why_pcrop), DECISIVE("PROT_AREA_END2", BITS(27, 16), why_pcrop),
    DECISIVE("PROT_AREA_START2", BITS(11, 0), why_pcrop), FIELDS_END};
static const struct field scar_cur2[] = {ACTS("DMES2", BIT(31)),
                                         ACTS("SEC_AREA_END2", BITS(27, 16)),
                                         ACTS("SEC_AREA_START2", BITS(11, 0)), FIELDS_END};
static const struct field scar_prg2[] = {
    DECISIVE("DMES2", BIT(31), why_secure), DECISIVE("SEC_AREA_END2", BITS(27, 16), why_secure),
    DECISIVE("SEC_AREA_START2", BITS(11, 0), why_secure), FIELDS_END};
static const struct field wpsn_cur2[] = {ACTS("WRPSn2", BITS(7, 0)), FIELDS_END};
static const struct field wpsn_prg2[] = {ACTS("WRPSn2", BITS(7, 0)), FIELDS_END};
static const struct field crccr2[] = {UNMODELLED("ALL_BANK", BIT(22), why_crc),
                                      UNMODELLED("CRC_BURST", BITS(21, 20), why_crc),
                                      UNMODELLED("CLEAN_CRC", BIT(17), why_crc),
                                      UNMODELLED("START_CRC", BIT(16), why_crc),
                                      UNMODELLED("CLEAN_SECT", BIT(10), why_crc),
                                      UNMODELLED("ADD_SECT", BIT(9), why_crc),
                                      UNMODELLED("CRC_BY_SECT", BIT(8), why_crc),
                                      UNMODELLED("CRC_SECT", BITS(2, 0), why_crc),
                                      FIELDS_END};
static const struct field crcsadd2[] = {UNMODELLED("CRC_START_ADDR", BITS(19, 2), why_crc),
                                        FIELDS_END};
static const struct field crceadd2[] = {UNMODELLED("CRC_END_ADDR", BITS(19, 2), why_crc),
                                        FIELDS_END};
static const struct field ecc_fa2[] = {ACTS("FAIL_ECC_ADDR2", BITS(14, 0)), FIELDS_END};

const struct reg_fields flash_fields[] = {
    {0x000, 2, 0x100, acr},
    {0x008, 2, 0x100, optkeyr},
    {0x018, 2, 0x100, optcr},
    {0x01C, 2, 0x100, optsr_cur},
    {0x020, 2, 0x100, optsr_prg},
    {0x024, 2, 0x100, optccr},
    {0x040, 2, 0x100, boot7_curr},
    {0x044, 2, 0x100, boot7_prgr},
    {0x048, 2, 0x100, boot4_curr},
    {0x04C, 2, 0x100, boot4_prgr},
    {0x05C, 2, 0x100, crcdatar},
    {0x004, 1, 0, keyr1},
    {0x00C, 1, 0, cr1},
    {0x010, 1, 0, sr1},
    {0x014, 1, 0, ccr1},
    {0x028, 1, 0, prar_cur1},
    {0x02C, 1, 0, prar_prg1},
    {0x030, 1, 0, scar_cur1},
    {0x034, 1, 0, scar_prg1},
    {0x038, 1, 0, wpsn_cur1},
    {0x03C, 1, 0, wpsn_prg1},
    {0x050, 1, 0, crccr1},
    {0x054, 1, 0, crcsadd1},
    {0x058, 1, 0, crceadd1},
    {0x060, 1, 0, ecc_fa1},
    {0x104, 1, 0, keyr2},
    {0x10C, 1, 0, cr2},
    {0x110, 1, 0, sr2},
    {0x114, 1, 0, ccr2},
    {0x128, 1, 0, prar_cur2},
    {0x12C, 1, 0, prar_prg2},
    {0x130, 1, 0, scar_cur2},
    {0x134, 1, 0, scar_prg2},
    {0x138, 1, 0, wpsn_cur2},
    {0x13C, 1, 0, wpsn_prg2},
    {0x150, 1, 0, crccr2},
    {0x154, 1, 0, crcsadd2},
    {0x158, 1, 0, crceadd2},
    {0x160, 1, 0, ecc_fa2},
    REG_FIELDS_END,
};
