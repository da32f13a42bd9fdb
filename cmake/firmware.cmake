# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# What the firmware build gives to firmware/CMakeLists.txt:
#
#   candial_cm7_flags, candial_cm4_flags   interface libraries with a core's compiler flags
#   candial_cmsis, candial_device          interface libraries with the header folders
#   candial_hex(NAME CM7 CM4)              NAME.hex beside the ELF files, both images in one file

# The same sources give the same bytes in any folder, and debug information names files as the tree
# does ("core/needle.c").
add_compile_options(-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=)

set(candial_common_flags -mthumb -ffreestanding -ffunction-sections -fdata-sections
    -fno-common -fno-strict-aliasing)

# build/firmware/candial_cm7.elf, candial_cm4.elf
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# Cortex-M7 of the STM32H7: double-precision FPv5. Cortex-M4: single-precision FPv4 (PM0253, PM0214).
add_library(candial_cm7_flags INTERFACE)
set(candial_cm7_arch -mcpu=cortex-m7 -mfpu=fpv5-d16 -mfloat-abi=hard)
target_compile_options(candial_cm7_flags INTERFACE ${candial_common_flags} ${candial_cm7_arch})
target_compile_definitions(candial_cm7_flags INTERFACE CORE_CM7)
target_link_options(candial_cm7_flags INTERFACE -mthumb ${candial_cm7_arch})

add_library(candial_cm4_flags INTERFACE)
set(candial_cm4_arch -mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
target_compile_options(candial_cm4_flags INTERFACE ${candial_common_flags} ${candial_cm4_arch})
target_compile_definitions(candial_cm4_flags INTERFACE CORE_CM4)
target_link_options(candial_cm4_flags INTERFACE -mthumb ${candial_cm4_arch})

# What the firmware names of the cores: firmware/cortex_m, or Arm's CMSIS-Core where
# CANDIAL_CMSIS_INCLUDE names its folder; the bytes must be the same. SYSTEM: Arm's warnings are not
# ours. The C library's part is firmware/libc, so that no C library need be installed.
add_library(candial_cmsis INTERFACE)
target_include_directories(candial_cmsis INTERFACE ${PROJECT_SOURCE_DIR}/firmware/libc)
if(CANDIAL_CMSIS_INCLUDE)
    if(NOT EXISTS ${CANDIAL_CMSIS_INCLUDE}/core_cm7.h)
        message(FATAL_ERROR "CANDIAL_CMSIS_INCLUDE: no core_cm7.h in ${CANDIAL_CMSIS_INCLUDE}")
    endif()
    target_include_directories(candial_cmsis SYSTEM INTERFACE ${CANDIAL_CMSIS_INCLUDE})
else()
    target_include_directories(candial_cmsis INTERFACE ${PROJECT_SOURCE_DIR}/firmware/cortex_m)
endif()

# The device header: ours, or ST's where CANDIAL_DEVICE_INCLUDE names its folder. Both are included
# as "stm32h755xx.h" and must give the same bytes.
add_library(candial_device INTERFACE)
if(CANDIAL_DEVICE_INCLUDE)
    if(NOT EXISTS ${CANDIAL_DEVICE_INCLUDE}/stm32h755xx.h)
        message(FATAL_ERROR "CANDIAL_DEVICE_INCLUDE: no stm32h755xx.h in ${CANDIAL_DEVICE_INCLUDE}")
    endif()
    target_include_directories(candial_device SYSTEM INTERFACE ${CANDIAL_DEVICE_INCLUDE})
else()
    target_include_directories(candial_device INTERFACE ${PROJECT_SOURCE_DIR}/firmware/device)
endif()
target_link_libraries(candial_device INTERFACE candial_cmsis)

# The two images lie in different flash banks, so their Intel HEX records join without overlap.
function(candial_hex name cm7 cm4)
    set(hex ${PROJECT_BINARY_DIR}/${name}.hex)
    set(script ${PROJECT_SOURCE_DIR}/cmake/merge_hex.cmake)
    add_custom_command(OUTPUT ${hex}
        COMMAND ${CMAKE_COMMAND} -DOBJCOPY=${CMAKE_OBJCOPY} -DOUTPUT=${hex}
            -DCM7=$<TARGET_FILE:${cm7}> -DCM4=$<TARGET_FILE:${cm4}> -P ${script}
        DEPENDS ${cm7} ${cm4} ${script} VERBATIM)
    add_custom_target(${name}_hex ALL DEPENDS ${hex})
endfunction()
