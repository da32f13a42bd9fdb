/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_OTG_INTERNAL_H
#define VBOARD_PERIPH_OTG_INTERNAL_H

/* What the files of the OTG model share: slots, bits, state, who does what. Names are RM0399's (60.14). */
#include "vboard/chip/fields.h"
#include "vboard/periph/otg/otg.h"

#define OTG_ENDPOINTS 9u /* 0 to 8, each way (Table 530) */
#define OTG_CHANNELS 16u
/* ST's HAL clears the flags of 15 endpoints whatever the core has, and DIEPTXF1 to DIEPTXF15. */
#define OTG_BEYOND 6u
#define OTG_SIZES_BEYOND 7u
#define OTG_ALL_FIFOS 16u /* in TXFNUM */

enum otg_slot {
    R_GOTGCTL,
    R_GOTGINT,
    R_GAHBCFG,
    R_GUSBCFG,
    R_GRSTCTL,
    R_GINTSTS,
    R_GINTMSK,
    R_GRXSTSR,
    R_GRXSTSP,
    R_GRXFSIZ,
    R_HNPTXFSIZ, /* DIEPTXF0 in device mode */
    R_HNPTXSTS,
    R_GCCFG,
    R_CID,
    R_GSNPSID,
    R_GHWCFG,
    R_GLPMCFG = R_GHWCFG + 4,
    R_GDFIFOCFG,
    R_HPTXFSIZ,
    R_DIEPTXF, /* of 1 to 8, a row each: each has a reset value of its own */
    R_DIEPTXF_BEYOND = R_DIEPTXF + 8,
    R_HCFG = R_DIEPTXF_BEYOND + OTG_SIZES_BEYOND,
    R_HFIR,
    R_HFNUM,
    R_HPTXSTS,
    R_HAINT,
    R_HAINTMSK,
    R_HFLBADDR,
    R_HPRT,
    R_HCCHAR,
    R_HCSPLT = R_HCCHAR + OTG_CHANNELS,
    R_HCINT = R_HCSPLT + OTG_CHANNELS,
    R_HCINTMSK = R_HCINT + OTG_CHANNELS,
    R_HCTSIZ = R_HCINTMSK + OTG_CHANNELS,
    R_HCDMA = R_HCTSIZ + OTG_CHANNELS,
    R_HCDMAB = R_HCDMA + OTG_CHANNELS,
    R_DCFG = R_HCDMAB + OTG_CHANNELS,
    R_DCTL,
    R_DSTS,
    R_DIEPMSK,
    R_DOEPMSK,
    R_DAINT,
    R_DAINTMSK,
    R_DVBUSDIS,
    R_DVBUSPULSE,
    R_DTHRCTL,
    R_DIEPEMPMSK,
    R_DEACHINT,
    R_DEACHINTMSK,
    R_DIEPEACHMSK1,
    R_DOEPEACHMSK1,
    R_DIEPCTL,
    R_DIEPINT = R_DIEPCTL + OTG_ENDPOINTS,
    R_DIEPINT_BEYOND = R_DIEPINT + OTG_ENDPOINTS,
    R_DIEPTSIZ = R_DIEPINT_BEYOND + OTG_BEYOND,
    R_DIEPDMA = R_DIEPTSIZ + OTG_ENDPOINTS,
    R_DTXFSTS = R_DIEPDMA + OTG_ENDPOINTS,
    R_DOEPCTL = R_DTXFSTS + OTG_ENDPOINTS,
    R_DOEPINT = R_DOEPCTL + OTG_ENDPOINTS,
    R_DOEPINT_BEYOND = R_DOEPINT + OTG_ENDPOINTS,
    R_DOEPTSIZ = R_DOEPINT_BEYOND + OTG_BEYOND,
    R_DOEPDMA = R_DOEPTSIZ + OTG_ENDPOINTS,
    R_PCGCCTL = R_DOEPDMA + OTG_ENDPOINTS,
    R_DFIFO,
    R_COUNT = R_DFIFO + OTG_CHANNELS
};

#define GOTGCTL_SRQ BIT(1)
#define GOTGCTL_AVALOEN BIT(4)
#define GOTGCTL_AVALOVAL BIT(5)
#define GOTGCTL_BVALOEN BIT(6)
#define GOTGCTL_BVALOVAL BIT(7)
#define GOTGCTL_HNPRQ BIT(9)
#define GOTGCTL_CIDSTS BIT(16)
#define GOTGCTL_ASVLD BIT(18)
#define GOTGCTL_BSVLD BIT(19)
#define GOTGCTL_CURMOD BIT(21)
#define GOTGINT_SEDET BIT(2)
#define GAHBCFG_GINTMSK BIT(0)
#define GAHBCFG_DMAEN BIT(5)
#define GAHBCFG_TXFELVL BIT(7)
#define GAHBCFG_PTXFELVL BIT(8)
#define GUSBCFG_PHYSEL BIT(6)
#define GUSBCFG_CAPABLE (BIT(9) | BIT(8)) /* HNPCAP, SRPCAP */
#define GUSBCFG_FHMOD BIT(29)
#define GUSBCFG_FDMOD BIT(30)
#define GRSTCTL_CSRST BIT(0)
#define GRSTCTL_PSRST BIT(1)
#define GRSTCTL_FCRST BIT(2)
#define GRSTCTL_RXFFLSH BIT(4)
#define GRSTCTL_TXFFLSH BIT(5)
#define GRSTCTL_ENDS (GRSTCTL_CSRST | GRSTCTL_RXFFLSH | GRSTCTL_TXFFLSH)
#define GINTSTS_CMOD BIT(0)
#define GINTSTS_MMIS BIT(1)
#define GINTSTS_OTGINT BIT(2)
#define GINTSTS_RXFLVL BIT(4)
#define GINTSTS_NPTXFE BIT(5)
#define GINTSTS_GINAKEFF BIT(6)
#define GINTSTS_GONAKEFF BIT(7)
#define GINTSTS_ESUSP BIT(10)
#define GINTSTS_USBSUSP BIT(11)
#define GINTSTS_IEPINT BIT(18)
#define GINTSTS_OEPINT BIT(19)
#define GINTSTS_HPRTINT BIT(24)
#define GINTSTS_HCINT BIT(25)
#define GINTSTS_PTXFE BIT(26)
#define GINTSTS_CIDSCHG BIT(28)
#define GINTSTS_SRQINT BIT(30)
#define GCCFG_PWRDWN BIT(16)
#define GCCFG_VBDEN BIT(21)
#define HPRT_PRES BIT(6)
#define HPRT_PSUSP BIT(7)
#define HPRT_PRST BIT(8)
#define HPRT_CHANGES (BIT(5) | BIT(3) | BIT(1)) /* POCCHNG, PENCHNG, PCDET */
#define HCCHAR_CHDIS BIT(30)
#define HCCHAR_CHENA BIT(31)
#define HCINT_CHH BIT(1)
#define DCTL_RWUSIG BIT(0)
#define DCTL_SDIS BIT(1)
#define DCTL_GINSTS BIT(2)
#define DCTL_GONSTS BIT(3)
#define DCTL_SGINAK BIT(7)
#define DCTL_CGINAK BIT(8)
#define DCTL_SGONAK BIT(9)
#define DCTL_CGONAK BIT(10)
#define DSTS_SUSPSTS BIT(0)
#define DSTS_DP BIT(23) /* of DEVLNSTS */
#define DEPCTL_NAKSTS BIT(17)
#define DEPCTL_DPID BIT(16)
#define DEPCTL_CNAK BIT(26)
#define DEPCTL_SNAK BIT(27)
#define DEPCTL_SD0PID BIT(28)
#define DEPCTL_SD1PID BIT(29)
#define DEPCTL_EPDIS BIT(30)
#define DEPCTL_EPENA BIT(31)
#define DEPINT_EPDISD BIT(1)
#define DIEPINT_INEPNE BIT(6)
#define DIEPINT_TXFE BIT(7)
#define PCGCCTL_STPPCLK BIT(0)
#define PCGCCTL_PHYSUSP BIT(4)

struct otg {
    struct periph p;
    struct clock_listener clock_listener;
    struct analog_listener vbus_listener;
    const struct gate *ulpi_gate;
    struct pinfunc *id;
    struct event cleared; /* CSRST, TXFFLSH, RXFFLSH are over */
    struct event mode;    /* the ID pin, FDMOD or FHMOD take effect */
    struct event idle;    /* 3 ms, and 3 ms again, without anybody on the bus */
    bool host;            /* as CMOD says */
    bool session;         /* B-session valid, as it was when last looked at */
    uint8_t idle_said;    /* of this idleness: 1 early suspend, 2 suspend */
    bool nak_pattern;     /* Global OUT NAK lies in the receive FIFO */
    bool out_nak;         /* ... and has been popped: effective */
    uint16_t pushed
        [OTG_ENDPOINTS]; /* words in the transmit FIFOs; a host's are 0, non-periodic, and 1 */
};

static inline struct otg *otg_of(struct periph *p)
{
    return (struct otg *)p;
}

static inline bool otg_has(const struct otg *o, enum otg_slot slot, uint32_t bits)
{
    return (o->p.values[slot] & bits) != 0;
}

/* All that follows from registers, clocks and pins: status bits, lines, what is under way. */
void otg_follow(struct otg *o);

/* Has the PHY a clock that is not stopped? Is it switched on? */
bool otg_phy_runs(const struct otg *o);
bool otg_phy_is_on(const struct otg *o);

/* ---- fifo.c ---- */
/* Number 0 to 8, or OTG_ALL_FIFOS. */
void otg_fifo_flush(struct otg *o, unsigned number);
void otg_fifo_follow(struct otg *o);
uint32_t otg_fifo_read(struct periph *p, unsigned slot, uint32_t value);
void otg_fifo_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t otg_status_look(struct periph *p, unsigned slot, uint32_t value);
uint32_t otg_status_pop(struct periph *p, unsigned slot, uint32_t value);

/* ---- device.c, host.c ---- */
void otg_device_follow(struct otg *o);
void otg_endpoints_follow(struct otg *o);
void otg_host_follow(struct otg *o);
void otg_idle_for_3_ms(void *ctx, vtime_ps now);
void otg_dctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_diepctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_doepctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_hprt_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_hcchar_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);

/* ---- core.c: hooks of the table ---- */
void otg_changed(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_gccfg_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
void otg_grstctl_write(struct periph *p, unsigned slot, uint32_t old, uint32_t written);
uint32_t otg_grstctl_read(struct periph *p, unsigned slot, uint32_t value);
/* Of a device's, a host's register: the other mode's accesses end here. */
bool otg_foreign_write(struct periph *p, unsigned slot, uint32_t written);
uint32_t otg_foreign_read(struct periph *p, unsigned slot, uint32_t value);

extern const struct reg otg_regs[R_COUNT];
extern const struct reg_fields otg_fields[];

#endif
