"""The stand-in from the command line: make tokens, sign a file, do what a signing tool does at the two addresses."""

import argparse
import json
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime
from pathlib import Path

from portal.demo.signer.authority import kept_authority
from portal.demo.signer.signing import sign
from portal.demo.signer.tampering import TRICKS
from portal.demo.signer.tokens import issue_on_token, keep_in_file, opened
from records import clock


def main() -> int:
    asked = _arguments()
    asked.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {"issue": _issue, "trust": _trust, "sign": _sign, "serve": _serve, "pipe": _pipe}[asked.act](asked)


def _issue(asked) -> int:
    """Make a token: a key in a PKCS#12 file or in SoftHSM2, its certificate beside it to be registered."""
    authority = kept_authority(asked.folder)
    if asked.pkcs11:
        issue_on_token(asked.folder, asked.token, asked.title, asked.organisation, authority)
    else:
        keep_in_file(asked.folder, asked.token, authority.issue(asked.title, asked.organisation), authority)
    sys.stdout.write(f"{asked.folder / 'tokens' / asked.token}.cer\n")
    return 0


def _trust(asked) -> int:
    """Write the certificates a portal has to trust into a folder."""
    kept_authority(asked.folder).write_trust(asked.into)
    return 0


def _sign(asked) -> int:
    """Sign one file."""
    asked.out.write_bytes(_signed(asked, asked.file.read_bytes()))
    return 0


def _serve(asked) -> int:
    """What a signing tool does: fetch the file at one address, sign it, return it at the other, tell the answer."""
    with urllib.request.urlopen(_http(asked.download), timeout=60) as answer:
        content = answer.read()
    body, kind = _form(_signed(asked, content))
    request = urllib.request.Request(_http(asked.upload), body, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            told = answer.read()
    except urllib.error.HTTPError as refusal:
        told = refusal.read()
        sys.stderr.write(f"{refusal.code}\n")
    sys.stdout.write(f"{told.decode(errors='replace')}\n")
    return 0 if b'"Status": 0' in told else 1


def _pipe(asked) -> int:
    """Do one order after another, one on each line in JSON: make tokens, or sign files."""
    authority = kept_authority(asked.folder)
    for line in sys.stdin:
        order = json.loads(line)
        if "issue" in order:
            issued = authority.issue(order["title"], order["organisation"])
            keep_in_file(asked.folder, order["issue"], issued, authority)
        else:
            with opened(asked.folder, order["token"]) as signer:
                content = Path(order["file"]).read_bytes()
                moment = datetime.fromisoformat(order["at"])
                Path(order["out"]).write_bytes(sign(content, signer, moment=moment, field=order["field"]))
        sys.stdout.write("done\n")
        sys.stdout.flush()
    return 0


def _signed(asked, content: bytes) -> bytes:
    moment = datetime.fromisoformat(asked.at) if asked.at else clock.machine_now()
    with opened(asked.folder, asked.token) as signer:

        def once(given: bytes) -> bytes:
            return sign(given, signer, moment=moment, field=asked.field if given is content else None)

        return TRICKS[asked.tamper](content, once) if asked.tamper else once(content)


def _http(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise SystemExit(f"not a web address: {address}")
    return address


def _form(content: bytes) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="uploadfile"; filename="signed.pdf"\r\n'
    body = head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m portal.demo.signer", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/signer"), help="where keys and tokens are kept")
    acts = parser.add_subparsers(dest="act", required=True)
    issue = acts.add_parser("issue", help=_issue.__doc__)
    issue.add_argument("token")
    issue.add_argument("--title", required=True, help="the name in the certificate")
    issue.add_argument("--organisation", default="")
    issue.add_argument("--pkcs11", action="store_true", help="keep the key in SoftHSM2 instead of a PKCS#12 file")
    trust = acts.add_parser("trust", help=_trust.__doc__)
    trust.add_argument("into", type=Path)
    for name, act in (("sign", _sign), ("serve", _serve)):
        one = acts.add_parser(name, help=act.__doc__)
        one.add_argument("token")
        one.add_argument("--field", help="the field to sign; without it the next one that waits")
        one.add_argument("--at", help="the moment to claim, such as 2022-03-30T16:05:00+07:00; without it now")
        one.add_argument("--tamper", choices=sorted(TRICKS), help="do something dishonest")
        if name == "sign":
            one.add_argument("file", type=Path)
            one.add_argument("out", type=Path)
        else:
            one.add_argument("download")
            one.add_argument("upload")
    acts.add_parser("pipe", help=_pipe.__doc__)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
