"""Signing in with an e-mail address and a password. Django tells where one may be sent after."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView

from maillage.kernel.language import tr
from maillage.storage.accounts.models import clean_address


class PasswordForm(AuthenticationForm):
    """Address and password; the same answer whether the address or the password is wrong."""

    error_messages = {
        "invalid_login": tr("L'adresse ou le mot de passe ne convient pas. Vérifiez et réessayez."),
        "inactive": tr("Ce compte est fermé. Adressez-vous à la coordination du territoire."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django calls it
        super().__init__(*args, **kwargs)
        self.fields["username"].label = tr("Adresse électronique")
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs["autofocus"] = False
        self.fields["password"].label = tr("Mot de passe")

    def clean_username(self) -> str:
        """Return the address as accounts are known by it: attempts are counted by it too."""
        return clean_address(str(self.cleaned_data["username"]))


class SignIn(LoginView):
    """The page where one signs in; who is signed in already goes on."""

    template_name = "accounts/login.html"
    authentication_form = PasswordForm
    redirect_authenticated_user = True
