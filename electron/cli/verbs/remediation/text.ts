import type { Outputs } from '../../../../shared/contract/contract.ts'
import type { RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { shown } from '../../kit/text/shown.ts'

/** The requests of changes, what depends on their subjects, and how to send them. */
export function previewLines({ token, confirm, permissions, remediations }: RemediationPreview): string[] {
  const hindered = remediations.some(({ obstacle }) => obstacle !== null)
  return [
    ...remediations.flatMap(({ row, obstacle, ...rest }) => [
      ...itemLines({ ...row, ...rest }),
      ...(obstacle === null ? [] : [`   cannot be sent: ${shown(obstacle)}`]),
      ...(rest.readOnlySteps?.split('\n').map((step) => `   manual step: ${shown(step)}`) ?? []),
    ]),
    ...(confirm === '' || hindered
      ? ['Nothing to send.']
      : [
          '',
          'To send it within ten minutes:',
          [
            `castellan remediation run ${token} --confirm ${quoted(shown(confirm))}`,
            ...permissions.map((one) => `--allow-once ${one.connection.id}=${quoted(shown(one.confirm))}`),
          ].join(' '),
        ]),
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
