import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openFile } from '../../electron/providers/file/open.ts'
import { readPersonnelFile } from '../../electron/service/people/personnel.ts'
import { type FileKind, readFile } from '../../electron/service/files-in/read-file.ts'
import type { RecordBatch } from '../../electron/service/usage/batch-filler.ts'
import { readRecords, RecordsRefused } from '../../electron/service/usage/read-records.ts'
import { MOST_PROBLEMS } from '../../shared/domain/file-limits.ts'
import { planFromTemplate, PLAN_TEMPLATES } from '../../shared/domain/plans/templates.ts'
import { parsePlan } from '../../shared/domain/plans/yaml/parse.ts'
import { printPlan } from '../../shared/domain/plans/yaml/print.ts'
import { USAGE_BOUNDS } from '../../shared/domain/usage/bounds.ts'
import { exampleFile } from '../electron/providers/file/example.ts'
import { drillRuns, DRILL_LIMIT_MS } from './drill.ts'
import { mutated } from './mutated.ts'
import { FileRefused } from '../../electron/providers/kit/errors.ts'

const MOMENT = { now: Date.parse('2026-11-24T10:00:00Z'), today: '2026-11-24' }

const REGISTERS = [
  '# AI Platform Access Register\n\nClient: Acme\n\n## Acme (OpenAI, org-1)\n\n### People\n\n| Person | Role | Projects | Last Review |\n| --- | --- | --- | --- |\n| Ada <ada@acme.example> | Owner | All | 2026-11-01 |\n| *Ben* | Reader | a, b | never |\n\n### Service Accounts\n\n| Account | Purpose | Key ID | Rotation Due |\n| --- | --- | --- | --- |\n| web | chat | key_1 | 2026-12-01 |\n',
  '# Notes\n\n```markdown\n# AI Platform Access Register\n\n## Acme\n\n|Person|Role|Projects|Last Review|\n|-|-|-|-|\n|Ada|Owner|All|2026-11-01|\n```\n',
]

const TABLES = [
  'Name,Email,Role,Projects,Last Review\nAda,ada@acme.example,Owner,"a; b",2026-11-01\n"Doe, Ben",ben@acme.example,Reader,,\n',
  'Key ID;Name;Environment;Owner;Created;Expires\nkey_1;prod-web;prod;Ada;2026-01-01;2026-12-01\n',
  'Email Address [Required],First Name [Required],Last Name [Required],Status [READ ONLY]\nada@acme.example,Ada,Lovelace,Active\n',
  '{"Resources":[{"userName":"ada@acme.example","active":true,"name":{"givenName":"Ada"},"emails":[{"value":"a@b.example","primary":true}]}],"totalResults":1}',
]

const RECORDS = [
  'timestamp,request_id,project,key,user,feature,model,requests,input_tokens,cached_tokens,output_tokens,cost\n2026-11-01T10:00:00Z,r1,p,k,u,f,m,1,10,5,3,0.25\n2026-11-02,r2,,,"u,2",,m,,7,,2,1e-5\n',
  '{"timestamp":"2026-11-01T10:00:00Z","request_id":"r1","model":"m","usage":{"input_tokens":10,"output_tokens":3},"cost":0.25}\n{"created_at":1793000000,"feature":"chat"}\n',
]

const KINDS: readonly FileKind[] = ['register', 'people', 'keys', 'service-accounts']
const csvTarget = { heading: 'Acme', provider: 'openai', organizationId: null }

describe('a damaged or hostile file', () => {
  it(
    'of a register or a table is read, or refused in words',
    () => {
      fc.assert(
        fc.property(mutated([...REGISTERS, ...TABLES]), fc.constantFrom(...KINDS), (content, kind) => {
          const read = readFile({ kind, content, mapping: undefined, moment: MOMENT, csvTarget })
          expect(read.ok || [read.reason, read.hint].every((words) => words.length > 0)).toBe(true)
        }),
        drillRuns('fuzz-registers'),
      )
    },
    DRILL_LIMIT_MS,
  )

  it(
    'about people is read, or refused in words',
    () => {
      fc.assert(
        fc.property(mutated(TABLES), fc.constantFrom(undefined, 'csv', 'google', 'scim'), (content, format) => {
          const read = readPersonnelFile(
            { content: content as Uint8Array<ArrayBuffer>, format, mapping: undefined },
            MOMENT,
          )
          expect('entries' in read || read.reason.length > 0).toBe(true)
        }),
        drillRuns('fuzz-people'),
      )
    },
    DRILL_LIMIT_MS,
  )

  it(
    'of a plan is read, or has problems that can be listed',
    () => {
      fc.assert(
        fc.property(mutated(PLAN_TEMPLATES.map((template) => printPlan(planFromTemplate(template)))), (content) => {
          const { plan, problems } = parsePlan(new TextDecoder().decode(content))
          expect(plan !== null || problems.length > 0).toBe(true)
          expect(problems.length).toBeLessThanOrEqual(MOST_PROBLEMS + 1)
        }),
        drillRuns('fuzz-plans'),
      )
    },
    DRILL_LIMIT_MS,
  )

  it(
    'of a connection is read, or refused in words',
    async () => {
      const path = join(mkdtempSync(join(tmpdir(), 'castellan-fuzz-')), 'azure.json')
      const texts = [JSON.stringify(exampleFile()), JSON.stringify(exampleFile(), null, 2)]
      await fc.assert(
        fc.asyncProperty(mutated(texts), async (content) => {
          writeFileSync(path, content)
          const error = await openFile({ credential: '', baseUrl: null, path }, new AbortController().signal).then(
            () => null,
            (reason: unknown) => reason,
          )
          expect(error === null || error instanceof FileRefused).toBe(true)
        }),
        drillRuns('fuzz-provider-files'),
      )
    },
    DRILL_LIMIT_MS,
  )

  it(
    'of usage records is read within the bounds of a record, or refused in words',
    async () => {
      const most = [
        USAGE_BOUNDS.requests,
        USAGE_BOUNDS.tokens,
        USAGE_BOUNDS.tokens,
        0,
        USAGE_BOUNDS.tokens,
        USAGE_BOUNDS.dollars * 1e6,
        0,
        999,
      ]
      await fc.assert(
        fc.asyncProperty(mutated(RECORDS), async (content) => {
          const text = Readable.from([content])
          const isBeyond = (measure: number, n: number): boolean => !(measure >= 0 && measure <= (most[n] ?? 0))
          const read = await Array.fromAsync(readRecords({ text, seed: 1, lastDay: 20_800 })).catch(
            (error: unknown) => error,
          )
          const batches = Array.isArray(read) ? (read as RecordBatch[]) : []
          expect(Array.isArray(read) || read instanceof RecordsRefused).toBe(true)
          for (const { count, measures, problems } of batches) {
            for (const [n, values] of measures.entries()) {
              expect(values?.subarray(0, count).some((value) => isBeyond(value, n)) ?? false).toBe(false)
            }
            expect(problems.length).toBeLessThanOrEqual(MOST_PROBLEMS)
          }
        }),
        drillRuns('fuzz-usage'),
      )
    },
    DRILL_LIMIT_MS,
  )
})
