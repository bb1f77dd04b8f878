"""Writes vectors.json from docs/team-protocol.md, as a second implementation: hashlib and pyca/cryptography, no libsodium.

    python3 test/electron/team/vectors.py > test/electron/team/vectors.json
"""

import hashlib
import hmac
import json
import struct
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

RAW = (serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def context(words):
    return words.encode() + b"\0"


def derive(key, number):
    """crypto_kdf_derive_from_key: keyed BLAKE2b, the number as salt, the context as personalization."""
    return hashlib.blake2b(
        key=key, salt=number.to_bytes(8, "little") + bytes(8), person=b"cstlnkey" + bytes(8), digest_size=32
    ).digest()


def quarter(x, a, b, c, d):
    for p, q, r, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        x[p] = (x[p] + x[q]) & 0xFFFFFFFF
        x[r] ^= x[p]
        x[r] = ((x[r] << by) | (x[r] >> (32 - by))) & 0xFFFFFFFF


def hchacha20(key, nonce):
    x = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))
    for _ in range(10):
        for places in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            quarter(x, *places)
        for places in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(x, *places)
    return struct.pack("<8I", *(x[:4] + x[12:]))


def encrypt(key, nonce, text, associated):
    """XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), the nonce first."""
    inner = ChaCha20Poly1305(hchacha20(key, nonce[:16]))
    return nonce + inner.encrypt(bytes(4) + nonce[16:], text, associated)


def pad(text, block=256):
    return text + b"\x80" + bytes(-(len(text) + 1) % block)


def pad_length(length):
    """Padmé, from 256 on: the highest bits of a length, as many as its exponent has."""
    least = max(length, 256)
    exponent = least.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (least + mask) & ~mask


def zstd_raw(text):
    """A zstd frame (RFC 8878) of one raw block: its length in one byte, so of at most 255 bytes."""
    return struct.pack("<IBB", 0xFD2FB528, 0x20, len(text)) + (len(text) << 3 | 1).to_bytes(3, "little") + text


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def entry_bytes(e):
    return b"".join(
        (
            UUID(e["stream"]).bytes,
            struct.pack(">Q", e["seq"]),
            UUID(e["op"]).bytes,
            UUID(e["device"]).bytes,
            struct.pack(">QIIQ", e["deviceSeq"], e["generation"], e["opset"], e["teamSeq"]),
            bytes.fromhex(e["opHash"]),
            sha256(bytes.fromhex(e["sealed"])),
        )
    )


seed = bytes(range(32))
sign = Ed25519PrivateKey.from_private_bytes(derive(seed, 0))
# crypto_box_seed_keypair hashes its seed with SHA-512 and takes the first half as the private key.
box = X25519PrivateKey.from_private_bytes(hashlib.sha512(derive(seed, 1)).digest()[:32])
sign_key = sign.public_key().public_bytes(*RAW)
box_key = box.public_key().public_bytes(*RAW)

stream = "01890000-0000-7000-8000-000000000001"
scope = "01890000-0000-7000-8000-000000000002"
root = sha256(b"root")
start = sha256(context("castellan stream 1"), UUID(stream).bytes, root)
client_key = sha256(b"client key")
text = '{"a":1,"name":"Zoë 🗝"}'.encode()

entries = []
previous = start
for seq in range(2):
    op = f"01890000-0000-7000-8000-0000000001{seq:02d}"
    fields = {
        "stream": stream,
        "seq": seq,
        "op": op,
        "device": "01890000-0000-7000-8000-0000000000ff",
        "deviceSeq": 2**40 + seq,
        "generation": 3,
        "opset": 2**32 - 1,
        "teamSeq": 7,
        "opHash": sha256(text).hex(),
    }
    associated = context("castellan sealed 1") + UUID(stream).bytes + UUID(op).bytes + sha256(text)
    nonce = sha256(b"nonce", bytes([seq]))[:24]
    fields["sealed"] = encrypt(derive(client_key, 2), nonce, pad(text), associated).hex()
    digest = sha256(context("castellan entry 1"), previous, entry_bytes(fields))
    signature = sign.sign(context("castellan entry 1") + digest)
    previous = sha256(context("castellan head 1"), digest, signature)
    entries.append({**fields, "signature": signature.hex(), "head": previous.hex()})

blob_text = '{"grants":["Zoë"]}'.encode()
frame = zstd_raw(blob_text)
packed = struct.pack(">II", len(blob_text), len(frame)) + frame
packed += bytes(pad_length(len(packed)) - len(packed))
address = hmac.new(derive(client_key, 4), blob_text, hashlib.sha256).digest()
blob_context = context("castellan blob 1") + UUID(stream).bytes + address
blob = encrypt(derive(client_key, 3), sha256(b"nonce of a blob")[:24], packed, blob_context)

summary_text = '{"v":1,"name":"Zoë"}'.encode()
summary_place = (
    context("castellan summary 1") + UUID(stream).bytes + struct.pack(">IQ", 3, 1764201600000)
)
summary = encrypt(derive(client_key, 5), sha256(b"nonce of a summary")[:24], pad(summary_text), summary_place)

name = UUID(scope).bytes + struct.pack(">I", 3)
knock = {
    "root": root.hex(),
    "invite": "01890000-0000-7000-8000-000000000004",
    "device": "01890000-0000-7000-8000-0000000000ff",
    "signKey": sign_key.hex(),
    "boxKey": box_key.hex(),
    "login": "c_4f2a",
}
secret = sha256(b"invite secret")
knock_bytes = (
    context("castellan knock 1")
    + root
    + UUID(knock["invite"]).bytes
    + UUID(knock["device"]).bytes
    + sign_key
    + box_key
    + knock["login"].encode()
)

if __name__ == "__main__":
    print(
        json.dumps(
            {
                "device": {"seed": seed.hex(), "signKey": sign_key.hex(), "boxKey": box_key.hex()},
                "stream": {"stream": stream, "root": root.hex(), "start": start.hex()},
                "clientKey": client_key.hex(),
                "text": text.decode(),
                "entries": entries,
                "key": {
                    "scope": scope,
                    "generation": 3,
                    "commitment": sha256(context("castellan key 1"), name, client_key).hex(),
                },
                "blob": {"text": blob_text.decode(), "address": address.hex(), "sealed": blob.hex()},
                "summary": {
                    "stream": stream,
                    "generation": 3,
                    "at": 1764201600000,
                    "text": summary_text.decode(),
                    "sealed": summary.hex(),
                    "signature": sign.sign(summary_place + sha256(summary)).hex(),
                },
                "knock": {
                    **knock,
                    "secret": secret.hex(),
                    "mac": hmac.new(secret, knock_bytes, hashlib.sha256).hexdigest(),
                },
            },
            indent=2,
            ensure_ascii=False,
        )
    )
