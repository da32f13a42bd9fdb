/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#ifndef VBOARD_CPU_MPU_H
#define VBOARD_CPU_MPU_H

/*
 * Memory protection unit (PM0253 4.6): 16 regions on the H7's M7 (PM0253 2.2 Table 14), 8 on
 * the M4 (PM0214 4.2). Of the memory types Device and Strongly-ordered matter: accesses must be
 * aligned. With Unicorn, permissions hold for pages of 1 KB: a region or subregion smaller than that
 * decides for its page by its first byte.
 */
#include <stdbool.h>
#include <stdint.h>

#define MPU_MAX_REGIONS 16u

enum mpu_access { MPU_READ, MPU_WRITE, MPU_FETCH };

struct mpu {
    unsigned regions;
    uint32_t ctrl, rnr;
    uint32_t rbar[MPU_MAX_REGIONS], rasr[MPU_MAX_REGIONS];
    unsigned used; /* the enabled regions, the highest number first */
    struct {
        uint32_t base, inside; /* the address bits that differ within the region */
        uint32_t rasr;
    } use[MPU_MAX_REGIONS];
};

void mpu_reset(struct mpu *m, unsigned regions);
/* Offsets 0x90 TYPE to 0xB8 RASR_A3 from 0xE000ED00. */
uint32_t mpu_read(const struct mpu *m, uint32_t offset);
/* True if the permissions may have changed. */
bool mpu_write(struct mpu *m, uint32_t offset, uint32_t value);

/* A region or subregion ends within the page of 1 KB at `address`. */
bool mpu_divides_page(const struct mpu *m, uint32_t address);
/* Device or Strongly-ordered memory (PM0253 2.2.1, Table 87). */
bool mpu_is_device(const struct mpu *m, uint32_t address, bool negative);
/* How an address is cached (PM0253 Tables 17, 91, 92), the inner policy. */
enum mpu_cache { MPU_UNCACHED, MPU_WRITE_THROUGH, MPU_WRITE_BACK, MPU_WRITE_BACK_ALLOCATE };
enum mpu_cache mpu_cache_policy(const struct mpu *m, uint32_t address, bool negative,
                                bool *shareable);
/* What is allowed at an address: 1 << MPU_READ ... `negative`: see mpu_allows. */
unsigned mpu_rights(const struct mpu *m, uint32_t address, bool privileged, bool negative);
/* May this access go ahead? `negative`: execution priority below 0 (HFNMIENA). */
bool mpu_allows(const struct mpu *m, uint32_t address, enum mpu_access access, bool privileged,
                bool negative);

#endif
