/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "vboard/chip/transfer.h"

#include <string.h>

#include "vboard/chip/chip.h"

#define ITCM_END 0x00010000u
#define DTCM 0x20000000u
#define DTCM_SIZE 0x00020000u
#define D3_MEMORIES 0x38000000u
#define D3_MEMORIES_SIZE 0x01000000u
#define D3_PERIPHERALS 0x58000000u
#define D3_PERIPHERALS_SIZE 0x04000000u
#define D1_PERIPHERALS 0x50000000u
#define D1_PERIPHERALS_SIZE 0x08000000u
#define FLASH 0x08000000u
#define FLASH_SIZE 0x00200000u
#define AXI_SRAM 0x24000000u
#define AXI_SRAM_SIZE 0x00080000u
#define EXTERNAL 0x60000000u /* FMC's and QUADSPI's */
#define EXTERNAL_SIZE 0x80000000u
#define D2_PERIPHERALS 0x40000000u
#define D2_PERIPHERALS_SIZE 0x10000000u
#define PERIPHERALS 0x40000000u
#define PERIPHERALS_SIZE 0x20000000u

static bool is_tcm(uint32_t address)
{
    return address < ITCM_END || address - DTCM < DTCM_SIZE;
}

static bool is_register(uint32_t address)
{
    return address - PERIPHERALS < PERIPHERALS_SIZE;
}

static bool is_d3(uint32_t address)
{
    return address - D3_MEMORIES < D3_MEMORIES_SIZE ||
           address - D3_PERIPHERALS < D3_PERIPHERALS_SIZE;
}

static bool is_axi_memory(uint32_t address)
{
    return address - FLASH < FLASH_SIZE || address - AXI_SRAM < AXI_SRAM_SIZE ||
           address - EXTERNAL < EXTERNAL_SIZE;
}

/* RM0399 2.1, Table 2. */
static bool reaches(enum transfer_bus bus, uint32_t address)
{
    switch (bus) {
    case TRANSFER_D3:
        return is_d3(address);
    case TRANSFER_TCM:
        return is_tcm(address);
    case TRANSFER_ETH:
        return !is_tcm(address) && !is_register(address);
    case TRANSFER_DMA2D:
        return !is_tcm(address) && !is_d3(address) &&
               address - D1_PERIPHERALS >= D1_PERIPHERALS_SIZE;
    case TRANSFER_SDMMC1:
        return is_axi_memory(address);
    case TRANSFER_SDMMC2:
        return !is_tcm(address) && address - D2_PERIPHERALS >= D2_PERIPHERALS_SIZE;
    default:
        return !is_tcm(address);
    }
}

void transfer_order(struct chip *c, struct transfer *t)
{
    if (c->access.master == MASTER_DEBUG) {
        return; /* whoever gave the last one, or CM7 */
    }
    t->master = master_core(c->access.master) == MASTER_CM4 ? MASTER_DMA_CM4 : MASTER_DMA_CM7;
    t->pc = c->access.pc;
}

static enum transfer_result refuse(struct chip *c, const struct transfer *t, uint32_t address)
{
    chip_report(c, FOUND_DMA_BUS_ERROR, t->subject, &(struct finding_data){.at = address});
    return TRANSFER_REFUSED;
}

/* Memory that answers as the core's window does (vboard/cpu/bus.c). */
static enum transfer_result ask_memory(struct chip *c, const struct mem_region *r, uint32_t address,
                                       vtime_ps *ready)
{
    if (r->gate != NULL && !r->gate->any) {
        chip_report(c, FOUND_MEMORY_UNCLOCKED, address,
                    &(struct finding_data){.enr = r->gate->enr, .enr_bit = r->gate->bit});
        return TRANSFER_REFUSED;
    }
    *ready = r->busy_until != NULL ? r->busy_until(r->ctx) : 0;
    return *ready != 0 ? TRANSFER_WAIT : TRANSFER_DONE;
}

static void snoop(struct chip *c, const struct mem_region *r, uint32_t address, unsigned size,
                  bool write)
{
    if (c->bus.snoop != NULL && r->writable) {
        c->bus.snoop->transfer(c->bus.snoop->ctx, address, size, write);
    }
    if (r->writable) {
        chip_show_ram(c, c->access.master, c->access.pc, address, size, write);
    }
}

static enum transfer_result read_memory(struct chip *c, const struct transfer *t,
                                        const struct mem_region *r, uint32_t address, unsigned size,
                                        uint64_t *value, vtime_ps *ready)
{
    enum transfer_result asked = ask_memory(c, r, address, ready);
    if (asked != TRANSFER_DONE) {
        return asked == TRANSFER_WAIT ? asked : TRANSFER_DONE; /* without a clock it reads 0 */
    }
    if (r->guarded && r->read_faults != NULL && r->read_faults(r->ctx, address, size)) {
        return refuse(c, t, address);
    }
    snoop(c, r, address, size, false);
    memcpy(value, r->host + (address - r->base), size);
    return TRANSFER_DONE;
}

static enum transfer_result write_memory(struct chip *c, const struct transfer *t,
                                         const struct mem_region *r, uint32_t address,
                                         unsigned size, uint64_t value, vtime_ps *ready)
{
    enum transfer_result asked = ask_memory(c, r, address, ready);
    if (asked == TRANSFER_REFUSED) {
        return TRANSFER_DONE; /* without a clock it is lost */
    }
    if (!r->writable) {
        if (r->write == NULL) {
            return refuse(c, t, address);
        }
        r->write(r->ctx, address, size, value);
        return c->access.bus_fault ? refuse(c, t, address) : TRANSFER_DONE;
    }
    if (asked == TRANSFER_WAIT) {
        return asked;
    }
    if (c->power.run_star) {
        chip_report(c, FOUND_RAM_IN_RUN_STAR, address, NULL);
    }
    snoop(c, r, address, size, true);
    memcpy(r->host + (address - r->base), &value, size);
    if (r->executable) {
        chip_code_changed(c, address, size);
    }
    return TRANSFER_DONE;
}

static void begin(struct chip *c, const struct transfer *t, uint32_t address, bool write)
{
    c->access = (struct access){.master = t->master,
                                .pc = t->pc,
                                .address = address,
                                .lanes = write ? ~0u : 0,
                                .forgiven = true};
}

static enum transfer_result read_register(struct chip *c, const struct transfer *t,
                                          uint32_t address, unsigned size, uint64_t *value)
{
    for (unsigned at = 0; at < size; at += 4) { /* 64 bits are two accesses of a 32-bit bus */
        *value |= (uint64_t)chip_mmio_read(c, address + at, size < 4 ? size : 4) << (8 * at);
    }
    return c->access.bus_fault ? refuse(c, t, address) : TRANSFER_DONE;
}

static enum transfer_result write_register(struct chip *c, const struct transfer *t,
                                           uint32_t address, unsigned size, uint64_t value)
{
    for (unsigned at = 0; at < size; at += 4) {
        chip_mmio_write(c, address + at, size < 4 ? size : 4, (uint32_t)(value >> (8 * at)));
    }
    return c->access.bus_fault ? refuse(c, t, address) : TRANSFER_DONE;
}

/* An external memory whose controller has to be asked, or refuses. */
static enum transfer_result access_external(struct chip *c, const struct transfer *t,
                                            uint32_t address, unsigned size, uint64_t *value,
                                            bool write)
{
    if (write) {
        external_write(c, address, size, *value);
    } else {
        *value = external_read(c, address, size);
    }
    return c->access.bus_fault ? refuse(c, t, address) : TRANSFER_DONE;
}

static enum transfer_result access_bus(struct chip *c, const struct transfer *t, uint32_t address,
                                       unsigned size, uint64_t *value, bool write, vtime_ps *ready)
{
    begin(c, t, address, write);
    if (!reaches(t->bus, address)) {
        return refuse(c, t, address);
    }
    const struct mem_region *r = chip_region(c, address, MASTER_DEBUG);
    if (r != NULL) {
        return write ? write_memory(c, t, r, address, size, *value, ready)
                     : read_memory(c, t, r, address, size, value, ready);
    }
    if (external_is(address)) {
        return access_external(c, t, address, size, value, write);
    }
    if (!is_register(address)) {
        return refuse(c, t, address);
    }
    return write ? write_register(c, t, address, size, *value)
                 : read_register(c, t, address, size, value);
}

enum transfer_result transfer_read(struct chip *c, const struct transfer *t, uint32_t address,
                                   unsigned size, uint64_t *value, vtime_ps *ready)
{
    const struct access before = c->access;
    *value = 0;
    enum transfer_result result =
        access_bus(c, t, address & ~(size - 1u), size, value, false, ready);
    c->access = before;
    return result;
}

enum transfer_result transfer_write(struct chip *c, const struct transfer *t, uint32_t address,
                                    unsigned size, uint64_t value, vtime_ps *ready)
{
    const struct access before = c->access;
    enum transfer_result result =
        access_bus(c, t, address & ~(size - 1u), size, &value, true, ready);
    c->access = before;
    return result;
}
