"""Coded values of a person, under the codes of the national standards, so that figures of teams can be counted.

Nation: GB/T 3304. Education: GB/T 4658 (two digits: the stage). Political status: GB/T 4762.
"""

from __future__ import annotations

from elections.rules.kinds import Labelled

_NATIONS = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 "
    "土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 "
    "赫哲 门巴 珞巴 基诺"
)
NATIONS: dict[str, str] = {f"{number:02}": f"{word}族" for number, word in enumerate(_NATIONS.split(), 1)}


class Education(Labelled):
    """文化程度, the highest stage completed. The lower the code, the higher the stage."""

    POSTGRADUATE = "10", "研究生"
    UNIVERSITY = "20", "大学本科"
    COLLEGE = "30", "大学专科"
    VOCATIONAL = "40", "中专"
    SENIOR = "60", "高中"
    JUNIOR = "70", "初中"
    PRIMARY = "80", "小学"
    NONE = "90", "其他"

    @property
    def is_college(self) -> bool:
        """大专以上."""
        return self.value <= Education.COLLEGE.value


class Politics(Labelled):
    """政治面貌."""

    MEMBER = "01", "中共党员"
    PROBATIONARY = "02", "中共预备党员"
    LEAGUE = "03", "共青团员"
    REVOLUTIONARY_COMMITTEE = "04", "民革党员"
    DEMOCRATIC_LEAGUE = "05", "民盟盟员"
    NATIONAL_CONSTRUCTION = "06", "民建会员"
    PROMOTING_DEMOCRACY = "07", "民进会员"
    PEASANTS_AND_WORKERS = "08", "农工党党员"
    ZHI_GONG = "09", "致公党党员"
    SOCIETY_3_SEPTEMBER = "10", "九三学社社员"
    TAIWAN_LEAGUE = "11", "台盟盟员"
    INDEPENDENT = "12", "无党派人士"
    MASSES = "13", "群众"

    @property
    def in_party(self) -> bool:
        """A member of the Party, on probation or full."""
        return self in (Politics.MEMBER, Politics.PROBATIONARY)


class Calling(Labelled):
    """人员类别: where able people of a village come from, as township lists name them."""

    LEADER_IN_WEALTH = "wealth", "致富能手"
    RETURNED = "returned", "外出务工经商返乡人员"
    GRADUATE = "graduate", "本乡本土大学毕业生"
    VETERAN = "veteran", "退役军人"
    DOCTOR = "doctor", "乡村医生"
    TEACHER = "teacher", "乡村教师"
    COOPERATIVE = "cooperative", "农民合作社负责人"
    SOCIAL_WORKER = "social_worker", "社会工作者"
    RETIRED = "retired", "机关企事业单位退休人员"
    GRID = "grid", "网格员"


_POLITICS_WORDS = {
    "党员": Politics.MEMBER,
    "正式党员": Politics.MEMBER,
    "预备党员": Politics.PROBATIONARY,
    "团员": Politics.LEAGUE,
}


def politics_of(word: str) -> str:
    """The code of a political status as rolls write it; empty for a word that says none for certain."""
    return next((each.value for each in Politics if each.label == word), _POLITICS_WORDS.get(word, ""))


def nation_of(word: str) -> str:
    """The code of a nation: 汉族 or 汉."""
    return next((code for code, name in NATIONS.items() if word and word in (name, name.removesuffix("族"))), "")
