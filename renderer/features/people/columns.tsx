import { PEOPLE } from '../../../shared/nouns/people.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { Departed, PersonStatus } from './status-badge.tsx'
import { personStatus } from './labels.ts'

export const COLUMNS = toColumns(PEOPLE, {
  status: {
    cell: (row) => (row.departed ? <Departed status={row.status} plain /> : <PersonStatus status={row.status} />),
    text: (row) => (row.departed ? `Left, ${personStatus(row.status).word}` : personStatus(row.status).word),
  },
  lastUsedAt: {
    cell: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null ? (
        <When at={lastUsedAt} otherwise="Not reported" />
      ) : (
        <>
          <When at={knownUseAt} /> or later
        </>
      ),
    text: ({ lastUsedAt, knownUseAt }) =>
      knownUseAt === null
        ? lastUsedAt === null
          ? ''
          : absoluteTime(lastUsedAt)
        : `${absoluteTime(knownUseAt)} or later`,
  },
  external: {
    cell: (row) =>
      row.external ? (
        <Status tone="warn" plain title="Outside every domain of the clients and the agency">
          External
        </Status>
      ) : (
        'Internal'
      ),
    text: (row) => (row.external ? 'External' : 'Internal'),
  },
})
