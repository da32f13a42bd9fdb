# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# Toolchain file: Arm's bare-metal gcc. Which core's flags a target gets is cmake/firmware.cmake's.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
set(CMAKE_OBJCOPY arm-none-eabi-objcopy CACHE FILEPATH "")
set(CMAKE_SIZE arm-none-eabi-size CACHE FILEPATH "")
set(CMAKE_EXECUTABLE_SUFFIX_C .elf)
# A trial link needs a linker script; compiling is trial enough.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
