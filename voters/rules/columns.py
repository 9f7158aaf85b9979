"""The columns of a roll file, by the names people read."""

NAME, ID_NUMBER, SEX, ETHNICITY, GROUP = "姓名", "身份证号", "性别", "民族", "村民小组"
HOUSEHOLD, ADDRESS, PHONE, CATEGORY, STATED = "户号", "住址", "电话", "登记类型", "本人表示参加"
PARTY, REMARK = "政治面貌", "备注"

COLUMNS = (NAME, ID_NUMBER, SEX, ETHNICITY, GROUP, HOUSEHOLD, ADDRESS, PHONE, CATEGORY, STATED, PARTY, REMARK)
REQUIRED = (NAME, ID_NUMBER)
