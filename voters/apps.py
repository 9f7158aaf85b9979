"""选民登记."""

from django.apps import AppConfig

ACTS = {
    "roll.registered": "登记选民",
    "roll.corrected": "更正选民登记",
    "roll.omitted": "移出选民名单",
    "roll.restored": "列入选民名单",
    "roll.id_revealed": "查看身份证号",
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
    "roll.followed_the_day": "按选举日更新选民名单",
    "roll.published": "公布选民名单",
    "roll.supplemented": "补充公布选民名单",
    "roll.objection_received": "登记名单申诉",
    "roll.objection_decided": "作出名单申诉处理决定",
}


class VotersConfig(AppConfig):
    name = "voters"
    verbose_name = "选民登记"

    def ready(self) -> None:
        """Tell the pages of the log and of the jobs how this app's acts are called."""
        from elections.selectors import jobs, log

        log.ACTS.update(ACTS)
        jobs.TITLES["roll_read"] = "读取选民名单"
