# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# candial_test(NAME SOURCES a.c b.c LIBS candial_core ... [LABELS long])
#
# Builds one cmocka program and registers it with CTest under NAME. It runs in the source root, so
# that a test may name files as the tree does. Paths it may need besides are in its environment:
# CANDIAL_SOURCE_DIR, CANDIAL_BINARY_DIR, CANDIAL_FIRMWARE_DIR (where the firmware preset puts its
# ELF files). Give tests that are left out of a plain ./test the label `long`.
enable_testing()
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)

# The environment of each test, also of those added by add_test.
function(candial_test_properties name)
    cmake_parse_arguments(ARG "" "" "LABELS" ${ARGN})
    set(environment
        "CANDIAL_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
        "CANDIAL_BINARY_DIR=${PROJECT_BINARY_DIR}"
        "CANDIAL_FIRMWARE_DIR=${CANDIAL_FIRMWARE_DIR}")
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "${environment}" WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    if(ARG_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
    endif()
endfunction()

function(candial_test name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT ARG_SOURCES)
        message(FATAL_ERROR "candial_test(${name}): no SOURCES")
    endif()
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE ${ARG_LIBS} PkgConfig::CMOCKA)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
    add_test(NAME ${name} COMMAND ${name})
    candial_test_properties(${name} LABELS ${ARG_LABELS})
endfunction()

set(CANDIAL_PAGE_DIR ${PROJECT_SOURCE_DIR}/build/web/page CACHE PATH "The page that the preset `web' built")
find_program(NODE NAMES node nodejs)

# candial_web_test(NAME COMMAND ... [LABELS ...])
#
# A test of the page; skipped where the page, or what the test needs, is not there. Scripts whose name ends in .mjs
# run in Node.js.
function(candial_web_test name)
    cmake_parse_arguments(ARG "" "" "LABELS;COMMAND" ${ARGN})
    if(ARG_COMMAND MATCHES "^[^;]*\\.mjs(;|$)")
        list(PREPEND ARG_COMMAND ${NODE})
    endif()
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -E env CANDIAL=$<TARGET_FILE:candial>
        CANDIAL_PAGE=${CANDIAL_PAGE_DIR} ${ARG_COMMAND})
    candial_test_properties(${name} LABELS ${ARG_LABELS})
    set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77)
endfunction()
