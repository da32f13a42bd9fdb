/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ETH: the fields of its registers (RM0399 Rev 4, 61.11) and what the model makes of each. */
#include "vboard/periph/eth/internal.h"

#include "vboard/chip/fields.h"

static const char why_arp[] = "the MAC answers no ARP requests itself";
static const char why_half[] =
    "nothing collides: the link is one to one, and full duplex at the other end";
static const char why_cs[] = "in full duplex there is no carrier to wait for";
static const char why_slow[] = "Slow Protocol packets are received as any other";
static const char why_l3l4[] = "no filters of layers 3 and 4";
static const char why_vlan[] = "VLAN tags are neither inserted, stripped nor filtered";
static const char why_pause[] = "no Pause packets are sent by the flow control";
static const char why_pauserx[] = "nobody at the other end sends Pause packets";
static const char why_ptpv[] = "of use with timestamps only; enabling those is said";
static const char why_lpiv[] = "of use in Low-Power Idle only; entering that is said";
static const char why_pmt[] = "no magic packet or remote wakeup";
static const char why_phyint[] = "no PHY interrupt comes to the MAC";
static const char why_lpi[] = "no Low-Power Idle (EEE)";
static const char why_idle[] = "what it shows takes no time";
static const char why_seen[] = "accesses to reserved addresses are findings, without a bus error";
static const char why_nibble[] = "packets are of whole bytes";
static const char why_l3l4v[] =
    "what the filters of layers 3 and 4 compare with; enabling those is said";
static const char why_ptp[] = "no timestamps";
static const char why_thresh[] = "data are never late: a packet is moved as a whole";
static const char why_arb[] = "the transmit and receive engines do not wait for each other";
static const char why_bus[] = "the same data in the same order, however the bus moves it";
static const char why_tsov[] = "of use with TSE only";
static const char why_tso[] = "no TCP segmentation";
static const char why_osf[] =
    "a packet is fetched in no time: early or late, its data are the same";

static const struct field maccr[] = {UNMODELLED("ARPEN", BIT(31), why_arp),
                                     ACTS("SARC", BITS(30, 28)),
                                     ACTS("IPC", BIT(27)),
                                     ACTS("IPG", BITS(26, 24)),
                                     ACTS("GPSLCE", BIT(23)),
                                     ACTS("S2KP", BIT(22)),
                                     ACTS("CST", BIT(21)),
                                     ACTS("ACS", BIT(20)),
                                     ACTS("WD", BIT(19)),
                                     ACTS("JD", BIT(17)),
                                     ACTS("JE", BIT(16)),
                                     ACTS("FES", BIT(14)),
                                     NO_ACTION("DM", BIT(13), why_half),
                                     ACTS("LM", BIT(12)),
                                     NO_ACTION("ECRSFD", BIT(11), why_cs),
                                     NO_ACTION("DO", BIT(10), why_half),
                                     NO_ACTION("DCRS", BIT(9), why_half),
                                     NO_ACTION("DR", BIT(8), why_half),
                                     NO_ACTION("BL", BITS(6, 5), why_half),
                                     NO_ACTION("DC", BIT(4), why_half),
                                     ACTS("PRELEN", BITS(3, 2)),
                                     ACTS("TE", BIT(1)),
                                     ACTS("RE", BIT(0)),
                                     FIELDS_END};
static const struct field macecr[] = {ACTS("EIPG", BITS(29, 25)),
                                      ACTS("EIPGEN", BIT(24)),
                                      UNMODELLED("USP", BIT(18), why_slow),
                                      UNMODELLED("SPEN", BIT(17), why_slow),
                                      ACTS("DCRCC", BIT(16)),
                                      ACTS("GPSL", BITS(13, 0)),
                                      FIELDS_END};
static const struct field macpfr[] = {ACTS("RA", BIT(31)),
                                      UNMODELLED("DNTU", BIT(21), why_l3l4),
                                      UNMODELLED("IPFE", BIT(20), why_l3l4),
                                      UNMODELLED("VTFE", BIT(16), why_vlan),
                                      ACTS("HPF", BIT(10)),
                                      ACTS("SAF", BIT(9)),
                                      ACTS("SAIF", BIT(8)),
                                      ACTS("PCF", BITS(7, 6)),
                                      ACTS("DBF", BIT(5)),
                                      ACTS("PM", BIT(4)),
                                      ACTS("DAIF", BIT(3)),
                                      ACTS("HMC", BIT(2)),
                                      ACTS("HUC", BIT(1)),
                                      ACTS("PR", BIT(0)),
                                      FIELDS_END};
static const struct field macwtr[] = {ACTS("PWE", BIT(8)), ACTS("WTO", BITS(3, 0)), FIELDS_END};
static const struct field macht0r[] = {ACTS("HT31T0", BITS(31, 0)), FIELDS_END};
static const struct field macht1r[] = {ACTS("HT63T32", BITS(31, 0)), FIELDS_END};
static const struct field macvtr[] = {
    UNMODELLED("EIVLRXS", BIT(31), why_vlan),   UNMODELLED("EIVLS", BITS(29, 28), why_vlan),
    UNMODELLED("ERIVLT", BIT(27), why_vlan),    UNMODELLED("EDVLP", BIT(26), why_vlan),
    UNMODELLED("VTHM", BIT(25), why_vlan),      UNMODELLED("EVLRXS", BIT(24), why_vlan),
    UNMODELLED("EVLS", BITS(22, 21), why_vlan), UNMODELLED("DOVLTC", BIT(20), why_vlan),
    UNMODELLED("ERSVLM", BIT(19), why_vlan),    UNMODELLED("ESVL", BIT(18), why_vlan),
    UNMODELLED("VTIM", BIT(17), why_vlan),      UNMODELLED("ETV", BIT(16), why_vlan),
    UNMODELLED("VL", BITS(15, 0), why_vlan),    FIELDS_END};
static const struct field macvhtr[] = {UNMODELLED("VLHT", BITS(15, 0), why_vlan), FIELDS_END};
static const struct field macvir[] = {
    UNMODELLED("VLTI", BIT(20), why_vlan),    UNMODELLED("CSVL", BIT(19), why_vlan),
    UNMODELLED("VLP", BIT(18), why_vlan),     UNMODELLED("VLC", BITS(17, 16), why_vlan),
    UNMODELLED("VLT", BITS(15, 0), why_vlan), FIELDS_END};
static const struct field macivir[] = {
    UNMODELLED("VLTI", BIT(20), why_vlan),    UNMODELLED("CSVL", BIT(19), why_vlan),
    UNMODELLED("VLP", BIT(18), why_vlan),     UNMODELLED("VLC", BITS(17, 16), why_vlan),
    UNMODELLED("VLT", BITS(15, 0), why_vlan), FIELDS_END};
static const struct field macqtxfcr[] = {
    NO_ACTION("PT", BITS(31, 16), why_pause), NO_ACTION("DZPQ", BIT(7), why_pause),
    NO_ACTION("PLT", BITS(6, 4), why_pause),  UNMODELLED("TFE", BIT(1), why_pause),
    UNMODELLED("FCB_BPA", BIT(0), why_pause), FIELDS_END};
static const struct field macrxfcr[] = {NO_ACTION("UP", BIT(1), why_pauserx),
                                        NO_ACTION("RFE", BIT(0), why_pauserx), FIELDS_END};
static const struct field macisr[] = {ACTS("RXSTSIS", BIT(14)),
                                      ACTS("TXSTSIS", BIT(13)),
                                      NO_ACTION("TSIS", BIT(12), why_ptpv),
                                      ACTS("MMCTXIS", BIT(10)),
                                      ACTS("MMCRXIS", BIT(9)),
                                      ACTS("MMCIS", BIT(8)),
                                      NO_ACTION("LPIIS", BIT(5), why_lpiv),
                                      NO_ACTION("PMTIS", BIT(4), why_pmt),
                                      NO_ACTION("PHYIS", BIT(3), why_phyint),
                                      FIELDS_END};
static const struct field macier[] = {ACTS("RXSTSIE", BIT(14)),
                                      ACTS("TXSTSIE", BIT(13)),
                                      NO_ACTION("TSIE", BIT(12), why_ptpv),
                                      NO_ACTION("LPIIE", BIT(5), why_lpiv),
                                      NO_ACTION("PMTIE", BIT(4), why_pmt),
                                      NO_ACTION("PHYIE", BIT(3), why_phyint),
                                      FIELDS_END};
static const struct field macrxtxsr[] = {ACTS("RWT", BIT(8)),
                                         NO_ACTION("EXCOL", BIT(5), why_half),
                                         NO_ACTION("LCOL", BIT(4), why_half),
                                         NO_ACTION("EXDEF", BIT(3), why_half),
                                         NO_ACTION("LCARR", BIT(2), why_half),
                                         NO_ACTION("NCARR", BIT(1), why_half),
                                         ACTS("TJT", BIT(0)),
                                         FIELDS_END};
static const struct field macpcsr[] = {
    NO_ACTION("RWKFILTRST", BIT(31), why_pmt), NO_ACTION("RWKPTR", BITS(28, 24), why_pmt),
    UNMODELLED("RWKPFE", BIT(10), why_pmt),    UNMODELLED("GLBLUCAST", BIT(9), why_pmt),
    NO_ACTION("RWKPRCVD", BIT(6), why_pmt),    NO_ACTION("MGKPRCVD", BIT(5), why_pmt),
    UNMODELLED("RWKPKTEN", BIT(2), why_pmt),   UNMODELLED("MGKPKTEN", BIT(1), why_pmt),
    UNMODELLED("PWRDWN", BIT(0), why_pmt),     FIELDS_END};
static const struct field macrwkpfr[] = {NO_ACTION("MACRWKPFR", BITS(31, 0), why_pmt), FIELDS_END};
static const struct field maclcsr[] = {
    UNMODELLED("LPITCSE", BIT(21), why_lpi), UNMODELLED("LPITE", BIT(20), why_lpi),
    UNMODELLED("LPITXA", BIT(19), why_lpi),  NO_ACTION("PLS", BIT(17), why_lpiv),
    UNMODELLED("LPIEN", BIT(16), why_lpi),   NO_ACTION("RLPIST", BIT(9), why_lpiv),
    NO_ACTION("TLPIST", BIT(8), why_lpiv),   NO_ACTION("RLPIEX", BIT(3), why_lpiv),
    NO_ACTION("RLPIEN", BIT(2), why_lpiv),   NO_ACTION("TLPIEX", BIT(1), why_lpiv),
    NO_ACTION("TLPIEN", BIT(0), why_lpiv),   FIELDS_END};
static const struct field macltcr[] = {NO_ACTION("LST", BITS(25, 16), why_lpiv),
                                       NO_ACTION("TWT", BITS(15, 0), why_lpiv), FIELDS_END};
static const struct field macletr[] = {NO_ACTION("LPIET", BITS(19, 0), why_lpiv), FIELDS_END};
static const struct field mac1ustcr[] = {NO_ACTION("TIC_1US_CNTR", BITS(11, 0), why_lpiv),
                                         FIELDS_END};
static const struct field macvr[] = {ACTS("USERVER", BITS(15, 8)), ACTS("SNPSVER", BITS(7, 0)),
                                     FIELDS_END};
static const struct field macdr[] = {ACTS("TFCSTS", BITS(18, 17)), ACTS("TPESTS", BIT(16)),
                                     NO_ACTION("RFCFCSTS", BITS(2, 1), why_idle),
                                     NO_ACTION("RPESTS", BIT(0), why_idle), FIELDS_END};
static const struct field machwf0r[] = {ACTS("ACTPHYSEL", BITS(30, 28)),
                                        ACTS("SAVLANINS", BIT(27)),
                                        ACTS("TSSTSSEL", BITS(26, 25)),
                                        ACTS("MACADR64SEL", BIT(24)),
                                        ACTS("MACADR32SEL", BIT(23)),
                                        ACTS("ADDMACADRSEL", BITS(22, 18)),
                                        ACTS("RXCOESEL", BIT(16)),
                                        ACTS("TXCOESEL", BIT(14)),
                                        ACTS("EEESEL", BIT(13)),
                                        ACTS("TSSEL", BIT(12)),
                                        ACTS("ARPOFFSEL", BIT(9)),
                                        ACTS("MMCSEL", BIT(8)),
                                        ACTS("MGKSEL", BIT(7)),
                                        ACTS("RWKSEL", BIT(6)),
                                        ACTS("SMASEL", BIT(5)),
                                        ACTS("VLHASH", BIT(4)),
                                        ACTS("PCSSEL", BIT(3)),
                                        ACTS("HDSEL", BIT(2)),
                                        ACTS("GMIISEL", BIT(1)),
                                        ACTS("MIISEL", BIT(0)),
                                        FIELDS_END};
static const struct field machwf1r[] = {
    ACTS("L3L4FNUM", BITS(30, 27)), ACTS("HASHTBLSZ", BITS(25, 24)),
    ACTS("POUOST", BIT(23)),        ACTS("RAVSEL", BIT(21)),
    ACTS("AVSEL", BIT(20)),         ACTS("DBGMEMA", BIT(19)),
    ACTS("TSOEN", BIT(18)),         ACTS("SPHEN", BIT(17)),
    ACTS("DCBEN", BIT(16)),         ACTS("ADDR64", BITS(15, 14)),
    ACTS("ADVTHWORD", BIT(13)),     ACTS("PTOEN", BIT(12)),
    ACTS("OSTEN", BIT(11)),         ACTS("TXFIFOSIZE", BITS(10, 6)),
    ACTS("RXFIFOSIZE", BITS(4, 0)), FIELDS_END};
static const struct field machwf2r[] = {ACTS("AUXSNAPNUM", BITS(30, 28)),
                                        ACTS("PPSOUTNUM", BITS(26, 24)),
                                        ACTS("TDCSZ", BITS(23, 22)),
                                        ACTS("TXCHCNT", BITS(21, 18)),
                                        ACTS("RDCSZ", BITS(17, 16)),
                                        ACTS("RXCHCNT", BITS(15, 12)),
                                        ACTS("TXQCNT", BITS(9, 6)),
                                        ACTS("RXQCNT", BITS(3, 0)),
                                        FIELDS_END};
static const struct field machwf3r[] = {ACTS("DVLAN", BIT(5)), ACTS("CBTISEL", BIT(4)),
                                        ACTS("NRVF", BITS(2, 0)), FIELDS_END};
static const struct field macmdioar[] = {ACTS("PSE", BIT(27)),
                                         ACTS("BTB", BIT(26)),
                                         ACTS("PA", BITS(25, 21)),
                                         ACTS("RDA", BITS(20, 16)),
                                         ACTS("NTC", BITS(14, 12)),
                                         ACTS("CR", BITS(11, 8)),
                                         ACTS("SKAP", BIT(4)),
                                         ACTS("GOC", BITS(3, 2)),
                                         ACTS("C45E", BIT(1)),
                                         ACTS("MB", BIT(0)),
                                         FIELDS_END};
static const struct field macmdiodr[] = {ACTS("RA", BITS(31, 16)), ACTS("MD", BITS(15, 0)),
                                         FIELDS_END};
static const struct field macarpar[] = {NO_ACTION("ARPPA", BITS(31, 0), why_arp), FIELDS_END};
static const struct field maccsrswcr[] = {NO_ACTION("SEEN", BIT(8), why_seen), ACTS("RCWE", BIT(0)),
                                          FIELDS_END};
static const struct field maca0hr[] = {ACTS("AE", BIT(31)), ACTS("ADDRHI", BITS(15, 0)),
                                       FIELDS_END};
static const struct field macaxlr[] = {ACTS("ADDRLO", BITS(31, 0)), FIELDS_END};
static const struct field macaxhr[] = {ACTS("AE", BIT(31)), ACTS("SA", BIT(30)),
                                       ACTS("MBC", BITS(29, 24)), ACTS("ADDRHI", BITS(15, 0)),
                                       FIELDS_END};
static const struct field mmc_control[] = {ACTS("UCDBC", BIT(8)),   ACTS("CNTPRSTLVL", BIT(5)),
                                           ACTS("CNTPRST", BIT(4)), ACTS("CNTFREEZ", BIT(3)),
                                           ACTS("RSTONRD", BIT(2)), ACTS("CNTSTOPRO", BIT(1)),
                                           ACTS("CNTRST", BIT(0)),  FIELDS_END};
static const struct field mmc_rx_interrupt[] = {NO_ACTION("RXLPITRCIS", BIT(27), why_lpiv),
                                                NO_ACTION("RXLPIUSCIS", BIT(26), why_lpiv),
                                                ACTS("RXUCGPIS", BIT(17)),
                                                NO_ACTION("RXALGNERPIS", BIT(6), why_nibble),
                                                ACTS("RXCRCERPIS", BIT(5)),
                                                FIELDS_END};
static const struct field mmc_tx_interrupt[] = {NO_ACTION("TXLPITRCIS", BIT(27), why_lpiv),
                                                NO_ACTION("TXLPIUSCIS", BIT(26), why_lpiv),
                                                ACTS("TXGPKTIS", BIT(21)),
                                                NO_ACTION("TXMCOLGPIS", BIT(15), why_half),
                                                NO_ACTION("TXSCOLGPIS", BIT(14), why_half),
                                                FIELDS_END};
static const struct field mmc_rx_interrupt_mask[] = {NO_ACTION("RXLPITRCIM", BIT(27), why_lpiv),
                                                     NO_ACTION("RXLPIUSCIM", BIT(26), why_lpiv),
                                                     ACTS("RXUCGPIM", BIT(17)),
                                                     NO_ACTION("RXALGNERPIM", BIT(6), why_nibble),
                                                     ACTS("RXCRCERPIM", BIT(5)),
                                                     FIELDS_END};
static const struct field mmc_tx_interrupt_mask[] = {NO_ACTION("TXLPITRCIM", BIT(27), why_lpiv),
                                                     NO_ACTION("TXLPIUSCIM", BIT(26), why_lpiv),
                                                     ACTS("TXGPKTIM", BIT(21)),
                                                     NO_ACTION("TXMCOLGPIM", BIT(15), why_half),
                                                     NO_ACTION("TXSCOLGPIM", BIT(14), why_half),
                                                     FIELDS_END};
static const struct field tx_single_collision_good_packets[] = {
    NO_ACTION("TXSNGLCOLG", BITS(31, 0), why_half), FIELDS_END};
static const struct field tx_multiple_collision_good_packets[] = {
    NO_ACTION("TXMULTCOLG", BITS(31, 0), why_half), FIELDS_END};
static const struct field tx_packet_count_good[] = {ACTS("TXPKTG", BITS(31, 0)), FIELDS_END};
static const struct field rx_crc_error_packets[] = {ACTS("RXCRCERR", BITS(31, 0)), FIELDS_END};
static const struct field rx_alignment_error_packets[] = {
    NO_ACTION("RXALGNERR", BITS(31, 0), why_nibble), FIELDS_END};
static const struct field rx_unicast_packets_good[] = {ACTS("RXUCASTG", BITS(31, 0)), FIELDS_END};
static const struct field tx_lpi_usec_cntr[] = {NO_ACTION("TXLPIUSC", BITS(31, 0), why_lpiv),
                                                FIELDS_END};
static const struct field tx_lpi_tran_cntr[] = {NO_ACTION("TXLPITRC", BITS(31, 0), why_lpiv),
                                                FIELDS_END};
static const struct field rx_lpi_usec_cntr[] = {NO_ACTION("RXLPIUSC", BITS(31, 0), why_lpiv),
                                                FIELDS_END};
static const struct field rx_lpi_tran_cntr[] = {NO_ACTION("RXLPITRC", BITS(31, 0), why_lpiv),
                                                FIELDS_END};
static const struct field macl3l4c0r[] = {UNMODELLED("L4DPIM0", BIT(21), why_l3l4),
                                          UNMODELLED("L4DPM0", BIT(20), why_l3l4),
                                          UNMODELLED("L4SPIM0", BIT(19), why_l3l4),
                                          UNMODELLED("L4SPM0", BIT(18), why_l3l4),
                                          UNMODELLED("L4PEN0", BIT(16), why_l3l4),
                                          UNMODELLED("L3HDBM0", BITS(15, 11), why_l3l4),
                                          UNMODELLED("L3HSBM0", BITS(10, 6), why_l3l4),
                                          UNMODELLED("L3DAIM0", BIT(5), why_l3l4),
                                          UNMODELLED("L3DAM0", BIT(4), why_l3l4),
                                          UNMODELLED("L3SAIM0", BIT(3), why_l3l4),
                                          UNMODELLED("L3SAM0", BIT(2), why_l3l4),
                                          UNMODELLED("L3PEN0", BIT(0), why_l3l4),
                                          FIELDS_END};
static const struct field macl4a0r[] = {NO_ACTION("L4DP0", BITS(31, 16), why_l3l4v),
                                        NO_ACTION("L4SP0", BITS(15, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a00r[] = {NO_ACTION("L3A00", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a10r[] = {NO_ACTION("L3A10", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a20r[] = {NO_ACTION("L3A20", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a30r[] = {NO_ACTION("L3A30", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3l4c1r[] = {UNMODELLED("L4DPIM1", BIT(21), why_l3l4),
                                          UNMODELLED("L4DPM1", BIT(20), why_l3l4),
                                          UNMODELLED("L4SPIM1", BIT(19), why_l3l4),
                                          UNMODELLED("L4SPM1", BIT(18), why_l3l4),
                                          UNMODELLED("L4PEN1", BIT(16), why_l3l4),
                                          UNMODELLED("L3HDBM1", BITS(15, 11), why_l3l4),
                                          UNMODELLED("L3HSBM1", BITS(10, 6), why_l3l4),
                                          UNMODELLED("L3DAIM1", BIT(5), why_l3l4),
                                          UNMODELLED("L3DAM1", BIT(4), why_l3l4),
                                          UNMODELLED("L3SAIM1", BIT(3), why_l3l4),
                                          UNMODELLED("L3SAM1", BIT(2), why_l3l4),
                                          UNMODELLED("L3PEN1", BIT(0), why_l3l4),
                                          FIELDS_END};
static const struct field macl4a1r[] = {NO_ACTION("L4DP1", BITS(31, 16), why_l3l4v),
                                        NO_ACTION("L4SP1", BITS(15, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a01r[] = {NO_ACTION("L3A01", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a11r[] = {NO_ACTION("L3A11", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a21r[] = {NO_ACTION("L3A21", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field macl3a31r[] = {NO_ACTION("L3A31", BITS(31, 0), why_l3l4v), FIELDS_END};
static const struct field mactscr[] = {
    UNMODELLED("AV8021ASMEN", BIT(28), why_ptp), UNMODELLED("TXTSSTSM", BIT(24), why_ptp),
    UNMODELLED("TSENMACADDR", BIT(18), why_ptp), UNMODELLED("SNAPTYPSEL", BITS(17, 16), why_ptp),
    UNMODELLED("TSMSTRENA", BIT(15), why_ptp),   UNMODELLED("TSEVNTENA", BIT(14), why_ptp),
    UNMODELLED("TSIPV4ENA", BIT(13), why_ptp),   UNMODELLED("TSIPV6ENA", BIT(12), why_ptp),
    UNMODELLED("TSIPENA", BIT(11), why_ptp),     UNMODELLED("TSVER2ENA", BIT(10), why_ptp),
    UNMODELLED("TSCTRLSSR", BIT(9), why_ptp),    UNMODELLED("TSENALL", BIT(8), why_ptp),
    UNMODELLED("TSADDREG", BIT(5), why_ptp),     UNMODELLED("TSUPDT", BIT(3), why_ptp),
    UNMODELLED("TSINIT", BIT(2), why_ptp),       UNMODELLED("TSCFUPDT", BIT(1), why_ptp),
    UNMODELLED("TSENA", BIT(0), why_ptp),        FIELDS_END};
static const struct field macssir[] = {NO_ACTION("SSINC", BITS(23, 16), why_ptpv), FIELDS_END};
static const struct field macstsr[] = {NO_ACTION("TSS", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macstnr[] = {NO_ACTION("TSSS", BITS(30, 0), why_ptpv), FIELDS_END};
static const struct field macstsur[] = {NO_ACTION("TSS", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macstnur[] = {NO_ACTION("ADDSUB", BIT(31), why_ptpv),
                                        NO_ACTION("TSSS", BITS(30, 0), why_ptpv), FIELDS_END};
static const struct field mactsar[] = {NO_ACTION("TSAR", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field mactssr[] = {NO_ACTION("ATSNS", BITS(29, 25), why_ptpv),
                                       NO_ACTION("ATSSTM", BIT(24), why_ptpv),
                                       NO_ACTION("ATSSTN", BITS(19, 16), why_ptpv),
                                       NO_ACTION("TXTSSIS", BIT(15), why_ptpv),
                                       NO_ACTION("TSTRGTERR0", BIT(3), why_ptpv),
                                       NO_ACTION("AUXTSTRIG", BIT(2), why_ptpv),
                                       NO_ACTION("TSTARGT0", BIT(1), why_ptpv),
                                       NO_ACTION("TSSOVF", BIT(0), why_ptpv),
                                       FIELDS_END};
static const struct field mactxtssnr[] = {NO_ACTION("TXTSSMIS", BIT(31), why_ptpv),
                                          NO_ACTION("TXTSSLO", BITS(30, 0), why_ptpv), FIELDS_END};
static const struct field mactxtsssr[] = {NO_ACTION("TXTSSHI", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macacr[] = {
    UNMODELLED("ATSEN3", BIT(7), why_ptp), UNMODELLED("ATSEN2", BIT(6), why_ptp),
    UNMODELLED("ATSEN1", BIT(5), why_ptp), UNMODELLED("ATSEN0", BIT(4), why_ptp),
    UNMODELLED("ATSFC", BIT(0), why_ptp),  FIELDS_END};
static const struct field macatsnr[] = {NO_ACTION("AUXTSLO", BITS(30, 0), why_ptpv), FIELDS_END};
static const struct field macatssr[] = {NO_ACTION("AUXTSHI", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field mactsiacr[] = {NO_ACTION("OSTIAC", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field mactseacr[] = {NO_ACTION("OSTEAC", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field mactsicnr[] = {NO_ACTION("TSIC", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field mactsecnr[] = {NO_ACTION("TSEC", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macppscr[] = {UNMODELLED("TRGTMODSEL0", BITS(6, 5), why_ptp),
                                        UNMODELLED("PPSEN0", BIT(4), why_ptp),
                                        UNMODELLED("PPSCTRL", BITS(3, 0), why_ptp), FIELDS_END};
static const struct field macppsttsr[] = {NO_ACTION("TSTRH0", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macppsttnr[] = {NO_ACTION("TRGTBUSY0", BIT(31), why_ptpv),
                                          NO_ACTION("TTSL0", BITS(30, 0), why_ptpv), FIELDS_END};
static const struct field macppsir[] = {NO_ACTION("PPSINT0", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macppswr[] = {NO_ACTION("PPSWIDTH0", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macpocr[] = {
    UNMODELLED("DN", BITS(15, 8), why_ptp),    UNMODELLED("DRRDIS", BIT(6), why_ptp),
    UNMODELLED("APDREQTRIG", BIT(5), why_ptp), UNMODELLED("ASYNCTRIG", BIT(4), why_ptp),
    UNMODELLED("APDREQEN", BIT(2), why_ptp),   UNMODELLED("ASYNCEN", BIT(1), why_ptp),
    UNMODELLED("PTOEN", BIT(0), why_ptp),      FIELDS_END};
static const struct field macspi0r[] = {NO_ACTION("SPI0", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macspi1r[] = {NO_ACTION("SPI1", BITS(31, 0), why_ptpv), FIELDS_END};
static const struct field macspi2r[] = {NO_ACTION("SPI2", BITS(15, 0), why_ptpv), FIELDS_END};
static const struct field maclmir[] = {NO_ACTION("LMPDRI", BITS(31, 24), why_ptpv),
                                       NO_ACTION("DRSYNCR", BITS(10, 8), why_ptpv),
                                       NO_ACTION("LSI", BITS(7, 0), why_ptpv), FIELDS_END};
static const struct field mtlomr[] = {ACTS("CNTCLR", BIT(9)), ACTS("CNTPRST", BIT(8)),
                                      ACTS("DTXSTS", BIT(1)), FIELDS_END};
static const struct field mtlisr[] = {ACTS("Q0IS", BIT(0)), FIELDS_END};
static const struct field mtltxqomr[] = {NO_ACTION("TQS", BITS(18, 16), why_thresh),
                                         NO_ACTION("TTC", BITS(6, 4), why_thresh),
                                         ACTS("TXQEN", BITS(3, 2)),
                                         NO_ACTION("TSF", BIT(1), why_thresh),
                                         ACTS("FTQ", BIT(0)),
                                         FIELDS_END};
static const struct field mtltxqur[] = {ACTS("UFCNTOVF", BIT(11)), ACTS("UFFRMCNT", BITS(10, 0)),
                                        FIELDS_END};
static const struct field mtltxqdr[] = {
    NO_ACTION("STXSTSF", BITS(22, 20), why_idle), ACTS("PTXQ", BITS(18, 16)),
    NO_ACTION("TXSTSFSTS", BIT(5), why_idle),     ACTS("TXQSTS", BIT(4)),
    NO_ACTION("TWCSTS", BIT(3), why_idle),        ACTS("TRCSTS", BITS(2, 1)),
    NO_ACTION("TXQPAUSED", BIT(0), why_pauserx),  FIELDS_END};
static const struct field mtlqicsr[] = {ACTS("RXOIE", BIT(24)), ACTS("RXOVFIS", BIT(16)),
                                        ACTS("TXUIE", BIT(8)), ACTS("TXUNFIS", BIT(0)), FIELDS_END};
static const struct field mtlrxqomr[] = {ACTS("RQS", BITS(22, 20)),
                                         ACTS("DIS_TCP_EF", BIT(6)),
                                         ACTS("RSF", BIT(5)),
                                         ACTS("FEP", BIT(4)),
                                         ACTS("FUP", BIT(3)),
                                         NO_ACTION("RTC", BITS(1, 0), why_thresh),
                                         FIELDS_END};
static const struct field mtlrxqmpocr[] = {
    ACTS("MISCNTOVF", BIT(27)), ACTS("MISPKTCNT", BITS(26, 16)), ACTS("OVFCNTOVF", BIT(11)),
    ACTS("OVFPKTCNT", BITS(10, 0)), FIELDS_END};
static const struct field mtlrxqdr[] = {ACTS("PRXQ", BITS(29, 16)), ACTS("RXQSTS", BITS(5, 4)),
                                        NO_ACTION("RRCSTS", BITS(2, 1), why_idle),
                                        NO_ACTION("RWCSTS", BIT(0), why_idle), FIELDS_END};
static const struct field dmamr[] = {ACTS("INTM", BITS(17, 16)),
                                     NO_ACTION("PR", BITS(14, 12), why_arb),
                                     NO_ACTION("TXPR", BIT(11), why_arb),
                                     NO_ACTION("DA", BIT(1), why_arb),
                                     ACTS("SWR", BIT(0)),
                                     FIELDS_END};
static const struct field dmasbmr[] = {
    NO_ACTION("RB", BIT(15), why_bus), NO_ACTION("MB", BIT(14), why_bus),
    NO_ACTION("AAL", BIT(12), why_bus), NO_ACTION("FB", BIT(0), why_bus), FIELDS_END};
static const struct field dmaisr[] = {ACTS("MACIS", BIT(17)), ACTS("MTLIS", BIT(16)),
                                      ACTS("DC0IS", BIT(0)), FIELDS_END};
static const struct field dmadsr[] = {ACTS("TPS0", BITS(15, 12)), ACTS("RPS0", BITS(11, 8)),
                                      NO_ACTION("AXWHSTS", BIT(0), why_idle), FIELDS_END};
static const struct field dmaccr[] = {ACTS("DSL", BITS(20, 18)),
                                      NO_ACTION("PBLX8", BIT(16), why_bus),
                                      NO_ACTION("MSS", BITS(13, 0), why_tsov), FIELDS_END};
static const struct field dmactxcr[] = {
    NO_ACTION("TXPBL", BITS(21, 16), why_bus), UNMODELLED("TSE", BIT(12), why_tso),
    NO_ACTION("OSF", BIT(4), why_osf), ACTS("ST", BIT(0)), FIELDS_END};
static const struct field dmacrxcr[] = {ACTS("RPF", BIT(31)),
                                        NO_ACTION("RXPBL", BITS(21, 16), why_bus),
                                        ACTS("RBSZ", BITS(14, 1)), ACTS("SR", BIT(0)), FIELDS_END};
static const struct field dmactxdlar[] = {ACTS("TDESLA", BITS(31, 0)), FIELDS_END};
static const struct field dmacrxdlar[] = {ACTS("RDESLA", BITS(31, 0)), FIELDS_END};
static const struct field dmactxdtpr[] = {ACTS("TDT", BITS(31, 0)), FIELDS_END};
static const struct field dmacrxdtpr[] = {ACTS("RDT", BITS(31, 0)), FIELDS_END};
static const struct field dmactxrlr[] = {ACTS("TDRL", BITS(9, 0)), FIELDS_END};
static const struct field dmacrxrlr[] = {ACTS("ARBS", BITS(23, 16)), ACTS("RDRL", BITS(9, 0)),
                                         FIELDS_END};
static const struct field dmacier[] = {ACTS("NIE", BIT(15)),  ACTS("AIE", BIT(14)),
                                       ACTS("CDEE", BIT(13)), ACTS("FBEE", BIT(12)),
                                       ACTS("ERIE", BIT(11)), ACTS("ETIE", BIT(10)),
                                       ACTS("RWTE", BIT(9)),  ACTS("RSE", BIT(8)),
                                       ACTS("RBUE", BIT(7)),  ACTS("RIE", BIT(6)),
                                       ACTS("TBUE", BIT(2)),  ACTS("TXSE", BIT(1)),
                                       ACTS("TIE", BIT(0)),   FIELDS_END};
static const struct field dmacrxiwtr[] = {ACTS("RWTU", BITS(17, 16)), ACTS("RWT", BITS(7, 0)),
                                          FIELDS_END};
static const struct field dmaccatxdr[] = {ACTS("CURTDESAPTR", BITS(31, 0)), FIELDS_END};
static const struct field dmaccarxdr[] = {ACTS("CURRDESAPTR", BITS(31, 0)), FIELDS_END};
static const struct field dmaccatxbr[] = {ACTS("CURTBUFAPTR", BITS(31, 0)), FIELDS_END};
static const struct field dmaccarxbr[] = {ACTS("CURRBUFAPTR", BITS(31, 0)), FIELDS_END};
static const struct field dmacsr[] = {ACTS("REB", BITS(21, 19)), ACTS("TEB", BITS(18, 16)),
                                      ACTS("NIS", BIT(15)),      ACTS("AIS", BIT(14)),
                                      ACTS("CDE", BIT(13)),      ACTS("FBE", BIT(12)),
                                      ACTS("ERI", BIT(11)),      ACTS("ETI", BIT(10)),
                                      ACTS("RWT", BIT(9)),       ACTS("RPS", BIT(8)),
                                      ACTS("RBU", BIT(7)),       ACTS("RI", BIT(6)),
                                      ACTS("TBU", BIT(2)),       ACTS("TPS", BIT(1)),
                                      ACTS("TI", BIT(0)),        FIELDS_END};
static const struct field dmacmfcr[] = {ACTS("MFCO", BIT(15)), ACTS("MFC", BITS(10, 0)),
                                        FIELDS_END};

const struct reg_fields eth_fields[] = {{0x000, 1, 0, maccr},
                                        {0x004, 1, 0, macecr},
                                        {0x008, 1, 0, macpfr},
                                        {0x00C, 1, 0, macwtr},
                                        {0x010, 1, 0, macht0r},
                                        {0x014, 1, 0, macht1r},
                                        {0x050, 1, 0, macvtr},
                                        {0x058, 1, 0, macvhtr},
                                        {0x060, 1, 0, macvir},
                                        {0x064, 1, 0, macivir},
                                        {0x070, 1, 0, macqtxfcr},
                                        {0x090, 1, 0, macrxfcr},
                                        {0x0B0, 1, 0, macisr},
                                        {0x0B4, 1, 0, macier},
                                        {0x0B8, 1, 0, macrxtxsr},
                                        {0x0C0, 1, 0, macpcsr},
                                        {0x0C4, 1, 0, macrwkpfr},
                                        {0x0D0, 1, 0, maclcsr},
                                        {0x0D4, 1, 0, macltcr},
                                        {0x0D8, 1, 0, macletr},
                                        {0x0DC, 1, 0, mac1ustcr},
                                        {0x110, 1, 0, macvr},
                                        {0x114, 1, 0, macdr},
                                        {0x11C, 1, 0, machwf0r},
                                        {0x120, 1, 0, machwf1r},
                                        {0x124, 1, 0, machwf2r},
                                        {0x128, 1, 0, machwf3r},
                                        {0x200, 1, 0, macmdioar},
                                        {0x204, 1, 0, macmdiodr},
                                        {0x210, 1, 0, macarpar},
                                        {0x230, 1, 0, maccsrswcr},
                                        {0x300, 1, 0, maca0hr},
                                        {0x304, 4, 8, macaxlr},
                                        {0x308, 3, 8, macaxhr},
                                        {0x700, 1, 0, mmc_control},
                                        {0x704, 1, 0, mmc_rx_interrupt},
                                        {0x708, 1, 0, mmc_tx_interrupt},
                                        {0x70C, 1, 0, mmc_rx_interrupt_mask},
                                        {0x710, 1, 0, mmc_tx_interrupt_mask},
                                        {0x74C, 1, 0, tx_single_collision_good_packets},
                                        {0x750, 1, 0, tx_multiple_collision_good_packets},
                                        {0x768, 1, 0, tx_packet_count_good},
                                        {0x794, 1, 0, rx_crc_error_packets},
                                        {0x798, 1, 0, rx_alignment_error_packets},
                                        {0x7C4, 1, 0, rx_unicast_packets_good},
                                        {0x7EC, 1, 0, tx_lpi_usec_cntr},
                                        {0x7F0, 1, 0, tx_lpi_tran_cntr},
                                        {0x7F4, 1, 0, rx_lpi_usec_cntr},
                                        {0x7F8, 1, 0, rx_lpi_tran_cntr},
                                        {0x900, 1, 0, macl3l4c0r},
                                        {0x904, 1, 0, macl4a0r},
                                        {0x910, 1, 0, macl3a00r},
                                        {0x914, 1, 0, macl3a10r},
                                        {0x918, 1, 0, macl3a20r},
                                        {0x91C, 1, 0, macl3a30r},
                                        {0x930, 1, 0, macl3l4c1r},
                                        {0x934, 1, 0, macl4a1r},
                                        {0x940, 1, 0, macl3a01r},
                                        {0x944, 1, 0, macl3a11r},
                                        {0x948, 1, 0, macl3a21r},
                                        {0x94C, 1, 0, macl3a31r},
                                        {0xB00, 1, 0, mactscr},
                                        {0xB04, 1, 0, macssir},
                                        {0xB08, 1, 0, macstsr},
                                        {0xB0C, 1, 0, macstnr},
                                        {0xB10, 1, 0, macstsur},
                                        {0xB14, 1, 0, macstnur},
                                        {0xB18, 1, 0, mactsar},
                                        {0xB20, 1, 0, mactssr},
                                        {0xB30, 1, 0, mactxtssnr},
                                        {0xB34, 1, 0, mactxtsssr},
                                        {0xB40, 1, 0, macacr},
                                        {0xB48, 1, 0, macatsnr},
                                        {0xB4C, 1, 0, macatssr},
                                        {0xB50, 1, 0, mactsiacr},
                                        {0xB54, 1, 0, mactseacr},
                                        {0xB58, 1, 0, mactsicnr},
                                        {0xB5C, 1, 0, mactsecnr},
                                        {0xB70, 1, 0, macppscr},
                                        {0xB80, 1, 0, macppsttsr},
                                        {0xB84, 1, 0, macppsttnr},
                                        {0xB88, 1, 0, macppsir},
                                        {0xB8C, 1, 0, macppswr},
                                        {0xBC0, 1, 0, macpocr},
                                        {0xBC4, 1, 0, macspi0r},
                                        {0xBC8, 1, 0, macspi1r},
                                        {0xBCC, 1, 0, macspi2r},
                                        {0xBD0, 1, 0, maclmir},
                                        {0xC00, 1, 0, mtlomr},
                                        {0xC20, 1, 0, mtlisr},
                                        {0xD00, 1, 0, mtltxqomr},
                                        {0xD04, 1, 0, mtltxqur},
                                        {0xD08, 1, 0, mtltxqdr},
                                        {0xD2C, 1, 0, mtlqicsr},
                                        {0xD30, 1, 0, mtlrxqomr},
                                        {0xD34, 1, 0, mtlrxqmpocr},
                                        {0xD38, 1, 0, mtlrxqdr},
                                        {0x1000, 1, 0, dmamr},
                                        {0x1004, 1, 0, dmasbmr},
                                        {0x1008, 1, 0, dmaisr},
                                        {0x100C, 1, 0, dmadsr},
                                        {0x1100, 1, 0, dmaccr},
                                        {0x1104, 1, 0, dmactxcr},
                                        {0x1108, 1, 0, dmacrxcr},
                                        {0x1114, 1, 0, dmactxdlar},
                                        {0x111C, 1, 0, dmacrxdlar},
                                        {0x1120, 1, 0, dmactxdtpr},
                                        {0x1128, 1, 0, dmacrxdtpr},
                                        {0x112C, 1, 0, dmactxrlr},
                                        {0x1130, 1, 0, dmacrxrlr},
                                        {0x1134, 1, 0, dmacier},
                                        {0x1138, 1, 0, dmacrxiwtr},
                                        {0x1144, 1, 0, dmaccatxdr},
                                        {0x114C, 1, 0, dmaccarxdr},
                                        {0x1154, 1, 0, dmaccatxbr},
                                        {0x115C, 1, 0, dmaccarxbr},
                                        {0x1160, 1, 0, dmacsr},
                                        {0x116C, 1, 0, dmacmfcr},
                                        REG_FIELDS_END};
