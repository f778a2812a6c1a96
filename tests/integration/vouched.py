"""Certificates by which servers of a test vouch for themselves."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from records import clock


def new_certificate(folder: Path, address: str = "127.0.0.1") -> Path:
    """One for a server at this address, its key beside it; it holds from yesterday to tomorrow."""
    folder.mkdir()
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.machine_now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "may chu")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
    certificate = folder / "server.pem"
    certificate.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    key_of(certificate).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate


def key_of(certificate: Path) -> Path:
    return certificate.with_suffix(".key")
