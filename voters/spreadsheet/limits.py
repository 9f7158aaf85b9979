"""Limits on a file before anybody reads it: limits of machines, not of the law."""

MIB = 1024 * 1024

FILE_BYTES = 10 * MIB  # of one upload by a page
COMMAND_BYTES = 64 * MIB  # of one file given to the command
UNPACKED_BYTES = 200 * MIB
UNPACKED_RATIO = 150  # above 1 MiB; rolls have 7 to 15
RATIO_FROM = 1 * MIB
MEMBERS = 500
ROWS = 200_000
COLUMNS = 256
CELL_CHARACTERS = 2_000
HEADER_WITHIN = 20  # rows
CELLS = 26 * (ROWS + HEADER_WITHIN)  # of the rectangle that holds data, A to Z: a reader keeps all of it in memory

LOOKING_SECONDS = 1.0  # of processor time, to find the sheet that has headings among many
READER_SECONDS = 60  # of processor time
READER_BYTES = 768 * MIB  # address space of the reading process
