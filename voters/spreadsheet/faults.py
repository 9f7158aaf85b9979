"""Reasons for refusing a whole file, in words a clerk can act on."""

from enum import StrEnum


class FileCode(StrEnum):
    NOT_A_SPREADSHEET = "NOT_A_SPREADSHEET"
    TOO_BIG = "TOO_BIG"
    MACRO = "MACRO"
    ENCRYPTED = "ENCRYPTED"
    BOMB = "BOMB"
    DOCTYPE = "DOCTYPE"
    EXTERNAL_LINKS = "EXTERNAL_LINKS"
    FORMULA = "FORMULA"
    DAMAGED = "DAMAGED"
    EMPTY = "EMPTY"
    NO_HEADER = "NO_HEADER"
    NO_NAME_COLUMN = "NO_NAME_COLUMN"
    NO_ID_COLUMN = "NO_ID_COLUMN"
    SAME_COLUMN_TWICE = "SAME_COLUMN_TWICE"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"


SAVE_PLAIN = "请在Excel或WPS中新建一个空白表格，只粘贴数值后保存为xlsx，再上传。"

# fmt: off
MESSAGES = {
    FileCode.NOT_A_SPREADSHEET: "这个文件不是可以读取的表格。请用xlsx、xls或csv文件；其他表格请先用Excel或WPS另存为xlsx。",
    FileCode.TOO_BIG:           "文件有{size}MB，最大{limit}MB。请只保留名单这一张表后再上传。",
    FileCode.MACRO:             f"文件里带有宏，为安全起见不能导入。{SAVE_PLAIN}",
    FileCode.ENCRYPTED:         "文件设有打开密码，无法读取。请去掉密码另存后再上传。",
    FileCode.BOMB:              f"文件展开后大得不正常，没有读取。{SAVE_PLAIN}",
    FileCode.DOCTYPE:           f"文件里含有表格不应有的内容（DOCTYPE声明），没有读取。{SAVE_PLAIN}",
    FileCode.EXTERNAL_LINKS:    f"文件里有指向其他文件或网址的链接，为安全起见不能导入。{SAVE_PLAIN}",
    FileCode.FORMULA:           f"文件里有会读取外部内容的公式（{{place}}），为安全起见不能导入。{SAVE_PLAIN}",
    FileCode.DAMAGED:           "文件已损坏，无法读取。请用Excel或WPS打开检查，另存为xlsx后再上传。",
    FileCode.EMPTY:             "文件里没有名单数据。请检查是否选错了文件或工作表。",
    FileCode.NO_HEADER:         "没有找到表头。请在名单上方保留一行列名，至少有“姓名”和“身份证号”，也可以下载模板对照。",
    FileCode.NO_NAME_COLUMN:    "没有找到“姓名”列。请在第2步指定是哪一列。",
    FileCode.NO_ID_COLUMN:      "没有找到“身份证号”列。请在第2步指定是哪一列。",
    FileCode.SAME_COLUMN_TWICE: "有两列都被当作“{field}”。请在第2步指定用哪一列。",
    FileCode.TOO_MANY_ROWS:     "名单超过{limit}行。请分村上传，每个文件只放一个村的名单。",
    FileCode.TOO_MANY_COLUMNS:  "表格有{count}列，最多{limit}列。请只保留名单需要的列后再上传。",
}
# fmt: on


class FileFault(Exception):
    """The file as a whole cannot be read. ``str(error)`` is the sentence for people, ``code`` for programs."""

    def __init__(self, code: FileCode, **figures: object) -> None:
        self.code = code
        super().__init__(MESSAGES[code].format(**figures))
