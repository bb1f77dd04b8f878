import { credentialLifetime, credentialWords } from '../../../shared/domain/access/credential.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { SERVICE_ACCOUNTS } from '../../../shared/nouns/service-accounts.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import { formatDay } from '../../ui/relative.ts'

export const SERVICE_ACCOUNT_COLUMNS = toColumns(SERVICE_ACCOUNTS, {
  name: (row) => row.name?.trim() || row.externalId,
  credential: credentialWords,
  lifetime: (row) => credentialLifetime(row, (at) => formatDay(toLocalDay(at))),
})
