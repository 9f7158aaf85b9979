"""Every provision this project relies on: its sense in our own words, and where it stands in each edition of the law.

The village law was amended on 2025-10-28 (in force 2026-01-01) and its articles were renumbered, so a paper printed for an
election of 2021 and one of 2026 cite different articles. Nobody outside this file names an article.

An article that begins with a title (《…》 or 本…) names another text: the rule stood elsewhere in that edition.
`None` says that the edition has no such rule; citing it raises `NotInForce`. `confirmed=False` marks what was taken from
common practice and still has to be checked against the official text; screens show 待核对 beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

EDITIONS = (2018, 2025)

VILLAGE_LAW = "《村民委员会组织法》"
RESIDENTS_LAW = "《城市居民委员会组织法》"
PROCEDURE = "《村民委员会选举规程》（民发〔2013〕76号）"
PARTY_RULES = "《中国共产党基层组织选举工作条例》"
PARTY_RURAL = "《中国共产党农村基层组织工作条例》"
PARTY_BRANCH = "《中国共产党支部工作条例（试行）》"
CIVIL_CODE = "《民法典》"
PRIVACY_LAW = "《个人信息保护法》"
PROVINCE = "本省（自治区、直辖市）村民委员会选举办法"
PLAN = "本地村（社区）“两委”换届选举工作实施方案"

SOURCES_WITHOUT_ARTICLES = frozenset({PROVINCE, PLAN})


class NotInForce(LookupError):
    """The provision was cited for an edition that does not contain it."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule of a text. `articles` and `residents`: edition → article; an empty article cites the text as a whole."""

    key: str
    words: str
    source: str
    articles: Mapping[int, str | None]
    residents: Mapping[int, str] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    confirmed: bool = True

    def __hash__(self) -> int:
        return hash(self.key)


def cite(provision: Provision, edition: int = 2025, *, residents: bool = False) -> str:
    """“《村民委员会组织法》第十七条第一款”. A residents' committee (`residents`) cites its own law where that has the rule,
    otherwise the village law by analogy (参照). Raises `NotInForce`."""
    if residents and edition in provision.residents:
        return RESIDENTS_LAW + provision.residents[edition]
    article = provision.articles.get(edition)
    if article is None:
        raise NotInForce(f"{edition}年文本没有这一规定：{provision.words}")
    place = article if article.startswith(("《", "本")) else provision.source + article
    return f"参照{place}" if residents and place.startswith(VILLAGE_LAW) else place


def find(key: str) -> Provision:
    """Return the provision of that key. Raises KeyError."""
    return _BY_KEY[key]


def problems(provisions: Iterable[Provision] | None = None) -> tuple[str, ...]:
    """Return sentences on provisions that could be cited wrongly: a missing edition or article, a double key, no rule
    id."""
    found, seen = [], set()
    for each in ALL if provisions is None else provisions:
        if each.key in seen:
            found.append(f"{each.key}：重复的键")
        seen.add(each.key)
        if not each.rules or not each.words.endswith("。"):
            found.append(f"{each.key}：缺少规则编号或者完整的一句话")
        found += [f"{each.key}：未写明{e}年文本的条款" for e in EDITIONS if e not in each.articles]
        if each.source not in SOURCES_WITHOUT_ARTICLES and "" in each.articles.values():
            found.append(f"{each.key}：{each.source}有条款而未引用")
    return tuple(found)


def _village(key: str, rules: str, in_2018: str | None, in_2025: str, residents: str, words: str) -> Provision:
    counterpart = {2025: residents} if residents else {}
    return Provision(key, words, VILLAGE_LAW, {2018: in_2018, 2025: in_2025}, counterpart, tuple(rules.split()))


def _text(source: str, key: str, rules: str, article: str, words: str, confirmed: bool = False) -> Provision:
    """Return a provision that reads the same in both editions."""
    return Provision(key, words, source, dict.fromkeys(EDITIONS, article), {}, tuple(rules.split()), confirmed)


def _procedure(key: str, rules: str, chapter: str, words: str, confirmed: bool = False) -> Provision:
    return _text(PROCEDURE, key, rules, chapter, words, confirmed)


def _party(key: str, rules: str, article: str, words: str, confirmed: bool = False) -> Provision:
    return _text(PARTY_RULES, key, rules, article, words, confirmed)


def _province(key: str, rules: str, words: str) -> Provision:
    return _text(PROVINCE, key, rules, "", words)


def _plan(key: str, rules: str, words: str) -> Provision:
    return _text(PLAN, key, rules, "", words, confirmed=True)


# fmt: off
# ── Gates of the local plan ───────────────────────────────────────────────────────────────────────────────────────────
RECTIFY_FIRST = _plan("rectify_first", "CP-01", "软弱涣散村、复杂村先整顿后换届，整顿不到位的不换届。")
AUDIT_FIRST = _plan("audit_first", "CP-02", "先审计后换届，未审计或者审计不清楚的不得开展选举阶段的工作。")
TRAIN_FIRST = _plan("train_first", "CP-03", "先培训后换届，工作人员未经培训的不开展选举。")
PARTY_FIRST = _plan("party_first", "CP-04 PB-24", "先进行村党组织换届，后进行村民委员会换届。")
ORDER_CHANGED = _plan("order_changed", "CP-05", "个别村经说明理由，可以调整党组织和村民委员会换届的先后次序。")
VET_FIRST = _plan("vet_first", "CP-06 NM-10", "人选确定前须经资格联审，不符合条件的取消资格。")
INSPECTION = _plan("inspection", "CP-07", "资格联审后进行考察，结果经县级研究后才确定候选人预备人选。")
PUBLICITY_REPLY = _plan("publicity_reply", "CP-08", "党组织候选人预备人选经公示、请示并取得批复后，方可召开党员大会。")
DUE_APPROVED = _plan("due_approved", "CP-09 PB-06", "党员大会应到会人数由乡镇党委批准，并报县委组织部备案。")
PLAN_ADOPTED = _procedure("plan_adopted", "EC-17 CP-10", "第一章", "选举方案和选举办法由村民会议或者村民代表会议通过，公布并报乡镇备案。")
NO_SHORT_CUT = _plan("no_short_cut", "CP-11", "法定步骤不得变通更改、合并省略。")
SPECIAL_APPROVAL = _plan("special_approval", "CP-12", "超龄人选、不实行“一肩挑”、延期和增加职数等特殊情形须经上级批准。")
POSTPONEMENT = _plan("postponement", "CP-13 CP-14", "特别复杂的村经县委、县政府批准可以暂缓换届，整顿后再选举。")
BATCHES = _plan("batches", "CP-15 CP-16", "先易后难、分批推进，成熟一个换届一个，最终不留空白。")
REDONE = _plan("redone", "CP-17", "未按法定程序选举并造成不良后果的，推倒重来。")
VILLAGE_PLAN = _plan("village_plan", "CP-18", "一村一策，逐村制定换届工作方案。")
SURVEY = _plan("survey", "CP-21 CP-51", "选举前逐村调查摸底，掌握班子、人选、矛盾和风险情况。")
TALKS = _plan("talks", "CP-27", "选举前与全体现任成员逐一谈心谈话。")
ACCOUNTS_FROZEN = _plan("accounts_frozen", "CP-61", "选举前冻结村级账目，不得突击花钱、突击还账。")
AUDIT_PUBLISHED_TWICE = _plan("audit_published_twice", "CP-68", "审计结果公示不少于两次，每次不少于五天。")
AUDIT_FINDINGS = _plan("audit_findings", "CP-69", "审计发现的问题逐项建账，明确责任和期限，移交前处理完毕。")
POLL_NOTICE = _plan("poll_notice", "CP-46 VT-02", "投票的时间、地点和方式方法至少提前三日公布。")
PUBLICITY = _plan("publicity", "CP-57", "选委会成员、选民、候选人、选举日、投票、工作人员和结果都要公开。")

# ── Election committee (EC) ─────────────────────────────────────────────────────────────────────────────────────────
EC_CONDUCTS = _village("ec_conducts", "EC-01", "第十二条第一款", "第十五条第一款", "第十五条第一款",
                       "村民委员会的选举由村民选举委员会主持。")
EC_CHOSEN = _village("ec_chosen", "EC-02 EC-03", "第十二条第二款", "第十五条第二款", "第十五条第二款",
                     "村民选举委员会由村民会议、村民代表会议或者村民小组会议推选产生。")
EC_MEMBER_QUITS = _village("ec_member_quits", "EC-09", "第十二条第三款", "第十五条第三款", "第十五条第三款",
                           "村民选举委员会成员（2025年文本并及其近亲属）被提名为候选人的，退出选举委员会。")
EC_SUCCESSION = _village("ec_succession", "EC-10", "第十二条第四款", "第十五条第四款", "第十五条第四款",
                         "村民选举委员会成员出缺的，按原推选结果依次递补，或者另行推选。")
EC_SIZE = _procedure("ec_size", "EC-05", "第一章", "村民选举委员会不少于三人，以奇数为宜，按多数意见议事。", True)
EC_KIN = _procedure("ec_kin", "EC-06", "第一章", "有近亲属关系的村民不宜同时担任村民选举委员会成员。", True)
EC_PUBLISHED = _procedure("ec_published", "EC-07", "第一章", "选举委员会名单由村民委员会及时公布，并报乡镇备案。", True)
EC_TERM = _procedure("ec_term", "EC-08", "第一章", "选举委员会自组成之日起履职，到新老村民委员会移交完成时止。", True)
EC_NEW_CHAIR = _plan("ec_new_chair", "EC-11", "选举委员会主任、副主任退出的，补足成员后在成员中另行推选。")
EC_MINIMUM = _procedure("ec_minimum", "EC-12", "第一章", "选举委员会成员不足三人的，补足后才能继续工作。")
EC_CHANGE_PUBLISHED = _procedure("ec_change_published", "EC-13", "第一章", "选举委员会成员变动应当公布并备案。")
EC_REMOVED = _procedure("ec_removed", "EC-14", "第一章", "选举委员会成员不履行职责的，由原推选会议终止其职务。")
EC_DEPUTY = _plan("ec_deputy", "EC-15", "选举委员会宜有一名不参选的副主任，以便主任被提名后主持选举。")
EC_DUTIES = _procedure("ec_duties", "EC-16", "第一章", "选举委员会负责方案、登记、提名、投票、报告、建档和移交等工作。")
ELECTION_DAY = _plan("election_day", "EC-19", "选举日在上级规定的时间范围内，会同乡镇指导组确定并公布。")

# ── Meetings and representatives (EC-04, RP) ────────────────────────────────────────────────────────────────────────
VILLAGE_MEETING = _village("village_meeting", "EC-04", "第二十二条第一款", "第二十六条第一款", "第二十七条",
                           "村民会议须有成年村民过半数或者三分之二以上的户代表到会，决定经到会人员过半数通过。")
VILLAGE_MEETING_CALL = _village("village_meeting_call", "RP-05", "第二十一条第二款", "第二十五条第二款", "第二十六条第二款",
                                "十分之一以上村民或者三分之一以上代表提议应当召集村民会议，并提前十日通知。")
REPRESENTATIVES_MEETING = _village("representatives_meeting", "EC-04 RP-04 RC-07",
                                   "第二十六条第二款", "第三十条第二款", "第二十九条",
                                   "村民代表会议须有三分之二以上组成人员到会，决定经到会人员过半数同意。")
REPRESENTATIVES_CALL = _village("representatives_call", "RP-04", "第二十六条第一款", "第三十条第一款", "第二十八条第二款",
                                "村民代表会议定期召开，五分之一以上代表提议的应当召集。")
GROUP_MEETING = _village("group_meeting", "EC-04", "第二十八条第一款", "第三十二条第二款", "",
                         "村民小组会议须有三分之二以上成年村民或者户代表到会，决定经到会人员过半数同意。")
GROUP_LEADER = _village("group_leader", "RP-06", "第二十八条第二款", "第三十二条第三款", "第十三条第二款",
                        "村民小组组长由小组会议推选，任期与村民委员会相同。")
REPRESENTATIVES_SHARE = _village("representatives_share", "RP-01 RC-07",
                                 "第二十五条第一款", "第二十九条第一款", "第二十八条第一款",
                                 "村民代表占代表会议组成人员五分之四以上，妇女代表占三分之一以上。")
REPRESENTATIVES_CHOSEN = _village("representatives_chosen", "RP-02 RC-07",
                                  "第二十五条第二款", "第二十九条第二款", "第十三条第二款",
                                  "村民代表每五至十五户推选一人，或者由村民小组推选，任期与村民委员会相同。")
REPRESENTATIVES_LOCAL = _province("representatives_local", "RP-03", "代表的最低人数和推选办法由省级办法规定。")

# ── Voter registration (VR) ─────────────────────────────────────────────────────────────────────────────────────────
RIGHT_TO_VOTE = _village("right_to_vote", "VR-01 VR-02 VR-08", "第十三条第一款", "第十六条第一款", "第十六条第一款",
                         "年满十八周岁的村民有选举权和被选举权，依法被剥夺政治权利的除外。")
REGISTRATION = _village("registration", "VR-06 VR-21", "第十三条第二款", "第十六条第二款", "第十六条第二款",
                        "三类人员应当登记：户籍在村居住的、户籍在村不居住而表示参加的、外来满一年经同意的。")
REGISTRATION_OUTSIDER = _village("registration_outsider", "VR-06 VR-21",
                                 "第十三条第二款第三项", "第十六条第二款第三项", "第十六条第三款",
                                 "户籍在外而居住（2025年文本并及从事村务工作）满一年的，须本人申请并经会议同意。")
ONE_VILLAGE = _village("one_village", "VR-07", "第十三条第三款", "第十六条第三款", "", "已在一地登记参选的，不得再参加其他地方的选举。")
ROLL_PUBLISHED = _village("roll_published", "VR-12", "第十四条第一款", "第十七条第一款", "第十七条第一款",
                          "登记参加选举的村民名单应当在选举日的二十日以前公布。")
ROLL_OBJECTION = _village("roll_objection", "VR-13", "第十四条第二款", "第十七条第二款", "第十七条第二款",
                          "对名单有异议的，自公布之日起五日内向选举委员会申诉。")
ROLL_DECISION = _village("roll_decision", "VR-14", "第十四条第二款", "第十七条第二款", "第十七条第二款",
                         "选举委员会自收到申诉之日起三日内作出决定，并公布处理结果。")
AGE_SOURCE = _province("age_source", "VR-02 VR-04 VR-05", "年龄计算到选举日，出生日期以户籍登记为准，选举日推迟的相应增补。")
REFUSAL = _procedure("refusal", "VR-08", "第三章", "经告知后书面表示不参加选举的，不列入名单。")
OMISSION = _province("omission", "VR-08", "无法行使选举权利或者长期外出联系不上的，按省级办法处理并留存依据。")
DETAINED = _procedure("detained", "VR-09", "第三章", "未被剥夺政治权利的在押、服刑人员仍有选举权，可以委托投票。")
REGISTRATION_ANNOUNCED = _procedure("registration_announced", "VR-10 VR-11", "第三章", "登记的时间、地点和办法提前公告，分组造册。")
ROLL_CHANGES = _procedure("roll_changes", "VR-15 VR-16", "第三章", "名单公布后的增减和更正应当补充公告。")
VOTER_CARD = _procedure("voter_card", "VR-17", "第三章", "选举日前按名单发放参选证，凭证领票。")
ROLL_FROZEN = _procedure("roll_frozen", "VR-18 VR-20", "第三章", "投票开始时的选民总数以更正后的名单为准。")
ROLL_PRIVACY = _text(PRIVACY_LAW, "roll_privacy", "VR-19", "第六条", "公布名单限于必要的信息，不公布完整的身份证号码。")
AGE_REACHED = _text(CIVIL_CODE, "age_reached", "VR-03", "第二百零二条", "到期月份没有对应日的，以该月最后一日为期间的最后一日。")
DAYS_COUNTED = _text(CIVIL_CODE, "days_counted", "VR-13 RS-05", "第二百零一条第一款", "按日计算期间，开始的当日不计入。")
WORDS_COUNTED = _text(CIVIL_CODE, "words_counted", "CT-02 CT-20", "第一千二百五十九条", "以上、以内包括本数，超过、不足不包括本数。")
NEAR_RELATIVES = _text(CIVIL_CODE, "near_relatives", "RP-10 RP-11", "第一千零四十五条第二款",
                       "近亲属指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女和外孙子女。")

# ── Nomination and candidates (NM) ──────────────────────────────────────────────────────────────────────────────────
VILLAGERS_COMMITTEE_SIZE = _village("villagers_committee_size", "NM-01 CT-29 RC-05", "第六条第一款", "第八条第一款", "第八条第一款",
                          "村民委员会由主任、副主任和委员三至七人组成，居民委员会为五至九人。")
SEATS_DECIDED = _procedure("seats_decided", "NM-01", "第四章", "职位和职数由村民会议或者村民代表会议决定，公布并备案。")
NOMINATORS = _village("nominators", "NM-02 NM-03 NM-19", "第十五条第一款", "第十八条第一款", "第十八条",
                      "候选人由村党组织或者登记的村民提名推荐，2018年文本为村民直接提名。")
SURPLUS = _village("surplus", "NM-04", "第十五条第一款", "第十八条第一款", "第十八条", "候选人的名额应当多于应选名额。")
CANDIDATE_QUALITIES = _village("candidate_qualities", "NM-05", "第十五条第一款", "第十八条第一款", "第十八条",
                               "候选人应当守法公道、品行良好、热心公益，有一定文化水平和工作能力。")
CANDIDATE_BARS = _village("candidate_bars", "NM-06", PLAN, "第十八条第一款", "第十八条",
                          "被开除党籍、因犯罪受过刑罚、涉宗族黑恶势力、涉非法宗教或者邪教的，不得作为候选人。")
MEET_VOTERS = _village("meet_voters", "NM-14 NM-15", "第十五条第一款", "第十八条第一款", "第十八条",
                       "选举委员会应当组织候选人与村民见面，介绍设想、回答提问。")
CANDIDATE_CAPACITY = _procedure("candidate_capacity", "NM-07 NM-08", "第四章", "候选人应当在选民名单上，并有完全民事行为能力。")
NEGATIVE_LIST = _plan("negative_list", "NM-09", "按当地细化的负面清单审查人选，属禁止情形的不得提名。")
WOMAN_CANDIDATE = _procedure("woman_candidate", "NM-11", "第四章", "候选人中应当有妇女，没有产生的以得票最多的妇女为候选人。")
FORMAL_LIST = _procedure("formal_list", "NM-12", "第四章", "正式候选人名单按规定的次序和期限公布，并报乡镇备案。")
WITHDRAWAL = _procedure("withdrawal", "NM-13", "第四章", "候选人书面放弃的，经确认公布后按提名得票依次递补。")
PLEDGE = _plan("pledge", "NM-16", "候选人签订纪律承诺书和辞职承诺书。")
SEVERAL_POSTS = _procedure("several_posts", "NM-17", "第四章", "选举办法允许的，一人可以同时作为几个职务的候选人。")
PRIMARY = _province("primary", "NM-18", "初步候选人过多的，由三分之二以上村民代表参加的会议预选。")

# ── Voting (VT) ─────────────────────────────────────────────────────────────────────────────────────────────────────
SECRET_BALLOT = _village("secret_ballot", "VT-04 VT-05 RS-01", "第十五条第三款", "第十八条第三款", "第十九条第三款",
                         "无记名投票、公开计票、当场公布结果，并设立秘密写票处。")
PROXY = _village("proxy", "VT-06 RC-04", "第十五条第四款", "第十八条第四款", "第十九条第四款",
                 "外出不能投票的，可以书面委托近亲属（2025年文本并及本村其他村民）代为投票。")
PROXY_LIMIT = _village("proxy_limit", "VT-07", PROVINCE, "第十八条第四款", "第十九条第四款",
                       "每人接受委托不得超过三人，候选人不得接受委托。")
PROXY_LIST = _village("proxy_list", "VT-09", "第十五条第四款", "第十八条第四款", "第十九条第四款", "选举委员会应当公布委托人和受委托人名单。")
PROXY_BOUNDS = _procedure("proxy_bounds", "VT-08 VT-10 VT-11 VT-12 RR-07", "第六章", "受托人须在本村名单上，不得转托，成为候选人的委托自行终止。")
VOTING_FORMS = _procedure("voting_forms", "VT-01 VT-17", "第六章", "可以召开选举大会，也可以设投票站，可以一次投票或者分次投票。")
VOTING_ANNOUNCED = _procedure("voting_announced", "VT-02", "第六章", "投票日期、形式、时间和地点公布后不得随意变更。")
MOBILE_BOX = _procedure("mobile_box", "VT-03", "第六章", "严格控制流动票箱，对象和路线由村民代表会议决定并公布，每箱不少于三人。")
STAFF = _procedure("staff", "VT-13 EC-18", "第六章", "选举工作人员经村民代表会议通过并公布，候选人及其近亲属不得担任。")
HELPER = _procedure("helper", "VT-14", "第六章", "不能写票的可以请信任的人代写，候选人不得代写。")
BALLOT_PAPER = _procedure("ballot_paper", "VT-15 VT-16", "第六章", "选票统一印制、当众启封，可以赞成、反对、弃权或者另选他人。")
ISSUE_LEDGER = _procedure("issue_ledger", "VT-18 VT-19", "第六章", "凭证发票并登记，发出票数不得多于选民数，不得记录投票内容。")
MEETING_ORDER = _procedure("meeting_order", "VT-20", "第六章", "选举大会依次报告、验箱、发票、投票、集中开箱、计票和公布结果。")

# ── Counting and election (CT, WN, RR) ──────────────────────────────────────────────────────────────────────────────
BALLOTS_RETURNED = _procedure("ballots_returned", "CT-01", "第六章", "收回的选票多于发出的选票，选举无效，应当重新投票。")
QUORUM = _village("quorum", "CT-02 RC-02", "第十五条第二款", "第十八条第二款", "第十九条第一款",
                  "登记参加选举的村民过半数投票，选举有效。")
MAJORITY = _village("majority", "CT-20 RC-03", "第十五条第二款", "第十八条第二款", "第十九条第二款",
                    "候选人获得参加投票的村民过半数的选票，始得当选。")
RERUN = _village("rerun", "CT-23 RR-01 RR-02", "第十五条第二款", "第十八条第二款", "第十九条第二款",
                 "当选人数不足的，对不足的名额另行选举，由未当选人员中得票多的作候选人。")
RERUN_THIRD = _village("rerun_third", "RR-03", "第十五条第二款", "第十八条第二款", "第十九条第二款",
                       "另行选举以得票多的当选，但得票不得少于已投选票总数的三分之一。")
BALLOT_VALIDITY = _procedure("ballot_validity", "CT-04 CT-05 CT-06 CT-07", "第六章", "每一职务所选人数多于应选名额的无效，等于或者少于的有效。")
WRITE_IN = _procedure("write_in", "CT-08 CT-09", "第六章", "另选他人须为名单上的合格村民，同一人重复被选的按规定处理。")
INVALID_RULES = _procedure("invalid_rules", "CT-10 CT-11", "第六章", "无效票认定规则在选举日前确定并公布，疑难选票由选举委员会当场认定。")
MOST_VOTES = _procedure("most_votes", "CT-21 CT-24", "第六章", "过半数的人数多于应选名额时，以得票多的当选。")
TIE = _procedure("tie", "CT-22 RR-10", "第六章", "得票相等不能确定当选人的，就得票相等的人再次投票，得票多的当选。")
HIGHER_POST = _procedure("higher_post", "CT-25", "第六章", "一人在几个职务上都过半数的，任较高的职务。")
CARRY_DOWN = _province("carry_down", "CT-26", "办法规定的，较高职务的得票可以计入较低职务。")
MEMBER_KIN = _village("member_kin", "CT-27", PROVINCE, "第八条第二款", "第八条第二款", "村民委员会成员实行近亲属回避。")
VOTES_PUBLISHED = _procedure("votes_published", "CT-28", "第六章", "所有候选人和被另选人的得票随结果一并公布。")
WOMAN_MEMBER = _village("woman_member", "WN-01", "第六条第二款", "第八条第二款", "第八条第二款", "村民委员会成员中应当有妇女。")
WOMEN_PRIORITY = _procedure("women_priority", "WN-02 WN-03 WN-04 WN-07", "第六章", "没有妇女当选的，过半数的妇女先当选，否则留出一个名额另选妇女。")
WOMEN_POST = _province("women_post", "WN-05 WN-06", "妇女委员可以专职专选，单列候选人、选票和计票。")
RERUN_TIME = _procedure("rerun_time", "RR-04 RR-05 RR-06", "第六章", "另行选举当日或者十日内举行，程序和名单与第一次相同。")
RERUN_VACANCY = _procedure("rerun_vacancy", "RR-08 RR-11", "第六章", "另行选举后仍不足但已有三人以上当选的，名额可以空缺。")
ACTING_CHAIR = _procedure("acting_chair", "RR-09", "第六章", "主任空缺的由副主任主持，都空缺的由村民代表会议推选一名当选成员主持。")
RESIDENTS_WAYS = Provision("residents_ways", "居民委员会可以由全体选民、每户派代表或者居民代表选举产生。", RESIDENTS_LAW,
                           {2018: "第八条第一款", 2025: "第十四条第一款"}, {}, ("RC-01",))

# ── Result, handover, afterwards (RS) ───────────────────────────────────────────────────────────────────────────────
RESULT_POSTED = _procedure("result_posted", "RS-01 RS-02", "第七章", "当选名单当日或者次日公布，并报乡镇备案。")
CERTIFICATE = _procedure("certificate", "RS-03", "第七章", "当选证书统一印制，十日内颁发。")
TERM = _village("term", "RS-04 RC-05", "第十一条第二款", "第十四条第二款", "第十四条第二款", "村民委员会每届任期五年，届满及时换届。")
NO_APPOINTMENT = _village("no_appointment", "PB-25", "第十一条第一款", "第十四条第一款", "", "任何组织和个人不得指定、委派或者撤换村民委员会成员。")
HANDOVER = _village("handover", "RS-05", "第二十条", "第二十四条", "第二十五条",
                    "自新一届产生之日起十日内完成移交，由选举委员会主持、乡镇政府监督。")
HANDOVER_ITEMS = _procedure("handover_items", "RS-06", "第七章", "移交印章、办公场所和用具、账目、资产、合同、债权债务、档案和遗留事项。")
EXIT_AUDIT = _village("exit_audit", "RS-07 RC-08", "第三十五条第二款", "第四十条第二款", "第三十八条第二款",
                      "离任经济责任审计结果应当在下一届选举之前公布。")
UNLAWFUL_WIN = _village("unlawful_win", "RS-08", "第十七条第一款", "第二十一条第一款", "第二十二条第一款", "以不正当手段当选的，当选无效。")
COMPLAINT = _village("complaint", "RS-09", "第十七条第二款", "第二十一条第二款", "第二十二条第二款",
                     "破坏选举的行为可以向乡镇、县级有关机关举报，由乡级或者县级政府调查处理。")
INVALID_ELECTION = _procedure("invalid_election", "RS-10", "第六章", "产生程序、差额、过半数、公开计票等违反规定的，选举无效。")
RECALL_REQUEST = _village("recall_request", "RS-11 RC-06", "第十六条第一款", "第十九条第一款", "第二十条第一款",
                          "五分之一以上有选举权的村民或者三分之一以上村民代表联名，可以要求罢免。")
RECALL_VOTE = _village("recall_vote", "RS-11 RC-06", "第十六条第二款", "第十九条第二款", "第二十条第二款",
                       "罢免须有登记村民过半数投票，并经投票村民过半数通过。")
RESIGNATION = _village("resignation", "RS-12", PROVINCE, "第二十条", "第二十一条", "辞职经村民会议或者村民代表会议审议通过之日起职务终止。")
POST_ENDS = _village("post_ends", "RS-13", "第十八条", "第二十二条", "第二十三条", "丧失行为能力或者被判处刑罚的，职务自行终止。")
BAD_EVALUATIONS = _village("bad_evaluations", "RS-13", "第三十三条第二款", "第三十八条第二款", "第三十七条第二款",
                           "连续两次被评议不称职的，职务终止。")
BY_ELECTION = _village("by_election", "RS-14", "第十九条", "第二十三条", "第二十四条", "成员出缺可以由村民会议或者村民代表会议补选，任期到本届届满。")
ARCHIVE = _village("archive", "RS-15", "第三十四条", "第三十九条", "第三十九条", "选举文件和选票应当建立档案，真实、准确、完整、规范。")
ARCHIVE_YEARS = _procedure("archive_years", "RS-15", "第七章", "选举工作档案至少保存三年。")
EARLY_OR_LATE = _province("early_or_late", "RS-16", "提前或者延期换届须经县级批准，期限按省级办法。")

# ── Party organisation (PB) ─────────────────────────────────────────────────────────────────────────────────────────
PARTY_FORM = _text(PARTY_RURAL, "party_form", "PB-01 PB-03", "第二章", "村党组织按党员人数设支部、总支或者党委，每届任期五年。")
PARTY_COMMITTEE = _text(PARTY_BRANCH, "party_committee", "PB-02", "第二章", "正式党员七人以上设支部委员会，一般三至五人，不足七人只设书记。")
PARTY_TERM = _party("party_term", "PB-03", "第三条", "党组织任期届满按期换届，提前或者延期须经上级批准且不超过一年。", True)
PARTY_MEETING = _party("party_meeting", "PB-04", "第四条", "委员会由党员大会选举，党员五百人以上或者分散的经批准可以开代表大会。", True)
PARTY_RIGHT = _party("party_right", "PB-05", "第五条", "正式党员有选举权，预备党员和留党察看期间的党员没有。", True)
PARTY_DUE = _plan("party_due", "PB-06", "因病、自费出国、外出半年以上等情形的党员，经上级同意并经大会通过可以不计入应到会人数。")
PARTY_QUORUM = _party("party_quorum", "PB-07", "第十九条", "有选举权的到会人数不少于应到会人数的五分之四，会议有效。")
PARTY_SURPLUS = _party("party_surplus", "PB-09", "第三章", "委员候选人比应选人数至少多百分之二十。")
PARTY_SECRETARY = _party("party_secretary", "PB-10 PB-11", "第二十条", "书记、副书记由新一届委员会第一次全体会议等额选举。", True)
PARTY_INTRODUCED = _party("party_introduced", "PB-12", "第二十一条", "应当如实介绍候选人，并回答询问。", True)
PARTY_SCRUTINEERS = _party("party_scrutineers", "PB-13", "第二十二条", "监票人由不是候选人的党员担任，经大会通过。", True)
PARTY_BALLOT = _party("party_ballot", "PB-08 PB-14", "第二十四条", "无记名投票，名单以姓氏笔画为序，不得委托投票。", True)
PARTY_CHOICES = _party("party_choices", "PB-15", "第二十五条", "可以赞成、不赞成或者弃权，不赞成的可以另选他人。", True)
PARTY_CHECKED = _party("party_checked", "PB-16", "第二十六条", "投票后核对人数和票数，由监票人签字。")
PARTY_RETURNED = _party("party_returned", "PB-17", "第二十七条", "收回的选票不多于投票人数的选举有效，多于的无效。")
PARTY_OVERVOTE = _party("party_overvote", "PB-18", "第二十七条", "所选人数多于应选人数的选票作废。")
PARTY_MAJORITY = _party("party_majority", "PB-20", "第二十八条、第二十九条", "被选举人获得的赞成票超过规定基数的半数，始得当选。")
PARTY_TIE = _party("party_tie", "PB-19", "第二十八条、第二十九条", "超过半数的多于应选人数时以得票多的当选，票数相等的再次投票。")
PARTY_RERUN = _party("party_rerun", "PB-21", "第二十八条、第二十九条", "当选人数不足的另行选举，接近应选人数的经半数以上同意可以减少名额。")
PARTY_REPORT = _party("party_report", "PB-22", "第五章", "选举结果报上级党组织，书记、副书记须经批准。")
PARTY_TWO_VOICES = _plan("party_two_voices", "PB-23", "实行党员推荐、群众推荐和党员大会选举。")
SECRETARY_AS_CHAIR = _village("secretary_as_chair", "PB-25", PLAN, "第八条第三款", "第八条第三款", "书记通过法定程序可以担任主任，成员可以交叉任职。")

# ── Supervision committee (RP-07 … 09) ──────────────────────────────────────────────────────────────────────────────
SUPERVISION = _village("supervision", "RP-07", "第三十二条", "第三十七条第一款", "第三十六条第一款",
                       "村务监督委员会由村民会议或者村民代表会议在村民中推选，应有懂财会、管理的人员。")
SUPERVISION_BARS = _village("supervision_bars", "RP-07", "第三十二条", "第三十七条第一款", "第三十六条第一款",
                            "村民委员会成员及其近亲属不得担任村务监督机构成员。")
SUPERVISION_SIZE = _province("supervision_size", "RP-08 RP-09", "村务监督委员会由三至五人组成，在新一届村民委员会产生后推选。")
# fmt: on

ALL: tuple[Provision, ...] = tuple(each for each in list(globals().values()) if isinstance(each, Provision))
_BY_KEY = {each.key: each for each in ALL}
