"""Django's settings for the site; what differs from machine to machine is in ``environment``."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from maillage.storage import settings as _tables
from maillage.web.environment import read_environment
from maillage.web.static_version import static_folder_of, version_of
from maillage.wiring.at_hand import AtHand

_HERE = Path(__file__).parent
try:
    _TOLD = read_environment(os.environ)
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from error

# --- what stands on what --------------------------------------------------------------------------

DATABASES = _tables.DATABASES
DEFAULT_AUTO_FIELD = _tables.DEFAULT_AUTO_FIELD
LANGUAGE_CODE = _tables.LANGUAGE_CODE
TIME_ZONE = _tables.TIME_ZONE
USE_TZ = _tables.USE_TZ
INSTALLED_APPS = [
    *_tables.INSTALLED_APPS,
    "maillage.storage.accounts",
    "maillage.storage.background",
    "maillage.storage.diagnoses",
    "maillage.storage.imports",
    "maillage.storage.landmarks",
    "maillage.storage.referrals",
    "maillage.storage.reported_errors",
    "maillage.storage.structures",
    "maillage.storage.survey",
    "maillage.storage.territory_settings",
    "maillage.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "maillage.web.headers.OwnHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "maillage.web.accounts.session_rules.SessionRules",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "maillage.web.urls"
WSGI_APPLICATION = "maillage.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "maillage.web.context.site",
            ],
            "builtins": ["maillage.web.templatetags.french_words"],
        },
    }
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # done by maillage.web worker
MAILLAGE_CLOCK = _TOLD.clock
MAILLAGE_REFRESHES = _TOLD.refreshes
MAILLAGE_AT_HAND = AtHand(_TOLD.timetables, _TOLD.mirror, _TOLD.cache, _TOLD.streets)

# --- who may come in ------------------------------------------------------------------------------

SECRET_KEY = _TOLD.secret_key
ALLOWED_HOSTS = list(_TOLD.hosts) or ["localhost", "127.0.0.1", "[::1]"]
AUTH_USER_MODEL = "maillage_accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "sesame.backends.ModelBackend",
    *(["maillage.web.openid.backend.OpenIdBackend"] if _TOLD.openid else []),
]
MAILLAGE_OPENID = _TOLD.openid
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:enter"
LOGOUT_REDIRECT_URL = "public:home"
SESSION_COOKIE_AGE = 8 * 3600  # seconds, from the moment of signing in: see session_rules
MAILLAGE_IDLE_MINUTES = _TOLD.idle_minutes
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "maillage_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "maillage_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "maillage.web.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESAME_MAX_AGE = dt.timedelta(minutes=20)
SESAME_ONE_TIME = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "maillage.web.accounts.locked.locked_out"
AXES_CLIENT_IP_CALLABLE = "maillage.web.headers.address_of"
MAILLAGE_PROXY = _TOLD.proxy

# --- what leaves ----------------------------------------------------------------------------------

STATIC_URL = f"/static/{version_of(_HERE / 'static')}/"
STATICFILES_DIRS = [
    ("leaflet", static_folder_of("leaflet")),  # its files alone: its application draws on others
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
MAILLAGE_TILES = _TOLD.tiles
MAILLAGE_TILES_CREDIT = _TOLD.tiles_credit
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _TOLD.local
SECURE_HSTS_SECONDS = 0 if _TOLD.local else _TOLD.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TOLD.proxy else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
MAILLAGE_SENDS_MAIL = _TOLD.sends_mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _TOLD.sender
EMAIL_BACKEND = _TOLD.mail_backend
EMAIL_FILE_PATH = _TOLD.mail_folder
EMAIL_HOST = _TOLD.smtp_host or ""
EMAIL_PORT = _TOLD.smtp_port
EMAIL_HOST_USER = _TOLD.smtp_user
EMAIL_HOST_PASSWORD = _TOLD.smtp_password
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
