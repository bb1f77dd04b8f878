import type { EventRow } from '../../../shared/contract/events.ts'
import type { ReviewItem, ReviewSource } from '../../../shared/contract/reviews.ts'
import { type List, mapList, ownRows } from '../../../shared/domain/absence.ts'
import { DAY_MS, type Moment } from '../../../shared/domain/day.ts'
import { bearsOn } from '../../../shared/domain/reviews/sources.ts'
import { EVENT_SUBJECTS } from '../../../shared/domain/events/event.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { coverageRecords } from '../../../shared/report/evidence-coverage.ts'
import { providerLogRecords } from '../../../shared/report/evidence-events.ts'
import type { EvidenceReview } from '../../../shared/report/evidence-header.ts'
import { type EvidenceRecord, joinRecords } from '../../../shared/report/evidence-records.ts'
import { accountRecords, type Roster, rosterRecords, ROSTERS } from '../../../shared/report/evidence-rosters.ts'
import { listClientUids } from '../../register/clients/client.ts'
import type { Reader } from '../../register/db/handles.ts'
import { eventIds, eventRows } from '../../register/events/list.ts'
import { FIRST_DAYS } from '../../register/events/log.ts'
import { accountsAsOf } from '../../register/read/evidence-accounts.ts'
import { journalFrom, lastPack, openingRow, reviewTerms, rosterMembers } from '../../register/read/evidence.ts'
import { listSentOfReview } from '../../register/remediation/sent.ts'
import { reviewMarks } from '../../register/reviews/ending.ts'
import { itemIds, itemRows } from '../../register/reviews/items.ts'
import { describeScope } from '../../register/reviews/population.ts'
import { listSources } from '../../register/reviews/sources.ts'
import { readTeamPlace } from '../../register/team/place.ts'
import { readUid } from '../core/operations.ts'
import { coverageOfSyncs, listUnsynced, listWith, newListSources } from '../coverage/coverage.ts'
import { readReview } from '../reviews/reviews.ts'
import { readShownHistory, type ShownHistory } from './history/read-shown.ts'
import type { PackContent } from './write-pack.ts'

/** The facts of the documents of a review in addition to the register. */
export interface PackTerms {
  readonly reviewId: number
  readonly moment: Moment
  readonly operator: string
  readonly sample: boolean
  /** Of the key that signs them, in hex. */
  readonly fingerprint: string
}

/** A review with its terms, for its documents. Throws `Refusal` NOT_FOUND. */
export function readEvidence(
  reader: Reader,
  { reviewId, moment, operator, sample, fingerprint }: PackTerms,
): EvidenceReview {
  const row = readReview(reader, reviewId, moment.today)
  const terms = reviewTerms(reader, reviewId)
  const sources = listSources(reader, reviewId)
  return {
    row,
    sources,
    scope: describeScope(row.kind),
    unsynced: eachConnection(sources, (connection, sync) =>
      listUnsynced(reader, { connection, sync })
        .filter(({ source }) => bearsOn(row.kind, source))
        .map((list) => ({ connection, ...list })),
    ).flat(),
    policy: { ...terms?.policy },
    previous: terms?.previous ?? null,
    lastPack: lastPack(reader, row.client.slug),
    packedAt: moment.now,
    operator,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    version: VERSION,
    fingerprint,
    sample,
  }
}

/** Everything that the pack of a review is written from. Throws `Refusal` NOT_FOUND, and CONFLICT as `readShownHistory` does. */
export function readContent(reader: Reader, terms: PackTerms): PackContent {
  const { reviewId, moment } = terms
  const evidence = readEvidence(reader, terms)
  const { row, sources } = evidence
  const history = readHistory(reader, row)
  const opening = openingRow(reader, { id: reviewId, client: row.client.slug, at: row.openedAt })
  return {
    evidence,
    marks: reviewMarks(reader, reviewId),
    coverage: ownRows(coverageRecords(coverageOfSyncs(reader, sources))),
    rosters: joinRecords(
      eachConnection(sources, (connection, sync) => listRosters(reader, { review: reviewId, connection, sync })),
    ),
    accounts: joinRecords(
      eachConnection(sources, (connection, sync) =>
        accountRecords(
          connection,
          sync,
          listWith(
            newListSources(reader, { connection, sync }),
            'service-accounts',
            sync,
            sync === null ? [] : accountsAsOf(reader, { review: reviewId, connection: connection.id, sync }),
          ),
        ),
      ),
    ),
    providerLog: listProviderLog(reader, evidence),
    items: readItems(reader, reviewId, moment.now),
    sent: listSentOfReview(reader, reviewId),
    history,
    // A review whose opening is not in the journal gets the whole journal.
    journal: journalFrom(reader, opening ?? 1),
  }
}

/** Reads the team's history of a review; null for a review without one. */
function readHistory(reader: Reader, { reviewId, client }: EvidenceReview['row']): ShownHistory | null {
  if (readTeamPlace(reader) === null) return null
  const found = listClientUids(reader).find(({ slug }) => slug === client.slug)
  return found === undefined ? null : readShownHistory(reader, found.uid, readUid(reader, 'review', reviewId))
}

const PIECE = 500

/** The items of a review, in order, read on demand. */
export function* readItems(reader: Reader, reviewId: number, now: number): Generator<ReviewItem> {
  const ids = itemIds(reader, reviewId, { sort: { by: 'position', direction: 'asc' } })
  for (let at = 0; at < ids.length; at += PIECE) yield* itemRows(reader, ids.slice(at, at + PIECE), now)
}

/** The events of the review's connections since the previous review was signed, oldest first. */
function listProviderLog(reader: Reader, { row, sources, previous, packedAt }: EvidenceReview): List<EvidenceRecord> {
  const since = previous?.signedAt ?? row.openedAt - FIRST_DAYS * DAY_MS
  const subject = EVENT_SUBJECTS.filter((kind) => kind !== 'session')
  const parts = eachConnection(sources, (connection, sync) => {
    const { id } = connection
    const ids = eventIds(reader, { client: row.client.slug, connection: id, since, until: packedAt, subject })
    const rows: EventRow[] = []
    for (let at = 0; at < ids.length; at += PIECE) rows.push(...eventRows(reader, ids.slice(at, at + PIECE)))
    return providerLogRecords(
      connection,
      listWith(newListSources(reader, { connection, sync }), 'provider-log', sync, rows),
    )
  })
  return mapList(joinRecords(parts), (records) =>
    [...records].toSorted((a, b) => String(a['at']).localeCompare(String(b['at']))),
  )
}

/** Reads each connection of a review as of its last sync among the sources (null: none was read). */
function eachConnection<Read>(
  sources: readonly ReviewSource[],
  read: (connection: ReviewSource['connection'], sync: number | null) => Read,
): Read[] {
  const connections = new Map(sources.map(({ connection }) => [connection.id, connection]))
  return [...connections.values()].map((connection) => {
    const syncs = sources.flatMap((source) =>
      source.connection.id === connection.id && source.syncId !== null ? [source.syncId] : [],
    )
    return read(connection, syncs.length === 0 ? null : Math.max(...syncs))
  })
}

function listRosters(
  reader: Reader,
  {
    review,
    connection,
    sync,
  }: { readonly review: number; readonly connection: ReviewSource['connection']; readonly sync: number | null },
): EvidenceRecord[] {
  const find = newListSources(reader, { connection, sync })
  return (Object.keys(ROSTERS) as Roster[]).flatMap((roster) => {
    const members = sync === null ? [] : rosterMembers(reader, roster, { review, connection: connection.id, sync })
    return [...rosterRecords(connection, sync, roster, listWith(find, roster, sync, members))]
  })
}
