# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
# cmake -DOBJCOPY=... -DCM7=a.elf -DCM4=b.elf -DOUTPUT=c.hex -P merge_hex.cmake
#
# objcopy takes one input file, so each image becomes Intel HEX by itself and the lines are joined:
# the first file without its end record (type 01), both without start addresses (types 03 and 05),
# which name one core's entry and mean nothing to a flash of two images. Each image begins with its
# own extended address record (type 04), so no address carries over.
set(lines)
foreach(image ${CM7} ${CM4})
    execute_process(COMMAND ${OBJCOPY} -O ihex ${image} ${OUTPUT}.part
        COMMAND_ERROR_IS_FATAL ANY)
    # Without NO_HEX_CONVERSION CMake reads the file as the binary it stands for.
    file(STRINGS ${OUTPUT}.part part REGEX "^:......(00|02|04)" NO_HEX_CONVERSION)
    if(NOT part)
        message(FATAL_ERROR "${image}: ${OBJCOPY} made no records of it")
    endif()
    list(APPEND lines ${part})
endforeach()
file(REMOVE ${OUTPUT}.part)
list(JOIN lines "\r\n" text)
file(WRITE ${OUTPUT} "${text}\r\n:00000001FF\r\n")
