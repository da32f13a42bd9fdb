/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VBOARD_SYSTEM_OTG_BENCH_H
#define TESTS_VBOARD_SYSTEM_OTG_BENCH_H

/* OTG's registers (RM0399 60.14), and the first steps that every driver takes: for USB2 OTG_FS unless said otherwise. */
#include "tests/vboard/system/whole_chip.h"

#define HS 0x40040000u
#define FS 0x40080000u
#define GOTGCTL 0x000u
#define GOTGINT 0x004u
#define GAHBCFG 0x008u
#define GUSBCFG 0x00Cu
#define GRSTCTL 0x010u
#define GINTSTS 0x014u
#define GINTMSK 0x018u
#define GRXSTSR 0x01Cu
#define GRXSTSP 0x020u
#define GRXFSIZ 0x024u
#define DIEPTXF0 0x028u
#define HNPTXSTS 0x02Cu
#define GCCFG 0x038u
#define CID 0x03Cu
#define GSNPSID 0x040u
#define HPTXFSIZ 0x100u
#define DIEPTXF(n) (0x100u + 4u * (n))
#define HCFG 0x400u
#define HFNUM 0x408u
#define HPTXSTS 0x410u
#define HAINT 0x414u
#define HAINTMSK 0x418u
#define HPRT 0x440u
#define HCCHAR(n) (0x500u + 0x20u * (n))
#define HCINT(n) (0x508u + 0x20u * (n))
#define HCINTMSK(n) (0x50Cu + 0x20u * (n))
#define DCFG 0x800u
#define DCTL 0x804u
#define DSTS 0x808u
#define DIEPMSK 0x810u
#define DOEPMSK 0x814u
#define DAINT 0x818u
#define DAINTMSK 0x81Cu
#define DIEPEMPMSK 0x834u
#define DEACHINT 0x838u
#define DEACHINTMSK 0x83Cu
#define DIEPEACHMSK1 0x844u
#define DOEPEACHMSK1 0x884u
#define DIEPCTL(n) (0x900u + 0x20u * (n))
#define DIEPINT(n) (0x908u + 0x20u * (n))
#define DIEPTSIZ(n) (0x910u + 0x20u * (n))
#define DTXFSTS(n) (0x918u + 0x20u * (n))
#define DOEPCTL(n) (0xB00u + 0x20u * (n))
#define DOEPINT(n) (0xB08u + 0x20u * (n))
#define DOEPTSIZ(n) (0xB10u + 0x20u * (n))
#define PCGCCTL 0xE00u
#define DFIFO(n) (0x1000u * ((n) + 1))

#define PHYSEL (1u << 6)
#define FHMOD (1u << 29)
#define FDMOD (1u << 30)
#define CSRST 1u
#define RXFFLSH (1u << 4)
#define TXFFLSH (1u << 5)
#define ALL_TX (16u << 6)
#define AHBIDL (1u << 31)
#define PWRDWN (1u << 16)
#define VBDEN (1u << 21)
#define BVALO (3u << 6)
#define BSVLD (1u << 19)
#define CIDSTS (1u << 16)
#define CURMOD (1u << 21)
#define CMOD 1u
#define MMIS (1u << 1)
#define OTGINT (1u << 2)
#define RXFLVL (1u << 4)
#define GINAKEFF (1u << 6)
#define GONAKEFF (1u << 7)
#define ESUSP (1u << 10)
#define USBSUSP (1u << 11)
#define USBRST (1u << 12)
#define IEPINT (1u << 18)
#define OEPINT (1u << 19)
#define HCINT_ANY (1u << 25)
#define CIDSCHG (1u << 28)
#define SRQINT (1u << 30)
#define SDIS 2u
#define SUSPSTS 1u
#define EPENA (1u << 31)
#define EPDIS (1u << 30)
#define SNAK (1u << 27)
#define CNAK (1u << 26)
#define EMPTY 0x04000020u /* PTXFE, NPTXFE */

#define PWR_CR3 0x5802480Cu
#define RCC_D2CCIP2R 0x58024454u
#define USB_FROM_HSI48 (3u << 20)
#define GATE_HS (1u << 25)
#define GATE_HS_ULPI (1u << 26)
#define GATE_FS (1u << 27)
#define GATE_FS_ULPI (1u << 28)
enum { IRQ_HS = 77, IRQ_FS_EP1_OUT = 98, IRQ_FS_EP1_IN = 99, IRQ_FS = 101 };

static inline uint32_t reg(struct whole *w, uint32_t offset)
{
    return get(w, FS + offset);
}

static inline void set(struct whole *w, uint32_t offset, uint32_t value)
{
    put(w, FS + offset, value);
}

/* 48 MHz, VDD33USB watched, both cores' bus clocks. */
static inline void clocked(struct whole *w)
{
    set_bits(w, RCC_CR, 1u << 12); /* HSI48ON */
    run_for(w, VTIME_US(10));
    set_bits(w, RCC_D2CCIP2R, USB_FROM_HSI48);
    set_bits(w, PWR_CR3, 1u << 24);
    set_bits(w, RCC_AHB1ENR, GATE_HS | GATE_FS);
}

/* As ST's HAL begins: the embedded PHY, a reset, the transceiver. */
static inline void core_init(struct whole *w)
{
    set_bits(w, FS + GUSBCFG, PHYSEL);
    set_bits(w, FS + GRSTCTL, CSRST);
    run_for(w, VTIME_US(1));
    assert_int_equal(reg(w, GRSTCTL), AHBIDL);
    set_bits(w, FS + GCCFG, PWRDWN);
}

static inline void force(struct whole *w, uint32_t mode)
{
    put(w, FS + GUSBCFG, (reg(w, GUSBCFG) & ~(FHMOD | FDMOD)) | mode);
    run_for(w, VTIME_MS(26));
}

static inline void device(struct whole *w)
{
    clocked(w);
    core_init(w);
    force(w, FDMOD);
    set(w, PCGCCTL, 0);
}

/* Session by override, pull-up on. */
static inline void connect(struct whole *w)
{
    set_bits(w, FS + GOTGCTL, BVALO);
    put(w, FS + DCTL, reg(w, DCTL) & ~SDIS);
}

#endif
