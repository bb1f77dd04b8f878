import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewItem, ReviewSource } from '../../../shared/contract/reviews.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { packName } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { type Roster, rosterRecords, ROSTERS } from '../../../shared/report/evidence-rosters.ts'
import {
  journalFrom,
  lastPack,
  noteKey,
  notedFingerprint,
  openingRow,
  reviewTerms,
  rosterMembers,
} from '../../register/evidence.ts'
import type { Reader } from '../../register/handles.ts'
import { inOneState } from '../../register/report.ts'
import { reviewMarks } from '../../register/reviews/ending.ts'
import { itemIds, itemRows } from '../../register/reviews/items.ts'
import { sourcesOf } from '../../register/reviews/sources.ts'
import { type SigningKey, signingKey } from '../../secrets/signing-key.ts'
import { assertWritable, type Context, decide, operatorOf, readerOf, registerOf, todayOf } from '../context.ts'
import { existing } from '../reviews.ts'
import { Refusal } from '../refusal.ts'
import { freeTarget, newPackFolder, type PackFolder } from './pack-folder.ts'
import { verifyRegister } from './verify-register.ts'
import { type PackContent, writePack, type WrittenPack } from './write-pack.ts'

/**
 * Writes the evidence of a review into a new folder, and a zip of the same beside it. Whole or not at all: the journal is
 * told before the folder gets its name, and told again should that fail. Throws `Refusal` NOT_FOUND, READ_ONLY, INVALID
 * for a directory that cannot be written into, CONFLICT for a register that was tampered with.
 */
export async function packEvidence(
  context: Context,
  { reviewId, directory, zip = true }: Inputs['evidence']['pack'],
): Promise<Outputs['evidence']['pack']> {
  registerOf(context)
  assertWritable(context)
  const row = existing(context, reviewId)
  const nameOf = (n: number): string => packName(row, todayOf(context), n)
  const target = freeTarget(directory, nameOf)
  checkRegister(context)
  const key = await keyOf(context)
  const folder = newPackFolder(target)
  try {
    const written = inOneState(readerOf(context), () => writePack(folder, contentOf(context, reviewId, key), key))
    if (zip) {
      const { writeZip } = await import('./write-zip.ts')
      const to = { path: `${folder.temporary}.zip`, inside: target.name, at: context.now() }
      await writeZip(folder.temporary, written.names, to)
    }
    place(context, folder, { target, written, row, key })
    return {
      path: target.path,
      zipPath: zip ? target.zipPath : null,
      files: written.names.length,
      fingerprint: key.fingerprint,
      headHash: written.last.hash,
    }
  } catch (error) {
    folder.discard()
    throw error
  }
}

/** What does not agree with itself is not signed. Throws `Refusal` CONFLICT. */
function checkRegister(context: Context): void {
  const [problem] = verifyRegister(context).problems
  if (problem === undefined) return
  throw new Refusal(
    'CONFLICT',
    `The register is not as its journal has it, so no evidence is signed. ${problem.says}`,
    'See the whole with castellan verify --register, and restore a backup from the backups folder of the profile.',
  )
}

/** The key that signs, known to the register: a new one is a row of the journal. */
async function keyOf(context: Context): Promise<SigningKey> {
  const { profile, secrets } = context.session()
  const key = await signingKey({ profile, secrets })
  const noted = notedFingerprint(readerOf(context))
  if (noted !== key.fingerprint) {
    decide(context, ['app'], ({ writer, note }) => {
      noteKey(writer, key)
      const body = { fingerprint: key.fingerprint, replaces: noted }
      note({ action: 'evidence.key-noted', client: null, subject: 'Key that signs evidence', body })
    })
  }
  return key
}

function place(
  context: Context,
  folder: PackFolder,
  {
    target,
    written,
    row,
    key,
  }: {
    readonly target: ReturnType<typeof freeTarget>
    readonly written: WrittenPack
    readonly row: ReturnType<typeof existing>
    readonly key: SigningKey
  },
): void {
  const note = (action: string): void =>
    decide(context, ['reviews'], (decision) =>
      decision.note({
        action,
        client: row.client.slug,
        subject: row.name,
        // Not the path: the next pack shows this row to the client, and a folder may be named after another one.
        body: {
          review: row.reviewId,
          name: target.name,
          items: written.items,
          manifest: written.manifest,
          head: written.last.hash,
          seq: written.last.seq,
          fingerprint: key.fingerprint,
        },
      }),
    )
  note('evidence.packed')
  try {
    folder.place(target)
  } catch (error) {
    note('evidence.packed.failed')
    throw error
  }
}

function contentOf(context: Context, reviewId: number, key: SigningKey): PackContent {
  const reader = readerOf(context)
  const row = existing(context, reviewId)
  const sources = sourcesOf(reader, reviewId)
  const terms = reviewTerms(reader, reviewId)
  const opening = openingRow(reader, { id: reviewId, client: row.client.slug, at: row.openedAt })
  return {
    evidence: {
      row,
      sources,
      policy: { ...terms?.policy },
      previous: terms?.previous ?? null,
      lastPack: lastPack(reader, row.client.slug),
      packedAt: context.now(),
      operator: operatorOf(context),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      version: VERSION,
      fingerprint: key.fingerprint,
      sample: context.session().sample,
    },
    marks: reviewMarks(reader, reviewId),
    rosters: rostersOf(reader, reviewId, sources),
    items: itemsOf(reader, reviewId),
    // A review whose opening the journal does not tell of gets the whole of it.
    journal: journalFrom(reader, opening ?? 1),
  }
}

const PIECE = 500

function* itemsOf(reader: Reader, reviewId: number): Generator<ReviewItem> {
  const ids = itemIds(reader, reviewId, { sort: { by: 'position', direction: 'asc' } })
  for (let at = 0; at < ids.length; at += PIECE) yield* itemRows(reader, ids.slice(at, at + PIECE))
}

function rostersOf(reader: Reader, review: number, sources: readonly ReviewSource[]): EvidenceRecord[] {
  const connections = new Map(sources.map(({ connection }) => [connection.id, connection]))
  return [...connections.values()].flatMap((connection) => {
    const syncs = sources.flatMap((source) =>
      source.connection.id === connection.id && source.syncId !== null ? [source.syncId] : [],
    )
    const sync = syncs.length === 0 ? null : Math.max(...syncs)
    return (Object.keys(ROSTERS) as Roster[]).flatMap((roster) =>
      rosterRecords(
        connection,
        sync,
        roster,
        sync === null ? [] : rosterMembers(reader, roster, { review, connection: connection.id, sync }),
      ),
    )
  })
}
