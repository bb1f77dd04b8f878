import type { ReviewRow } from '../contract/reviews.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import { plainText } from '../domain/text/visible-text.ts'
import { type Witness, witnessText } from './witness.ts'

/** The files of a pack that are not tables. */
export const PACK = {
  document: 'review.md',
  /** For a human auditor: a page of attestation, then the items. */
  summary: 'summary.html',
  journal: 'journal.jsonl',
  verify: 'VERIFY.md',
  key: 'public-key.pem',
  /** A hash for each line of every file above, and of the tables. */
  rows: 'rows.sha256',
  /** A hash for each file above. */
  manifest: 'manifest.sha256',
  /** A hash of the manifest, and what the pack is. */
  head: 'head.txt',
  signature: 'head.sig',
} as const

/** The document of a certificate of offboarding, in place of that of a review. */
export const CERTIFICATE_FILE = 'certificate.md'

/** The file of a table: JSON Lines, a record in each line. */
export function tableFile(table: string): string {
  return `${table}.jsonl`
}

/** The commands that check a pack, in its folder: its files, the signature, and whose key it is. */
export const VERIFY_COMMANDS = [
  `sha256sum -c ${PACK.head} ${PACK.manifest}`,
  `openssl pkeyutl -verify -pubin -inkey ${PACK.key} -rawin -in ${PACK.head} -sigfile ${PACK.signature}`,
  `openssl pkey -pubin -in ${PACK.key} -outform DER | sha256sum`,
] as const

export interface PackHead {
  /** SHA-256 of the manifest, in hex. */
  readonly manifest: string
  /** The subject of the evidence, such as `review` and `7 Monthly admin review`. */
  readonly about: { readonly kind: string; readonly text: string }
  readonly client: string
  readonly written: string
  readonly record: PackRecord
  /** SHA-256 of the public key. */
  readonly fingerprint: string
}

/**
 * The signed record that a pack lists, and where it ends: rows of the audit log of one register (form 1), or the logs of a team and of
 * one of its clients (form 2). Hashes, heads and the root are in hex.
 */
export type PackRecord =
  | { readonly form: 1; readonly first: number; readonly last: { readonly seq: number; readonly hash: string } }
  | {
      readonly form: 2
      readonly root: string
      readonly team: Witness
      readonly client: Witness
      /** The position of the first entry of the client's log. */
      readonly first: number
    }

/**
 * `head.txt`: one line in the format of `sha256sum -c`, and comments, which it ignores. Equal facts give equal text, so
 * that a changed line shows when compared with the rest of the pack.
 */
export function headText(head: PackHead): string {
  const comments = [
    `Castellan evidence pack, form ${head.record.form}`,
    `${head.about.kind}: ${head.about.text}`,
    `client: ${head.client}`,
    `written: ${head.written}`,
    ...recordLines(head.record),
    `public key: ${head.fingerprint}`,
  ]
  return `${head.manifest}  ${PACK.manifest}\n${comments.map((text) => `# ${oneLine(text)}\n`).join('')}`
}

function recordLines(record: PackRecord): readonly string[] {
  if (record.form === 1) {
    const { first, last } = record
    return [`journal: rows ${first} to ${last.seq}`, `journal head: ${last.hash}`]
  }
  const { root, team, client, first } = record
  return [
    `root of the team: ${root}`,
    `team: ${witnessText(team)}`,
    `client: ${witnessText(client)}, from position ${first}`,
  ]
}

/** A text on one line, with all characters visible. */
export function oneLine(text: string): string {
  return plainText(
    said(text)
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
  )
}

/** `acme-admins-2026-11-24`; `n` from 2 on distinguishes packs of one day. */
export function packName(row: Pick<ReviewRow, 'client' | 'kind'>, day: string, n: number): string {
  return `${row.client.slug}-${row.kind}-${day}${n === 1 ? '' : `-${n}`}`
}

/** The facts of one kind of pack that `VERIFY.md` needs. */
export interface VerifiedPack {
  readonly name: string
  readonly client: string
  /** The kind, with its number where it has one: `review 7`. */
  readonly kind: string
  /** Where its part of the journal begins. */
  readonly from: string
  /** One of its tables, for the example. */
  readonly table: string
  /** The end of a sentence on what its part of the journal proves, up to "to the audit log in this order". */
  readonly proves: string
  /** Further facts that it does not prove, after "That the provider reported the truth, ". */
  readonly not: string
}

/** The pack of a review. */
export function verifiedReview(row: ReviewRow): VerifiedPack {
  return {
    name: row.name,
    client: row.client.name,
    kind: `review ${row.reviewId}`,
    from: 'the opening of the review',
    table: 'items',
    proves: 'The decisions were written',
    not: 'or that a person looked before deciding. The marks under Sign-off show where to ask.',
  }
}

/** `VERIFY.md`: how to check a pack with `sha256sum` and `openssl` alone, and what that proves. */
export function verifyText(pack: VerifiedPack, writtenAt: number, fingerprint: string): string {
  return `# How to check this pack

${oneLine(pack.name)} of ${oneLine(pack.client)} (${pack.kind}), written ${utcInstant(writtenAt) ?? ''} by Castellan.
You do not need Castellan. Go into the folder of this pack, with \`sha256sum\` (GNU coreutils) and \`openssl\` (3.0 or later):

${VERIFY_COMMANDS.map((command) => `    ${command}\n`).join('')}
The first prints OK for every file. The second prints "Signature Verified Successfully". The third prints the fingerprint of
the key; compare it with one that you got another way, by telephone or from an earlier pack:

    ${fingerprint}

Any other file in the folder is not part of the pack.

## Which row was changed

\`${PACK.rows}\` contains the hash of each line of each file, line feed included. Line 12 of ${tableFile(pack.table)}:

    sed -n 12p ${tableFile(pack.table)} | sha256sum
    grep ' ${tableFile(pack.table)}:12$' ${PACK.rows}

\`castellan verify\` does this for the whole pack and names the row. It also compares the decisions with the audit log, which no
signature shows. \`--key FINGERPRINT\` refuses another signer. \`castellan evidence csv PACK --out DIR\` makes a CSV file of each table.

## The audit log

\`${PACK.journal}\` lists every row of the audit log from ${pack.from} to the writing of this pack. The hash of
a row is SHA-256 over the hash of the row before it and the row itself (the JSON after \`"row":\`, in the form of RFC 8785):

    sed -n 1p ${PACK.journal} | sed -E 's/.*"previous":"([0-9a-f]{64})","row":(.*)\\}$/\\1\\2/' | tr -d '\\n' | sha256sum

The audit log is one for all clients of an agency. Rows that are not about this client are listed by their number and hash
alone; the rows around them keep the chain complete.

## What this proves

- No byte of a file was changed, and no row was changed, added, removed or moved, since the pack was signed.
- The signer held the private key that belongs to the fingerprint.
- ${pack.proves} to the audit log in this order, with these times by the clock of that machine.

## What this does not prove

- A pack that was forged with the private key itself looks the same. The key is in the keychain of one machine.
- That the audit log continued after this pack: if its newest part was cut off later, only the holder of a later pack can
  see it. Deposit ${PACK.head} and ${PACK.signature} with another party, and they can.
- That the provider reported the truth, ${pack.not}

Keep the pack for the audit period and a year at least.
`
}

/** A file's name as a problem may show it: a name from a hostile pack can contain anything. */
export function shownName(name: string): string {
  const line = oneLine(name)
  return line.length > 100 ? `${line.slice(0, 100).toWellFormed()}…` : line
}
