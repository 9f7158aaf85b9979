"""The addresses of the roll and its imports."""

from django.urls import path

from voters.views import assisting, check_in, compare, exporting, imports, person, printing, proxies, publishing, roll

R = "villages/<str:code>/roll/"
A = R + "appeals/"
P = "villages/<str:code>/proxies/"
B = "villages/<str:code>/roving/"
H = "villages/<str:code>/helpers/"
I = "import/<uuid:pk>/"  # noqa: E741

# fmt: off
urlpatterns = [
    path(R,                              roll.roll,                  name="roll"),
    path("villages/<str:code>/roll.xlsx", roll.export,               name="roll_export"),
    path("roll-template.xlsx",           roll.roll_template,         name="roll_template"),
    path(R + "ages/",                    roll.follow_the_day,        name="roll_ages"),
    path(R + "print/",                   roll.to_print,              name="roll_print"),
    path(R + "young/",                   roll.young,                 name="roll_young"),
    path(R + "statistics/",              exporting.figures,          name="roll_statistics"),
    path(R + "find/",                    exporting.find,             name="roll_find"),
    path(R + "exports/",                 exporting.exports,          name="roll_exports"),
    path(R + "exports/<uuid:pk>/agreement/", exporting.agree,        name="roll_export_agree"),
    path(R + "exports/<uuid:pk>/taken/", exporting.take,             name="roll_export_take"),
    path(R + "exports/<uuid:pk>.xlsx",   exporting.file,             name="roll_export_file"),
    path(R + "cards/",                   printing.papers,            name="roll_cards"),
    path("villages/<str:code>/poll/check-in/", check_in.desk,        name="check_in"),
    path("villages/<str:code>/poll/check-in/<int:pk>/undo/", check_in.undo, name="check_in_undo"),
    path(R + "alike/",                   compare.within,             name="roll_alike"),
    path("duplicates/",                  compare.between,            name="duplicates"),
    path(R + "new/",                     person.new,                 name="voter_new"),
    path(R + "import/",                  imports.source,             name="roll_import"),
    path(R + "publish/",                 publishing.publish,         name="roll_publish"),
    path(R + "versions/<int:number>/",   publishing.version,         name="roll_version"),
    path(R + "supplement/",              publishing.supplement,      name="roll_supplement"),
    path(A,                              publishing.appeals,         name="roll_appeals"),
    path(A + "new/",                     publishing.appeal_new,      name="roll_appeal_new"),
    path(A + "<int:pk>/",                publishing.appeal,          name="roll_appeal"),
    path(A + "<int:pk>/paper/",          publishing.appeal_paper,    name="roll_appeal_paper"),
    path(R + "<uuid:pk>/",               person.show,                name="voter"),
    path(R + "<uuid:pk>/edit/",          person.edit,                name="voter_edit"),
    path(R + "<uuid:pk>/omission/",      person.omission,            name="voter_omission"),
    path(R + "<uuid:pk>/listing/",       person.listing,             name="voter_listing"),
    path(R + "<uuid:pk>/number/",        person.number,              name="voter_number"),
    path(P,                              proxies.index,              name="proxies"),
    path("villages/<str:code>/proxies.xlsx", proxies.sheet,          name="proxies_sheet"),
    path(P + "slips/",                   proxies.slips,              name="proxies_slips"),
    path(P + "new/",                     proxies.new,                name="proxy_new"),
    path(P + "check/",                   proxies.check,              name="proxy_check"),
    path(P + "<uuid:pk>/end/",           proxies.end,                name="proxy_end"),
    path(P + "<uuid:pk>/slip/",          proxies.slip,               name="proxy_slip"),
    path(B,                              assisting.roving,           name="roving"),
    path("villages/<str:code>/roving.xlsx", assisting.roving_sheet,  name="roving_sheet"),
    path(B + "check/",                   assisting.roving_check,     name="roving_check"),
    path(B + "<int:pk>/remove/",         assisting.roving_remove,    name="roving_remove"),
    path(H,                              assisting.helpers,          name="helpers"),
    path("villages/<str:code>/helpers.xlsx", assisting.helpers_sheet, name="helpers_sheet"),
    path(H + "check/",                   assisting.helper_check,     name="helper_check"),
    path(H + "<int:pk>/remove/",         assisting.helper_remove,    name="helper_remove"),
    path("import/",                      imports.index,              name="imports"),
    path(I,                              imports.show,               name="import"),
    path(I + "<int:step>/",              imports.step,               name="import_step"),
    path(I + "columns/",                 imports.columns,            name="import_columns"),
    path(I + "sheet/",                   imports.sheet,              name="import_sheet"),
    path(I + "rows/",                    imports.rows,               name="import_rows"),
    path(I + "groups/<str:key>/",        imports.group,              name="import_group"),
    path(I + "rows/taken/",              imports.take_rows,          name="import_take_rows"),
    path(I + "rows.xlsx",                imports.bad_rows,           name="import_bad_rows"),
    path(I + "rows/returned/",           imports.returned,           name="import_returned"),
    path(I + "commit/",                  imports.commit,             name="import_commit"),
    path(I + "undo/",                    imports.undo,               name="import_undo"),
    path(I + "drop/",                    imports.drop,               name="import_drop"),
    path(I + "again/",                   imports.again,              name="import_again"),
]
# fmt: on
