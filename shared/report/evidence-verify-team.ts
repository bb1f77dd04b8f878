import { utcInstant } from '../domain/text/utc.ts'
import { HISTORY_FILES } from './evidence-history.ts'
import type { EvidenceTeam } from './evidence-signers.ts'
import { oneLine, PACK, tableFile, VERIFY_COMMANDS, type VerifiedPack } from './evidence-pack.ts'

const [TEAM, CLIENT] = [HISTORY_FILES.team, HISTORY_FILES.client]

/** Where `VERIFY.md` has the script: each of its lines is indented by four blanks. */
const EXTRACT_COMMAND = `sed -n '/^    #!/,/^    # end/s/^    //p' ${PACK.verify} > ../check-history.sh`

/**
 * Checks both logs of a pack with a POSIX shell, coreutils and openssl. It follows the heads, compares each operation with its hash and
 * checks the signature of each entry whose device the pack shows. Of the rules of a team it applies one: only owners add members, set their
 * roles and enrol devices.
 */
const SCRIPT = `#!/bin/sh
# Usage: sh check-history.sh ROOT, in the folder of the pack.
root=$1 bad=0 work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bytes() { tr -d ' \\n-' | tr a-f A-F | basenc -d --base16; }
sum() { sha256sum | cut -c 1-64; }
# The value of a field of the operation; quotes inside a value are escaped, so none is taken for a field.
value() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p" "$work/text"; }
name() { value "$1" | tr -cd 0-9a-f-; }
who() { cat "$work/name-$(cat "$work/of-$1")"; }
wrong() { echo "WRONG: $log log, position $seq: $1"; bad=1; }
for log in team client; do
  last='' n=0
  exec 3< "$log-entries.txt" 4< "$log-operations.jsonl"
  while read -r seq previous stream op device count generation opset team hash sealed signature head effect <&3; do
    IFS= read -r text <&4
    printf %s "$text" > "$work/text"
    n=$((n + 1)) by='a device that the pack does not show' kind='not shown'
    if [ "$log:$n" = team:1 ]; then
      last=$({ printf 'castellan stream 1\\0'; printf '%s%064d' "$stream" 0 | bytes; } | sum)
      [ "$seq:$head" = "0:$root" ] || wrong 'the team has another root'
    elif [ "$n" = 1 ]; then [ -f "$work/client-$stream" ] || wrong 'the log is that of no client of the team'
    else [ "$seq" = $((at + 1)) ] || wrong 'an entry before it is missing'; fi
    at=$seq
    [ "$previous" = "\${last:-$previous}" ] || wrong "it does not follow the entry before it"
    digest=$({ printf 'castellan entry 1\\0'
      printf '%s%s%016x%s%s%016x%08x%08x%016x%s%s' "$previous" "$stream" "$seq" "$op" "$device" "$count" \\
        "$generation" "$opset" "$team" "$hash" "$sealed" | bytes; } | sum)
    last=$({ printf 'castellan head 1\\0'; printf '%s%s' "$digest" "$signature" | bytes; } | sum)
    [ "$head" = "$last" ] || wrong "its head is another one"
    if [ -n "$text" ]; then
      kind=$(value kind)
      [ "$(sum < "$work/text")" = "$hash" ] || wrong "its operation is another one"
      case $log:$effect:$kind in
        team:effective:member.added | team:effective:member.roles-set | team:effective:device.enrolled)
          [ -f "$work/owner-$(cat "$work/of-$device")" ] || wrong 'its author is not an owner' ;;
      esac
      case $log:$effect:$kind in
        team:effective:member.added | team:effective:member.roles-set)
          rm -f "$work/owner-$(name memberUid)"
          case $(sed -n 's/.*"roles":\\[\\([^]]*\\)\\].*/\\1/p' "$work/text") in *'"owner"'*) : > "$work/owner-$(name memberUid)" ;; esac ;;
        team:effective:member.removed) rm -f "$work/owner-$(name memberUid)" ;;
        team:effective:team.founded) : > "$work/owner-$(name memberUid)" ;;
      esac
      case $log:$effect:$kind in
        team:effective:team.founded | team:effective:device.enrolled)
          printf '302a300506032b6570032100%s' "$(value signKey)" | bytes > "$work/key-$(name deviceUid)"
          name memberUid > "$work/of-$(name deviceUid)" ;;
      esac
      case $log:$effect:$kind in
        team:effective:client.opened) : > "$work/client-$(name clientUid)" ;;
        team:effective:team.founded | team:effective:member.added) value name > "$work/name-$(name memberUid)" ;;
      esac
    fi
    if [ -f "$work/key-$device" ]; then
      { printf 'castellan entry 1\\0'; printf %s "$digest" | bytes; } > "$work/signed"
      printf %s "$signature" | bytes > "$work/signature"
      by="$(who "$device"), key $(sum < "$work/key-$device")"
      openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key-$device" -rawin -in "$work/signed" \\
        -sigfile "$work/signature" > /dev/null 2>&1 || { [ "$effect" != effective ] || wrong "its signature"; by="not signed by $by"; }
    elif [ "$log:$effect" = client:effective ]; then wrong "its device is not shown"; fi
    printf '%s log, position %s, %s: %s, by %s\\n' "$log" "$seq" "$kind" "$effect" "$by"
  done
done
written=$(openssl pkey -pubin -in public-key.pem -outform DER | sum)
for key in "$work"/key-*; do
  [ "$(sum < "$key")" != "$written" ] || echo "The pack was signed by the device of $(who "\${key##*/key-}")"
done
[ "$bad" = 0 ] && echo "Both logs are whole and signed, from root $root"
exit "$bad"
# end`

/** `VERIFY.md` of a pack of a client of a team: how to check who signed with \`sha256sum\` and \`openssl\` alone, and what that proves. */
export function verifyTeamText(
  pack: Pick<VerifiedPack, 'name' | 'client' | 'kind' | 'table'>,
  { name: team, record: { root, first }, hidden }: EvidenceTeam,
  writtenAt: number,
  fingerprint: string,
): string {
  return `# How to check this pack

${oneLine(pack.name)} of ${oneLine(pack.client)} (${pack.kind}), written ${utcInstant(writtenAt) ?? ''} by Castellan, in the team
${oneLine(team)}. You do not need Castellan: \`sha256sum\`, \`basenc\` (GNU coreutils 8.31 or later) and \`openssl\` (3.0 or later)
are enough. Go into the folder of this pack.

## 1. That nothing was changed since the pack was written

${VERIFY_COMMANDS.map((command) => `    ${command}\n`).join('')}
The first prints OK for every file. The second prints "Signature Verified Successfully". The third prints the fingerprint of the key of
the device that wrote the pack:

    ${fingerprint}

Any other file in the folder is not part of the pack. \`${PACK.rows}\` contains the hash of each line of each file. Line 12 of ${tableFile(pack.table)}:

    sed -n 12p ${tableFile(pack.table)} | sha256sum
    grep ' ${tableFile(pack.table)}:12$' ${PACK.rows}

## 2. Who signed what, with which key

\`signers.jsonl\` lists who opened, decided, signed and acknowledged the review, and the fingerprint of the key of each device. Two logs prove it:

- \`${TEAM.entries}\`, \`${TEAM.operations}\`: the log of the team from its first entry. It names the members, and the keys of their devices.
- \`${CLIENT.entries}\`, \`${CLIENT.operations}\`: the log of this client from the opening of the review at position ${first} to the writing of
  this pack. Each decision, the signature under the review and its acknowledgement are entries, signed by the device of their author.

Line n of the operations is the text that line n of the entries has the hash of. An empty line is an operation that this pack does not show:
in the team's log what is about other members and clients; in the client's log what looks like a password or a key (here: ${hidden}).

An entry is a line: position, head before it, log, name of the operation, device, count of the device, generation of the key, set of
kinds, position of the team's log that its author had read, SHA-256 of the operation, SHA-256 of the sealed bytes on the server,
Ed25519 signature, head after it, and \`effective\`, or \`void:\` with the reason why it has no effect on any device of the team.

The script checks every hash, every head, every signature of a device that is shown, and that an owner enrolled each device; it prints who signed
each entry with which key, and whose device signed the pack. Read it, then run it with the root of the team, from another channel (an owner of the team, an earlier pack):

    ${EXTRACT_COMMAND}
    sh ../check-history.sh ${root}

A single entry can be checked too, such as line 1 of \`${CLIENT.operations}\` against the tenth field of line 1 of \`${CLIENT.entries}\`:

    sed -n 1p ${CLIENT.operations} | tr -d '\\n' | sha256sum
    sed -n 1p ${CLIENT.entries} | cut -d ' ' -f 10

The script:

${SCRIPT.replaceAll(/^/gmu, '    ')}

## 3. What only Castellan checks

\`castellan verify --root ${root}\` does all of the above, and also applies the other rules of the team to what the pack shows: that no
device was revoked before it signed, that the member had the role for the act at that position, that the member who acknowledged is another than
the one who signed, and that the tables agree with the logs. \`castellan team verify PACK\` on a device of any member compares where both
logs end with the history that this device holds and with the server's. The head covers every entry, also those that this pack shows no text of.

## What this proves

With the root, and the fingerprint of the key that signed the pack, from another channel:

- No byte of a file was changed, and no row was changed, added, removed or moved, since the pack was written.
- Each decision, the signature and the acknowledgement were signed by the private key of the device in \`signers.jsonl\`, with exactly this
  text, at this position after exactly these entries.
- The key of each device was enrolled by a signed entry of an owner of the team, which follows from the root. So the root is the one thing to compare.
- A member who never was an owner cannot have written an entry of another member, also with a changed program and the key of this pack.

## What this does not prove

- That the person was at the device. A key is in the keychain of one machine: a person who can use that machine can sign with it.
- That an owner enrolled the right person: the names and addresses of members are the word of an owner. An owner could enrol a device of their own
  under another name, even in the logs of a pack alone. In the logs of the team every member's device shows such a device; that the logs of this
  pack are those of the team is shown by \`castellan team verify PACK\` at another member, or by another pack.
- What the entries without a text decided. One of them could have ended a device or a role before it signed; devices of the team know,
  and so does \`castellan team verify\`.
- That the logs went on after this pack, or were the same on another day. Deposit ${PACK.head} with another party:
  \`castellan team verify\` compares it later.
- The times. They are those of the clocks of the devices. The order is proved, the time is not.
- The tables of readings (population, rosters, items before decisions), the provider log and the coverage: they are what the device that wrote
  the pack had read, under its key alone. The opening of the review has a hash of what it froze, which is not compared with the tables. A
  provider may have reported what is not so.
- That a person looked before deciding. The marks under Sign-off show where to ask.
- Anything from before the client or the review was in the team's log: it is in the audit log of one device, and not in this pack.

Keep the pack for the audit period and a year at least.
`
}
