"""Text of every kind, and other files in the clothes of a table."""

from __future__ import annotations

import bz2
import io
import tarfile
import zipfile

from tests.voters.hostile import HOSTILE, a_book, harmless, hostile
from tests.voters.make_voters import a_row, csv_bytes, table

# --- text ---------------------------------------------------------------------------------------------

CSV = csv_bytes(table([a_row(1)]))
TEXTS = {
    "nul_in_a_csv": (CSV.replace(b",", b",\0", 3), "NOT_A_SPREADSHEET"),
    "utf_32_little": (CSV.decode().encode("utf-32"), "NOT_A_SPREADSHEET"),
    "utf_32_big": (b"\0\0\xfe\xff" + CSV.decode().encode("utf-32-be"), "NOT_A_SPREADSHEET"),
    "utf_16_without_mark": (CSV.decode().encode("utf-16-le"), "NOT_A_SPREADSHEET"),
    "utf_16_cut_in_a_character": (b"\xff\xfe" + CSV.decode().encode("utf-16-le")[:-1], "NOT_A_SPREADSHEET"),
    "utf_16_lone_surrogate": (b"\xff\xfe" + "姓名,身份证号\n".encode("utf-16-le") + b"\x00\xd8\n\0", "NOT_A_SPREADSHEET"),
    "only_a_mark": (b"\xef\xbb\xbf", "EMPTY"),
    "only_blank_lines": (b" \r\n\t\n" * 200_000, "EMPTY"),
    "only_separators": (b",,,,,,,,\n" * 300_000, "TOO_MANY_ROWS"),
    "quote_never_closed": ('姓名,"身份证号\n'.encode() + b"a,b\n" * 1_000, "EMPTY"),
    "quote_never_closed_and_long": ('姓名,身份证号\n"'.encode() + b"a,b\n" * 500_000, "DAMAGED"),
    "nothing_but_quotes": (b'"' * 3_000_001, "DAMAGED"),
    "one_giant_line": (b"x" * 9_000_000, "DAMAGED"),
    "one_giant_cell": ("姓名,身份证号\n王芳,".encode() + b"9" * 5_000_000, "DAMAGED"),
    "one_giant_line_of_cells": (b"1," * 4_000_000, "TOO_MANY_COLUMNS"),
    "sylk_with_a_command": (b"ID;PWXL;N;E\nC;X1;Y1;K0;EEXEC(\"calc\")\nE\n", "NO_HEADER"),
    "data_interchange": (b"TABLE\n0,1\n\"EXCEL\"\nVECTORS\n0,2\n", "NO_HEADER"),
    "web_query": (b"WEB\n1\nhttp://192.0.2.1/x\n", "NO_HEADER"),
    "internet_shortcut": (b"[InternetShortcut]\nURL=file://192.0.2.1/x\n", "NO_HEADER"),
    "shell_script": (b"#!/bin/sh\nrm -rf $HOME\n", "NO_HEADER"),
    "json": ('{"姓名": "王芳"}'.encode(), "NO_HEADER"),
    "svg_with_script": (b"<svg onload=alert(1)><script>alert(1)</script></svg>", "NOT_A_SPREADSHEET"),
    "web_archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "NOT_A_SPREADSHEET"),
    "php": (b"<?php system($_GET['x']);", "NOT_A_SPREADSHEET"),
}  # fmt: skip
for key, (text, why) in TEXTS.items():
    HOSTILE[f"text_{key}"] = (lambda text=text: text), why


@harmless
def csv_with_formulas() -> bytes:
    cells = ['=HYPERLINK("http://192.0.2.1")', "+cmd|'/c calc'!A0", "-1+1", "@SUM(A1)", "\t=1"]
    return csv_bytes(table([a_row(n, 备注=cell) for n, cell in enumerate(cells, 1)]))


@harmless
def csv_with_returns_only() -> bytes:
    return CSV.replace(b"\r\n", b"\r")


@harmless
def csv_with_marks_of_direction() -> bytes:
    return csv_bytes(table([a_row(1, name="王\u202e芳\u200b"), a_row(2, 备注="a\u0301" * 90)]))


# --- other files in disguise ----------------------------------------------------------------------------

OTHERS = {
    "gif": b"GIF89a\x01\0\x01\0\0\0\0;\0",
    "bmp": b"BM\x3a\0\0\0\0\0\0\0\x36\0",
    "webp": b"RIFF\x24\0\0\0WEBPVP8 \0",
    "mp4": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "font": b"\0\x01\0\0\0\x0b\0\x80",
    "database": b"SQLite format 3\0\x10\0\x01\x01\0",
    "class": b"\xca\xfe\xba\xbe\0\0\0\x34",
    "wasm": b"\0asm\x01\0\0\0",
    "bzip": bz2.compress(b"x" * 1_000),
    "xz": b"\xfd7zXZ\0\0\x04",
    "seven_zip": b"7z\xbc\xaf\x27\x1c\0\x04\0\0",
    "cabinet": b"MSCF\0\0\0\0\x2c\0\0\0",
    "link": b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F",
    "flash": b"FWS\x06\x10\0\0\0\0",
    "pickle": b"\x80\x04\x95\x1e\0\0\0\0\0\0\0\x8c\x05posix",
    "excel_2": b"\x09\0\x04\0\x02\0\x10\0" + b"\0" * 64,
    "excel_4": b"\x09\x04\x06\0\0\0\x10\0\0\0" + b"\0" * 64,
    "pdf_before_a_zip": b"%PDF-1.7\n" + a_book(),
    "program_before_a_zip": b"MZ\x90\0" + b"\0" * 60 + a_book(),
}  # fmt: skip
for key, data in OTHERS.items():
    HOSTILE[f"other_{key}"] = (lambda data=data: data), "NOT_A_SPREADSHEET"


@hostile("NOT_A_SPREADSHEET")
def other_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("名单.xlsx"), io.BytesIO(b""))
    return out.getvalue()


def a_zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return out.getvalue()


for key, members in {
    "presentation": {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"},
    "java_archive": {"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": b"\xca\xfe\xba\xbe"},
    "apple_numbers": {"Index/Document.iwa": b"\0", "Metadata/Properties.plist": b"bplist"},
    "empty_zip": {},
    "program_in_a_zip": {"名单.exe": b"MZ"},
}.items():
    HOSTILE[f"other_{key}"] = (lambda members=members: a_zip(**members)), "NOT_A_SPREADSHEET"
