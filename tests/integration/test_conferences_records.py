"""What stays of a conference: photos with their pictures, press accounts, reports heard."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from coordination.conferences import services as conferences
from coordination.conferences.enums import CommendationForm, Commended
from coordination.conferences.models import Conference, HeardReport, Photo, PressAccount
from coordination.conferences.queries import heard_rows, items_to_record
from coordination.tasks.services import Upload
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import NotAllowed, RuleBroken
from records.files.enums import ScanState
from records.files.models import StoredFile
from tests.factories.conferences import make_conference
from tests.factories.gatherings import Gathering, make_gathering, proposed
from tests.factories.gatherings import conference_page as page
from tests.factories.people import make_agency
from tests.factories.pictures import make_picture
from tests.factories.stored import path_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(ground) -> Gathering:
    made = make_gathering()
    made.invite(made.party, made.commune)
    made.send()
    return made


@pytest.fixture
def gathering(built) -> Gathering:
    """The gathering of the module, its party and a commune invited, with its conference as it is now."""
    return Gathering(built.organiser, built.party, built.commune, built.keeper, Conference.objects.get())


def picture(content: bytes | None = None, name: str = "hoi-nghi.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_picture() if content is None else content)


def photo_of(gathering, caption: str = "Quang cảnh hội nghị", *, shown: bool = True) -> Photo:
    content = make_picture()
    upload = Upload("anh.jpg", BytesIO(content), len(content)) if shown else None
    return conferences.add_photo(gathering.conference, actor=gathering.keeper, caption=caption, upload=upload)


def last() -> AuditEntry:
    return AuditEntry.objects.latest("sequence")


class TestPhotos:
    def test_a_photo_is_added_shown_by_its_caption_and_taken_whole(self, gathering, sign_in):
        keeper = sign_in(gathering.keeper)
        address = page("photo-add", gathering.conference)
        sent = {"caption": "Ký chương trình", "credit": "Trung tâm TT&VH", "picture": picture()}
        assert keeper.post(address, sent).status_code == 302
        photo = Photo.objects.get()
        shown = keeper.get(page("records", gathering.conference)).content.decode()
        small = page("photo-small", gathering.conference, photo.pk)
        assert f'src="{small}" alt="Ký chương trình" width="80" height="60"' in shown
        seen = keeper.get(small)
        assert seen["Content-Type"] == "image/jpeg" and "attachment" not in seen["Content-Disposition"]
        assert b"".join(seen.streaming_content) == path_of(photo.small).read_bytes()
        assert "private" in seen["Cache-Control"] and "no-cache" in seen["Cache-Control"]
        assert keeper.get(small, headers={"if-none-match": seen["ETag"]}).status_code == 304
        entries = AuditEntry.objects.count()
        whole = keeper.get(page("photo-file", gathering.conference, photo.pk))
        assert whole["Content-Disposition"].startswith("attachment") and whole["X-Content-Type-Options"] == "nosniff"
        assert b"".join(whole.streaming_content) == path_of(photo.file).read_bytes()
        assert AuditEntry.objects.count() == entries + 1 and last().action == AuditAction.DOWNLOADED

    def test_whoever_sees_the_conference_sees_and_takes_it_and_nobody_else(self, gathering, sign_in):
        photo = photo_of(gathering)
        addresses = [
            page("photo-small", gathering.conference, photo.pk),
            page("photo-file", gathering.conference, photo.pk),
        ]
        guest = sign_in(gathering.member(gathering.party))
        stranger = sign_in(gathering.member(make_agency(gathering.organiser.unit, "ngoai")))
        for address in addresses:
            seen = guest.get(address)
            assert seen.status_code == 200 and b"".join(seen.streaming_content)
            assert stranger.get(address).status_code == 404
        assert stranger.post(page("photo-remove", gathering.conference, photo.pk)).status_code == 404
        assert guest.post(page("photo-remove", gathering.conference, photo.pk)).status_code == 403
        assert Photo.objects.exists()

    def test_a_photo_of_another_conference_is_not_found_under_this_one(self, gathering, sign_in):
        other = make_conference(
            organiser=gathering.organiser,
            actor=gathering.keeper,
            held_on=gathering.conference.held_on + timedelta(days=1),
        )
        photo = photo_of(gathering)
        keeper = sign_in(gathering.keeper)
        for number in (photo.pk, 10**17, 10**30):
            assert keeper.get(page("photo-edit", other, number)).status_code == 404
            assert keeper.post(page("photo-move", other, number), {"to": "up"}).status_code == 404

    def test_what_is_no_picture_comes_back_at_its_field_with_the_caption(self, gathering, sign_in):
        sent = {"caption": "Quang cảnh", "picture": picture(b"<html>", "anh.jpg")}
        answer = sign_in(gathering.keeper).post(page("photo-add", gathering.conference), sent)
        assert answer.status_code == 422 and "picture" in answer.context["form"].errors
        assert "Quang cảnh" in answer.content.decode()
        assert not Photo.objects.exists() and not StoredFile.objects.exists()

    def test_the_picture_may_come_later_and_be_exchanged(self, gathering, sign_in):
        photo = photo_of(gathering, shown=False)
        keeper = sign_in(gathering.keeper)
        assert "pf-photo__none" in keeper.get(page("records", gathering.conference)).content.decode()
        assert keeper.get(page("photo-file", gathering.conference, photo.pk)).status_code == 404
        address = page("photo-edit", gathering.conference, photo.pk)
        keeper.post(address, {"caption": photo.caption, "picture": picture(), "revision": photo.revision})
        first = Photo.objects.get()
        assert first.is_shown and "sha256" in last().after
        other = picture(make_picture((100, 50)))
        keeper.post(address, {"caption": photo.caption, "picture": other, "revision": first.revision})
        second = Photo.objects.get()
        assert second.file != first.file and path_of(first.file).exists()
        assert last().before["sha256"] == first.file.sha256

    def test_saving_what_stands_already_writes_nothing(self, gathering):
        photo = photo_of(gathering)
        entries = AuditEntry.objects.count()
        conferences.change_photo(photo, actor=gathering.keeper, caption=photo.caption, revision=photo.revision)
        assert AuditEntry.objects.count() == entries

    def test_two_who_change_a_caption_meet_on_the_conflict_page(self, gathering, sign_in):
        photo = photo_of(gathering)
        conferences.change_photo(photo, actor=gathering.keeper, caption="Của người trước", revision=photo.revision)
        sent = {"caption": "Của người sau", "revision": photo.revision}
        answer = sign_in(gathering.keeper).post(page("photo-edit", gathering.conference, photo.pk), sent)
        shown = answer.content.decode()
        assert answer.status_code == 409 and "Của người trước" in shown and "Của người sau" in shown
        assert Photo.objects.get().caption == "Của người trước"

    def test_photos_move_and_the_ends_stay(self, gathering, sign_in):
        first, second = photo_of(gathering, "Một"), photo_of(gathering, "Hai")
        keeper = sign_in(gathering.keeper)
        keeper.post(page("photo-move", gathering.conference, second.pk), {"to": "up"})
        keeper.post(page("photo-move", gathering.conference, first.pk), {"to": "down"})
        assert [one.caption for one in Photo.objects.all()] == ["Hai", "Một"]

    def test_a_removed_photo_is_gone_from_the_page_and_told_by_the_log(self, gathering, sign_in):
        photo = photo_of(gathering)
        keeper, address = sign_in(gathering.keeper), page("photo-remove", gathering.conference, photo.pk)
        assert photo.caption in keeper.get(address).content.decode() and Photo.objects.exists()
        assert keeper.post(address).status_code == 302 and not Photo.objects.exists()
        assert last().before == {"caption": photo.caption, "sha256": photo.file.sha256}
        assert path_of(photo.file).exists()

    def test_nobody_gets_a_picture_the_scanner_has_not_seen(self, gathering, sign_in):
        photo = photo_of(gathering)
        StoredFile.objects.filter(pk=photo.file_id).update(scan=ScanState.WAITING)
        keeper = sign_in(gathering.keeper)
        small = page("photo-small", gathering.conference, photo.pk)
        assert keeper.get(small).status_code == 404
        assert keeper.get(page("photo-file", gathering.conference, photo.pk)).status_code == 403
        assert small not in keeper.get(page("records", gathering.conference)).content.decode()

    def test_too_many_photos_are_refused(self, gathering, monkeypatch):
        monkeypatch.setattr(conferences.photos, "MOST_PHOTOS", 1)
        photo_of(gathering, shown=False)
        with pytest.raises(RuleBroken):
            photo_of(gathering, shown=False)


class TestPress:
    def test_an_account_is_recorded_corrected_and_removed(self, gathering, sign_in):
        keeper = sign_in(gathering.keeper)
        sent = {
            "title": "Ký kết chương trình phối hợp",
            "author": "Kim Liên",
            "address": "https://damha.vidu.gov.vn/tin/1?x=2",
            "published_on": "30/3/2022",
            "damaged_passage": "…cả hệ thống chính trị và các tầng nước về đất đai…",
            "doubt": "Mất chữ.",
        }
        assert keeper.post(page("press-add", gathering.conference), sent).status_code == 302
        account = PressAccount.objects.get()
        shown = keeper.get(page("records", gathering.conference)).content.decode()
        assert f'href="{account.address}" rel="noopener noreferrer nofollow external"' in shown
        assert "các tầng nước về đất đai" in shown and account.published_on == date(2022, 3, 30)
        address = page("press-edit", gathering.conference, account.pk)
        keeper.post(address, sent | {"author": "Ban biên tập", "revision": account.revision})
        assert last().before == {"author": "Kim Liên"} and last().after == {"author": "Ban biên tập"}
        keeper.post(page("press-remove", gathering.conference, account.pk))
        assert not PressAccount.objects.exists() and last().before["title"] == sent["title"]

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "//evil.vn/x",
            "https://a@evil.vn/",
            "data:text/html,x",
            "https:evil.vn",
            "http://x y.vn",
        ],
    )
    def test_only_the_address_of_a_web_page_is_kept(self, address, gathering):
        with pytest.raises(RuleBroken) as refused:
            conferences.record_press(gathering.conference, actor=gathering.keeper, title="Tin", address=address)
        assert refused.value.field == "address"

    def test_a_day_that_has_not_come_is_refused(self, gathering):
        day = clock.today() + timedelta(days=1)
        with pytest.raises(RuleBroken) as refused:
            conferences.record_press(gathering.conference, actor=gathering.keeper, title="Tin", published_on=day)
        assert refused.value.field == "published_on"

    def test_two_who_correct_an_account_lose_nothing(self, gathering, sign_in):
        account = conferences.record_press(gathering.conference, actor=gathering.keeper, title="Tin thứ nhất")
        sent = {"title": "Tin của tôi", "revision": account.revision + 1}
        answer = sign_in(gathering.keeper).post(page("press-edit", gathering.conference, account.pk), sent)
        assert answer.status_code == 409
        assert "Tin thứ nhất" in answer.content.decode() and "Tin của tôi" in answer.content.decode()


class TestHeard:
    def test_an_item_of_the_agenda_fills_in_the_form_until_it_is_recorded(self, gathering, sign_in):
        item = gathering.conference.agenda.order_by("position").first()
        keeper = sign_in(gathering.keeper)
        assert item in items_to_record(gathering.conference, [])
        address = page("heard-add", gathering.conference)
        form = keeper.get(address, {"muc": item.number}).context["form"]
        assert form["title"].value() == item.title and form["agenda_item"].value() == item.pk
        keeper.post(address, {"title": item.title, "agenda_item": item.pk, "number": "12-BC/BTGHU"})
        (row,) = heard_rows(gathering.keeper, gathering.conference)
        assert row.number == "12-BC/BTGHU" and row.row.agenda_item == item
        assert item not in items_to_record(gathering.conference, [row])

    @pytest.mark.parametrize("number", ["x", "²", "9" * 40, "-1", ""])
    def test_an_item_there_is_not_fills_in_nothing(self, number, gathering, sign_in):
        answer = sign_in(gathering.keeper).get(page("heard-add", gathering.conference), {"muc": number})
        assert answer.status_code == 200 and not answer.context["form"]["title"].value()

    def test_items_and_programs_of_elsewhere_are_refused(self, gathering, signed_program):
        other = make_conference(
            organiser=gathering.organiser,
            actor=gathering.keeper,
            held_on=gathering.conference.held_on + timedelta(days=2),
        )
        for field, what in (("agenda_item", other.agenda.first()), ("program", signed_program)):
            with pytest.raises(RuleBroken) as refused:
                heard = conferences.Heard("Báo cáo", **{field: what})
                conferences.hear_report(gathering.conference, actor=gathering.keeper, heard=heard)
            assert refused.value.field == field

    def test_a_paper_one_does_not_read_oneself_is_not_linked(self, gathering):
        with pytest.raises(NotAllowed), transaction.atomic():
            heard = conferences.Heard("Báo cáo", issued_code="7KQ4M2XD9RTP")
            conferences.hear_report(gathering.conference, actor=gathering.keeper, heard=heard)
        assert not HeardReport.objects.exists()

    def test_it_is_corrected_and_taken_back_with_its_trace(self, gathering, sign_in):
        heard = conferences.Heard("Báo cáo năm 2021")
        row = conferences.hear_report(gathering.conference, actor=gathering.keeper, heard=heard)
        keeper, address = sign_in(gathering.keeper), page("heard-edit", gathering.conference, row.pk)
        keeper.post(address, {"title": "Báo cáo kết quả năm 2021", "revision": row.revision})
        assert last().after == {"title": "Báo cáo kết quả năm 2021"}
        assert keeper.post(address, {"title": "Muộn", "revision": row.revision}).status_code == 409
        keeper.post(page("heard-remove", gathering.conference, row.pk))
        assert not HeardReport.objects.exists() and last().action == AuditAction.ENDED


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_whatever_was_kept(count, gathering, sign_in, django_assert_max_num_queries):
    for number in range(count):
        photo_of(gathering, f"Ảnh {number}")
        conferences.record_press(gathering.conference, actor=gathering.keeper, title=f"Tin {number}")
        proposal = conferences.Proposal(Commended.COLLECTIVE, f"Tập thể {number}", CommendationForm.LETTER, "Làm tốt")
        proposed(gathering, proposal=proposal)
        heard = conferences.Heard(f"Báo cáo {number}", presented_by=gathering.organiser)
        conferences.hear_report(gathering.conference, actor=gathering.keeper, heard=heard)
    keeper = sign_in(gathering.keeper)
    for tab in ("records", "documents"):
        with django_assert_max_num_queries(28):
            keeper.get(page(tab, gathering.conference))
