import type { Outputs } from '../../../../shared/contract/contract.ts'
import type { RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { formatCommand, type ProfileOption } from '../../kit/next.ts'
import { minuteCell } from '../../kit/text/when.ts'
import { shown } from '../../kit/text/shown.ts'
import { breakText, computeWidth } from '../../kit/text/width.ts'
import { computeMark } from './mark.ts'

const INDENT = '   '

/** The least columns of a broken line. */
const NARROWEST = 24

/**
 * Breaks the lines of a preview that are wider than the screen, in columns; null leaves all of them as they are. A command stays whole,
 * since it is pasted.
 */
export function fitLines(lines: readonly string[], screen: number | null): readonly string[] {
  if (screen === null) return lines
  return lines.flatMap((line) => {
    if (line.startsWith('castellan ') || computeWidth(line) <= screen) return [line]
    const own = line.startsWith(INDENT) ? INDENT : ''
    const [first = '', ...rest] = breakText(line.slice(own.length), Math.max(NARROWEST, screen - INDENT.length))
    return [`${own}${first}`, ...rest.map((part) => `${INDENT}${part}`)]
  })
}

/** The requests of changes, what depends on their subjects, and how to send them. */
export function previewLines(
  { token, confirm, permissions, remediations }: RemediationPreview,
  profile: ProfileOption,
): string[] {
  const hindered = remediations.filter(({ obstacle }) => obstacle !== null)
  const sendable = remediations.filter(({ obstacle, calls }) => obstacle === null && calls.length > 0)
  const numbers = getNumbers(remediations)
  const asShown = ['--mark', computeMark(token), '--confirm', shown(confirm)]
  const approvable = remediations.filter(({ row, approvalObstacle }) => isApprovable(row, approvalObstacle))
  return [
    ...remediations.flatMap(({ row, obstacle, approvalObstacle, ...rest }) => [
      ...itemLines({ ...row, ...rest }),
      ...(obstacle === null ? [] : [`   cannot be sent: ${shown(obstacle)}`]),
      ...approvalLines(row, approvalObstacle),
      ...(rest.readOnlySteps?.split('\n').map((step) => `   manual step: ${shown(step)}`) ?? []),
    ]),
    ...(confirm === '' || hindered.length > 0
      ? nothingLines({ hindered, sendable, permissions }, profile)
      : [
          '',
          'To send it, as long as it is what this preview shows:',
          formatCommand(
            [
              'remediation',
              'run',
              ...numbers,
              ...asShown,
              ...permissions.flatMap((one) => ['--allow-once', `${one.connection.id}=${shown(one.confirm)}`]),
            ],
            profile,
          ),
        ]),
    ...(approvable.length === 0 || approvable.length < remediations.length
      ? []
      : [
          '',
          'To approve it, as long as it is what this preview shows:',
          formatCommand(['remediation', 'approve', ...numbers, ...asShown], profile),
        ]),
  ]
}

type PreviewItem = RemediationPreview['remediations'][number]

interface NothingSent {
  readonly hindered: readonly PreviewItem[]
  readonly sendable: readonly PreviewItem[]
  readonly permissions: RemediationPreview['permissions']
}

/** Why nothing of a preview is sent, and the command for the largest part of it that can be. */
function nothingLines({ hindered, sendable, permissions }: NothingSent, profile: ProfileOption): string[] {
  if (sendable.length === 0) return ['Nothing to send.']
  return [
    '',
    `${getNumbers(hindered).join(' ')} cannot be sent, so nothing of this preview is. To send the others, preview them alone:`,
    formatCommand(
      [
        'remediation',
        'preview',
        ...getNumbers(sendable),
        ...permissions.flatMap(({ connection }) => ['--allow-once', String(connection.id)]),
      ],
      profile,
    ),
  ]
}

function getNumbers(of: readonly PreviewItem[]): string[] {
  return of.map(({ row }) => String(row.remediationId))
}

/** Changes that cannot be sent now, each with what blocks it. */
export function blockedLines(blocked: Outputs['planApply']['preview']['blocked']): string[] {
  return blocked.flatMap(({ says, obstacle }) => [shown(says), `   cannot be sent: ${shown(obstacle)}`])
}

type Row = RemediationPreview['remediations'][number]['row']

/** True if a change waits for an approval that this member can give. */
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
