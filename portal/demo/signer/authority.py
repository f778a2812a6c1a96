"""The test authority: a root, an issuing certificate below it, certificates for offices and seals, a list of revoked ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID
from pyhanko_certvalidator import ValidationContext

ROOT_NAME = "CA THỬ NGHIỆM, không có giá trị pháp lý"
ISSUING_NAME = "CA THỬ NGHIỆM cấp chứng thư số mẫu"
BEGINS, ENDS = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
_CA_USAGE = {"key_cert_sign": True, "crl_sign": True}
_SIGNING_USAGE = {"digital_signature": True, "content_commitment": True}
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


@dataclass(frozen=True)
class Authority:
    """A root and the certificate below it that issues all others."""

    root: Issued
    issuing: Issued

    def issue(
        self,
        name: str,
        organisation: str = "",
        *,
        begins: datetime = BEGINS,
        ends: datetime = ENDS,
        key=None,
        lists_at: str = "",
    ) -> Issued:
        """A certificate of signature for an office or a seal; `lists_at` is where it says that revoked ones are told."""
        subject = _name(name, organisation)
        return _issued(subject, self.issuing, begins, ends, _SIGNING_USAGE, key=key, lists_at=lists_at)

    def proof(self, *, since: datetime, until: datetime) -> ValidationContext:
        """What proves that nothing of this authority was revoked between two moments."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.certificate.subject)
        above = builder.last_update(since).next_update(until).sign(self.root.key, hashes.SHA256())
        lists = (self.revoked(since=since, until=until), above.public_bytes(Encoding.DER))
        return ValidationContext(
            trust_roots=[_as_asn1(self.root)],
            other_certs=[_as_asn1(self.issuing)],
            crls=[asn1_crl.CertificateList.load(one) for one in lists],
            moment=since + (until - since) / 2,
            revocation_mode="hard-fail",
        )

    def revoked(self, *serials: int, since: datetime, until: datetime) -> bytes:
        """A list of revoked certificates, in DER."""
        builder = x509.CertificateRevocationListBuilder()
        builder = builder.issuer_name(self.issuing.certificate.subject).last_update(since).next_update(until)
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(since).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.issuing.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def write_trust(self, folder: Path) -> None:
        """Put what a service has to trust into a folder: certificates only."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, one in (("root", self.root), ("issuing", self.issuing)):
            (folder / f"{name}.pem").write_bytes(one.certificate.public_bytes(Encoding.PEM))


def new_authority(root_name: str = ROOT_NAME) -> Authority:
    """A new authority with keys of its own."""
    root = _issued(_name(root_name), None, BEGINS, ENDS, _CA_USAGE, is_ca=True)
    issuing = _issued(_name(ISSUING_NAME), root, BEGINS, ENDS, _CA_USAGE, is_ca=True)
    return Authority(root, issuing)


def self_signed(name: str) -> Issued:
    """A certificate nobody vouches for."""
    return _issued(_name(name), None, BEGINS, ENDS, _SIGNING_USAGE)


def kept_authority(folder: Path) -> Authority:
    """The authority of a folder, made there where there is none."""
    place = folder / "authority"
    if not (place / "root.key").exists():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = new_authority()
        for name, one in (("root", made.root), ("issuing", made.issuing)):
            (place / f"{name}.pem").write_bytes(one.certificate.public_bytes(Encoding.PEM))
            key = one.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            (place / f"{name}.key").write_bytes(key)
            (place / f"{name}.key").chmod(0o600)
    return Authority(_read(place, "root"), _read(place, "issuing"))


def _as_asn1(issued: Issued) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(issued.certificate.public_bytes(Encoding.DER))


def _read(place: Path, name: str) -> Issued:
    certificate = x509.load_pem_x509_certificate((place / f"{name}.pem").read_bytes())
    return Issued(certificate, load_pem_private_key((place / f"{name}.key").read_bytes(), None))


def _name(common: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organisation)))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, _short(common))])


def _short(name: str) -> str:
    """As much of a name as a certificate holds: 64 bytes."""
    return name.encode()[:64].decode(errors="ignore")


def _issued(
    subject: x509.Name,
    issuer: Issued | None,
    begins: datetime,
    ends: datetime,
    usage: dict,
    *,
    is_ca: bool = False,
    key=None,
    lists_at: str = "",
) -> Issued:
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key() if hasattr(key, "public_key") else key
    above = issuer.certificate.subject if issuer else subject
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(above).public_key(public)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(begins).not_valid_after(max(ends, begins + timedelta(days=1)))
    builder = builder.add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    whole = x509.KeyUsage(**{name: usage.get(name, False) for name in _USAGES})
    builder = builder.add_extension(whole, critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    if issuer:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
    if lists_at:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(lists_at)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return Issued(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)
