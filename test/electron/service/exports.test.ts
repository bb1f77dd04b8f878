import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { replaceUsageDays } from '../../../electron/register/usage/days.ts'
import { setReportState } from '../../../electron/register/usage/reports.ts'
import { makeRegister } from '../../../electron/service/core/context.ts'
import type * as WriteFile from '../../../electron/service/files-out/write-file.ts'
import type { Service } from '../../../electron/service/process/open.ts'
import { streamText, type TextInputs, type TextOperation } from '../../../electron/service/process/text-streams.ts'
import type { Change } from '../../../shared/contract/changes.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { awaitImport } from '../../../shared/contract/import-result.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { depart } from '../register/leavers/depart.ts'
import { day, fact } from './reports/spending.ts'
import { newService } from './services.ts'

/** The most characters or bytes that an export may hold of its text. */
const MOST = 1 << 17

/** The sizes of the pieces that were given to the writer of files. */
const given: number[] = []

vi.mock('../../../electron/service/files-out/write-file.ts', async (load) => {
  const real = await load<typeof WriteFile>()
  function* counted(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
    for (const piece of pieces) {
      given.push(piece.length)
      yield piece
    }
  }
  return {
    ...real,
    stageFile: (target, pieces) => real.stageFile(target, counted(pieces)),
    writePieces: (draft, pieces) => real.writePieces(draft, counted(pieces)),
  } satisfies typeof WriteFile
})

/** Operations that write a file or a folder, and those that answer a text. */
function listExports(): { readonly files: string[]; readonly texts: string[] } {
  const files: string[] = []
  const texts: string[] = []
  for (const [area, own] of Object.entries(contract)) {
    for (const [name, operation] of Object.entries(own)) {
      if (!isContractProcedure(operation)) continue
      const { inputSchema: input, outputSchema: output } = operation['~orpc']
      const asked = input instanceof z.ZodObject ? Object.keys(input.shape) : []
      const isFile = (asked.includes('path') && asked.includes('force')) || asked.includes('directory')
      if (isFile) files.push(`${area}.${name}`)
      else if (output instanceof z.ZodObject && output.shape['text'] instanceof z.ZodString)
        texts.push(`${area}.${name}`)
    }
  }
  return { files, texts }
}

/** Why the text or file of an operation cannot grow with the register. */
const BOUNDED: Readonly<Record<string, string>> = {
  'app.diagnostics': 'counts, and the last syncs and lines of the log',
  'app.saveDiagnostics': 'counts, and the last syncs and lines of the log',
  'app.saveRecoveryKit': 'one page',
  'evidence.summary': 'lists at most 2,000 items',
  'files.exportPicture': 'one picture, whose size the contract limits',
  'files.exportTable': 'rows that a window gives, whose number the contract limits',
  'impact.markdown': 'lists at most 500 keys and accounts of one removal',
  'offboarding.markdown': 'lists at most 1,000 items of one client',
  'plan.document': 'one plan',
  'plan.export': 'one plan',
  'plan.toYaml': 'one plan',
}

/** A pack is written record by record into files of lines, by a thread. */
const PACK = 'evidence.pack'

/** Written record by record into files of lines, from the rows of one client. */
const CERTIFICATE = 'offboarding.certificate'

const ALL = { since: { at: 0 } } as const
const OCTOBER = { kind: 'monthly', period: '2026-10', source: 'billed' } as const

/** How each text that grows is asked for. */
const TEXTS: { readonly [O in TextOperation]: readonly TextInputs[O][] } = {
  'files.renderRegister': [{ format: 'md' }, { format: 'csv' }, { format: 'json' }],
  'files.renderCalendar': [{}],
  'changes.markdown': [ALL],
  'keyless.markdown': [{}],
  'leavers.report': [{}],
  'reports.render': [
    { ...OCTOBER, format: 'md' },
    { ...OCTOBER, format: 'html' },
    { ...OCTOBER, format: 'csv' },
    { ...OCTOBER, format: 'focus' },
    { kind: 'weekly', period: '2026-W42', source: 'billed', format: 'md' },
  ],
}

/** How each file that grows is written. */
const FILES: Readonly<Record<string, (api: Service['api'], path: string) => (() => Promise<unknown>)[]>> = {
  'files.exportRegister': (api, path) =>
    (['md', 'csv', 'json'] as const).map(
      (format) => () => api.files.exportRegister({ format, path: `${path}.${format}` }),
    ),
  'files.exportCalendar': (api, path) => [() => api.files.exportCalendar({ path })],
  'reports.export': (api, path) =>
    (['md', 'html', 'csv', 'focus'] as const).map(
      (format) => () => api.reports.export({ ...OCTOBER, format, path: `${path}.${format}` }),
    ),
}

/** Enough for a text several times as long as the longest piece. A register in Markdown has the accounts of a client in a piece. */
const COUNT = 1500
const CLIENTS = 6

/** People with a key each, who all left, and as many projects that all spent something on one day. */
async function grown(): Promise<Service> {
  const service = await newService()
  const numbers = Array.from({ length: COUNT }, (_, n) => n)
  for (let at = 0; at < CLIENTS; at += 1) {
    const own = numbers.filter((n) => n % CLIENTS === at)
    const content = [
      `### OpenAI (org-acme-${at})\n`,
      '| Person | Role | Projects | Last Review |',
      '| --- | --- | --- | --- |',
      ...own.map((n) => `| Person Number ${n} <person-${n}@acme.example> | owner | ChatBot, Website | - |`),
      // In an organization of their own, so that no leaver saw them.
      `\n### OpenAI (org-keys-${at})\n`,
      '| Person | Role | Projects | Last Review |',
      '| --- | --- | --- | --- |',
      '\n### Service Accounts\n',
      '| Account | Purpose | Key ID | Rotation Due |',
      '| --- | --- | --- | --- |',
      ...own.map((n) => `| account-${n} | for the deployment of the website | key_${n} | 2026-01-01 |`),
      '',
    ].join('\n')
    const { slug: client } = await service.api.client.add({ name: `Acme ${at}` })
    const file = { client, kind: 'register', fileName: 'register.md' } as const
    await awaitImport(service.api.files.import({ ...file, content: new TextEncoder().encode(content) }))
  }
  makeRegister(service.context).transact((writer) => {
    depart(writer)
    const [connectionId = 0, clientId = 0] = Object.values(
      writer.get<Record<string, number>>('SELECT id, client_id FROM connection ORDER BY id LIMIT 1') ?? {},
    )
    const facts = numbers.map((n) =>
      fact('2026-10-14', { project: `project-${n}-${'of-the-website-'.repeat(5)}`, model: 'gpt-5.4', cost: 1000 + n }),
    )
    const span = { report: 'cost', from: day('2026-10-01'), to: day('2026-11-01') } as const
    replaceUsageDays(writer, { clientId, connectionId }, { ...span, facts })
    const { from: readFrom, to: readTo } = span
    const ended = {
      report: 'cost',
      state: 'complete',
      reason: null,
      readFrom,
      readTo,
      way: 0,
      wayAt: 0,
      at: 0,
    } as const
    setReportState(writer, connectionId, ended)
  })
  return service
}

describe('an export', () => {
  it('is either passed on in pieces, or of a size that does not grow with the register', () => {
    const { files, texts } = listExports()
    expect([...files, ...texts].toSorted()).toEqual(
      [...Object.keys(TEXTS), ...Object.keys(FILES), ...Object.keys(BOUNDED), PACK, CERTIFICATE].toSorted(),
    )
  })

  it('that grows is answered and written in pieces that do not', async () => {
    const service = await grown()
    for (const [operation, inputs] of Object.entries(TEXTS) as [
      TextOperation,
      readonly TextInputs[TextOperation][],
    ][]) {
      for (const input of inputs) {
        const sizes = [...(await streamText(service.context, operation, input))].map((piece) => piece.length)
        const about = `${operation} ${JSON.stringify(input)}`
        expect(describePieces(about, sizes)).toEqual({ about, isLong: true, isInPieces: true })
      }
    }
    const folder = mkdtempSync(join(tmpdir(), 'castellan-exports-'))
    for (const [operation, write] of Object.entries(FILES)) {
      for (const written of write(service.api, join(folder, operation))) {
        given.length = 0
        await written()
        expect(describePieces(operation, given)).toEqual({ about: operation, isLong: true, isInPieces: true })
      }
    }

    // What is read slice by slice is what is read together.
    const { rows } = await service.api.changes.list({ ...ALL, limit: 100_000 })
    expect(rows.length).toBeGreaterThan(2 * COUNT)
    const changes = await printed(service, 'changes.markdown', ALL)
    const lines = changes.split('\n').filter((line) => line.startsWith('| 20'))
    expect(lines.flatMap(splitProjects).toSorted()).toEqual(rows.map(toLine).toSorted())
    const leavers = await printed(service, 'leavers.report', {})
    const [head = '', ...sections] = leavers.split(/(?=\n### )/u)
    expect(head).toContain(`${COUNT} leavers hold access`)
    expect(sections).toHaveLength(COUNT)
    const { rows: people } = await service.api.leavers.list({ sort: { by: 'departed', direction: 'asc' }, limit: 300 })
    for (const at of [0, 199, 200, 299]) {
      const one = await printed(service, 'leavers.report', { personId: people[at]?.personId })
      expect(one.slice(one.indexOf('\n### '))).toBe(sections[at])
    }
  })
})

/** Whether a text is several times as long as its pieces may be, and each of these is short. */
function describePieces(about: string, sizes: readonly number[]) {
  const length = sizes.reduce((all, size) => all + size, 0)
  return { about, isLong: length > 2 * MOST, isInPieces: Math.max(...sizes) < MOST }
}

async function printed<O extends TextOperation>(service: Service, operation: O, input: TextInputs[O]): Promise<string> {
  return [...(await streamText(service.context, operation, input))].join('')
}

/** A line about several projects as one line for each of them. */
function splitProjects(line: string): readonly string[] {
  const cells = line.split(' | ')
  return (cells[PROJECT] ?? '').split(', ').map((project) => cells.with(PROJECT, project).join(' | '))
}

/** The place of the project among the cells of a line. */
const PROJECT = 5

/** The line of a change whose cells need no escape. */
function toLine({ sync, client, connection, kind, subject, project, before, after, madeBy }: Change): string {
  const at = new Date(sync.at).toISOString().replace(/\.\d+Z$/u, 'Z')
  const cells = [
    at,
    client.name,
    connection.label,
    changeWord(kind),
    subject.name,
    project?.name,
    before,
    after,
    madeBy?.name,
  ]
  return `| ${cells.map((cell) => cell ?? '').join(' | ')} |`
}
