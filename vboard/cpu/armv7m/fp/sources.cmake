# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# The FPU's arithmetic: DDI 0403E, A2.5.
set(fp_sources
    ${CMAKE_CURRENT_LIST_DIR}/fp32.c
    ${CMAKE_CURRENT_LIST_DIR}/fp64.c
    ${CMAKE_CURRENT_LIST_DIR}/fp_compare.c
    ${CMAKE_CURRENT_LIST_DIR}/fp_convert.c
    ${CMAKE_CURRENT_LIST_DIR}/fp_muladd.c
    ${CMAKE_CURRENT_LIST_DIR}/fp_soft.c
    ${CMAKE_CURRENT_LIST_DIR}/fp_value.c)
# A product and a sum must not be joined: the error-free transformations would be wrong.
set_source_files_properties(${fp_sources} PROPERTIES COMPILE_OPTIONS -ffp-contract=off)
target_sources(candial_vboard PRIVATE ${fp_sources})
target_link_libraries(candial_vboard PUBLIC m)
