import { expect, test } from 'vitest'

import { newService } from '../services.ts'
import { addAcme, importer } from './importing.ts'
import { dumpTables } from './imported-tables.ts'

const NOW = Date.parse('2026-11-27T12:00:00Z')
const HEADER =
  'name,key_id,redacted_key,project,owner,owner_email,created,last_used,expires,status,rotation_due,purpose,contact'

/** Keys of few owners and projects: with and without notes, twice in the file, without an id, refused. */
const FIRST = [
  HEADER,
  'prod-web-worker-1,key_1,sk-proj-...0001,Search,Ann,ann@acme.example,2026-01-05,2026-11-01,,active,2026-12-10,Runs search,ops@acme.example',
  'prod-web-worker-2,key_2,sk-proj-...0002,Search,Ann,ann@acme.example,2025-01-05,never,2027-01-01,active,,,',
  'ci-data-worker-3,key_3,sk-proj-...0003,Data,Bob,bob@acme.example,2026-05-05,before 2026-06-01,,inactive,2026-11-01,"Nightly, big",',
  'ci-data-worker-4,,sk-proj-...0004,Data,,,,,,active,,,data@acme.example',
  'ci-data-worker-3,key_3,sk-proj-...0003,Data,Bob,bob@acme.example,2026-05-05,before 2026-06-01,,inactive,2026-11-01,"Nightly, big",',
  'dev-x,key_5,sk-proj-...0005,Chat,Cleo,,2027-05-05,,,active,,,',
  'dev-y,key_6,sk-proj-...0006,Chat,Cleo,,2026-05-05,,,strange,,,',
  'admin,key_7,sk-admin-...0007,,Ann,ann@acme.example,2024-05-05,2026-11-20,,active,,,',
].join('\n')

/** The next version of one key, a key with other notes, a new one, and one that is missing. */
const SECOND = [
  HEADER,
  'prod-web-worker-1,key_9,sk-proj-...0009,Search,Ann,ann@acme.example,2026-11-05,2026-11-21,,active,2027-02-10,Runs search,ops@acme.example',
  'prod-web-worker-2,key_2,sk-proj-...0002,Search,Ann,ann@acme.example,2025-01-05,2026-11-26,2027-01-01,active,2027-01-01,Search,ann@acme.example',
  'ci-data-worker-3,key_3,sk-proj-...0003,Data,Bob,bob@acme.example,2026-05-05,before 2026-06-01,,active,2026-11-01,"Nightly, big",',
  'ci-data-worker-4,,sk-proj-...0004,Data,,,,,,active,,,data@acme.example',
  'admin,key_7,sk-admin-...0007,,Ann,ann@acme.example,2024-05-05,2026-11-26,,active,,,',
].join('\n')

test('two imports of keys leave these rows in every table', async () => {
  const service = await newService({ now: () => NOW })
  await addAcme(service)
  const { run } = importer(service)
  await run(
    'people',
    'Name,E-mail,Role,Projects\nAnn,ann@acme.example,Owner,Search\nBob,bob@acme.example,Reader,Data\n',
  )
  await run('keys', FIRST, { fileName: 'keys.csv' })
  const first = dumpTables(service)
  await run('keys', SECOND, { fileName: 'keys.csv', complete: true })
  await expect(`${first}\n\n${dumpTables(service)}`).toMatchFileSnapshot('imported-tables.txt')
})
