# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# build/web/page: all that a web server has to give out, and build/web/candial-page.zip, the same as one file.
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

# In an order that no file system has a part in: the same bytes wherever it is built.
set(packed candial.wasm profiles/index.json)
foreach(file ${page_sources})
    get_filename_component(name ${file} NAME)
    list(APPEND packed ${name})
endforeach()
foreach(kind "firmware;${images}" "profiles;${profiles};${schema}")
    list(POP_FRONT kind folder)
    foreach(file ${kind})
        get_filename_component(name ${file} NAME)
        list(APPEND packed ${folder}/${name})
    endforeach()
endforeach()
list(SORT packed)

add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/candial-page.zip
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${page}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${page}/firmware ${page}/profiles
    COMMAND ${CMAKE_COMMAND} -E copy ${page_sources} $<TARGET_FILE:candial_wasm> ${page}
    COMMAND ${CMAKE_COMMAND} -E copy ${images} ${page}/firmware
    COMMAND ${CMAKE_COMMAND} -E copy ${profiles} ${schema} ${page}/profiles
    COMMAND ${CMAKE_COMMAND} -E copy ${PROJECT_BINARY_DIR}/profiles.json ${page}/profiles/index.json
    COMMAND ${CMAKE_COMMAND} -E rm -f ${PROJECT_BINARY_DIR}/candial-page.zip
    COMMAND ${CMAKE_COMMAND} -E chdir ${page} touch -c -d 2000-01-01T00:00:00Z ${packed}
    COMMAND ${CMAKE_COMMAND} -E chdir ${page} ${CMAKE_COMMAND} -E env TZ=UTC
        zip -X -q ${PROJECT_BINARY_DIR}/candial-page.zip ${packed}
    DEPENDS candial_wasm ${PROJECT_BINARY_DIR}/profiles.json ${page_sources} ${images} ${profiles} ${schema} VERBATIM)
add_custom_target(page ALL DEPENDS ${PROJECT_BINARY_DIR}/candial-page.zip)
