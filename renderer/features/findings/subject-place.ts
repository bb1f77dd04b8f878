import type { FindingRow } from '../../../shared/contract/findings.ts'

/** Where the subject of a finding is shown, with the words of the button that leads there. */
export function subjectPlace({ subject, connection }: Pick<FindingRow, 'subject' | 'connection'>) {
  const { kind, id, personId } = subject
  if (kind === 'key') return { label: 'Open key', to: '/keys', search: { key: id } } as const
  if (kind === 'project') return { label: 'Open project', to: '/projects', search: { project: id } } as const
  if (kind === 'principal' && personId !== null) {
    return { label: 'Open person', to: '/people', search: { person: personId } } as const
  }
  return { label: 'Open connection', to: '/connections', search: { connection: connection.id } } as const
}
