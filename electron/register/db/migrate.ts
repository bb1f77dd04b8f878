import { createHash } from 'node:crypto'

import type { Database } from 'better-sqlite3'

import { machineWords } from './sqlite-words.ts'
import { register } from './migrations/0001-register.ts'
import { changes } from './migrations/0002-changes.ts'
import { findings } from './migrations/0003-findings.ts'
import { metDates } from './migrations/0004-met-dates.ts'
import { people } from './migrations/0005-people.ts'
import { reviews } from './migrations/0006-reviews.ts'
import { remediations } from './migrations/0007-remedies.ts'
import { evidence } from './migrations/0008-evidence.ts'
import { leavers } from './migrations/0009-leavers.ts'
import { usage } from './migrations/0010-usage.ts'
import { usageFaces } from './migrations/0011-usage-faces.ts'
import { reconciliation } from './migrations/0012-coverage.ts'
import { alerts } from './migrations/0013-alerts.ts'
import { reports } from './migrations/0014-reports.ts'
import { plans } from './migrations/0015-plans.ts'
import { fileProvider } from './migrations/0016-file-provider.ts'
import { planApply } from './migrations/0017-plan-apply.ts'
import { liveOpenAi } from './migrations/0018-live-openai.ts'
import { usageRead } from './migrations/0019-usage-read.ts'
import { keyFacts } from './migrations/0020-key-facts.ts'
import { carriedAccess } from './migrations/0021-carried-access.ts'
import { usageNano } from './migrations/0022-usage-nano.ts'
import { keyEnds } from './migrations/0023-key-ends.ts'
import { reviewOperators } from './migrations/0024-review-operators.ts'
import { usageUndo } from './migrations/0025-usage-undo.ts'
import { certainty } from './migrations/0026-certainty.ts'
import { departureMarks } from './migrations/0027-departure-marks.ts'
import { today } from './migrations/0028-today.ts'
import { connectionFaults } from './migrations/0029-connection-faults.ts'
import { savedViews } from './migrations/0030-saved-views.ts'
import { reviewProgress } from './migrations/0031-review-progress.ts'
import { federation } from './migrations/0032-federation.ts'
import { depositedKeys } from './migrations/0033-deposited-keys.ts'
import { federationChanges } from './migrations/0034-federation-changes.ts'
import { events } from './migrations/0035-events.ts'
import { search } from './migrations/0036-search.ts'
import { tallies } from './migrations/0037-tallies.ts'
import { restrictions } from './migrations/0038-restrictions.ts'
import { certificateChanges } from './migrations/0039-certificate-changes.ts'
import { operations } from './migrations/0040-operations.ts'
import { details } from './migrations/0041-details.ts'
import { remedyOrigin } from './migrations/0042-remedy-origin.ts'
import { keptEvents } from './migrations/0043-kept-events.ts'
import { acceptances } from './migrations/0044-acceptances.ts'
import { todayNames } from './migrations/0045-today-names.ts'
import { team } from './migrations/0046-team.ts'
import { connectionLocal } from './migrations/0047-connection-local.ts'
import { remedyNames } from './migrations/0048-remedy-names.ts'
import { teamBlobs } from './migrations/0049-team-blobs.ts'
import { readingLeases } from './migrations/0050-reading-leases.ts'
import { planDrafts } from './migrations/0051-plan-drafts.ts'
import { teamReviews } from './migrations/0052-team-reviews.ts'
import { voidEntries } from './migrations/0053-void-entries.ts'
import { clientUids } from './migrations/0054-client-uids.ts'
import { remedyAliases } from './migrations/0055-remedy-aliases.ts'
import { remedyApprovals } from './migrations/0056-remedy-approvals.ts'
import { custodians } from './migrations/0057-custodians.ts'
import { journalActions } from './migrations/0058-journal-actions.ts'
import { journalOfFindings } from './migrations/0059-journal-of-findings.ts'
import { placedAt } from './migrations/0060-placed-at.ts'
import { viewSubjects } from './migrations/0061-view-subjects.ts'
import { clocksOfReviews } from './migrations/0062-clocks-of-reviews.ts'
import { accessTally } from './migrations/0063-access-tally.ts'
import { findingEvidence } from './migrations/0064-finding-evidence.ts'
import { accountOrder } from './migrations/0065-account-order.ts'
import { reviewedAccounts } from './migrations/0066-reviewed-accounts.ts'
import { ownerLeft } from './migrations/0067-owner-left.ts'
import { usageReadDays } from './migrations/0068-usage-read-days.ts'
import { grantRow } from './migrations/0069-grant-row.ts'
import { unreadIssuers } from './migrations/0070-unread-issuers.ts'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** All migrations in order. Applied ones are never edited: their hash is kept in the file and compared at every open. */
export const MIGRATIONS: readonly Migration[] = [
  register,
  changes,
  findings,
  metDates,
  people,
  reviews,
  remediations,
  evidence,
  leavers,
  usage,
  usageFaces,
  reconciliation,
  alerts,
  reports,
  plans,
  fileProvider,
  planApply,
  liveOpenAi,
  usageRead,
  keyFacts,
  carriedAccess,
  usageNano,
  keyEnds,
  reviewOperators,
  usageUndo,
  certainty,
  departureMarks,
  today,
  connectionFaults,
  savedViews,
  reviewProgress,
  federation,
  depositedKeys,
  federationChanges,
  events,
  search,
  tallies,
  restrictions,
  certificateChanges,
  operations,
  details,
  remedyOrigin,
  keptEvents,
  acceptances,
  todayNames,
  team,
  connectionLocal,
  remedyNames,
  teamBlobs,
  readingLeases,
  planDrafts,
  teamReviews,
  voidEntries,
  clientUids,
  remedyAliases,
  remedyApprovals,
  custodians,
  journalActions,
  journalOfFindings,
  placedAt,
  viewSubjects,
  clocksOfReviews,
  accessTally,
  findingEvidence,
  accountOrder,
  reviewedAccounts,
  ownerLeft,
  usageReadDays,
  grantRow,
  unreadIssuers,
]

/** The file cannot be used as it is; nothing in it was changed. `hint` states what to do. */
export class RegisterRefused extends Error {
  override readonly name = 'RegisterRefused'
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}

export function migrationHash(migration: Migration): string {
  return createHash('sha256').update(`${migration.version}\n${migration.name}\n${migration.sql}`).digest('hex')
}

interface Applied {
  readonly version: number
  readonly name: string
  readonly hash: string
}

/**
 * The migrations still to be applied to a file. Throws `RegisterRefused` for a file from a newer version or one whose
 * history differs from this version's.
 */
export function pendingMigrations(db: Database, known: readonly Migration[] = MIGRATIONS): readonly Migration[] {
  const applied = appliedMigrations(db)
  for (const [index, row] of applied.entries()) {
    const migration = known[index]
    if (!migration) {
      throw new RegisterRefused(
        `The register was written by a newer version of Castellan (its schema is ${applied.at(-1)?.version}, this one knows ${known.length}).`,
        'Install the newer version. The file was not touched.',
      )
    }
    if (row.version !== migration.version || row.hash !== migrationHash(migration)) {
      throw new RegisterRefused(
        `The register's history differs from this version's at migration ${row.version} (${row.name}).`,
        'Open it with the version that wrote it, or restore a backup: castellan restore. The file was not touched.',
      )
    }
  }
  return known.slice(applied.length)
}

function appliedMigrations(db: Database): readonly Applied[] {
  const exists = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'").get()
  return exists ? (db.prepare('SELECT version, name, hash FROM migration ORDER BY version').all() as Applied[]) : []
}

/**
 * Applies all migrations in one transaction, so that a register is at its former state or at the newest. `backup` is
 * called once before the first migration touches a file that already holds data, and returns the backup's path, which a
 * failure names.
 */
export function migrate(
  db: Database,
  options: { readonly now: number; readonly backup: () => string; readonly known?: readonly Migration[] },
): void {
  const pending = pendingMigrations(db, options.known ?? MIGRATIONS)
  if (pending.length === 0) return
  const isFresh = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined
  const backup = isFresh ? null : options.backup()
  const names = pending.map(({ version, name }) => `${version} (${name})`)
  const all =
    names.length === 1
      ? `Migration ${names[0]} failed and was rolled back.`
      : `Migrations ${names[0]} to ${names.at(-1)} failed and were rolled back.`
  // What they leave for the end of the transaction to check belongs to none of them alone.
  refusing(db, all, backup, () =>
    db
      .transaction(() => {
        for (const [index, migration] of pending.entries()) {
          refusing(db, `Migration ${names[index]} failed and was rolled back.`, backup, () =>
            applyOne(db, migration, options.now),
          )
        }
      })
      .immediate(),
  )
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function applyOne(db: Database, migration: Migration, now: number): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  db.exec(migration.sql)
  db.prepare('INSERT INTO migration (version, name, hash, applied_at) VALUES (?, ?, ?, ?)').run(
    migration.version,
    migration.name,
    migrationHash(migration),
    now,
  )
}

function refusing(db: Database, what: string, backup: string | null, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof RegisterRefused) throw error
    const [cause, hint] = machineWords(error, db.name) ?? [
      getMessage(error),
      'This is a defect of Castellan: please report it.',
    ]
    const state =
      backup === null ? 'The new register was not created.' : `The register was not changed; a backup is at ${backup}.`
    throw new RegisterRefused(`${what} ${cause}`, `${hint} ${state}`, { cause: error })
  }
}
