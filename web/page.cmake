# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# build/web/page: all that a web server has to give out, and build/web/candial-page.zip, the same as one file: by ninja,
# or by cpack --config build/web/CPackConfig.cmake from what ninja has put there.
set(page ${PROJECT_BINARY_DIR}/page)
set(firmware ${PROJECT_SOURCE_DIR}/build/firmware)
file(GLOB page_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/page/*)
file(GLOB profiles CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/profiles/*.yaml)
set(schema ${PROJECT_SOURCE_DIR}/profiles/profile.schema.json)
set(images ${firmware}/candial_cm7.elf ${firmware}/candial_cm4.elf ${firmware}/candial_cm7_ldo.elf)
foreach(image ${images})
    if(NOT EXISTS ${image})
        message(FATAL_ERROR "${image} is not there: build the preset `firmware' first")
    endif()
endforeach()

# Their names, for a page that cannot list a folder.
set(names ${profiles})
list(TRANSFORM names REPLACE ".*/(.*)" "\"\\1\"")
list(JOIN names ", " names)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/profiles.json CONTENT "[${names}]\n")

# cpack packs what is in the page's folder.
set(CPACK_GENERATOR External)
set(CPACK_EXTERNAL_ENABLE_STAGING ON)
set(CPACK_EXTERNAL_PACKAGE_SCRIPT ${CMAKE_CURRENT_SOURCE_DIR}/pack.cmake)
set(CPACK_PACKAGE_NAME candial-page)
set(CPACK_PACKAGE_FILE_NAME candial-page)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR})
set(CPACK_INCLUDE_TOPLEVEL_DIRECTORY OFF)
set(CPACK_INSTALL_CMAKE_PROJECTS "")
set(CPACK_INSTALLED_DIRECTORIES ${page} .)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_OUTPUT_CONFIG_FILE ${PROJECT_BINARY_DIR}/CPackConfig.cmake)
include(CPack)

add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/candial-page.zip
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${page}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${page}/firmware ${page}/profiles
    COMMAND ${CMAKE_COMMAND} -E copy ${page_sources} $<TARGET_FILE:candial_wasm> ${page}
    COMMAND ${CMAKE_COMMAND} -E copy ${images} ${page}/firmware
    COMMAND ${CMAKE_COMMAND} -E copy ${profiles} ${schema} ${page}/profiles
    COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_BINARY_DIR}/profiles.json ${page}/profiles/index.json
    COMMAND ${CMAKE_CPACK_COMMAND} --config ${PROJECT_BINARY_DIR}/CPackConfig.cmake
    DEPENDS candial_wasm ${PROJECT_BINARY_DIR}/profiles.json ${page_sources} ${images} ${profiles} ${schema}
        ${CMAKE_CURRENT_SOURCE_DIR}/pack.cmake VERBATIM)
add_custom_target(page ALL DEPENDS ${PROJECT_BINARY_DIR}/candial-page.zip)
