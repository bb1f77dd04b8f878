import { utcInstant } from '../domain/text/utc.ts'
import { HISTORY_FILES } from './evidence-history.ts'
import type { EvidenceTeam } from './evidence-signers.ts'
import { oneLine, PACK, tableFile, VERIFY_COMMANDS, type VerifiedPack } from './evidence-pack.ts'

const [TEAM, CLIENT] = [HISTORY_FILES.team, HISTORY_FILES.client]

/** Where `VERIFY.md` has the script: each of its lines is indented by four blanks. */
const EXTRACT_COMMAND = `sed -n '/^    #!/,/^    # end/s/^    //p' ${PACK.verify} > ../check-history.sh`

/**
 * Checks both logs of a pack with a POSIX shell, coreutils and openssl. It follows the heads and the cards, compares each operation with the hash that its
 * batch was signed with, and checks the signature of each batch by the key that the card before it has for the device. Of the rules of a team it applies one:
 * only an owner, or in the log of a client a lead, makes the next card.
 */
const SCRIPT = `#!/bin/sh
# Usage: sh check-history.sh ROOT, in the folder of the pack.
root=$1 bad=0 work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bytes() { tr -d ' \\n-' | tr a-f A-F | basenc -d --base16; }
sum() { sha256sum | cut -c 1-64; }
zeros() { printf '%0*d' "$1" 0; }
wrong() { echo "WRONG: $log log, position $at: $1"; bad=1; }
# The people of a card: for each device its key, its member and the member's role. Quotes inside a value are escaped, so none is taken for a field.
people() {
  rm -rf "$work/$log" && mkdir "$work/$log"
  sed 's/{"devices":/\\n&/g' "$work/text" | grep '^{"devices":' | while IFS= read -r person; do
    member=$(printf %s "$person" | sed -n 's/.*"member":"\\([0-9a-f-]*\\)","role".*/\\1/p')
    role=$(printf %s "$person" | sed -n 's/.*"role":"\\([a-z]*\\)".*/\\1/p')
    printf '%s\\n' "$person" | sed 's/{"boxKey"/\\n&/g' | sed -n 's/.*"device":"\\([0-9a-f-]*\\)".*"signKey":"\\([0-9a-f]*\\)".*/\\1 \\2/p' |
      while read -r device key; do
        printf '302a300506032b6570032100%s' "$key" | bytes > "$work/$log/$device"
        echo "$member $role" > "$work/$log/$device.who"
      done
  done
}
name() { cat "$work/name-$1" 2> /dev/null || printf %s "$1"; }
for log in team client; do
  head='' last=-1 newest=- line=0
  : > "$work/passed"
  exec 3< "$log-batches.txt" 4< "$log-operations.txt" 5< "$log-operations.jsonl"
  while read -r at uid before card device class change boxhead boxhash signature new effect <&3; do
    uuid=$uid
    [ "$log:$at" = team:0 ] && signed=$(zeros 64) || signed=$root
    if [ "$at" = 0 ]; then
      first=$({ printf '%s log 2\\0' castellan; printf %s "$uid" | bytes; printf %s "$([ $log = team ] && zeros 64 || echo "$root")" | bytes; } | sum)
      [ "$before" = "$first" ] || wrong 'it does not begin a log of the team'
    elif [ "$at" = $((last + 1)) ]; then [ "$before" = "$head" ] || wrong 'it does not follow the batch before it'
    elif [ "$log" = team ] || [ "$at" -le "$last" ]; then wrong 'a batch before it is missing'; fi
    [ "$new" = "$({ printf '%s%s%s' "$before" "$boxhash" "$signature" | bytes; } | sum)" ] || wrong 'its head is another one'
    head=$new last=$at
    [ "$log:$at" = team:0 ] && { [ "$new" = "$root" ] || wrong 'the team has another root'; }
    [ "$effect" != no-effect:passed-over ] || { printf '{"at":%s,"head":"%s"}\\n' "$at" "$new" >> "$work/passed"; continue; }
    count=$(printf %d "0x$(printf %s "$boxhead" | cut -c 9-16)") part=0 kinds=''
    : > "$work/hashes"
    [ "$effect" = counts ] || count=0
    while [ "$part" -lt "$count" ]; do
      read -r of n hash counts <&4; IFS= read -r text <&5
      [ "$of:$n" = "$at:$part" ] || wrong 'its operations are not listed'
      printf %s "$hash" | bytes >> "$work/hashes"
      printf %s "$text" > "$work/text"
      kind='not shown'
      if [ -n "$text" ]; then
        [ "$(sum < "$work/text")" = "$hash" ] || wrong 'an operation is another one'
        kind=$(sed -n 's/.*"kind":"\\([a-z.-]*\\)","on".*/\\1/p' "$work/text")
      fi
      if [ "$kind:$counts" = member.named:counts ]; then
        who=$(sed -n 's/.*"member":"\\([0-9a-f-]*\\)".*/\\1/p' "$work/text")
        sed -n 's/.*"member":"[0-9a-f-]*","name":"\\([^"]*\\)".*/\\1/p' "$work/text" > "$work/name-$who"
      fi
      kinds="$kinds $kind:$counts" part=$((part + 1))
    done
    [ "$effect" != counts ] || [ "$(sum < "$work/hashes")" = "$(printf %s "$boxhead" | cut -c 17-80)" ] || wrong 'its operations are not those that were signed'
    [ "$card" = "$newest" ] || wrong 'it does not rest on the newest card'
    # The first card is signed by a device of its own.
    [ "$class:$card" = card:- ] && people
    if [ -f "$work/$log/$device" ]; then
      read -r member role < "$work/$log/$device.who"
      { printf '%s batch 2\\0' castellan; printf '%s%s%016x%s%s%s%02x%s%s%s' "$signed" "$uuid" "$at" "$before" "$([ "$card" = - ] && zeros 64 || echo "$card")" "$device" \\
        "$(case $class in card) echo 0 ;; ordinary) echo 1 ;; added) echo 2 ;; approved) echo 3 ;; *) echo 4 ;; esac)" \\
        "$([ "$change" = - ] && zeros 32 || echo "$change")" "$boxhead" "$boxhash" | bytes; } > "$work/signed"
      printf %s "$signature" | bytes > "$work/signature"
      openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/$log/$device" -rawin -in "$work/signed" \\
        -sigfile "$work/signature" > /dev/null 2>&1 || wrong 'its signature'
    else wrong 'its device is not in the card'; fi
    if [ "$class" = card ]; then
      case $log:$role in *:owner | client:lead) ;; *) wrong 'a card that its signer may not make' ;; esac
      [ "$log" = client ] || sed 's/{"card":"/\\n&/g' "$work/text" | sed -n 's/^{"card":"\\([0-9a-f]*\\)".*"log":"\\([0-9a-f-]*\\)".*/\\2 \\1/p' >> "$work/logs"
      [ "$log:$at" = client:0 ] && { grep -qx "$uid $new" "$work/logs" || wrong 'the log is that of no client of the team'; }
      sed 's/.*"passes":\\[//; s/\\].*//' "$work/text" > "$work/passes"
      people; newest=$new
    fi
    printf '%s log, position %s:%s, by %s, key %s\\n' "$log" "$at" "$kinds" "$(name "$member")" "$(sum < "$work/$log/$device")"
  done
  while IFS= read -r pass; do grep -qF "$pass" "$work/passes" || wrong "no card passes over $pass"; done < "$work/passed"
done
for who in "$work"/name-*; do echo "\${who##*/name-} is $(cat "$who")"; done
written=$(openssl pkey -pubin -in public-key.pem -outform DER | sum)
for key in "$work"/client/*.who; do
  [ "$(sum < "\${key%.who}")" != "$written" ] || echo "The pack was signed by the device of $(name "$(cut -d ' ' -f 1 "$key")")"
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

- \`${TEAM.batches}\`, \`${TEAM.operations}\`, \`${TEAM.texts}\`: the log of the team from its first batch. Its cards name the owners, and the first card of each client.
- \`${CLIENT.batches}\`, \`${CLIENT.operations}\`, \`${CLIENT.texts}\`: the cards of this client's log, which name who may do what with which device, the names
  of its people, and the whole log from the opening of the review at position ${first} to the writing of this pack. Each decision, the signature under the
  review and its acknowledgement are operations in batches that the device of their author signed.

A line of the batches is: position, log, head before it, head of the newest card, device, class, change, first 40 bytes of the sealed box (generation of the
key, number of operations, SHA-256 of their hashes), SHA-256 of the box, Ed25519 signature, head after it, and \`counts\`, or \`no-effect:\` with the reason.
A line of the operations is: position of its batch, number in it, SHA-256, and the same. Line n of the texts is the operation of line n; an empty line is
an operation that this pack does not show, since it looks like a password or a key (here: ${hidden}).

The script checks every hash, every head, every card and every signature; it prints who signed
each batch with which key, and whose device signed the pack. Read it, then run it with the root of the team, from another channel (an owner of the team, an earlier pack):

    ${EXTRACT_COMMAND}
    sh ../check-history.sh ${root}

A single operation can be checked too, such as line 1 of \`${CLIENT.texts}\` against the third field of line 1 of \`${CLIENT.operations}\`:

    sed -n 1p ${CLIENT.texts} | tr -d '\\n' | sha256sum
    sed -n 1p ${CLIENT.operations} | cut -d ' ' -f 3

The script:

${SCRIPT.replaceAll(/^/gmu, '    ')}

## 3. What only Castellan checks

\`castellan verify --root ${root}\` does all of the above, and also applies the other rules of the team to what the pack shows: that the member had the role for the act at that position, that the member who acknowledged is another than
the one who signed, and that the tables agree with the logs. \`castellan team verify PACK\` on a device of any member compares where both
logs end with the history that this device holds and with the server's. The head covers every operation, also those that this pack shows no text of.

## What this proves

With the root, and the fingerprint of the key that signed the pack, from another channel:

- No byte of a file was changed, and no row was changed, added, removed or moved, since the pack was written.
- Each decision, the signature and the acknowledgement were signed by the private key of the device in \`signers.jsonl\`, with exactly this
  text, at this position after exactly these batches.
- The key of each device is in a signed card of the client's log, by an owner or a lead of the card before it, which follows from the root. So the root is the one thing to compare.
- A member who never was an owner or a lead of the client cannot have written a batch of another member, also with a changed program and the key of this pack.

## What this does not prove

- That the person was at the device. A key is in the keychain of one machine: a person who can use that machine can sign with it.
- That an owner enrolled the right person: the names and addresses of members are the word of an owner. An owner could enrol a device of their own
  under another name, even in the logs of a pack alone. In the logs of the team every member's device shows such a device; that the logs of this
  pack are those of the team is shown by \`castellan team verify PACK\` at another member, or by another pack.
- What the operations without a text decided.
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
