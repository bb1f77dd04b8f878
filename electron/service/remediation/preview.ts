import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { goesFirst, type RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import type { Session } from '../core/session.ts'
import { readApprovalObstacle } from './approval.ts'
import {
  confirmWord,
  listPermissions,
  changedSince,
  isCurrent,
  makeToken,
  PREVIEW_MS,
  readToken,
} from './confirmation.ts'
import { prepare, type PreparedChange } from './prepare.ts'
import { shownRow } from './rows.ts'
import type { ImpactReport } from '../../../shared/contract/impact.ts'
import { impactSays } from '../../../shared/domain/impact/says.ts'
import { findImpact, toConsequence } from '../../register/impact/impact.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'

/**
 * The exact calls of changes and what has to be typed to send them, with a write permission for this one run to the
 * connections in `allow`. Sends nothing and stores nothing. Throws `Refusal` NOT_FOUND.
 */
export async function makePreview(
  context: Context,
  ids: readonly number[],
  allow: readonly number[] = [],
): Promise<RemediationPreview> {
  const wanted = [...new Set(ids)]
  const asGiven = await prepare(context, wanted, new Set(allow))
  const isFirst = ({ row }: PreparedChange): boolean => goesFirst(row.action)
  const prepared = [...asGiven.filter(isFirst), ...asGiven.filter((each) => !isFirst(each))]
  const missing = wanted.filter((id) => !prepared.some(({ row }) => row.remediationId === id))
  if (missing.length > 0) throw notFound(`Remediation item ${missing.join(', ')}`, READ_AGAIN)
  const permissions = listPermissions(prepared, new Set(allow))
  const approvals: (string | null)[] = []
  for (const one of prepared) approvals.push(await readApprovalObstacle(context, one))
  return {
    token: makeToken(
      sealingKey(context.session()),
      context.now(),
      prepared,
      permissions.map(({ connection }) => connection.id),
    ),
    confirm: confirmWord(prepared),
    permissions: permissions.map(({ connection: { id, label, provider, organizationId }, confirm }) => ({
      connection: { id, label, provider, organizationId },
      confirm,
    })),
    remediations: prepared.map(({ row, call, byHand, readOnlySteps, obstacle }, at) => ({
      row: shownRow(context, row),
      calls: call === null ? [] : [call],
      impact: findRemediationImpact(getReader(context), row, context.now()),
      byHand,
      readOnlySteps,
      obstacle,
      approvalObstacle: approvals[at] ?? null,
    })),
  }
}

/** The register's own key seals previews, so that only a holder of that key can make one. */
function sealingKey({ key }: Session): Uint8Array {
  return key ?? new Uint8Array(0)
}

/** The subject of a token. */
export interface PreviewSubject {
  readonly prepared: readonly PreparedChange[]
  /** The read-only connections that this run may write to. */
  readonly allowed: ReadonlySet<number>
  /** The seal of the preview: it names exactly these calls on exactly this state of the register. */
  readonly digest: string
}

const PREVIEW_AGAIN = 'Preview it again and check what it shows now.'

/**
 * Previews the subject of a token on the register as it is now. Throws `Refusal` CONFLICT for an invalid token, one
 * that is older than ten minutes, or one whose preview would look different now, and names what changed.
 */
export async function previewed(context: Context, token: string): Promise<PreviewSubject> {
  const read = readToken(token)
  if (read === null) throw new Refusal('CONFLICT', 'This is not a preview token.', 'Preview it first.')
  const age = context.now() - read.at
  if (age < 0 || age > PREVIEW_MS) {
    throw new Refusal('CONFLICT', 'The preview is older than ten minutes.', PREVIEW_AGAIN)
  }
  const allowed = new Set(read.allowed)
  const prepared = await prepare(context, read.ids, allowed)
  if (prepared.length === read.ids.length && isCurrent(sealingKey(context.session()), read, prepared)) {
    return { prepared, allowed, digest: read.seal }
  }
  const ran = prepared.find(({ row }) => !isUnsent(row.state))
  if (ran !== undefined) {
    throw new Refusal(
      'CONFLICT',
      `${ran.row.says} It is not pending any more (${ran.row.state}); a preview can be sent only once.`,
      'See the remediation list.',
    )
  }
  const changed = changedSince(read, prepared)
  throw new Refusal(
    'CONFLICT',
    changed.length === 0
      ? 'The token does not belong to a preview of this register.'
      : `Changed since the preview: ${changed.join('; ')}.`,
    PREVIEW_AGAIN,
  )
}

/** Actions that remove the subject, so that everything that depends on it is affected. */
const ENDS: ReadonlySet<RemediationAction> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-disable',
  'key-delete',
])

/** The impact: what stops working and what is unaffected; null for an action that does not remove the subject. */
export function findRemediationImpact(reader: Reader, row: StoredRemediation['row'], now: number): ImpactReport | null {
  const { kind, id } = row.subject
  if (kind === 'connection') return null
  if (ENDS.has(row.action)) return findImpact(reader, { kind, id }, { now })
  const { projectId } = row.values
  if (row.action !== 'project-member-remove' || projectId === undefined) return null
  const whole = findImpact(reader, { kind, id }, { now })
  return whole === null ? null : withinProject(whole, projectId, now)
}

/**
 * A person who loses one project loses there exactly what they would lose there with the organization, by the same
 * rules.
 */
function withinProject(whole: ImpactReport, projectId: number, now: number): ImpactReport {
  const rows = whole.rows.filter(({ project }) => project?.id === projectId)
  const consequences = rows.map((row) => toConsequence(row, now))
  return { ...whole, rows, says: impactSays(consequences, []) }
}
