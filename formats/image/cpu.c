/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * For which core an ELF file was built: the section .ARM.attributes (Addenda to the ABI for the Arm
 * architecture, IHI 0045, section 3): 'A', then subsections of a length, a vendor's name and tags.
 */
#include "formats/image/internal.h"

#include <gelf.h>
#include <stdio.h>
#include <string.h>

#define TAG_FILE 1u
#define TAG_CPU_RAW_NAME 4u
#define TAG_CPU_NAME 5u
#define TAG_CPU_ARCH 6u
#define TAG_CPU_ARCH_PROFILE 7u
#define TAG_COMPATIBILITY 32u
#define ARCH_V8_M_BASE 16u
#define ARCH_V8_M_MAIN 17u
#define ARCH_V8_1_M_MAIN 21u

struct reader {
    const uint8_t *at, *end;
};

struct attributes {
    const char *cpu; /* "cortex-a9", NULL if it does not say */
    unsigned arch, profile;
};

static unsigned read_number(struct reader *r)
{
    unsigned value = 0;
    unsigned shift = 0;
    while (r->at < r->end) {
        uint8_t byte = *r->at++;
        value |= shift < 28 ? (byte & 0x7Fu) << shift : 0;
        shift += 7;
        if ((byte & 0x80u) == 0) {
            break;
        }
    }
    return value;
}

/* "" if it has no end. */
static const char *read_text(struct reader *r)
{
    const char *text = (const char *)r->at;
    const uint8_t *zero = memchr(r->at, 0, (size_t)(r->end - r->at));
    if (zero == NULL) {
        r->at = r->end;
        return "";
    }
    r->at = zero + 1;
    return text;
}

static uint32_t read_length(struct reader *r)
{
    uint32_t length = 0;
    if (r->end - r->at < 4) {
        r->at = r->end;
        return 0;
    }
    for (unsigned i = 0; i < 4; i++) {
        length |= (uint32_t)*r->at++ << (8 * i);
    }
    return length;
}

static void read_tags(struct reader *r, struct attributes *found)
{
    while (r->at < r->end) {
        unsigned tag = read_number(r);
        bool text = tag == TAG_CPU_RAW_NAME || tag == TAG_CPU_NAME || (tag > 32 && tag % 2 == 1);
        const char *name = text ? read_text(r) : NULL;
        unsigned value = text ? 0 : read_number(r);
        if (tag == TAG_COMPATIBILITY) {
            read_text(r);
        } else if (tag == TAG_CPU_NAME) {
            found->cpu = name;
        } else if (tag == TAG_CPU_ARCH) {
            found->arch = value;
        } else if (tag == TAG_CPU_ARCH_PROFILE) {
            found->profile = value;
        }
    }
}

/* The tags that hold for the whole file, of the vendor "aeabi", come first. */
static void read_section(const uint8_t *bytes, size_t length, struct attributes *found)
{
    struct reader r = {bytes, bytes + length};
    if (length < 6 || *r.at++ != 'A') {
        return;
    }
    read_length(&r);
    if (strcmp(read_text(&r), "aeabi") != 0 || read_number(&r) != TAG_FILE) {
        return;
    }
    const uint8_t *begin = r.at - 1;
    uint32_t size = read_length(&r);
    if (size <= (size_t)(r.end - begin)) {
        r.end = begin + size;
    }
    if (r.at < r.end) {
        read_tags(&r, found);
    }
}

static void find_attributes(const struct image *image, struct attributes *found)
{
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(image->elf, section)) != NULL) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) != NULL && header.sh_type == SHT_ARM_ATTRIBUTES) {
            const Elf_Data *data = elf_rawdata(section, NULL);
            if (data != NULL && data->d_buf != NULL) {
                read_section(data->d_buf, data->d_size, found);
            }
            return;
        }
    }
}

bool image_check_cpu(const struct image *image, char *error, size_t error_size)
{
    struct attributes found = {NULL, 0, 0};
    find_attributes(image, &found);
    const char *cpu = found.cpu != NULL ? found.cpu : "another core";
    if (found.profile != 0 && found.profile != 'M') {
        snprintf(
            error, error_size,
            "%s: built for %s (Armv7-%c or the like), the STM32H755 has Cortex-M cores: build it "
            "with -mcpu=cortex-m7 or -mcpu=cortex-m4",
            image->path, cpu, (int)(found.profile & 0x7Fu));
        return false;
    }
    if (found.arch == ARCH_V8_M_BASE || found.arch == ARCH_V8_M_MAIN ||
        found.arch == ARCH_V8_1_M_MAIN) {
        snprintf(error, error_size,
                 "%s: built for %s (Armv8-M), the STM32H755's cores are Armv7-M: build it with "
                 "-mcpu=cortex-m7 or -mcpu=cortex-m4",
                 image->path, cpu);
        return false;
    }
    return true;
}
