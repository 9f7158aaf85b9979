"""选民登记."""

from django.apps import AppConfig

ACTS = {
    "roll.registered": "登记选民",
    "roll.corrected": "更正选民登记",
    "roll.omitted": "移出选民名单",
    "roll.restored": "列入选民名单",
    "roll.id_revealed": "查看身份证号",
    "roll.elsewhere_met": "核对出已在其他村登记的人",
    "roll.searched_by_number": "按身份证号后四位查找",
    "roll.export_asked": "申请导出带身份证号的名单",
    "roll.export_agreed": "同意导出带身份证号的名单",
    "roll.export_taken": "下载带身份证号的名单",
    "roll.import_opened": "上传选民名单",
    "roll.import_queued": "上传较大的选民名单",
    "roll.import_rows_downloaded": "下载名单中的错误行",
    "roll.import_dropped": "放弃导入选民名单",
    "roll.imported": "导入选民名单",
    "roll.import_undone": "撤销导入选民名单",
    "keys.changed": "更换密钥",
    "roll.followed_the_day": "按选举日更新选民名单",
    "roll.print_cards": "打印选民证",
    "roll.print_households": "打印选民登记核对表",
    "roll.print_issue": "打印领票登记表",
    "check_in.given": "验证发票",
    "check_in.undone": "撤销验证发票",
    "proxy.revived": "恢复误终止的委托",
    "roll.published": "公布选民名单",
    "roll.supplemented": "补充公布选民名单",
    "roll.objection_received": "登记名单申诉",
    "roll.objection_decided": "作出名单申诉处理决定",
    "proxy.recorded": "登记委托投票",
    "proxy.withdrawn": "委托人撤回委托",
    "proxy.struck": "更正登记有误的委托",
    "proxy.principal_came": "委托人本人到场，委托失效",
    "proxy.ended_by_candidacy": "受委托人成为候选人，委托自行终止",
    "proxy.ended_off_roll": "委托人或者受委托人移出名单，委托自行终止",
    "roving.recorded": "登记流动票箱投票人员",
    "roving.struck": "移出流动票箱投票人员名单",
    "helper.recorded": "登记代写人",
    "helper.struck": "移出代写人名单",
}
PRINTED = {"print_cards": "生成选民证", "print_households": "生成选民登记核对表", "print_issue": "生成领票登记表"}
JOBS = {"roll_read": "读取选民名单"} | PRINTED


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "选民登记"

    def ready(self) -> None:
        """Tell the pages of the log and of the jobs how this app's acts are called."""
        from elections.selectors import jobs, log
        from elections.services import candidacy
        from voters.services.proxies import end_of_candidates

        log.ACTS.update(ACTS)
        log.FIELDS["proxy"] = "委托证编号"
        candidacy.FOLLOWERS.append(end_of_candidates)
        jobs.TITLES |= JOBS
        jobs.RULES |= dict.fromkeys(PRINTED, "roll.print")
