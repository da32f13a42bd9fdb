# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# What only the host build has: sanitizers, coverage, one folder for the programs.

# Assertions stay in: CMake's own RelWithDebInfo flags would define NDEBUG.
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")
add_compile_options(-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)

# POSIX and the usual BSD names beside C11 (-std=c11 alone hides fileno, clock_gettime and others).
add_compile_definitions(_DEFAULT_SOURCE _POSIX_C_SOURCE=200809L)

# libunicorn exports all of QEMU's names (cpu_reset and thousands more) and calls them through the
# dynamic linker: a function of ours by the same name would be called instead. Hidden ones are not.
set(CMAKE_C_VISIBILITY_PRESET hidden)
# All of it can be in libcandial (lib/), too; what is hidden costs nothing for that.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# build/<preset>/candial
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

set(CANDIAL_FIRMWARE_DIR ${PROJECT_SOURCE_DIR}/build/firmware CACHE PATH
    "Where candial_cm7.elf and candial_cm4.elf are (the firmware preset's build folder)")

if(CANDIAL_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
endif()

if(CANDIAL_COVERAGE)
    add_compile_options(--coverage -fprofile-update=atomic -O0)
    add_link_options(--coverage)
endif()

find_package(PkgConfig REQUIRED)
# formats/ reads with these.
pkg_check_modules(ELF REQUIRED IMPORTED_TARGET GLOBAL libelf)
pkg_check_modules(DW REQUIRED IMPORTED_TARGET GLOBAL libdw)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET GLOBAL yaml-0.1)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET GLOBAL zlib)
