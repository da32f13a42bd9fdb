/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/*
 * Reads firmware images with elfutils' libelf; lines with its libdw. The file is read into memory first,
 * so that a file changed or cut while we run cannot hurt.
 */
#include "formats/image/internal.h"

#include "formats/text/file_bytes.h"

#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_SIZE_MAX (256u * 1024 * 1024) /* an image with debug information has a few MiB */

#define SIZE_UNKNOWN_MAX 4096u

static bool fail(const struct image *image, char *error, size_t error_size, const char *text)
{
    snprintf(error, error_size, "%s: %s", image->path, text);
    return false;
}

static bool fail_machine(const struct image *image, unsigned machine, char *error,
                         size_t error_size)
{
    static const struct {
        unsigned machine;
        const char *name;
    } names[] = {
        {EM_386, "Intel 80386"}, {EM_X86_64, "x86-64"}, {EM_AARCH64, "AArch64"},
        {EM_RISCV, "RISC-V"},    {EM_XTENSA, "Xtensa"}, {EM_AVR, "AVR"},
        {EM_PPC, "PowerPC"},     {EM_MIPS, "MIPS"},
    };
    char number[32];
    snprintf(number, sizeof number, "ELF machine %u", machine);
    const char *name = number;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        name = names[i].machine == machine ? names[i].name : name;
    }
    snprintf(error, error_size, "%s: built for %s, not for ARM: build it with arm-none-eabi-gcc",
             image->path, name);
    return false;
}

static bool check_header(struct image *image, char *error, size_t error_size)
{
    const uint8_t *ident = image->bytes;
    if (image->length < SELFMAG || memcmp(ident, ELFMAG, SELFMAG) != 0) {
        return fail(image, error, error_size, "not an ELF file: give the linker's .elf output");
    }
    if (image->length < sizeof(Elf32_Ehdr)) {
        return fail(image, error, error_size, "truncated ELF header: copy or build the file anew");
    }
    /* Class and byte order first: they decide how the rest is read. */
    uint16_t machine = (uint16_t)(ident[18] | ident[19] << 8);
    if (ident[EI_DATA] != ELFDATA2LSB) {
        return fail(image, error, error_size, "big-endian: the STM32H755 is little-endian");
    }
    if (machine != EM_ARM) {
        return fail_machine(image, machine, error, error_size);
    }
    if (ident[EI_CLASS] != ELFCLASS32) {
        return fail(image, error, error_size, "not a 32-bit ELF file: build it for a Cortex-M");
    }
    image->elf = elf_memory((char *)image->bytes, image->length);
    Elf32_Ehdr *header = image->elf == NULL ? NULL : elf32_getehdr(image->elf);
    if (header == NULL) {
        return fail(image, error, error_size, "damaged ELF header: copy or build the file anew");
    }
    if (header->e_type != ET_EXEC) {
        return fail(image, error, error_size, "not an executable: give the linked image");
    }
    if (header->e_phnum > 0 && header->e_phentsize != sizeof(Elf32_Phdr)) {
        return fail(image, error, error_size, "damaged ELF header: copy or build the file anew");
    }
    if (header->e_phoff > image->length ||
        (size_t)header->e_phnum * sizeof(Elf32_Phdr) > image->length - header->e_phoff) {
        return fail(image, error, error_size,
                    "truncated: the program headers lie past its end: copy or build the file anew");
    }
    image->entry = header->e_entry;
    return true;
}

/* Zeros for RAM (RM0399 Table 7: all below the peripherals but flash and system memory), as linker scripts
 * with shared buffers at fixed places have them: nothing to put into the flash, nothing that is missed. */
static bool is_zeroed_ram(const struct image *image, const Elf32_Phdr *header)
{
    uint32_t address = header->p_paddr;
    bool ram = (address >= 0x10000000u && address < 0x10048000u) ||
               (address >= 0x20000000u && address < 0x40000000u);
    if (!ram || header->p_offset > image->length ||
        header->p_filesz > image->length - header->p_offset) {
        return false;
    }
    for (uint32_t i = 0; i < header->p_filesz; i++) {
        if (image->bytes[header->p_offset + i] != 0) {
            return false;
        }
    }
    return true;
}

bool image_may_lie(uint32_t address, size_t length)
{
    static const struct {
        uint32_t base, size;
    } flashes[] = {
        {IMAGE_FLASH_BASE, IMAGE_FLASH_SIZE},
        {0x90000000u, 0x10000000u}, /* QUADSPI */
        {0x60000000u, 0x10000000u}, /* NOR flash on the FMC */
    };
    for (size_t i = 0; i < sizeof flashes / sizeof *flashes; i++) {
        uint32_t at = address - flashes[i].base;
        if (at < flashes[i].size && length <= flashes[i].size - at) {
            return true;
        }
    }
    return false;
}

static bool add_segment(struct image *image, const Elf32_Phdr *header, char *error,
                        size_t error_size)
{
    uint32_t address = header->p_paddr;
    uint32_t length = header->p_filesz;
    if (header->p_offset > image->length || length > image->length - header->p_offset) {
        return fail(image, error, error_size,
                    "truncated: a segment's bytes lie past its end: copy or build the file anew");
    }
    if (!image_may_lie(address, length)) {
        snprintf(error, error_size,
                 "%s: the segment at 0x%08X (%u bytes) is outside the flash 0x08000000-0x081FFFFF: "
                 "correct the linker script",
                 image->path, (unsigned)address, (unsigned)length);
        return false;
    }
    for (size_t i = 0; i < image->segment_count; i++) {
        const struct image_segment *other = &image->segments[i];
        if (address < other->address + other->length && other->address < address + length) {
            snprintf(error, error_size,
                     "%s: the segments at 0x%08X and 0x%08X overlap: correct the linker script",
                     image->path, (unsigned)other->address, (unsigned)address);
            return false;
        }
    }
    image->segments[image->segment_count++] =
        (struct image_segment){address, length, image->bytes + header->p_offset, header->p_vaddr};
    return true;
}

static bool read_segments(struct image *image, char *error, size_t error_size)
{
    const Elf32_Ehdr *header = elf32_getehdr(image->elf);
    image->segments = calloc((size_t)header->e_phnum + 1, sizeof *image->segments);
    if (image->segments == NULL) {
        return fail(image, error, error_size, "out of memory");
    }
    for (size_t i = 0; i < header->e_phnum; i++) {
        Elf32_Phdr segment; /* copied: nothing says that e_phoff is aligned */
        memcpy(&segment, image->bytes + header->e_phoff + i * sizeof segment, sizeof segment);
        if (segment.p_type == PT_LOAD && segment.p_filesz > 0 && !is_zeroed_ram(image, &segment) &&
            !add_segment(image, &segment, error, error_size)) {
            return false;
        }
    }
    if (image->segment_count == 0) {
        return fail(
            image, error, error_size,
            "has no loadable segment, nothing to put into the flash: give the linked image");
    }
    return true;
}

static int by_address(const void *left, const void *right)
{
    const struct function *a = left;
    const struct function *b = right;
    if (a->address != b->address) {
        return a->address < b->address ? -1 : 1;
    }
    return strcmp(a->name, b->name); /* the same order everywhere */
}

static void add_functions(struct image *image, Elf_Scn *section, size_t names)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t count = data == NULL ? 0 : data->d_size / sizeof(Elf32_Sym);
    image->functions = calloc(count + 1, sizeof *image->functions);
    for (size_t i = 0; image->functions != NULL && i < count; i++) {
        Elf32_Sym symbol;
        memcpy(&symbol, (const char *)data->d_buf + i * sizeof symbol, sizeof symbol);
        const char *name = elf_strptr(image->elf, names, symbol.st_name);
        if (ELF32_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx != SHN_UNDEF &&
            name != NULL) {
            image->functions[image->function_count++] =
                (struct function){symbol.st_value & ~1u, symbol.st_size, name};
        }
    }
    if (image->function_count > 0) {
        qsort(image->functions, image->function_count, sizeof *image->functions, by_address);
    }
}

/* The linker writes the section headers last: without them the end is missing. */
static bool check_complete(const struct image *image, char *error, size_t error_size)
{
    const Elf32_Ehdr *header = elf32_getehdr(image->elf);
    if (header->e_shoff > image->length ||
        (size_t)header->e_shnum * header->e_shentsize > image->length - header->e_shoff) {
        return fail(image, error, error_size,
                    "truncated: the section headers lie past its end: copy or build the file anew");
    }
    return true;
}

/* Names are a help, not a need: an image without them is as good. */
static void read_functions(struct image *image)
{
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(image->elf, section)) != NULL) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) != NULL && header.sh_type == SHT_SYMTAB) {
            add_functions(image, section, header.sh_link);
            return;
        }
    }
}

struct image *image_load(const char *path, char *error, size_t error_size)
{
    struct image *image = calloc(1, sizeof *image);
    if (image == NULL || (image->path = strdup(path)) == NULL) {
        snprintf(error, error_size, "%s: out of memory", path);
        free(image);
        return NULL;
    }
    elf_version(EV_CURRENT);
    image->bytes = file_bytes_read(path, FILE_SIZE_MAX, &image->length, error, error_size);
    if (image->bytes == NULL || !check_header(image, error, error_size) ||
        !read_segments(image, error, error_size) || !check_complete(image, error, error_size)) {
        image_free(image);
        return NULL;
    }
    if (!image_check_cpu(image, error, error_size)) {
        image_free(image);
        return NULL;
    }
    read_functions(image);
    image->dwarf = dwarf_begin_elf(image->elf, DWARF_C_READ, NULL);
    return image;
}

void image_free(struct image *image)
{
    if (image == NULL) {
        return;
    }
    dwarf_end(image->dwarf);
    elf_end(image->elf);
    free(image->functions);
    free(image->segments);
    free(image->bytes);
    free(image->path);
    free(image);
}

const char *image_path(const struct image *image)
{
    return image->path;
}

size_t image_segment_count(const struct image *image)
{
    return image->segment_count;
}

const struct image_segment *image_segment(const struct image *image, size_t index)
{
    return &image->segments[index];
}

uint32_t image_entry(const struct image *image)
{
    return image->entry;
}

const char *image_function(const struct image *image, uint32_t address, uint32_t *offset)
{
    const struct function *found = NULL;
    size_t low = 0;
    size_t high = image->function_count;
    address &= ~1u;
    while (low < high) { /* the last function that starts at or below the address */
        size_t middle = low + (high - low) / 2;
        if (image->functions[middle].address <= address) {
            found = &image->functions[middle];
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    /* Assembler functions may have size 0: then the next one ends them, or common sense. */
    uint32_t size = found == NULL ? 0 : found->size != 0 ? found->size : SIZE_UNKNOWN_MAX;
    if (found == NULL || address - found->address >= size) {
        return NULL;
    }
    *offset = address - found->address;
    return found->name;
}

uint32_t image_symbol(const struct image *image, const char *name)
{
    for (size_t i = 0; i < image->function_count; i++) {
        if (strcmp(image->functions[i].name, name) == 0) {
            return image->functions[i].address;
        }
    }
    return 0;
}

/* The compilation unit that holds the address: asked one by one, as GCC writes no .debug_aranges for
   hand-placed sections. */
static bool find_unit(Dwarf *dwarf, uint32_t address, Dwarf_Die *unit)
{
    Dwarf_Off offset = 0;
    Dwarf_Off next = 0;
    size_t header_size = 0;
    while (dwarf_nextcu(dwarf, offset, &next, &header_size, NULL, NULL, NULL) == 0) {
        if (dwarf_offdie(dwarf, offset + header_size, unit) != NULL &&
            dwarf_haspc(unit, address) == 1) {
            return true;
        }
        offset = next;
    }
    return false;
}

const char *image_line_path(struct image *image, uint32_t address, int *line)
{
    Dwarf_Die unit;
    address &= ~1u;
    if (image->dwarf == NULL || !find_unit(image->dwarf, address, &unit)) {
        return NULL;
    }
    Dwarf_Line *entry = dwarf_getsrc_die(&unit, address);
    const char *file = entry == NULL ? NULL : dwarf_linesrc(entry, NULL, NULL);
    if (file == NULL || dwarf_lineno(entry, line) != 0) {
        return NULL;
    }
    return file;
}

const char *image_line(struct image *image, uint32_t address, int *line)
{
    const char *file = image_line_path(image, address, line);
    const char *slash = file == NULL ? NULL : strrchr(file, '/');
    return slash == NULL ? file : slash + 1;
}
