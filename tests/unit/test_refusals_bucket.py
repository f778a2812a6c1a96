"""A bucket is named with all that belongs to it, or a service does not start. Rule: R-DEPLOY-7."""

import pytest

from portal.settings.bucket import bucket_in, faults_of_bucket

WHOLE = {
    "PORTAL_FILES_BUCKET": "https://s3.example.vn:9000/ho-so/dam-ha",
    "PORTAL_FILES_KEY_ID": "cong",
    "PORTAL_FILES_SECRET": "bi/mat+",
}


def test_a_whole_one_is_understood():
    assert bucket_in(WHOLE) == {
        "address": "https://s3.example.vn:9000",
        "name": "ho-so",
        "folder": "dam-ha",
        "key_id": "cong",
        "secret": "bi/mat+",
        "region": "us-east-1",
        "authorities": "",
    }


def test_without_one_there_is_nothing_to_say():
    assert (bucket_in({}), list(faults_of_bucket({"PORTAL_FILES_BUCKET": " "}))) == ({}, [])


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_half_given_is_refused_by_name(name: str):
    [fault] = faults_of_bucket({**WHOLE, name: ""})
    assert f"Thiếu {name}." in fault
    assert "bi/mat" not in fault
    assert bucket_in({**WHOLE, name: ""}) == {}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("s3://ho-so", "https://s3.example.vn/cong-phoi-hop"),
        ("https://s3.example.vn", "https://s3.example.vn/cong-phoi-hop"),
        ("https://cong:mat-khau@s3.example.vn/ho-so", "https://s3.example.vn/cong-phoi-hop"),
        ("https://s3.example.vn:x/ho-so", "https://s3.example.vn/cong-phoi-hop"),
        ("http://s3.example.vn/ho-so", "https://:"),
    ],
)
def test_an_address_that_is_none_or_open_to_all_is_refused(address: str, words: str):
    [fault] = faults_of_bucket({**WHOLE, "PORTAL_FILES_BUCKET": address})
    assert words in fault
    assert "mat-khau" not in fault


@pytest.mark.parametrize("host", ["127.0.0.1:9000", "localhost", "[::1]:9000"])
def test_this_machine_needs_no_tls(host: str):
    assert list(faults_of_bucket({**WHOLE, "PORTAL_FILES_BUCKET": f"http://{host}/ho-so"})) == []


def test_own_authorities_are_there(tmp_path):
    assert len(list(faults_of_bucket({**WHOLE, "PORTAL_FILES_CA": str(tmp_path / "ca.pem")}))) == 1
