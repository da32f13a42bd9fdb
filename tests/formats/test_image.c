/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
/* ELF images, good and broken, made up byte by byte; Intel HEX there and back. */
#include "tests/formats/cmocka_head.h"

#include "formats/image/ihex.h"
#include "formats/image/image.h"
#include "tests/formats/scratch_file.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file with two segments, a symbol table of three functions, and their names. */
struct elf_file {
    Elf32_Ehdr header;
    Elf32_Phdr segments[3];
    uint8_t code[64];
    Elf32_Sym symbols[4];
    char names[32];
    Elf32_Shdr sections[3];
};

static char error[512];

static void make_elf(struct elf_file *elf)
{
    static const char names[] = "\0main\0wait\0asm";
    memset(elf, 0, sizeof *elf);
    memcpy(elf->header.e_ident, ELFMAG, SELFMAG);
    elf->header.e_ident[EI_CLASS] = ELFCLASS32;
    elf->header.e_ident[EI_DATA] = ELFDATA2LSB;
    elf->header.e_ident[EI_VERSION] = EV_CURRENT;
    elf->header.e_type = ET_EXEC;
    elf->header.e_machine = EM_ARM;
    elf->header.e_version = EV_CURRENT;
    elf->header.e_entry = 0x08000011;
    elf->header.e_phoff = offsetof(struct elf_file, segments);
    elf->header.e_shoff = offsetof(struct elf_file, sections);
    elf->header.e_ehsize = sizeof elf->header;
    elf->header.e_phentsize = sizeof elf->segments[0];
    elf->header.e_phnum = 3;
    elf->header.e_shentsize = sizeof elf->sections[0];
    elf->header.e_shnum = 3;
    /* Code in flash; data whose flash copy is at 0x08000040 and which runs in DTCM; zeroed RAM. */
    elf->segments[0] = (Elf32_Phdr){
        PT_LOAD, offsetof(struct elf_file, code), 0x08000000, 0x08000000, 48, 48, PF_R | PF_X, 4};
    elf->segments[1] = (Elf32_Phdr){
        PT_LOAD, offsetof(struct elf_file, code) + 48, 0x20000000, 0x08000040, 16, 32, PF_R | PF_W,
        4};
    elf->segments[2] = (Elf32_Phdr){PT_LOAD, 0, 0x24000000, 0x24000000, 0, 4096, PF_R | PF_W, 4};
    for (size_t i = 0; i < sizeof elf->code; i++) {
        elf->code[i] = (uint8_t)i;
    }
    memcpy(elf->names, names, sizeof names);
    elf->symbols[1] = (Elf32_Sym){1, 0x08000011, 8, ELF32_ST_INFO(STB_GLOBAL, STT_FUNC), 0, 1};
    elf->symbols[2] = (Elf32_Sym){6, 0x08000019, 4, ELF32_ST_INFO(STB_LOCAL, STT_FUNC), 0, 1};
    elf->symbols[3] = (Elf32_Sym){11, 0x08000021, 0, ELF32_ST_INFO(STB_LOCAL, STT_FUNC), 0, 1};
    elf->sections[1] = (Elf32_Shdr){.sh_type = SHT_SYMTAB,
                                    .sh_offset = offsetof(struct elf_file, symbols),
                                    .sh_size = sizeof elf->symbols,
                                    .sh_link = 2,
                                    .sh_entsize = sizeof elf->symbols[0]};
    elf->sections[2] = (Elf32_Shdr){.sh_type = SHT_STRTAB,
                                    .sh_offset = offsetof(struct elf_file, names),
                                    .sh_size = sizeof elf->names};
}

static struct image *load(const void *bytes, size_t length)
{
    error[0] = '\0';
    return image_load(scratch_file("a.elf", bytes, length), error, sizeof error);
}

static void assert_refused(const void *bytes, size_t length, const char *why)
{
    struct image *image = load(bytes, length);
    if (image != NULL || strstr(error, why) == NULL || strchr(error, '\n') != NULL ||
        strstr(error, "a.elf: ") == NULL) {
        fail_msg("expected `%s`, got `%s`", why, image == NULL ? error : "accepted");
    }
}

static void good_image(void **state)
{
    (void)state;
    struct elf_file elf;
    uint32_t offset = 99;
    make_elf(&elf);
    struct image *image = load(&elf, sizeof elf);
    if (image == NULL) {
        fail_msg("%s", error);
    }
    assert_int_equal(image_segment_count(image), 2);
    assert_int_equal(image_segment(image, 0)->address, 0x08000000);
    assert_int_equal(image_segment(image, 0)->length, 48);
    assert_int_equal(image_segment(image, 1)->address, 0x08000040); /* where flash has it */
    assert_int_equal(image_segment(image, 1)->bytes[0], 48);
    assert_int_equal(image_entry(image), 0x08000011);
    assert_string_equal(image_function(image, 0x08000010, &offset), "main");
    assert_int_equal(offset, 0);
    assert_string_equal(image_function(image, 0x08000017, &offset), "main");
    assert_int_equal(offset, 6);
    assert_string_equal(image_function(image, 0x08000018, &offset), "wait");
    assert_null(image_function(image, 0x0800001C, &offset)); /* behind wait, before asm */
    assert_string_equal(image_function(image, 0x08000030, &offset), "asm");
    assert_null(image_function(image, 0x07FFFFFF, &offset));
    int line;
    assert_null(image_line(image, 0x08000010, &line)); /* no debug information */
    image_free(image);
    image_free(NULL);
}

static void refused_images(void **state)
{
    (void)state;
    struct elf_file elf;
    make_elf(&elf);
    assert_null(image_load("/nowhere.elf", error, sizeof error));
    assert_string_equal(
        error, "/nowhere.elf: No such file or directory: give the name of a readable file");
    assert_refused("", 0, "not an ELF file");
    assert_refused(":10000000", 9, "not an ELF file");
    assert_refused(&elf, 20, "truncated ELF header");
    assert_refused(&elf, sizeof elf.header + 10, "truncated: the program headers");
    assert_refused(&elf, offsetof(struct elf_file, code) + 60, "truncated: a segment's bytes");

    elf.header.e_machine = EM_X86_64;
    assert_refused(&elf, sizeof elf, "built for x86-64, not for ARM");
    elf.header.e_machine = 999;
    assert_refused(&elf, sizeof elf, "built for ELF machine 999, not for ARM");
    make_elf(&elf);
    elf.header.e_ident[EI_CLASS] = ELFCLASS64;
    assert_refused(&elf, sizeof elf, "not a 32-bit ELF file");
    make_elf(&elf);
    elf.header.e_ident[EI_DATA] = ELFDATA2MSB;
    assert_refused(&elf, sizeof elf, "big-endian");
    make_elf(&elf);
    elf.header.e_type = ET_REL;
    assert_refused(&elf, sizeof elf, "not an executable");
    make_elf(&elf);
    elf.header.e_phnum = 0;
    assert_refused(&elf, sizeof elf, "has no loadable segment");
    make_elf(&elf);
    elf.segments[0].p_type = elf.segments[1].p_type = PT_NOTE;
    assert_refused(&elf, sizeof elf, "has no loadable segment");
}

static void segments_outside_the_flash(void **state)
{
    (void)state;
    static const struct {
        uint32_t address, length;
        bool good;
    } cases[] = {
        {0x07FFFFFF, 16, false}, {0x08200000, 1, false},  {0x081FFFF0, 17, false},
        {0x081FFFF0, 16, true},  {0x24000000, 16, false}, {0xFFFFFFFF, 16, false},
        {0x90000000, 16, true},  {0x9FFFFFF0, 16, true},  {0x9FFFFFF0, 17, false}, /* QUADSPI */
        {0x60000000, 16, true},  {0x70000000, 16, false}, {0xD0000000, 16, false}, /* FMC */
        {0x08000020, 16, false}, /* overlaps the first */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct elf_file elf;
        make_elf(&elf);
        elf.segments[1].p_paddr = cases[i].address;
        elf.segments[1].p_filesz = cases[i].length;
        struct image *image = load(&elf, sizeof elf);
        assert_int_equal(image != NULL, cases[i].good);
        if (i == 1) {
            assert_non_null(strstr(error,
                                   "a.elf: the segment at 0x08200000 (1 bytes) is outside the "
                                   "flash 0x08000000-0x081FFFFF: correct the linker script"));
        }
        image_free(image);
    }
    assert_non_null(strstr(error, "overlap"));
}

/* A buffer at a fixed place in RAM, all zeros: nothing for the flash, and nothing is lost. */
static void zeros_in_ram_are_left_out(void **state)
{
    (void)state;
    struct elf_file elf;
    make_elf(&elf);
    elf.segments[1].p_paddr = 0x38000000;
    struct image *image = load(&elf, sizeof elf);
    assert_null(image);
    memset((char *)&elf + elf.segments[1].p_offset, 0, elf.segments[1].p_filesz);
    image = load(&elf, sizeof elf);
    assert_non_null(image);
    assert_int_equal(image_segment_count(image), 1);
    image_free(image);
}

/* candial's own images, where they have been built. */
static void real_images(void **state)
{
    (void)state;
    const char *folder = getenv("CANDIAL_FIRMWARE_DIR");
    char path[512];
    uint32_t offset;
    snprintf(path, sizeof path, "%s/candial_cm7.elf", folder == NULL ? "build/firmware" : folder);
    struct image *image = image_load(path, error, sizeof error);
    if (image == NULL) {
        fprintf(stderr, "skipped: %s\n", error);
        skip();
    }
    const char *name = image_function(image, image_entry(image), &offset);
    assert_non_null(name);
    assert_int_equal(image_segment(image, 0)->address, 0x08000000);
    image_free(image);
}

/* Any damage is refused or harmless: what is accepted lies in the flash and can be read. */
static void noise(void **state)
{
    (void)state;
    uint64_t random = fuzz_seed("image noise");
    for (int round = 0; round < 3000; round++) {
        struct elf_file elf;
        uint32_t sum = 0;
        uint32_t offset;
        make_elf(&elf);
        uint8_t *bytes = (uint8_t *)&elf;
        for (uint64_t changes = 1 + fuzz_next(&random) % 4; changes > 0; changes--) {
            bytes[fuzz_next(&random) % sizeof elf] = (uint8_t)fuzz_next(&random);
        }
        bool cut = fuzz_next(&random) % 4 == 0;
        struct image *image = load(&elf, cut ? fuzz_next(&random) % sizeof elf : sizeof elf);
        for (size_t i = 0; image != NULL && i < image_segment_count(image); i++) {
            const struct image_segment *segment = image_segment(image, i);
            const uint32_t last = segment->address + segment->length - 1;
            if (IMAGE_IS_INTERNAL(segment->address)) {
                assert_in_range(last, 0x08000000, 0x081FFFFF);
            } else { /* QUADSPI, or NOR flash on the FMC */
                assert_true(segment->address >> 28 == 9 || segment->address >> 28 == 6);
                assert_int_equal(last >> 28, segment->address >> 28);
            }
            for (uint32_t k = 0; k < segment->length; k++) {
                sum += segment->bytes[k];
            }
        }
        if (image != NULL) {
            image_function(image, 0x08000010 + sum % 32, &offset);
        }
        image_free(image);
    }
}

/* A flash of 128 KiB to read HEX files into. */
struct memory {
    uint8_t bytes[131072];
};

static bool take(void *context, uint32_t address, const uint8_t *bytes, size_t length)
{
    struct memory *memory = context;
    if (address < 0x08000000 || address - 0x08000000 + length > sizeof memory->bytes) {
        return false;
    }
    memcpy(memory->bytes + (address - 0x08000000), bytes, length);
    return true;
}

static void hex_there_and_back(void **state)
{
    (void)state;
    static struct memory written;
    static struct memory read;
    static char text[400000];
    uint64_t random = 42;
    for (size_t i = 0; i < sizeof written.bytes; i++) {
        written.bytes[i] = (uint8_t)fuzz_next(&random);
    }
    FILE *file = fmemopen(text, sizeof text, "w");
    assert_true(ihex_write(file, 0x08000003, written.bytes + 3, 70000)); /* over a 64 KiB border */
    assert_true(ihex_write(file, 0x0801FFFF, written.bytes + 0x1FFFF, 1));
    assert_true(ihex_write_end(file));
    fclose(file);
    assert_int_equal(strncmp(text, ":020000040800F2\n:0D0003", 23), 0);
    memset(&read, 0, sizeof read);
    bool good = ihex_read(scratch_text("a.hex", text), take, &read, error, sizeof error);
    if (!good) {
        fail_msg("%s", error);
    }
    assert_memory_equal(read.bytes + 3, written.bytes + 3, 70000);
    assert_int_equal(read.bytes[0x1FFFF], written.bytes[0x1FFFF]);
    assert_int_equal(read.bytes[2], 0);
}

static void hex_errors(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {":020000040800F2\n:0400000001020304F3\n:00000001FF\n", "a.hex:2: wrong checksum"},
        {":020000040800F2\n:0400000001020304F2\n", "a.hex:2: the end record is missing"},
        {":020000040800F2\n0400000001020304F2\n", "a.hex:2: does not begin with a colon"},
        {":020000040800F2\n:04000000010203F6\n", "a.hex:2: length does not agree"},
        {":020000040800F2\n:0400000001020304FG\n", "a.hex:2: not pairs"},
        {":020000040800F2\n:0400000001020304F\n", "a.hex:2: not pairs"},
        {":00000007F9\n", "a.hex:1: unknown record type"},
        {":0100000408F3\n", "a.hex:1: address record"},
        {":0400000001020304F2\n:00000001FF\n", "a.hex:1: lies outside"},
        {"", "a.hex:0: the end record is missing"},
    };
    static struct memory memory;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = scratch_text("a.hex", cases[i][0]);
        assert_false(ihex_read(path, take, &memory, error, sizeof error));
        if (strstr(error, cases[i][1]) == NULL) {
            fail_msg("case %zu: %s", i, error);
        }
    }
    assert_false(ihex_read("/nowhere.hex", take, &memory, error, sizeof error));
}

static void images_of_bytes(void **state)
{
    (void)state;
    uint8_t bytes[] = {1, 2, 3, 4};
    struct image *image = image_from_bytes("here", 0x08100000u, bytes, sizeof bytes);
    assert_non_null(image);
    bytes[0] = 9; /* they were copied */
    assert_string_equal(image_path(image), "here");
    assert_int_equal(image_segment_count(image), 1);
    const struct image_segment *s = image_segment(image, 0);
    assert_int_equal(s->address, 0x08100000u);
    assert_int_equal(s->run_address, 0x08100000u);
    assert_int_equal(s->length, 4);
    assert_memory_equal(s->bytes, ((const uint8_t[]){1, 2, 3, 4}), 4);
    uint32_t offset;
    assert_null(image_function(image, 0x08100000u, &offset));
    image_free(image);
    assert_null(image_from_bytes("here", 0x081FFFFEu, bytes, sizeof bytes));
    assert_null(image_from_bytes("here", 0x20000000u, bytes, sizeof bytes));
    assert_null(image_from_bytes("here", 0x08000000u, bytes, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_image),
        cmocka_unit_test(refused_images),
        cmocka_unit_test(segments_outside_the_flash),
        cmocka_unit_test(zeros_in_ram_are_left_out),
        cmocka_unit_test(real_images),
        cmocka_unit_test(noise),
        cmocka_unit_test(hex_there_and_back),
        cmocka_unit_test(hex_errors),
        cmocka_unit_test(images_of_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, scratch_remove);
}
