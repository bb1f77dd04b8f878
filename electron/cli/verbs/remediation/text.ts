import type { Outputs } from '../../../../shared/contract/contract.ts'
import type { RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { minuteCell } from '../../kit/text/when.ts'
import { shown } from '../../kit/text/shown.ts'
import { computeMark } from './mark.ts'

/** The requests of changes, what depends on their subjects, and how to send them. */
export function previewLines({ token, confirm, permissions, remediations }: RemediationPreview): string[] {
  const hindered = remediations.filter(({ obstacle }) => obstacle !== null)
  const sendable = remediations.filter(({ obstacle, calls }) => obstacle === null && calls.length > 0)
  const numbers = remediations.map(({ row }) => row.remediationId).join(' ')
  const approvable = remediations.filter(({ row, approvalObstacle }) => isApprovable(row, approvalObstacle))
  return [
    ...remediations.flatMap(({ row, obstacle, approvalObstacle, ...rest }) => [
      ...itemLines({ ...row, ...rest }),
      ...(obstacle === null ? [] : [`   cannot be sent: ${shown(obstacle)}`]),
      ...approvalLines(row, approvalObstacle),
      ...(rest.readOnlySteps?.split('\n').map((step) => `   manual step: ${shown(step)}`) ?? []),
    ]),
    ...(confirm === '' || hindered.length > 0
      ? nothingLines(hindered, sendable, permissions)
      : [
          '',
          'To send it, as long as it is what this preview shows:',
          [
            `castellan remediation run ${numbers} --mark ${computeMark(token)} --confirm ${quoted(shown(confirm))}`,
            ...permissions.map((one) => `--allow-once ${one.connection.id}=${quoted(shown(one.confirm))}`),
          ].join(' '),
        ]),
    ...(approvable.length === 0 || approvable.length < remediations.length
      ? []
      : [
          '',
          'To approve it, as long as it is what this preview shows:',
          `castellan remediation approve ${numbers} --mark ${computeMark(token)} --confirm ${quoted(shown(confirm))}`,
        ]),
  ]
}

type Previewed = RemediationPreview['remediations'][number]

/** Why nothing of a preview is sent, and the command for the largest part of it that can be. */
function nothingLines(
  hindered: readonly Previewed[],
  sendable: readonly Previewed[],
  permissions: RemediationPreview['permissions'],
): string[] {
  if (sendable.length === 0) return ['Nothing to send.']
  const ids = (of: readonly Previewed[]): string => of.map(({ row }) => row.remediationId).join(' ')
  return [
    '',
    `${ids(hindered)} cannot be sent, so nothing of this preview is. To send the others, preview them alone:`,
    [
      `castellan remediation preview ${ids(sendable)}`,
      ...permissions.map(({ connection }) => `--allow-once ${connection.id}`),
    ].join(' '),
  ]
}

/** Changes that cannot be sent now, each with what blocks it. */
export function blockedLines(blocked: Outputs['planApply']['preview']['blocked']): string[] {
  return blocked.flatMap(({ says, obstacle }) => [shown(says), `   cannot be sent: ${shown(obstacle)}`])
}

type Row = RemediationPreview['remediations'][number]['row']

/** Whether a change waits for an approval that this member can give. */
function isApprovable({ approval }: Row, obstacle: string | null): boolean {
  return obstacle === null && (approval?.state === 'waiting' || approval?.state === 'outdated')
}

function approvalLines({ approval }: Row, obstacle: string | null): string[] {
  if (approval === null || approval.state === 'notNeeded') return []
  const { approved } = approval
  return [
    ...(approved === null ? [] : [`   approved by ${shown(approved.by)}, ${minuteCell(approved.at)}`]),
    ...(obstacle === null ? [] : [`   cannot be approved here: ${shown(obstacle)}`]),
  ]
}

/** The requests or manual steps of one change, and what depends on its subject; without a number where it has none. */
export function itemLines({
  remediationId,
  says: what,
  client,
  connection,
  calls,
  byHand,
  impact,
}: Outputs['planApply']['preview']['items'][number]): string[] {
  return [
    `${remediationId === null ? '' : `${remediationId}  `}${shown(what)}  (${shown(client.name)}, ${shown(connection.label)})`,
    ...calls.flatMap(({ method, url, body, says }) => [
      `   ${method} ${shown(url)}`,
      ...(body === null ? [] : [`   ${shown(body)}`]),
      `   ${shown(says)}`,
    ]),
    ...(impact?.says ?? []).map((says) => `   - ${shown(says)}`),
    ...(byHand === null ? [] : byHand.split('\n').map((step) => `   manual step: ${shown(step)}`)),
  ]
}

/** A word quoted for a shell. */
export function quoted(word: string): string {
  return /^[\w@.+-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
