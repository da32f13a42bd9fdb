/* SPDX-FileCopyrightText: candial contributors */
/* SPDX-License-Identifier: MIT */
#include "formats/can_log/foreign.h"

#include <stdbool.h>
#include <string.h>

#define PCAP_REMEDY                                                                                \
    "write its frames out: tshark -r FILE -T fields -E separator=, -e frame.time_epoch -e can.id " \
    "-e can.len -e data.data"

static const struct {
    size_t at;
    const char *bytes;
    size_t length;
    const char *what;
} rows[] = {
    {0, "BZh", 3, "packed with bzip2: unpack it: bzip2 -dc FILE | candial ... -"},
    {0,
     "\xFD"
     "7zXZ",
     5, "packed with xz: unpack it: xz -dc FILE | candial ... -"},
    {0, "\x28\xB5\x2F\xFD", 4, "packed with zstd: unpack it: zstd -dc FILE | candial ... -"},
    {0, "\x04\x22\x4D\x18", 4, "packed with lz4: unpack it: lz4 -dc FILE | candial ... -"},
    {0, "7z\xBC\xAF", 4, "a 7z archive: unpack it: 7z x FILE"},
    {0, "PK\x03\x04", 4,
     "a zip archive or an Excel sheet: unpack it: unzip FILE; save a sheet as CSV"},
    {0, "\xD0\xCF\x11\xE0", 4, "an old Excel sheet: save it as CSV"},
    {0, "MDF     3", 9, "MDF version 3: convert it: mdfconvert or asammdf to version 4 (MF4)"},
    {0, "MDF     2", 9, "MDF version 2: convert it: mdfconvert or asammdf to version 4 (MF4)"},
    {0, "SQLite format 3", 15,
     "an SQLite database, as python-can writes it: convert it: can_logconvert FILE log.asc"},
    {0, "\x0A\x0D\x0D\x0A", 4, "a pcapng capture: " PCAP_REMEDY},
    {0, "\xD4\xC3\xB2\xA1", 4, "a pcap capture: " PCAP_REMEDY},
    {0, "\xA1\xB2\xC3\xD4", 4, "a pcap capture: " PCAP_REMEDY},
    {0, "\x4D\x3C\xB2\xA1", 4, "a pcap capture: " PCAP_REMEDY},
    {0, "#ROSBAG", 7, "a ROS bag: play it onto a virtual bus and record that with candump -l"},
    {0, "\x89MCAP", 5, "an MCAP file: play it onto a virtual bus and record that with candump -l"},
    {0, "PAR1", 4, "a Parquet table: write it as CSV with the columns timestamp, id, data"},
    {0, "\x89HDF", 4, "an HDF5 file: write its frames as CSV with the columns timestamp, id, data"},
    {0, "MATLAB 5", 8,
     "a MATLAB file: write its frames as CSV with the columns timestamp, id, data"},
    {0, "icsbin", 6, "an Intrepid VSB file: save it in Vehicle Spy as Vector ASC"},
    {0, "KME", 3, "a Kvaser KME file: save it with Kvaser's converter as Vector ASC or CSV"},
    {0, "\xFF\xFE", 2, "UTF-16 text: save it as UTF-8"},
    {0, "\xFE\xFF", 2, "UTF-16 text: save it as UTF-8"},
    {0, "Label,Time,ID,Signal", 20,
     "signals that were decoded already (ROAD): give the raw .log beside them"},
    {0, "%PDF", 4, "a PDF document: give the log itself"},
    {0, "<!DOCTYPE", 9, "a web page: save the log itself, not the page about it"},
    {0, "<html", 5, "a web page: save the log itself, not the page about it"},
    {0, "version https://git-lfs", 23, "a pointer of Git LFS: fetch the file itself: git lfs pull"},
    {0,
     "\x7F"
     "ELF",
     4, "a program, no log"},
};

static bool begins(const uint8_t *head, size_t length, size_t row)
{
    return length >= rows[row].at + rows[row].length &&
           memcmp(head + rows[row].at, rows[row].bytes, rows[row].length) == 0;
}

const char *can_log_foreign(const uint8_t *head, size_t length)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (begins(head, length, i)) {
            return rows[i].what;
        }
    }
    if (length > 0 && memchr(head, '\0', length) != NULL) {
        return "no text and no known log: convert it with its own program to Vector ASC, BLF or "
               "MF4, or to CSV with the columns timestamp, id, data";
    }
    return NULL;
}
