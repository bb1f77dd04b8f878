import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import type { Session } from '../core/session.ts'
import { findRemediationImpact } from './impact.ts'
import { confirmWord } from './confirm.ts'
import { prepare, type Prepared } from './prepare.ts'
import { shownRow } from './rows.ts'
import { changedSince, isCurrent, makeToken, PREVIEW_MS, readToken } from './token.ts'

/** The exact calls of changes and what has to be typed to send them. Sends nothing. Throws `Refusal` NOT_FOUND. */
export async function makePreview(context: Context, ids: readonly number[]): Promise<RemediationPreview> {
  const wanted = [...new Set(ids)]
  const prepared = await prepare(context, wanted)
  const missing = wanted.filter((id) => !prepared.some(({ row }) => row.remediationId === id))
  if (missing.length > 0) throw notFound(`Remediation item ${missing.join(', ')}`, READ_AGAIN)
  return {
    token: makeToken(sealingKey(context.session()), context.now(), prepared),
    confirm: confirmWord(prepared),
    remediations: prepared.map(({ row, call, byHand, obstacle }) => ({
      row: shownRow(context, row),
      calls: call === null ? [] : [call],
      impact: findRemediationImpact(getReader(context), row, context.now()),
      byHand,
      obstacle,
    })),
  }
}

/** The register's own key seals previews, so that only a holder of that key can make one. */
function sealingKey({ key }: Session): Uint8Array {
  return key ?? new Uint8Array(0)
}

const PREVIEW_AGAIN = 'Preview it again and check what it shows now.'

/**
 * What a token refers to, on the register as it is now. Throws `Refusal` CONFLICT for an invalid token, one that is
 * older than ten minutes, or one whose preview would look different now, and names what changed.
 */
export async function previewed(context: Context, token: string): Promise<Prepared[]> {
  const read = readToken(token)
  if (read === null) throw new Refusal('CONFLICT', 'This is not a preview token.', 'Preview it first.')
  const age = context.now() - read.at
  if (age < 0 || age > PREVIEW_MS) {
    throw new Refusal('CONFLICT', 'The preview is older than ten minutes.', PREVIEW_AGAIN)
  }
  const prepared = await prepare(context, read.ids)
  if (prepared.length === read.ids.length && isCurrent(sealingKey(context.session()), read, prepared)) return prepared
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
