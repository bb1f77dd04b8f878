import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { readFile, type FileKind } from '../../../../electron/service/files-in/read-file.ts'
import { planBatch } from '../../../../shared/domain/import/plan-batch.ts'
import { NOTHING_CURRENT } from '../../../../shared/domain/import/current.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { bytes } from '../files/importing.ts'

const KINDS: readonly FileKind[] = ['register', 'people', 'keys', 'service-accounts']

/** Lines that pass the first checks, so that what follows is tested too. */
const lines = fc.array(
  fc.oneof(
    hostileText,
    fc.constantFrom(
      '## AI Platform Access Register',
      '### OpenAI (org-a)',
      '### Service Accounts',
      '### Population',
      '| Person | Role | Projects | Last Review |\n|---|---|---|---|',
      '| Account | Purpose | Key ID | Rotation Due |\n|---|---|---|---|',
      '| Jane | Owner | All | 2025-01-01 |',
      'Name,E-mail,Role,Projects,Last review,Key ID,Owner,Created,Last used,Account,Rotation due',
      'Jane,jane@acme.example,Owner,"A, B",2025-01-01,key_1,Jane,1735689600,never,prod,01/02/2025',
    ),
    fc.array(hostileText, { minLength: 2, maxLength: 11 }).map((cells) => cells.join(',')),
    fc.array(hostileText, { minLength: 2, maxLength: 4 }).map((cells) => `| ${cells.join(' | ')} |`),
  ),
  { maxLength: 12 },
)

test('no file of any kind makes its reader fail', () => {
  const content = fc.oneof(
    lines.map((parts) => bytes(parts.join('\n'))),
    lines.map((parts) => Buffer.from(parts.join('\r\n'), 'utf16le')),
    fc.uint8Array(),
  )
  fc.assert(
    fc.property(content, fc.constantFrom(...KINDS), fc.boolean(), (content, kind, complete) => {
      const csvTarget = { heading: 'OpenAI', provider: 'openai', organizationId: null }
      const moment = { now: Date.UTC(2026, 10, 25), today: '2026-11-25' }
      const read = readFile({ kind, content, mapping: undefined, moment, csvTarget })
      const planned = (read.ok ? read.batches : []).map((batch) => ({
        rows: batch.people.length + batch.serviceAccounts.length + batch.keys.length + batch.refusals.length,
        plan: planBatch(batch, {
          current: NOTHING_CURRENT,
          keyNamePattern: '{environment}-{team}-{purpose}',
          complete,
        }),
      }))
      // Every row of the file is answered, and none appears twice.
      for (const { rows, plan } of planned) {
        expect(plan.rows).toHaveLength(rows)
        const ids = plan.facts.flatMap(({ facts }) =>
          facts.flatMap((fact) =>
            fact.type === 'principal' || fact.type === 'key' ? [`${fact.type} ${fact.externalId}`] : [],
          ),
        )
        expect(new Set(ids).size).toBe(ids.length)
      }
      expect(planned.length > 0 || !read.ok || read.unmapped !== null || kind === 'register').toBe(true)
    }),
    { numRuns: 500 },
  )
})
