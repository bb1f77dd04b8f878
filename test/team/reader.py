"""Reads the logs of a team by docs/team-protocol.md alone, as a second implementation.

    python3 test/team/reader.py < logs.json

Input: {"root", "device": {"uuid", "seed"}, "least", "logs": {log: {"wrap", "batches": [...]}}}; bytes are in hex. Output: for each log
where it ended, why it stopped, and the verdict of each batch and operation. It needs python3-nacl and python3-zstandard.
"""

import hashlib
import json
import re
import struct
import sys
from pathlib import Path
from uuid import UUID

import zstandard
from nacl import bindings as sodium
from nacl.exceptions import CryptoError

VERSION = 1
CLASSES = ["card", "ordinary", "added", "approved", "sending"]
CLASS_OF = {
    "card.set": "card",
    "remediation.added": "added",
    "remediation.approved": "approved",
    "remediation.sending": "sending",
}
MOST = {"box": 1 << 20, "text": 16 << 20, "operations": 500, "levels": 64, "values": 2_000_000}
RANKS = {
    "client": ["viewer", "reviewer", "operator", "lead", "owner"],
    "agency": ["member", "people", "auditor", "owner"],
    "team": ["owner"],
}
NOTHING = bytes(32)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def context(words):
    return words.encode() + b"\0"


def derive(key, number):
    """crypto_kdf_derive_from_key: keyed BLAKE2b, the number as salt, the context as personalization."""
    salt, person = number.to_bytes(8, "little") + bytes(8), b"cstlnkey" + bytes(8)
    return hashlib.blake2b(key=key, salt=salt, person=person, digest_size=32).digest()


def canonical(value):
    """RFC 8785 for what operations hold: names sorted by UTF-16, integers, no half of a surrogate pair."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def number_text(value):
    """The text that ECMAScript gives a double."""
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    digits = repr(value)
    mantissa, _, exponent = digits.partition("e")
    if exponent == "":
        return digits
    power = int(exponent)
    if -7 < power < 0:
        whole = mantissa.replace(".", "").lstrip("-")
        return ("-" if value < 0 else "") + "0." + "0" * (-power - 1) + whole
    return f"{mantissa.removesuffix('.0')}e{'+' if power > 0 else '-'}{abs(power)}"


def count_values(value, level=1):
    if level > MOST["levels"]:
        raise ValueError("levels")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(count_values(one, level + 1) for one in inner)


def read_rights(page):
    """The least role for each kind, from the table of decision 21: in the log of a client, and in that of the agency."""
    rights = {}
    for kind, right in re.findall(r"^\| `([a-z.-]+)`\s*\| ([^|]*?)\s*\|", page, re.M):
        client = re.match(r"(?:for readings: )?(viewer|reviewer|operator|lead|owner)", right)
        agency = re.search(r"for the agency: (member|people|auditor|owner)", right)
        rights[kind] = {"client": client and client[1], "agency": agency and agency[1]}
    return rights


class Stop(Exception):
    pass


class NoEffect(Exception):
    pass


class Log:
    def __init__(self, name, root, keys):
        self.name, self.root, self.keys = name, root, keys
        self.next, self.card, self.card_head = 0, None, NOTHING
        self.head = sha256(context("castellan log 2"), UUID(name).bytes, root)
        self.counted, self.reviews, self.changes, self.without = set(), {}, {}, set()

    def read(self, batch):
        box, signature, device = (bytes.fromhex(batch[name]) for name in ("box", "signature", "device_bytes"))
        before, card = bytes.fromhex(batch["before"]), bytes.fromhex(batch["card"] or NOTHING.hex())
        if batch["class"] not in CLASSES or len(box) > MOST["box"] or len(box) < 104 or len(signature) != 64:
            raise Stop("not-a-batch")
        if batch["at"] != self.next:
            raise Stop("gap")
        if before != self.head:
            raise Stop("other-history")
        head = sha256(before, sha256(box), signature)
        change = UUID(batch["change"]).bytes if batch["change"] else bytes(16)
        root = NOTHING if self.root == NOTHING else self.root
        signed = b"".join(
            [
                context("castellan batch 2"), root, UUID(self.name).bytes, struct.pack(">Q", batch["at"]), before, card,
                device, bytes([CLASSES.index(batch["class"])]), change, box[:40], sha256(box),
            ]
        )
        if card != self.card_head:
            raise Stop("other-card")
        if self.card is not None:
            self.author = self.find(batch["device"])
            self.check(signed, signature, self.author[1]["signKey"])
            if self.card["least"] > VERSION:
                raise Stop("newer-version")
        if batch["class"] == "card":
            verdicts = self.read_card(batch, box, signed, signature, head)
        else:
            verdicts = self.read_operations(batch, box, head)
        self.next, self.head = self.next + 1, head
        return verdicts

    def find(self, device):
        for person in self.card["people"]:
            for one in person["devices"]:
                if one["device"] == device:
                    return person, one
        raise Stop("unknown-author")

    def check(self, signed, signature, key):
        try:
            sodium.crypto_sign_open(signature + signed, bytes.fromhex(key))
        except CryptoError:
            raise Stop("not-signed") from None

    def open(self, box):
        generation, count = struct.unpack(">II", box[:8])
        if generation > len(self.keys):
            raise Stop("key-missing")
        associated = context("castellan box 2") + self.root + UUID(self.name).bytes + box[:40]
        key = derive(self.keys[generation - 1], 2)
        try:
            packed = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(box[64:], associated, box[40:64], key)
        except CryptoError:
            raise NoEffect("does-not-open") from None
        length, frame = struct.unpack(">II", packed[:8])
        if length > MOST["text"]:
            raise NoEffect("over-budget")
        try:
            text = zstandard.ZstdDecompressor(max_window_size=1 << 24).decompress(packed[8 : 8 + frame], length)
        except zstandard.ZstdError:
            raise NoEffect("not-canonical") from None
        try:
            value = json.loads(text)
            if count_values(value) > MOST["values"] or len(value["ops"]) > MOST["operations"]:
                raise NoEffect("over-budget")
            if canonical(value).encode() != text:
                raise NoEffect("not-canonical")
        except (ValueError, KeyError, RecursionError, UnicodeEncodeError) as error:
            raise NoEffect("over-budget" if "levels" in str(error) else "not-canonical") from None
        hashes = [sha256(canonical(op).encode()) for op in value["ops"]]
        if count != len(hashes) or sha256(*hashes) != box[8:40]:
            raise NoEffect("other-operations")
        return generation, value["ops"], hashes

    def read_card(self, batch, box, signed, signature, head):
        try:
            generation, (op, *more), _ = self.open(box)
        except (NoEffect, ValueError):
            raise Stop("card-not-allowed") from None
        card, before = op["body"], self.card
        if more or op["kind"] != "card.set" or card["generation"] != generation:
            raise Stop("card-not-allowed")
        key = self.keys[generation - 1]
        if sha256(context("castellan key 2"), UUID(self.name).bytes, box[:4], key).hex() != card["commitment"]:
            raise Stop("key-missing")
        if before is None:
            self.card = card
            person, device = self.find(batch["device"])
            self.check(signed, signature, device["signKey"])
            if person["role"] not in ("owner", "lead"):
                raise Stop("card-not-allowed")
        elif not may_follow(before, self.author[0]["role"], card):
            raise Stop("card-not-allowed")
        self.card, self.card_head = card, head
        return [{"uid": op["uid"], "noEffect": None}]

    def read_operations(self, batch, box, head):
        passed = any(one["at"] == batch["at"] and one["head"] == head.hex() for one in self.card["passes"])
        try:
            if passed:
                raise NoEffect("passed-over")
            if struct.unpack(">I", box[:4])[0] != self.card["generation"]:
                raise NoEffect("other-generation")
            _, ops, hashes = self.open(box)
        except NoEffect as reason:
            return str(reason)
        verdicts = []
        for op, name in zip(ops, hashes):
            reason = self.judge(batch, op)
            if reason is None:
                self.counted.add(op["uid"])
            else:
                self.without.add(name.hex())
            verdicts.append({"uid": op["uid"], "noEffect": reason})
        return verdicts

    def judge(self, batch, op):
        kind, body = op["kind"], op["body"]
        person, _ = self.author
        if op["uid"] in self.counted:
            return "counted-before"
        change = body.get("remediationUid") if batch["class"] not in ("card", "ordinary") else None
        if CLASS_OF.get(kind, "ordinary") != batch["class"] or change != batch["change"]:
            return "class-disagrees"
        least = RIGHTS.get(kind, {}).get(self.card["kind"])
        if least is None:
            return "not-an-operation" if kind not in RIGHTS else "no-right"
        ranks = RANKS[self.card["kind"]]
        allowed = person["role"] == "owner" or least == person["role"]
        if self.card["kind"] == "client":
            allowed = ranks.index(person["role"]) >= ranks.index(least)
        elif least == "member":
            allowed = True
        if not allowed and kind not in ANSWERS:
            return "no-right"
        if op["on"] in self.without:
            return "rests-on-no-effect"
        return self.weigh(op, person["member"])

    def weigh(self, op, member):
        """Changes at providers; the verdicts of reviews rest on what they froze, which this reader does not fold."""
        kind, body = op["kind"], op["body"]
        if kind == "remediation.added":
            self.changes.setdefault(body["remediationUid"], {"adder": member, "calls": body.get("calls"), "approved": []})
        if kind not in ("remediation.approved", "remediation.sending"):
            return None
        change = self.changes.get(body["remediationUid"])
        if change is None:
            return "precondition"
        if kind == "remediation.approved":
            if change["adder"] == member:
                return "approved-by-adder"
            if change["calls"] not in (None, body["calls"]):
                return "other-calls"
            change["approved"].append(body["calls"])
            return None
        if self.card["approvals"]:
            if body.get("calls") not in change["approved"]:
                return "not-approved"
            change["approved"].remove(body["calls"])
        return None


ANSWERS = ("remediation.done", "remediation.failed", "remediation.unsure")


def may_follow(before, role, after):
    if role == "owner":
        return after["kind"] == before["kind"] and after["generation"] in (before["generation"], before["generation"] + 1)
    owners = lambda card: [person for person in card["people"] if person["role"] == "owner"]
    same = all(after[name] == before[name] for name in ("kind", "passes", "forks", "least", "logs", "team"))
    return before["kind"] == "client" and role == "lead" and same and owners(after) == owners(before)


def open_wrap(log, device, seed, wrap):
    public, private = sodium.crypto_box_seed_keypair(derive(seed, 1))
    opened = sodium.crypto_box_seal_open(wrap, public, private)
    begin = context("castellan wrap 2") + UUID(log).bytes
    generation = struct.unpack(">I", opened[len(begin) : len(begin) + 4])[0]
    begin += struct.pack(">I", generation) + UUID(device).bytes
    assert opened.startswith(begin) and len(opened) == len(begin) + 32 * generation
    return [opened[at : at + 32] for at in range(len(begin), len(opened), 32)]


def main():
    asked = json.load(sys.stdin)
    answer = {}
    for name, given in asked["logs"].items():
        root = NOTHING if name == asked["team"] else bytes.fromhex(asked["root"])
        seed = bytes.fromhex(asked["device"]["seed"])
        log = Log(name, root, open_wrap(name, asked["device"]["uuid"], seed, bytes.fromhex(given["wrap"])))
        verdicts, stop = [], None
        for batch in given["batches"]:
            try:
                verdicts.append(log.read({**batch, "device_bytes": UUID(batch["device"]).bytes.hex()}))
            except Stop as reason:
                stop = str(reason)
                break
            # The root of the team is the head of its first batch, which has none itself.
            if name == asked["team"] and log.next == 1:
                log.root = log.head
        answer[name] = {"next": log.next, "head": log.head.hex(), "stop": stop, "verdicts": verdicts}
    json.dump(answer, sys.stdout)


RIGHTS = read_rights((Path(__file__).parents[2] / "docs/decisions/0021-operations.md").read_text())

if __name__ == "__main__":
    main()
