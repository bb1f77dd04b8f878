"""Writes streams.json from docs/team-protocol.md: whole streams, with the verdict that each line of the page gives.

    python3 test/electron/team/streams.py > test/electron/team/streams.json
"""

import hashlib
import json
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from vectors import RAW, context, derive, encrypt, entry_bytes, hchacha20, pad, sha256

ROLES = ["viewer", "reviewer", "operator", "lead"]
# Of shared/decisions, only what is used here; decision 21 has the table.
KINDS = {"today.noted": "reviewer", "client.archived": "lead"}
DAY = "2026-11-27"


def uuid(number):
    return f"01890000-0000-7000-8000-{number:012x}"


TEAM, AGENCY, CLIENT, FACTS, SERVER, OPENED, OPENED_FACTS = (uuid(number) for number in range(1, 8))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Device:
    def __init__(self, number):
        seed = sha256(b"device", bytes([number]))
        self.uid, self.member, self.login = uuid(100 + number), uuid(200 + number), f"c_{number}"
        self.sign = Ed25519PrivateKey.from_private_bytes(derive(seed, 0))
        box = X25519PrivateKey.from_private_bytes(hashlib.sha512(derive(seed, 1)).digest()[:32])
        self.sign_key = self.sign.public_key().public_bytes(*RAW)
        self.box_key = box.public_key().public_bytes(*RAW)

    def named(self):
        keys = {"signKey": self.sign_key.hex(), "boxKey": self.box_key.hex()}
        return {"deviceUid": self.uid, "login": self.login, **keys}


def commit(scope, generation, key):
    return sha256(context("castellan key 1"), UUID(scope).bytes, generation.to_bytes(4, "big"), key).hex()


def digest(head, entry):
    return sha256(context("castellan entry 1"), head, entry_bytes(entry))


def next_head(head, entry):
    return sha256(context("castellan head 1"), digest(head, entry), bytes.fromhex(entry["signature"]))


def open_sealed(key, entry):
    associated = context("castellan sealed 1") + UUID(entry["stream"]).bytes + UUID(entry["op"]).bytes
    sealed = bytes.fromhex(entry["sealed"])
    nonce, text = sealed[:24], sealed[24:]
    try:
        inner = ChaCha20Poly1305(hchacha20(derive(key, 2), nonce[:16]))
        padded = inner.decrypt(bytes(4) + nonce[16:], text, associated + bytes.fromhex(entry["opHash"]))
    except (InvalidTag, ValueError):
        return None
    return padded.rstrip(b"\0")[:-1]


class Reader:
    """A device with all keys by scope and generation, which reads by the list of the page."""

    def __init__(self, keys):
        self.keys = keys
        self.generations, self.lost = {TEAM: [(0, 1)]}, set()
        self.heads, self.next, self.floor = {}, {}, {}
        self.used, self.counts = set(), {}
        self.members, self.devices, self.roles, self.owners, self.at = {}, {}, {}, set(), -1

    def start(self, stream):
        root = bytes(32) if stream == TEAM else self.root
        self.heads[stream] = sha256(context("castellan stream 1"), UUID(stream).bytes, root)
        self.next[stream], self.floor[stream] = 0, -1

    def author(self, uid, at):
        device = self.devices.get(uid)
        if device is None or at < device["from"]:
            return None
        until = self.members[device["member"]]
        return None if until is not None and at >= until else device["member"]

    def role(self, client, member, at):
        if member in self.owners:
            return "lead"
        held = [role for since, role in self.roles.get((client, member), []) if since <= at]
        return held[-1] if held else None

    def is_signed(self, entry, key):
        signed = context("castellan entry 1") + digest(self.heads[entry["stream"]], entry)
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(entry["signature"]), signed)
            return True
        except InvalidSignature:
            return False

    def read(self, entry):
        verdict = self.judge(entry)
        stream = entry["stream"]
        self.heads[stream] = next_head(self.heads[stream], entry)
        self.next[stream] += 1
        if stream == TEAM:
            self.at += 1
            if self.at == 0:
                self.root = self.heads[TEAM]
        return verdict

    def judge(self, entry):
        stream = entry["stream"]
        assert entry["seq"] == self.next[stream], "line 1"
        if stream == TEAM and self.at == -1:
            return self.found(entry)
        at = self.at if stream == TEAM else entry["teamSeq"]
        device = self.devices.get(entry["device"])
        if device is not None and device["from"] <= at and not self.is_signed(entry, device["key"]):
            return "not-signed"
        assert at <= self.at, "line 3"
        member = self.author(entry["device"], at)
        if member is None:
            return "unknown-author"
        if entry["teamSeq"] != at if stream == TEAM else entry["teamSeq"] < self.floor[stream]:
            return "earlier-members"
        if entry["deviceSeq"] <= self.counts.get((stream, entry["device"]), -1):
            return "counted-before"
        if (stream, entry["op"]) in self.used:
            return "placed-before"
        self.use(entry)
        self.floor[stream] = max(self.floor[stream], entry["teamSeq"])
        if (stream, entry["generation"]) in self.lost:
            return "key-lost"
        role = self.role(stream, member, at)
        if stream != TEAM and (role is None or role == "viewer"):
            return "not-allowed"
        generation = [number for since, number in self.generations[stream] if since <= at][-1]
        if entry["generation"] != generation:
            return "other-key"
        if entry["opset"] > 1:
            return "newer-than-agreed"
        text = open_sealed(self.keys[stream][generation - 1], entry)
        if text is None:
            return "unreadable"
        if sha256(text).hex() != entry["opHash"]:
            return "not-the-operation"
        try:
            op = json.loads(text.decode())
        except ValueError:
            return "not-an-operation"
        if canonical(op).encode() != text or "salt" not in op:
            return "not-an-operation"
        if stream == TEAM:
            return self.change(op["kind"], op["body"], member)
        if op["kind"] == "stream.fenced":
            return "fence"
        if op["kind"] not in KINDS:
            return "not-an-operation"
        return "effective" if ROLES.index(role) >= ROLES.index(KINDS[op["kind"]]) else "not-allowed"

    def use(self, entry):
        self.used.add((entry["stream"], entry["op"]))
        self.counts[(entry["stream"], entry["device"])] = entry["deviceSeq"]

    def found(self, entry):
        op = json.loads(open_sealed(self.keys[TEAM][0], entry))
        body = op["body"]
        assert body["commitment"] == commit(TEAM, 1, self.keys[TEAM][0]) and body["deviceUid"] == entry["device"]
        assert self.is_signed(entry, bytes.fromhex(body["signKey"]))
        self.members[body["memberUid"]] = None
        self.owners.add(body["memberUid"])
        self.enrol(body, 0)
        self.use(entry)
        return "effective"

    def enrol(self, body, since):
        key = bytes.fromhex(body["signKey"])
        self.devices[body["deviceUid"]] = {"member": body["memberUid"], "key": key, "from": since}

    def change(self, kind, body, member):
        here = self.at + 1
        if kind == "client.opened":
            self.generations[body["clientUid"]] = [(here, 1)]
            if member not in self.owners:
                self.roles[(body["clientUid"], member)] = [(here, "lead")]
            return "effective"
        if member not in self.owners:
            return "not-allowed"
        if kind == "member.added":
            self.members[body["memberUid"]] = None
        elif kind == "member.removed":
            self.members[body["memberUid"]] = here
        elif kind == "device.enrolled":
            self.enrol(body, here)
        elif kind == "access.granted":
            self.roles.setdefault((body["clientUid"], body["memberUid"]), []).append((here, body["role"]))
        elif kind == "key.rotated":
            self.generations[body["scope"]].append((here, body["generation"]))
        elif kind == "key.lost":
            self.lost.add((body["scope"], body["generation"]))
        return "effective"


class Writer:
    """Signs entries for the end of each stream, as a hostile author could too."""

    def __init__(self, reader):
        self.reader, self.keys, self.made = reader, reader.keys, 0
        self.streams, self.counts = {stream: [] for stream in reader.keys}, {}

    def op(self, kind, body):
        salt = sha256(b"salt", bytes([self.made])).hex()[:32]
        return {"kind": kind, "salt": salt, "at": 0, "day": DAY, "basis": -1, "subject": "Zoë", "body": {"v": 1, **body}}

    def place(self, stream, by, kind, body, text=None, hashed=None, **change):
        self.made += 1
        if stream not in self.reader.heads:
            self.reader.start(stream)
        text = (canonical(self.op(kind, body)) if text is None else text).encode()
        count = self.counts.get((stream, by.uid), 0)
        self.counts[(stream, by.uid)] = count + 1
        entry = {
            "stream": stream,
            "seq": self.reader.next[stream],
            "op": uuid(1000 + self.made),
            "device": by.uid,
            "deviceSeq": count,
            "generation": 1,
            "opset": 1,
            "teamSeq": max(self.reader.at, 0),
            "opHash": sha256(text if hashed is None else hashed).hex(),
            **{name: value for name, value in change.items() if name not in ("sealed", "signature")},
        }
        associated = context("castellan sealed 1") + UUID(stream).bytes + UUID(entry["op"]).bytes
        nonce = sha256(b"nonce", bytes([self.made]))[:24]
        # A generation that the team does not have is made with the first key.
        keys = self.keys[stream]
        key = derive(keys[entry["generation"] - 1 if entry["generation"] <= len(keys) else 0], 2)
        sealed = encrypt(key, nonce, pad(text), associated + bytes.fromhex(entry["opHash"])).hex()
        entry["sealed"] = change.get("sealed", sealed)
        signed = context("castellan entry 1") + digest(self.reader.heads[stream], entry)
        entry["signature"] = change.get("signature", by.sign.sign(signed).hex())
        verdict = self.reader.read(entry)
        self.streams[stream].append({**entry, "verdict": verdict})
        return entry


team_key, client_key = sha256(b"team key"), sha256(b"client key")
opened_keys = [sha256(b"opened key 1"), sha256(b"opened key 2")]
reader = Reader({TEAM: [team_key], CLIENT: [client_key], OPENED: opened_keys})
writer = Writer(reader)
owner, anna, former, other = (Device(number) for number in range(4))


def in_team(kind, body, by=owner, **change):
    return writer.place(TEAM, by, kind, body, **change)


def person(device, name):
    return {"memberUid": device.member, "name": name, "email": f"{name}@agency.example"}


in_team(
    "team.founded",
    {"team": "Agency", "server": SERVER, "agency": AGENCY, **person(owner, "olga"), **owner.named()}
    | {"commitment": commit(TEAM, 1, team_key)},
)
for device, name in ((anna, "anna"), (former, "former"), (other, "other")):
    in_team("member.added", {**person(device, name), "roles": []})
    in_team("device.enrolled", {"memberUid": device.member, **device.named()})
in_team("client.opened", {"clientUid": CLIENT, "facts": FACTS, "commitment": commit(CLIENT, 1, client_key)})
for device in (anna, former):
    in_team("access.granted", {"clientUid": CLIENT, "memberUid": device.member, "role": "reviewer"})
in_team(
    "client.opened", {"clientUid": OPENED, "facts": OPENED_FACTS, "commitment": commit(OPENED, 1, opened_keys[0])}, by=other
)
under_first = reader.at
in_team("key.lost", {"scope": OPENED, "generation": 1}, by=other)
in_team("key.lost", {"scope": OPENED, "generation": 1})
rotated = {"scope": OPENED, "generation": 2, "commitment": commit(OPENED, 2, opened_keys[1]), "readers": reader.at}
in_team("key.rotated", rotated, by=other)
in_team("key.rotated", rotated)
in_team("member.removed", {"memberUid": former.member})
in_team("member.removed", {"memberUid": owner.member}, by=anna)
in_team("member.removed", {"memberUid": anna.member}, teamSeq=3)
in_team("member.removed", {"memberUid": anna.member}, signature="00" * 64)


def note(by=anna, **change):
    return writer.place(CLIENT, by, "today.noted", {"entry": "connection", "note": "x"}, **change)


before_removal = reader.at - 4
early = note(by=former, teamSeq=before_removal)
first = note()
note(signature=first["signature"])
note(device=uuid(999))
note(by=former)
note(by=former, teamSeq=before_removal)
note(deviceSeq=0)
note(op=first["op"])
note(by=other)
note(generation=9)
note(opset=2)
note(sealed="00" * 80)
note(text="[]", hashed=b"{}")
note(text=" {}")
note(text=canonical(writer.op("today.noted", {"entry": "connection", "note": "x"})).replace('"at":0', '"at":-0'))
writer.place(CLIENT, owner, "stream.fenced", {})
writer.place(CLIENT, anna, "no.such-kind", {})
writer.place(CLIENT, anna, "client.archived", {})
writer.place(CLIENT, owner, "client.archived", {})
note()


def note_there(**change):
    return writer.place(OPENED, other, "client.archived", {}, **change)


note_there(teamSeq=under_first)
note_there(generation=1)
note_there(generation=2)
writer.place(OPENED, anna, "today.noted", {"entry": "connection", "note": "x"}, generation=2)

if __name__ == "__main__":
    heads = {stream: head.hex() for stream, head in reader.heads.items()}
    keys = {scope: [key.hex() for key in each] for scope, each in reader.keys.items()}
    print(json.dumps({"root": reader.root.hex(), "keys": keys, "streams": writer.streams, "heads": heads}, indent=1))
