"""The password of one's own account: changed, or chosen by who came in without one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from maillage.kernel.language import tr
from maillage.storage.accounts.limits import forget_tries, is_too_many
from maillage.storage.accounts.models import User
from maillage.web.accounts.limits import OLD_PASSWORDS
from maillage.web.accounts.locked import locked_out
from maillage.web.accounts.session_rules import is_fresh

_BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 - the name of a class


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change the password, once whoever is there has shown that the account is theirs.

    They tell the present one; or they came in a moment ago by a link or by the outside provider.
    Every other session of the account is closed by it.
    """
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - login_required lets nobody else through
    proven = is_fresh(request) and request.session.get(BACKEND_SESSION_KEY) != _BY_PASSWORD
    if not proven and not user.has_usable_password():
        return render(request, "accounts/password_later.html")
    form = _form(request, user, proven=proven)
    if request.method != "POST":
        return _page(request, form)
    if not proven and is_too_many(OLD_PASSWORDS, str(user.pk), timezone.now()):
        return locked_out(request)
    if not form.is_valid():
        return _page(request, form)
    form.save()
    forget_tries(OLD_PASSWORDS, str(user.pk))
    update_session_auth_hash(request, user)
    _tell(user)
    messages.success(
        request, tr("Mot de passe enregistré. Vos sessions ouvertes ailleurs sont fermées.")
    )
    return redirect("accounts:mine")


def _form(request: HttpRequest, user: User, *, proven: bool) -> SetPasswordForm[User]:
    told = request.POST if request.method == "POST" else None
    form: SetPasswordForm[User]
    if proven:
        form = SetPasswordForm(user, told)
    else:
        form = PasswordChangeForm(user, told)
        form.fields["old_password"].label = tr("Mot de passe actuel")
        form.fields["old_password"].widget.attrs["autofocus"] = False
    form.fields["new_password1"].label = tr("Nouveau mot de passe")
    form.fields["new_password1"].help_text = ""
    form.fields["new_password2"].label = tr("Le même, encore une fois")
    form.fields["new_password2"].help_text = ""
    return form


def _page(request: HttpRequest, form: SetPasswordForm[User]) -> HttpResponse:
    return render(request, "accounts/own_password.html", {"form": form, "nav": "mine"})


def _tell(user: User) -> None:
    """Tell the person by e-mail, so that nobody changes it in their back."""
    if not settings.MAILLAGE_SENDS_MAIL:
        return
    text = tr(
        "Bonjour,\n\nLe mot de passe de votre compte vient d'être changé. Si ce n'est pas vous, "
        "demandez un lien de connexion, changez-le et prévenez la coordination de votre "
        "territoire.\n"
    )
    send_mail(tr("Votre mot de passe a été changé"), text, None, [user.email], fail_silently=True)
