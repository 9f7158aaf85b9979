"""Reading a roll from .xlsx, .xls, .csv or pasted text, after everything hostile has been refused.

    sheet = spreadsheet.rows(data, "名单.xlsx")
    sheet.mapping      # {"姓名": 1, "身份证号": 4, …}: guessed from the headings
    sheet.rows[0]      # (3, ["1", "王芳", "女", 36.0, "990100…"]): its number in the file, its cells

Files are known by what is in them, never by their names. Nothing here knows the database.
"""

from voters.spreadsheet.columns import check_required
from voters.spreadsheet.faults import FileCode, FileFault
from voters.spreadsheet.limits import COMMAND_BYTES, FILE_BYTES
from voters.spreadsheet.opening import Sheet, pasted, rows

__all__ = ["COMMAND_BYTES", "FILE_BYTES", "FileCode", "FileFault", "Sheet", "check_required", "pasted", "rows"]
