"""The first screen, the account's own page, the size of type."""

from __future__ import annotations

import base64

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_otp import login as otp_login

from elections.forms.account import LoginForm, PasswordForm, TokenForm
from elections.models import Role
from elections.permissions import PUBLIC, SECOND_STEP, SIGNED_IN, allowed
from elections.selectors.areas import duties
from elections.services.accounts import change_font, confirm_token, note_password_change, token_being_set_up

FIRST_SCREEN = {
    Role.COUNTY: "overview",
    Role.TOWNSHIP: "desk",
    Role.INSPECTOR: "desk",
    Role.LEADER: "overview",
    Role.AUDITOR: "villages",
    Role.VETTING: "vetting",
    Role.ADMIN: "accounts",
}
FONT_WORDS = ((1, "标准"), (2, "大"), (3, "特大"))


class Login(LoginView):
    """Password and, where a token was set up, its code; both in one answer."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    extra_context = {"title": "登录"}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        if isinstance(form, LoginForm) and form.device is not None:
            otp_login(self.request, form.device)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


login = allowed(PUBLIC)(Login.as_view())
logout = allowed(PUBLIC)(LogoutView.as_view())


@allowed(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Show the screen that fits the role: a village's clerk goes straight to the village."""
    role = request.actor.main_role()
    if role == Role.VILLAGE:
        code = next(area for held, area in request.actor.posts if held == Role.VILLAGE)
        return redirect("village", code=code)
    return redirect(FIRST_SCREEN.get(role, "me"))


@allowed(SIGNED_IN)
def me(request: HttpRequest) -> HttpResponse:
    """个人设置: size of type, duties, password."""
    form = PasswordForm(request.actor.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        note_password_change(request.actor.user)
        update_session_auth_hash(request, form.user)
        messages.success(request, "密码已修改。下次登录请用新密码。")
        return redirect("me")
    context = {"title": "个人设置", "form": form, "duties": duties(request.actor), "font_steps": FONT_WORDS}
    return render(request, "elections/me.html", context, status=422 if form.is_bound else 200)


@allowed(SECOND_STEP)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the token: scan, type the first code. Until then such an account opens no other page."""
    device = token_being_set_up(request.actor.user)
    form = TokenForm(request.POST or None, device=device)
    if request.method == "POST" and form.is_valid():
        confirm_token(device)
        otp_login(request, device)
        messages.success(request, "两步登录已开通。下次登录除密码外还要填写手机令牌上的数字。")
        return redirect("home")
    qr = segno.make(device.config_url).svg_inline(scale=5)
    context = {"title": "开通两步登录", "form": form, "qr": qr, "secret": base64.b32encode(device.bin_key).decode()}
    return render(request, "elections/second_factor.html", context, status=422 if form.is_bound else 200)


@allowed(SIGNED_IN)
@require_POST
def font_scale(request: HttpRequest) -> HttpResponse:
    """Set the size of type, A-/A+: kept with the account, so that it follows to another PC."""
    change_font(request.actor.user, request.POST.get("font_scale", ""))
    target = request.POST.get("next", "/")
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if own else "/")
