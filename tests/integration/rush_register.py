"""The register of numbers, issue and amendment in the rush of `rush`."""


def numbers_at_once(rush, signed_in, parties, secretary) -> dict:
    """Clerks of one office at the register in the same moment, and what stands in it afterwards."""
    from coordination.register import services as register
    from records import clock
    from tests.factories.programs import make_program

    out, clerks = {}, signed_in(secretary, 20)
    few, plan = clerks[:8], {"agency": parties[0].pk, "document_type": "KHPH", "year": "2022", "first_number": "1"}
    series = register.open_series(actor=secretary, agency=parties[0], document_type="QCPH", year=2022)
    address = f"/so-van-ban/{series.pk}/lay-so/"
    out["twenty numbers"] = rush([(one, address, {"subject": f"Quy chế {n}"}) for n, one in enumerate(clerks)])
    taken = list(series.entries.order_by("number").values_list("number", flat=True))
    out["each its own"] = taken == list(range(1, 21))
    wanted = {"subject": "Quy chế", "number": "21"}
    out["one number wanted by eight"] = sorted(rush([(one, address, wanted) for one in few]))
    out["one series opened eight times"] = sorted(rush([(one, "/so-van-ban/mo/", plan) for one in few]))
    void = f"/so-van-ban/{series.pk}/1/huy/"
    out["one number voided eight times"] = sorted(rush([(one, void, {"reason": "Nhầm"}) for one in few]))

    program = make_program("signed", agencies=parties, secretary=secretary)
    at, day = f"/chuong-trinh/{program.slug}/", clock.today().strftime("%d/%m/%Y")
    sent = {"issued_on": day, "recipients": "Các bên"}
    out["one program issued eight times"] = sorted(rush([(one, f"{at}phat-hanh/", sent) for one in few]))
    amended = {"by": "annex", "title": "Sửa đổi", "period_end": program.period_end.strftime("%d/%m/%Y")}
    out["one amendment begun eight times"] = sorted(rush([(one, f"{at}sua-doi/", amended) for one in few]))
    return out
