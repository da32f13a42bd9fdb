# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# `cmake --install` and `cpack`: the program, what it finds (host/files.h), the firmware of the firmware preset,
# man pages and completions made from the program's help, and the docs.
include(GNUInstallDirs)

# What is installed is built first; `all` builds the tests too, which nobody here needs.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(CODE "execute_process(COMMAND \"${CMAKE_COMMAND}\" --build \"${PROJECT_BINARY_DIR}\"
    --target candial candial_board pages OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)")
install(TARGETS candial RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# Beside `candial` the launcher finds the rest of the program in ../lib/candial (cli/launcher.c).
install(TARGETS candial_board RUNTIME DESTINATION lib/candial)
if(CANDIAL_UNICORN AND CANDIAL_UNICORN_LIBRARY)
    # A Unicorn that is not the system's comes along.
    get_filename_component(unicorn_file ${CANDIAL_UNICORN_LIBRARY} REALPATH)
    install(FILES ${unicorn_file} DESTINATION lib/candial RENAME libunicorn.so.2)
    set_target_properties(candial_board PROPERTIES INSTALL_RPATH "$ORIGIN")
endif()

# libcandial, for who builds it: ninja candial_shared, then cmake --install --component library.
install(TARGETS candial_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library EXCLUDE_FROM_ALL)
install(FILES lib/candial.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT library EXCLUDE_FROM_ALL)
install(FILES ${PROJECT_BINARY_DIR}/lib/candial.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT library EXCLUDE_FROM_ALL)
install(FILES python/candial.py DESTINATION ${CMAKE_INSTALL_DATADIR}/candial/python
    COMPONENT library EXCLUDE_FROM_ALL)

install(DIRECTORY profiles DESTINATION ${CMAKE_INSTALL_DATADIR}/candial
    FILES_MATCHING PATTERN "*.yaml" PATTERN "*.dbc" PATTERN "README.md")
install(FILES
    ${CANDIAL_FIRMWARE_DIR}/candial_cm7.elf
    ${CANDIAL_FIRMWARE_DIR}/candial_cm4.elf
    ${CANDIAL_FIRMWARE_DIR}/candial.hex
    DESTINATION ${CMAKE_INSTALL_DATADIR}/candial/firmware)

# The page, where the preset `web' built it: for `candial web` and `run --web`.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/build/web/page DESTINATION ${CMAKE_INSTALL_DATADIR}/candial OPTIONAL)

install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

# ninja pages: what scripts/pages.sh makes.
set(pages ${PROJECT_BINARY_DIR}/pages)
add_custom_command(OUTPUT ${pages}/man1/candial.1
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/pages.sh $<TARGET_FILE:candial> ${pages}
    DEPENDS candial candial_board ${PROJECT_SOURCE_DIR}/scripts/pages.sh VERBATIM)
add_custom_target(pages DEPENDS ${pages}/man1/candial.1)
install(DIRECTORY ${pages}/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${pages}/completions/candial.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME candial)
install(FILES ${pages}/completions/_candial
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${pages}/completions/candial.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME candial)
set(CPACK_PACKAGE_CONTACT "candial contributors <candial@example.org>")
set(CPACK_PACKAGE_VENDOR "candial contributors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Virtual board and checks for dual-core STM32H7, and a car's oil temperature gauge")
set(CPACK_PACKAGE_FILE_NAME candial-${PROJECT_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION electronics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "stm32flash, openocd, bash-completion")
include(CPack)
