"""Where the stand-in keeps keys: PKCS#12 files, or a token of SoftHSM2 that gives no key away."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

from asn1crypto.keys import PublicKeyInfo, RSAPublicKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, load_der_public_key
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from pyhanko.keys import load_cert_from_pemder
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as as_asn1
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_as_asn1
from pyhanko.sign import SimpleSigner
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.demo.signer.authority import Authority, Issued

PIN = "123456"
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"


def keep_in_file(folder: Path, name: str, issued: Issued, authority: Authority) -> Path:
    """The key and its certificates in a PKCS#12 file; the certificate alone beside it, to be registered."""
    place = folder / "tokens"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    above = [authority.issuing.certificate, authority.root.certificate]
    content = serialize_key_and_certificates(
        name.encode(), issued.key, issued.certificate, above, BestAvailableEncryption(PIN.encode())
    )
    path = place / f"{name}.p12"
    path.write_bytes(content)
    path.chmod(0o600)
    (place / f"{name}.cer").write_bytes(issued.certificate.public_bytes(Encoding.PEM))
    return path


def certificate_of(folder: Path, name: str) -> bytes:
    """The certificate of a token, as it is registered with the portal."""
    return (folder / "tokens" / f"{name}.cer").read_bytes()


def signer_of(issued: Issued, authority: Authority | None = None) -> Signer:
    """A signer from a key at hand: for tests that need no file."""
    above = [authority.issuing.certificate, authority.root.certificate] if authority else []
    store = SimpleCertificateStore()
    store.register_multiple([as_asn1(one) for one in above])
    return SimpleSigner(
        signing_cert=as_asn1(issued.certificate), signing_key=key_as_asn1(issued.key), cert_registry=store
    )


@contextmanager
def opened(folder: Path, name: str):
    """The signer of a token: from SoftHSM2 where it is there, otherwise from the PKCS#12 file."""
    if (folder / "tokens" / f"{name}.hsm").exists():
        with _on_token(folder, name) as signer:
            yield signer
    else:
        path = folder / "tokens" / f"{name}.p12"
        yield SimpleSigner.load_pkcs12(str(path), passphrase=PIN.encode())


def issue_on_token(folder: Path, name: str, title: str, organisation: str, authority: Authority) -> Issued:
    """A key made inside a new token of SoftHSM2, which never leaves it, and the certificate for it."""
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11 import lib as pkcs11_lib
    from pkcs11.util.rsa import encode_rsa_public_key

    environment = _softhsm(folder)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", name, "--pin", PIN, "--so-pin", PIN],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    os.environ["SOFTHSM2_CONF"] = environment["SOFTHSM2_CONF"]
    library = pkcs11_lib(SOFTHSM)
    library.reinitialize()
    with library.get_token(token_label=name).open(user_pin=PIN, rw=True) as session:
        kept = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
        public, _private = session.generate_keypair(
            KeyType.RSA, 2048, store=True, label=name, id=b"\x01", private_template=kept
        )
        key = load_der_public_key(_subject_info(encode_rsa_public_key(public)))
        issued = authority.issue(title, organisation, key=key)
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: 0,
                Attribute.TOKEN: True,
                Attribute.LABEL: name,
                Attribute.ID: b"\x01",
                Attribute.SUBJECT: issued.certificate.subject.public_bytes(),
                Attribute.VALUE: issued.certificate.public_bytes(Encoding.DER),
            }
        )
    place = folder / "tokens"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place / f"{name}.hsm").write_text(SOFTHSM)
    (place / f"{name}.cer").write_bytes(issued.certificate.public_bytes(Encoding.PEM))
    return issued


def _subject_info(rsa_public: bytes) -> bytes:
    return PublicKeyInfo.wrap(RSAPublicKey.load(rsa_public), "rsa").dump()


@contextmanager
def _on_token(folder: Path, name: str):
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    os.environ["SOFTHSM2_CONF"] = _softhsm(folder)["SOFTHSM2_CONF"]
    authority = folder / "authority"
    above = [load_cert_from_pemder(str(authority / f"{one}.pem")) for one in ("issuing", "root")]
    with open_pkcs11_session(SOFTHSM, token_criteria=TokenCriteria(label=name), user_pin=PIN) as session:
        yield PKCS11Signer(session, cert_label=name, key_label=name, ca_chain=above)


def _softhsm(folder: Path) -> dict[str, str]:
    """The environment in which SoftHSM2 keeps its tokens in the stand-in's folder."""
    store, settings = folder / "softhsm", folder / "softhsm2.conf"
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n")
    return os.environ | {"SOFTHSM2_CONF": str(settings)}
