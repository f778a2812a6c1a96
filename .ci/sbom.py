"""`make sbom`: what the portal is made of, as CycloneDX 1.5, with the digests it is installed by and its licences.

Pinned packages come from requirements.txt and the list beside it, their licences from what pip installed; bundled files
from the manifests beside them. The same content gives the same file: it carries no time of its own.
"""

import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "docs" / "sbom.cdx.json"
OPTIONAL = "requirements-redis.txt"
MANIFESTS = ("static/vendor/MANIFEST.json", "static/fonts/tinos/MANIFEST.json")
_PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# What a package only says in a classifier, in the words of SPDX.
_SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_LONGEST_NAME = 60


def bill() -> dict:
    """The whole bill of materials."""
    components = [*packages(), *bundled()]
    content = hashlib.sha256(json.dumps(components).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "portal", "name": "coordination-portal"}},
        "components": components,
    }


def packages() -> list[dict]:
    """Every pinned package with the digests of its files; those only some offices install are optional."""
    always = _pinned("requirements.txt")
    known = {each["bom-ref"] for each in always}
    return always + [each | {"scope": "optional"} for each in _pinned(OPTIONAL) if each["bom-ref"] not in known]


def _pinned(name: str) -> list[dict]:
    text = (ROOT / name).read_text()
    starts = [*_PIN.finditer(text)]
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return [
        _component(start[1], start[2], _HASH.findall(text[start.end() : end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def bundled() -> Iterator[dict]:
    """What lies in the repository as its makers gave it out."""
    for manifest in MANIFESTS:
        told = json.loads((ROOT / manifest).read_text())
        for each in told if isinstance(told, list) else [told]:
            files = each.get("files") or each.get("sha256") or {}
            reference = f"pkg:generic/{each['name'].lower().replace(' ', '-')}@{each['version']}"
            yield {
                "type": "library",
                "bom-ref": reference,
                "name": each["name"],
                "version": each["version"],
                "purl": reference,
                "licenses": [{"license": {"name": each["licence"]}}],
                "properties": [{"name": f"sha256:{name}", "value": digest} for name, digest in sorted(files.items())],
            }


def written() -> str:
    """The file: one component a line, so that a change shows what changed."""
    whole = bill()
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in whole.pop("components"))
    head = json.dumps(whole, indent=1).removesuffix("\n}")
    return f'{head},\n "components": [\n{lines}\n ]\n}}\n'


def _component(name: str, version: str, digests: list[str]) -> dict:
    reference = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {
        "type": "library",
        "bom-ref": reference,
        "name": name,
        "version": version,
        "purl": reference,
        "licenses": [_licence(name)],
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in digests],
            }
        ],
    }


def _licence(name: str) -> dict:
    """What the installed package says of its licence: an SPDX expression, a classifier, or its first line of words."""
    told = metadata.metadata(name)
    if expression := told.get("License-Expression"):
        return {"expression": expression}
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    known = [_SPDX[each] for each in classes if each in _SPDX]
    if known:
        return {"license": {"id": known[0]}}
    words = (told.get("License") or ", ".join(classes) or "unknown").strip().splitlines()[0]
    return {"license": {"name": words[:_LONGEST_NAME]}}


if __name__ == "__main__":
    WRITTEN.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{WRITTEN.relative_to(ROOT)}: {len(bill()['components'])} components\n")
