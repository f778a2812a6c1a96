"""Two versions compared clause by clause: what changed, moved, was added or dropped, and what is folded away."""

import time
from copy import deepcopy
from random import Random

import pytest

from coordination.versions.enums import ClauseKind, Fate, PartName
from coordination.versions.queries import Comparison, changes_between
from coordination.versions.words import new_text, old_text

AGENCIES = ("ubnd", "mttq", "hnd")


def a_task(number: int, **facts) -> dict:
    return {
        "code": f"DH-2022-01.{number:02}",
        "title": f"Vận động nhân dân thôn {number}",
        "deliverable": "Báo cáo kết quả",
        "schedule_kind": "range",
        "schedule_number": None,
        "start_on": "2022-01-01",
        "due_on": "2022-06-30",
        "legal_due_on": None,
        "area__code": "ntm",
        "area__name": "Nông thôn mới",
        "section_id": 2,
        "section__numbering": "II",
        "section__heading": "Nội dung",
        "note": "",
        "roles": [["lead", "ubnd", "", None, ""], ["coordinator", "mttq", "", None, ""]],
        "targets": [["Vận động", "ge", "45.00", "hộ", ""]],
        "key": number + 100,
        **facts,
    }


def a_version(**facts) -> dict:
    """A version as it is frozen: three main sections, one with two sub-items, and three tasks."""
    sections = [
        [1, "I", "Mục đích", "Tăng cường phối hợp.", 1],
        [1, "II", "Nội dung", "", 2],
        [2, "1", "Nông thôn mới", "Vận động nhân dân cùng làm.", 3],
        [2, "2", "Đại đoàn kết", "Xây dựng khối đại đoàn kết.", 4],
        [1, "III", "Tổ chức thực hiện", "Các bên chủ động triển khai.", 5],
    ]
    return {
        "code": "DH-2022-01",
        "kind": "program",
        "title": "Phối hợp công tác năm 2022",
        "short_title": "Phối hợp 2022",
        "period": ["2022-01-01", "2022-12-31"],
        "based_on": "",
        "continues": "",
        "opening": "",
        "effect_clause": "",
        "place": "Đầm Hà",
        "recipients": "",
        "parties": [
            {
                "agency": code,
                "name": f"Cơ quan {code}",
                "short_name": code.upper(),
                "letterhead": [place, "", ""],
                "signs": [place, ""],
                "is_lead": place == 1,
            }
            for place, code in enumerate(AGENCIES, start=1)
        ],
        "legal_bases": ["Luật Mặt trận Tổ quốc Việt Nam;", "Luật Tổ chức chính quyền địa phương."],
        "sections": sections,
        "tasks": [a_task(number) for number in (1, 2, 3)],
        "agencies": {"ubnd": "UBND huyện", "mttq": "Mặt trận"},
        **facts,
    }


def without_keys(version: dict) -> dict:
    """The version as versions were frozen before they carried keys and names."""
    old = deepcopy(version)
    old["sections"] = [row[:4] for row in old["sections"]]
    for task in old["tasks"]:
        for name in ("key", "area__name", "section_id"):
            del task[name]
    del old["agencies"]
    return old


def fates(comparison: Comparison, kind: ClauseKind = ClauseKind.SECTION) -> list[tuple[str, str]]:
    return [(change.label, change.fate) for change in comparison.changes if change.kind == kind]


@pytest.mark.parametrize("older", [a_version(), without_keys(a_version())], ids=["with keys", "before keys"])
@pytest.mark.parametrize("newer", [a_version(), without_keys(a_version())], ids=["with keys", "before keys"])
def test_the_same_content_is_the_same_whatever_its_keys(older, newer):
    compared = changes_between(older, newer)
    assert compared.is_same and compared.counts[Fate.SAME] == 19
    assert not any(stretch.change for group in compared.groups for stretch in group.stretches)


def test_a_changed_word_is_struck_and_added_and_the_rest_is_folded():
    newer = a_version()
    newer["sections"][2][3] = "Vận động nhân dân cùng làm đường."
    compared = changes_between(a_version(), newer)
    (change,) = compared.changes
    assert (change.kind, change.fate, change.label) == (ClauseKind.SECTION, Fate.CHANGED, "II.1. Nông thôn mới")
    (part,) = change.parts
    assert part.name == PartName.BODY
    assert [(piece.mark, piece.text) for piece in part.pieces] == [
        ("same", "Vận động nhân dân cùng làm"), ("added", " đường"), ("same", ".")
    ]  # fmt: skip
    text = next(group for group in compared.groups if group.kind == ClauseKind.SECTION)
    assert [len(stretch.unchanged) for stretch in text.stretches] == [2, 0, 2]
    assert compared.changed_keys(ClauseKind.SECTION) == {3}


def test_a_section_moved_with_its_items_is_moved_and_they_are_not():
    newer = a_version()
    first, content, item, other, last = newer["sections"]
    newer["sections"] = [[1, "I", *content[2:]], item, other, [1, "II", *first[2:]], last]
    compared = changes_between(a_version(), newer)
    assert fates(compared) == [("I. Nội dung", Fate.CHANGED), ("II. Mục đích", Fate.CHANGED)]
    assert sum(change.is_moved for change in compared.changes if change.kind == ClauseKind.SECTION) == 1
    assert all([part.name for part in change.parts] == [PartName.NUMBER] for change in compared.changes)


def test_an_item_under_another_section_is_moved():
    newer = a_version()
    *start, item, last = newer["sections"]
    newer["sections"] = [*start, last, item]
    (change,) = changes_between(a_version(), newer).changes
    assert (change.fate, change.old_label, change.label) == (Fate.MOVED, "II.2. Đại đoàn kết", "III.2. Đại đoàn kết")


def test_added_and_dropped_clauses_stand_where_they_stood():
    newer = a_version()
    del newer["sections"][3]
    newer["sections"].insert(1, [1, "Ia", "Nguyên tắc", "Bình đẳng.", 9])
    compared = changes_between(a_version(), newer)
    assert fates(compared) == [("Ia. Nguyên tắc", Fate.ADDED), ("II.2. Đại đoàn kết", Fate.DROPPED)]
    added, dropped = compared.changes
    assert [new_text(part.pieces) for part in added.parts] == ["Ia", "Nguyên tắc", "Bình đẳng."]
    assert [old_text(part.pieces) for part in dropped.parts] == ["2", "Đại đoàn kết", "Xây dựng khối đại đoàn kết."]
    text = next(group for group in compared.groups if group.kind == ClauseKind.SECTION)
    assert [bool(stretch.change) for stretch in text.stretches] == [False, True, False, True, False]


def test_without_keys_a_clause_is_known_by_its_words():
    newer = without_keys(a_version())
    newer["sections"][0][3] = "Tăng cường phối hợp giữa các bên."
    newer["sections"][4][2] = "Trách nhiệm thi hành"
    newer["sections"].insert(1, [1, "Ia", "Nguyên tắc", "Bình đẳng."])
    for older in (a_version(), without_keys(a_version())):
        compared = changes_between(older, newer)
        assert fates(compared) == [
            ("I. Mục đích", Fate.CHANGED), ("Ia. Nguyên tắc", Fate.ADDED), ("III. Trách nhiệm thi hành", Fate.CHANGED)
        ]  # fmt: skip


def test_legal_bases_are_followed_by_their_words():
    newer = a_version(legal_bases=["Luật Thanh tra;", "Luật Mặt trận Tổ quốc Việt Nam năm 2015;",
                                   "Luật Tổ chức chính quyền địa phương."])  # fmt: skip
    compared = changes_between(a_version(), newer)
    assert [(change.fate, new_text(change.parts[0].pieces)) for change in compared.changes] == [
        (Fate.ADDED, "Luật Thanh tra;"), (Fate.CHANGED, "Luật Mặt trận Tổ quốc Việt Nam năm 2015;")
    ]  # fmt: skip
    swapped = changes_between(a_version(), a_version(legal_bases=a_version()["legal_bases"][::-1]))
    assert [change.fate for change in swapped.changes] == [Fate.MOVED]


def test_tasks_tell_each_thing_that_changed_in_words_of_papers():
    newer = a_version()
    newer["tasks"][1] |= {
        "due_on": "2022-09-30",
        "roles": [["lead", "hnd", "Chi hội", None, ""], ["coordinator", "mttq", "", None, "cấp kinh phí"]],
        "targets": [["Vận động", "ge", "60.00", "hộ", ""]],
    }
    del newer["tasks"][2]
    newer["tasks"].append(a_task(4, code="DH-2022-01.03", title="Việc mới dưới số cũ"))
    compared = changes_between(a_version(), newer)
    assert [change.fate for change in compared.changes] == [Fate.CHANGED, Fate.DROPPED, Fate.ADDED]
    told = {part.name: (old_text(part.pieces), new_text(part.pieces)) for part in compared.changes[0].parts}
    assert told == {
        PartName.LEADS: ("UBND huyện", "Chi hội (HND)"),
        PartName.COORDINATORS: ("Mặt trận", "Mặt trận: cấp kinh phí"),
        PartName.SCHEDULE: ("Từ 01/01/2022 đến 30/6/2022", "Từ 01/01/2022 đến 30/9/2022"),
        PartName.TARGETS: ("Vận động: ít nhất 45 hộ", "Vận động: ít nhất 60 hộ"),
    }


def test_parties_and_facts_are_compared_too():
    newer = a_version(title="Phối hợp công tác năm 2022 và 2023", period=["2022-01-01", "2023-12-31"])
    newer["parties"] = [
        newer["parties"][0],
        newer["parties"][2] | {"is_lead": True, "signs": [2, "ubnd"]},
        {"agency": "cdoan", "name": "Liên đoàn", "short_name": "LĐLĐ", "letterhead": [3, "", ""], "signs": [3, ""],
         "is_lead": False},
    ]  # fmt: skip
    compared = changes_between(a_version(), newer)
    assert [(change.label, change.fate) for change in compared.changes if change.kind == ClauseKind.PARTY] == [
        ("MTTQ", Fate.DROPPED), ("HND", Fate.CHANGED), ("LĐLĐ", Fate.ADDED)
    ]  # fmt: skip
    facts = [change.parts[0].name for change in compared.changes if change.kind == ClauseKind.FACT]
    assert facts == [PartName.TITLE, PartName.PERIOD, PartName.TURN]


def test_a_name_that_changed_by_itself_is_no_change_of_the_program():
    newer = a_version(agencies={"ubnd": "UBND đặc khu", "mttq": "Mặt trận"})
    assert changes_between(a_version(), newer).is_same


def large(seed: int) -> dict:
    """40 sections of long text and 300 tasks, half of them edited, some moved, added and dropped."""
    random = Random(seed)
    words = [f"từ{number}" for number in range(400)] + ["các", "và", "của"] * 60
    fixed = Random(0)
    sections = [
        [1, str(number), f"Mục {number}", " ".join(fixed.choices(words, k=1_500)), number] for number in range(1, 41)
    ]
    tasks = [a_task(number, title=" ".join(fixed.choices(words, k=30))) for number in range(1, 301)]
    for row in sections[::2]:
        body = row[3].split(" ")
        for _change in range(40):
            body[random.randrange(len(body))] = random.choice(words)
        row[3] = " ".join(body)
    sections[7][3] = " ".join(random.choices(words, k=1_500))
    for task in tasks[::2]:
        task["title"] = " ".join(random.choices(words, k=30))
        task["due_on"] = "2022-11-30"
    if seed:
        sections.insert(3, sections.pop(30))
        del sections[20], tasks[40]
    return a_version(sections=sections, tasks=tasks)


def test_forty_long_sections_and_three_hundred_tasks_take_under_a_second():
    older, newer = large(0), large(1)
    began = time.process_time()
    compared = changes_between(older, newer)
    taken = time.process_time() - began
    assert taken < 1, f"{taken:.2f} s"
    counts = compared.counts
    assert counts[Fate.CHANGED] > 150 and counts[Fate.DROPPED] == 2
    assert sum(change.is_moved for change in compared.changes) == 1
