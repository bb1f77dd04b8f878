import type { RemedyPreview } from '../../shared/contract/remedy.ts'
import { shown } from './text/shown.ts'

/** What remedies would send, what depends on their subjects, and how to send them. */
export function previewLines({ token, confirm, remedies }: RemedyPreview): string[] {
  const hindered = remedies.some(({ obstacle }) => obstacle !== null)
  return [
    ...remedies.flatMap(({ row, calls, byHand, obstacle, blast }) => [
      `${row.remedyId}  ${shown(row.says)}  (${shown(row.client.name)}, ${shown(row.connection.label)})`,
      ...calls.flatMap(({ method, url, body, says }) => [
        `   ${method} ${shown(url)}`,
        ...(body === null ? [] : [`   ${shown(body)}`]),
        `   ${shown(says)}`,
      ]),
      ...(blast?.says ?? []).map((says) => `   - ${shown(says)}`),
      ...(byHand === null ? [] : byHand.split('\n').map((step) => `   by hand: ${shown(step)}`)),
      ...(obstacle === null ? [] : [`   cannot be sent: ${shown(obstacle)}`]),
    ]),
    ...(confirm === '' || hindered
      ? ['Nothing to send.']
      : ['', 'To send it within ten minutes:', `castellan remedy run ${token} --confirm ${quoted(shown(confirm))}`]),
  ]
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w@.+-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
