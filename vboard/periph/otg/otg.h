/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_PERIPH_OTG_OTG_H
#define VBOARD_PERIPH_OTG_OTG_H

/*
 * USB1 OTG_HS and USB2 OTG_FS (RM0399 Rev 4, chapter 60), to the point where a device waits for its host and a host
 * for a device: nothing is ever plugged in. Modelled: all registers, the mode (FDMOD, FHMOD, the ID pin; 25 ms), resets
 * and flushes that take clocks of the PHY, VBUS sensing (of a voltage that is put to PB13 or PA9) and its overrides,
 * soft disconnect, suspend, both global NAKs, endpoint and channel disabling, the transmit FIFOs' levels, all
 * interrupts that can come. A register of the other mode is ignored, sets MMIS and is a finding (60.12); so is a
 * transceiver that is switched on at a wrong clock, or without its supply's detector (7.4.7).
 *
 * Left out, and named when used: SRP and HNP, test modes, LPM tokens of a host, data of an IN endpoint that the core's
 * own DMA would fetch. Left out silently, as nobody is there who could show it: charger detection finds nothing, no
 * frame begins, nothing wakes.
 *
 * The PHY's clock is usb_ker_ck (48 MHz) or ULPI_CK. Without it CSRST, TXFFLSH and RXFFLSH stay set for ever: 60.14.5
 * says of the flushes that they take clocks of the slower of both; of CSRST it is what people meet whose 48 MHz clock is
 * not set up (ST's community, "USB_CoreReset failed CSRST bit stucked"). It is a finding.
 *
 * Where RM0399 does not say, taken from the public, unverified here:
 * - GSNPSID, GHWCFG1 to 4 read what hathach/tinyusb's dwc2_info.md lists of an STM32H743.
 * - Of GUSBCFG, CSRST keeps how the PHY is chosen (ST's HAL selects it once, before it) and FDMOD and FHMOD; the mode
 *   itself goes to device and comes again (Linux, drivers/usb/dwc2/core.c).
 * - The ULPI gate open without a PHY that gives ULPI_CK: the core waits for it, whatever PHYSEL says
 *   (embassy-rs/embassy pull request 6476).
 * - A pin ID that is not given to the core reads low, as any alternate function (12.3.2): host mode, 25 ms later
 *   (STM32CubeH7 issue 215).
 * - A device whose D+ is pulled up and that hears nobody is idle: early suspend and suspend come, and once, as the core
 *   then stays suspended until something moves (60.6.2); hathach/tinyusb pull request 2873 tells of a board on which
 *   suspend came again every 20 ms, issue 3315 of one on which it came once.
 * - A session begins and ends at 0.8 V, where 60.14.2 says that it is over at the latest.
 * - What a read of the other mode's register gives: 0. CSRST lasts as long as a flush, and neither minds STPPCLK.
 */
#include "vboard/chip/chip.h"

enum otg_irq { OTG_IRQ_GLOBAL, OTG_IRQ_EP1_IN, OTG_IRQ_EP1_OUT };

extern const struct model otg_model;

#endif
