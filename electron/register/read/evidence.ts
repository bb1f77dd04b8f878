import type { Policy } from '../../../shared/domain/policy.ts'
import type { Roster, RosterMember } from '../../../shared/report/evidence-rosters.ts'
import type { Reader, Writer } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { asOfSync } from './as-of.ts'

/** The journal row of a review's opening; null where it is missing. */
export function openingRow(
  reader: Reader,
  review: { readonly id: number; readonly client: string; readonly at: number },
): number | null {
  const rows = reader.all<{ readonly seq: number; readonly body: string }>(
    `SELECT j.seq, j.body FROM journal j WHERE j.action = 'review.opened' AND j.client = ? AND j.at = ? ORDER BY j.seq`,
    [review.client, review.at],
  )
  return rows.find(({ body }) => (JSON.parse(body) as { readonly review?: unknown }).review === review.id)?.seq ?? null
}

/** The journal from a row on, in order. */
export function journalFrom(reader: Reader, seq: number): IterableIterator<JournalRow> {
  return reader.iterate<JournalRow>('SELECT * FROM journal WHERE seq >= ? ORDER BY seq', [seq])
}

export interface PackedBefore {
  readonly name: string
  /** SHA-256 of its manifest, in hex. */
  readonly manifest: string
  readonly at: number
}

/**
 * The last evidence that was written for a client, or of one of its reviews, except packs that were not completed; null
 * when there was none.
 */
export function lastPack(reader: Reader, client: string, review: number | null = null): PackedBefore | null {
  const row = reader.get<{ readonly at: number; readonly body: string }>(
    `SELECT j.at, j.body FROM journal j WHERE j.action = 'evidence.packed' AND j.client = :client
       AND (:review IS NULL OR j.body ->> 'review' = :review) AND NOT EXISTS (
       SELECT 1 FROM journal f WHERE f.seq > j.seq AND f.action = 'evidence.packed.failed'
         AND f.body ->> 'manifest' = j.body ->> 'manifest')
     ORDER BY j.seq DESC LIMIT 1`,
    { client, review },
  )
  if (row === undefined) return null
  const { name, manifest } = JSON.parse(row.body) as Omit<PackedBefore, 'at'>
  return { name, manifest, at: row.at }
}

/** The policy that a review was opened under, and when the one before it was signed. */
export function reviewTerms(
  reader: Reader,
  reviewId: number,
): {
  readonly policy: Policy
  readonly previous: { readonly id: number; readonly signedAt: number | null } | null
} | null {
  const row = reader.get<{ readonly policy: string; readonly id: number | null; readonly signedAt: number | null }>(
    `SELECT r.policy, p.id, p.signed_at AS signedAt FROM review r LEFT JOIN review p ON p.uid = r.previous WHERE r.id = ?`,
    [reviewId],
  )
  if (row === undefined) return null
  return {
    policy: JSON.parse(row.policy) as Policy,
    previous: row.id === null ? null : { id: row.id, signedAt: row.signedAt },
  }
}

const AS_OF = asOfSync('v')

const principals = (where: string): string =>
  `SELECT p.external_id AS externalId, p.name, p.email, p.role_raw AS role, p.status,
     EXISTS (SELECT 1 FROM review_item i WHERE i.principal_id = p.id AND i.review_id = :review) AS reviewed
   FROM account_history p
   WHERE p.connection_id = :connection AND ${asOfSync('p')} AND ${where} ORDER BY p.name COLLATE NOCASE, p.external_id`

const keys = (where: string): string =>
  `SELECT k.external_id AS externalId, k.name, k.owner_email AS email, NULL AS role, k.status,
     EXISTS (SELECT 1 FROM review_item i WHERE i.key_id = k.id AND i.review_id = :review) AS reviewed
   FROM key_history k
   WHERE k.connection_id = :connection AND ${asOfSync('k')} AND ${where} ORDER BY k.name COLLATE NOCASE, k.external_id`

/** An owner or admin role on the organization, held by a principal. */
const holdsAdmin = (principal: string): string =>
  `EXISTS (SELECT 1 FROM grant v WHERE v.principal_id = ${principal} AND v.project_id IS NULL
    AND v.level IN ('owner', 'admin') AND ${AS_OF})`

/** Holders of such a role, directly or through a group; invites have a separate roster. */
const ADMINISTRATORS = `p.kind <> 'invite' AND (${holdsAdmin('p.id')} OR EXISTS (SELECT 1 FROM membership m WHERE m.member_id = p.id
  AND m.from_sync <= :sync AND (m.to_sync IS NULL OR m.to_sync > :sync) AND ${holdsAdmin('m.group_id')}))`

/** The name that the project of a certificate `v` had. */
const PROJECT_NAME = `(SELECT n.name FROM project_history n WHERE n.id = v.project_id AND ${asOfSync('n')})`

const MEMBERS: Readonly<Record<Roster, string>> = {
  users: principals("p.kind = 'user'"),
  administrators: principals(ADMINISTRATORS),
  'service-accounts': principals("p.kind = 'service-account'"),
  groups: principals("p.kind = 'group'"),
  invitations: principals("p.kind = 'invite'"),
  keys: keys("k.kind <> 'admin'"),
  'admin-keys': keys("+k.kind = 'admin'"),
  'federation-rules': `SELECT v.external_id AS externalId, v.name, NULL AS email,
       v.workload || ' as ' || ifnull(nullif((SELECT n.name FROM account_history n WHERE n.id = v.account_id AND ${asOfSync('n')}), ''), p.external_id) AS role,
       CASE WHEN v.status = 'active' AND v.issuer_status IN ('disabled', 'archived') THEN 'issuer ' || v.issuer_status ELSE v.status END AS status,
       EXISTS (SELECT 1 FROM review_item i WHERE i.principal_id = v.account_id AND i.review_id = :review) AS reviewed
     FROM federation_version v LEFT JOIN principal p ON p.id = v.account_id
     WHERE v.connection_id = :connection AND ${AS_OF} ORDER BY v.name COLLATE NOCASE, v.external_id`,
  certificates: `SELECT v.external_id AS externalId, v.name, NULL AS email,
       CASE WHEN v.project_id IS NULL THEN 'organization' ELSE ifnull(${PROJECT_NAME}, j.external_id) END AS role,
       CASE v.active WHEN 1 THEN 'active' ELSE 'inactive' END AS status, 0 AS reviewed
     FROM certificate_version v LEFT JOIN project j ON j.id = v.project_id
     WHERE v.connection_id = :connection AND ${AS_OF} ORDER BY v.name COLLATE NOCASE, v.external_id, ${PROJECT_NAME} COLLATE NOCASE`,
  'archived-projects': `SELECT p.external_id AS externalId, p.name, NULL AS email, NULL AS role, p.status,
       EXISTS (SELECT 1 FROM review_item i WHERE i.project_id = p.id AND i.review_id = :review) AS reviewed
     FROM project_history p
     WHERE p.connection_id = :connection AND ${asOfSync('p')} AND p.status = 'archived' ORDER BY p.name COLLATE NOCASE, p.external_id`,
}

/** One roster of a connection as of a sync. */
export function rosterMembers(
  reader: Reader,
  roster: Roster,
  of: { readonly review: number; readonly connection: number; readonly sync: number },
): RosterMember[] {
  return reader
    .all<Omit<RosterMember, 'reviewed'> & { readonly reviewed: number }>(MEMBERS[roster], { ...of })
    .map((member) => ({ ...member, reviewed: member.reviewed === 1 }))
}

const FINGERPRINT = 'evidence_key_sha256'
const PUBLIC_KEY = 'evidence_public_key'

/** The fingerprint of the key that last signed this register's evidence; null before the first. */
export function notedFingerprint(reader: Reader): string | null {
  return reader.value<string>('SELECT value FROM meta WHERE key = ?', [FINGERPRINT]) ?? null
}

/** The fingerprints of all signing keys that this register recorded as its own, oldest first. */
export function knownFingerprints(reader: Reader): string[] {
  const journaled = reader.column<string>(
    `SELECT body ->> '$.fingerprint' FROM journal WHERE action = 'evidence.key-noted' ORDER BY seq`,
  )
  return [...new Set([...journaled, notedFingerprint(reader)].filter((key) => key !== null))]
}

/** Records the public key that signs this register's evidence. */
export function noteKey(writer: Writer, key: { readonly fingerprint: string; readonly publicPem: string }): void {
  const set = writer.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  set([FINGERPRINT, key.fingerprint])
  set([PUBLIC_KEY, key.publicPem])
}
