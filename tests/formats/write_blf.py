# SPDX-FileCopyrightText: candial contributors
# SPDX-License-Identifier: MIT
"""write_blf.py FILE.blf FILE.csv: the same frames by python-can's BLF writer, and as a table of our own."""
import random
import sys

import can

random.seed(1)
writer = can.BLFWriter(sys.argv[1])
table = open(sys.argv[2], "w", encoding="ascii")
table.write("timestamp,channel,id,extended,remote,dlc,data\n")
for tick in range(3000):
    extended = random.random() < 0.5
    remote = random.random() < 0.02
    fd = not remote and random.random() < 0.3
    length = random.choice([0, 1, 7, 8, 12, 16, 20, 24, 32, 48, 64] if fd else list(range(9)))
    message = can.Message(
        timestamp=1600000000 + tick / 64,
        arbitration_id=random.randrange(1 << (29 if extended else 11)),
        is_extended_id=extended,
        is_remote_frame=remote,
        is_fd=fd,
        bitrate_switch=fd and random.random() < 0.5,
        dlc=length,
        data=None if remote else bytes(random.randrange(256) for _ in range(length)),
        channel=random.randrange(3),
    )
    writer(message)
    table.write(
        f"{tick / 64},{message.channel + 1},{message.arbitration_id:X},{int(extended)},"
        f"{int(remote)},{length},{'' if remote else message.data.hex()}\n"
    )
    if tick % 100 == 0:
        writer(can.Message(timestamp=message.timestamp, is_error_frame=True, channel=0))
writer.stop()
