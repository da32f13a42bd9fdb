# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# unicorn::unicorn, Unicorn 2.1.1 or newer: the system's where pkg-config has it, else the copy that
# scripts/unicorn.sh unpacked into build/unicorn (Debian 12 has 2.0.1, whose RAM stores are slow).
option(CANDIAL_UNICORN "Build Unicorn in as a second engine (--engine unicorn), where it is found" ON)
if(NOT CANDIAL_UNICORN)
    return()
endif()
set(CANDIAL_UNICORN_MINIMUM 2.1.1)
set(CANDIAL_UNICORN_ROOT ${PROJECT_SOURCE_DIR}/build/unicorn CACHE PATH
    "Where scripts/unicorn.sh unpacked Unicorn, used where the system's is too old")

pkg_check_modules(UNICORN QUIET IMPORTED_TARGET unicorn>=${CANDIAL_UNICORN_MINIMUM})
add_library(candial_unicorn INTERFACE)
add_library(unicorn::unicorn ALIAS candial_unicorn)
if(UNICORN_FOUND)
    target_link_libraries(candial_unicorn INTERFACE PkgConfig::UNICORN)
    return()
endif()

find_library(CANDIAL_UNICORN_LIBRARY unicorn
    HINTS ${CANDIAL_UNICORN_ROOT}/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}
          ${CANDIAL_UNICORN_ROOT}/usr/lib
    NO_DEFAULT_PATH)
if(NOT CANDIAL_UNICORN_LIBRARY)
    message(STATUS "No Unicorn ${CANDIAL_UNICORN_MINIMUM} or newer: built without the second engine. "
        "scripts/unicorn.sh gets it")
    set(CANDIAL_UNICORN OFF)
    return()
endif()
target_include_directories(candial_unicorn SYSTEM INTERFACE ${CANDIAL_UNICORN_ROOT}/usr/include)
# Named relative to the programs (build/PRESET and build/PRESET/bin), not by its place: CMake would put
# that into their RPATH, and a tree that is moved would no longer run.
get_filename_component(unicorn_dir ${CANDIAL_UNICORN_LIBRARY} DIRECTORY)
file(RELATIVE_PATH unicorn_from_programs ${PROJECT_BINARY_DIR} ${unicorn_dir})
target_link_options(candial_unicorn INTERFACE -L${unicorn_dir})
target_link_libraries(candial_unicorn INTERFACE -lunicorn)
set(CMAKE_BUILD_RPATH $ORIGIN/${unicorn_from_programs} $ORIGIN/../${unicorn_from_programs})
