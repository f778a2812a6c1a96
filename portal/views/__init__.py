"""The front door's pages, by subject; urls, settings and middleware name them through here."""

from portal.views.access import SignIn, home, locked_out, sign_out
from portal.views.account import account, act_as, change_password
from portal.views.administration import administration
from portal.views.background import background, background_run, letter_again
from portal.views.devices import devices, end_device, end_other_devices
from portal.views.errors import bad_request, conflict, failed, forbidden, forgery_refused, missing, refused
from portal.views.jobs import job_file, job_list, job_page, job_retry, job_state
from portal.views.links import forgotten, one_time_link, reset_asked
from portal.views.pages import help_page, more
from portal.views.second_factor import (
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    second_factor_page,
    start_second_factor,
)
from portal.views.second_step import sign_in_code, sign_in_recovery
from portal.views.server import server_condition
from portal.views.sign_in_policy import end_sign_ins, issue_link, reset_second_factor, sign_in_help, sign_in_policy

__all__ = [
    "SignIn",
    "account",
    "act_as",
    "administration",
    "background",
    "background_run",
    "bad_request",
    "change_password",
    "confirm_second_factor",
    "conflict",
    "devices",
    "end_device",
    "end_other_devices",
    "end_sign_ins",
    "failed",
    "forbidden",
    "forgery_refused",
    "forgotten",
    "help_page",
    "home",
    "issue_link",
    "job_file",
    "job_list",
    "job_page",
    "job_retry",
    "job_state",
    "letter_again",
    "locked_out",
    "missing",
    "more",
    "one_time_link",
    "refused",
    "remove_second_factor",
    "renew_recovery_codes",
    "reset_asked",
    "reset_second_factor",
    "second_factor_page",
    "server_condition",
    "sign_in_code",
    "sign_in_help",
    "sign_in_policy",
    "sign_in_recovery",
    "sign_out",
    "start_second_factor",
]
