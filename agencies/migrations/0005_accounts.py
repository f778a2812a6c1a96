import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0004_people")]
    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_digest", models.CharField(max_length=64, unique=True)),
                ("begun_at", models.DateTimeField()),
                ("last_seen_at", models.DateTimeField()),
                ("address", models.CharField(blank=True, max_length=45)),
                ("browser", models.CharField(blank=True, max_length=30)),
                ("system", models.CharField(blank=True, max_length=30)),
                ("has_second_factor", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, choices=[("signed_out", "Signed out"), ("idle", "Not used for too long"), ("too_long", "Signed in for too long"), ("password", "The password was changed"), ("second_factor", "The second factor was changed"), ("suspended", "The account was suspended"), ("from_elsewhere", "Ended from another device"), ("administrator", "Ended by an administrator"), ("policy", "The second factor became required")], max_length=15)),
                ("account", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="sign_ins", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "address", "begun_at"], name="signin_known_address"),
                    models.Index(condition=models.Q(("ended_at", None)), fields=["account"], name="signin_open"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(("ended_at", None), ("ended_because", "")), models.Q(("ended_at__isnull", False), models.Q(("ended_because", ""), _negated=True)), _connector="OR"), name="signin_ended_with_reason"),
                    models.CheckConstraint(condition=models.Q(("ended_because__in", ["", "signed_out", "idle", "too_long", "password", "second_factor", "suspended", "from_elsewhere", "administrator", "policy"])), name="signin_end_reason_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneTimeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(choices=[("invite", "Invitation"), ("reset", "New password")], max_length=10)),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="links", to=settings.AUTH_USER_MODEL)),
                ("made_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="links_made", to="agencies.membership")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("purpose__in", ["invite", "reset"])), name="onetimelink_purpose_known"),
                    models.CheckConstraint(condition=models.Q(("expires_at__gte", models.F("made_at"))), name="onetimelink_period_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInPolicy",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("second_factor_required", models.BooleanField()),
                ("idle_minutes", models.PositiveSmallIntegerField()),
                ("longest_hours", models.PositiveSmallIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="signinpolicy_is_one"),
                    models.CheckConstraint(condition=models.Q(("idle_minutes__gte", 5), ("idle_minutes__lte", 240)), name="signinpolicy_idle_in_range"),
                    models.CheckConstraint(condition=models.Q(("longest_hours__gte", 1), ("longest_hours__lte", 24)), name="signinpolicy_hours_in_range"),
                ],
            },
        ),
    ]
