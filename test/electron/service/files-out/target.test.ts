import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import type { Service } from '../../../../electron/service/process/open.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { writeTarget } from '../../../../shared/contract/common.ts'

import { newSampleService } from '../../../sample-profile.ts'
import { refused } from '../seeded.ts'
import { emptyProfile, newProfile, newService, recordingHost } from '../services.ts'

/** The operations that write to a target, with the field of the target: read from the contract. */
const WRITERS = Object.entries(contract).flatMap(([area, operations]) =>
  Object.entries(operations).flatMap(([name, operation]) => {
    const schema: unknown = isContractProcedure(operation) ? operation['~orpc'].inputSchema : null
    const shape = schema instanceof z.ZodObject ? Object.entries(schema.shape) : []
    return shape.flatMap(([field, each]) => (each === writeTarget ? [{ operation: `${area}.${name}`, field }] : []))
  }),
)

/** The other input of each. */
const GIVEN: Readonly<Record<string, object>> = {
  'files.exportRegister': { format: 'md' },
  'files.exportCalendar': {},
  'files.exportPicture': { title: 'Spend', format: 'svg', content: '<?xml version="1.0"?>\n<svg >' },
  'files.exportTable': { title: 'Keys', format: 'csv', header: ['Key'], rows: [['prod-web']] },
  'reports.export': { kind: 'monthly', period: '2026-10', source: 'billed', format: 'csv' },
  'plan.export': { planId: 1, format: 'yaml' },
  'app.saveDiagnostics': {},
  'app.saveRecoveryKit': { confirm: 'SHOW' },
  'evidence.pack': { reviewId: 1 },
  'evidence.summary': { reviewId: 1, format: 'html' },
  'offboarding.certificate': { client: 'acme' },
}

function call({ api }: Service, operation: string, where: object): Promise<unknown> {
  const given = GIVEN[operation]
  if (given === undefined) throw new Error(`Add to GIVEN the input of ${operation}.`)
  const [area = '', name = ''] = operation.split('.')
  const areas = api as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>
  return areas[area]![name]!({ ...given, ...where })
}

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'castellan-target-')))
}

/** Every file below a folder with the hash of its content. */
function readContent(folder: string): readonly string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      // The log of the profile records what was refused.
      .filter((entry) => entry.isFile() && entry.name !== 'castellan.log')
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => `${relative(folder, path)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
      .toSorted()
  )
}

/** A service on a profile with its sample's folder beside another profile of the same person. */
async function twoProfiles() {
  const profile = await emptyProfile()
  const service = await newService({ profile })
  mkdirSync(join(profile, 'backups'), { recursive: true })
  mkdirSync(join(profile, 'sample-agency'))
  writeFileSync(join(profile, 'evidence.key'), 'key')
  const other = join(newProfile(), 'other')
  mkdirSync(join(other, 'inner'), { recursive: true })
  // A folder whose register was lost is still a profile.
  writeFileSync(join(other, 'profile-id'), '0123456789abcdef\n')
  return { service, profile, other }
}

it('every operation of the contract that writes to a target is tested here', () => {
  expect(WRITERS.map(({ operation }) => operation).toSorted()).toEqual(Object.keys(GIVEN).toSorted())
})

describe.each(WRITERS)('$operation', ({ operation, field }) => {
  const isFolder = field === 'directory'

  it('writes nothing inside a profile: its own, that of the sample, another one, by name or through a link', async () => {
    const { service, profile, other } = await twoProfiles()
    const outside = newFolder()
    symlinkSync(profile, join(outside, 'link'))
    symlinkSync(join(profile, 'register.key'), join(outside, 'key.md'))
    const before = [readContent(profile), readContent(other)]
    const folders = [
      profile,
      join(profile, 'backups'),
      join(profile, 'sample-agency'),
      join(outside, 'link'),
      join(outside, 'link', 'backups'),
      other,
      join(other, 'inner'),
    ]
    const files = [
      ...readdirSync(profile, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => join(profile, name)),
      ...folders.map((folder) => join(folder, 'new.md')),
      join(outside, 'key.md'),
    ]
    for (const path of isFolder ? folders : files) {
      const refusal = await refused(call(service, operation, { [field]: path, ...(isFolder ? {} : { force: true }) }))
      expect({ path, refusal }).toMatchObject({
        refusal: { code: 'INVALID', data: { field }, message: expect.stringContaining('inside the profile') as string },
      })
    }
    expect([readContent(profile), readContent(other)]).toEqual(before)
  })

  it('accepts no path from a window, and no handle that a dialog did not issue', async () => {
    const folder = newFolder()
    const path = isFolder ? folder : join(folder, 'new.md')
    const service = await newService({ host: recordingHost('electron', { outcome: 'chosen', path }) })
    const of = { suggestedName: '', extension: 'md' }
    const [file, directory] = [
      await service.api.desktop.saveTarget(of),
      await service.api.desktop.saveTarget({ ...of, folder: true }),
    ].map((answer) => (answer.outcome === 'chosen' ? answer.handle : ''))
    const wrong = isFolder ? file : directory
    for (const where of [path, { handle: 'made-up' }, { handle: path }, { handle: wrong }]) {
      expect(await refused(call(service, operation, { [field]: where }))).toMatchObject({
        code: 'INVALID',
        data: { field },
      })
    }
    expect(readdirSync(folder)).toEqual([])
  })

  it('accepts a handle once, also when it cannot do its work', async () => {
    const folder = newFolder()
    const path = isFolder ? folder : join(folder, 'new.md')
    const service = await newService({ host: recordingHost('chromium', { outcome: 'chosen', path }) })
    const answer = await service.api.desktop.saveTarget({ suggestedName: '', extension: '', folder: isFolder })
    const where = { [field]: { handle: answer.outcome === 'chosen' ? answer.handle : '' } }
    await call(service, operation, where).catch(() => undefined)
    expect(await refused(call(service, operation, where))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('is valid once') as string,
    })
  })
})

describe.each(WRITERS.filter(({ field }) => field === 'path'))('$operation to a file', ({ operation }) => {
  it('replaces nothing without force, and nothing that a dialog did not ask about', async () => {
    const folder = newFolder()
    const path = join(folder, 'mine.md')
    writeFileSync(path, 'mine')
    const terminal = await newService()
    expect(await refused(call(terminal, operation, { path }))).toMatchObject({
      code: 'INVALID',
      message: `${path} exists already.`,
      data: { field: 'path', hint: 'To replace it, add --force; or choose another name.' },
    })
    // A file that appeared after the answer was not asked about.
    const late = join(folder, 'late.md')
    const window = await newService({ host: recordingHost('electron', { outcome: 'chosen', path: late }) })
    const answer = await window.api.desktop.saveTarget({ suggestedName: '', extension: 'md' })
    writeFileSync(late, 'late')
    const handle = answer.outcome === 'chosen' ? answer.handle : ''
    expect(await refused(call(window, operation, { path: { handle } }))).toMatchObject({ code: 'INVALID' })
    expect([path, late].map((file) => readFileSync(file, 'utf8'))).toEqual(['mine', 'late'])
  })
})

describe('an existing file', () => {
  it('is replaced with force in a terminal, and in a window whose dialog asked', async () => {
    const path = join(newFolder(), 'register.md')
    writeFileSync(path, 'before')
    const terminal = await newService()
    await terminal.api.files.exportRegister({ format: 'md', path, force: true })
    expect(readFileSync(path, 'utf8')).toContain('## AI Platform Access Register')
    writeFileSync(path, 'before')
    const window = await newService({ host: recordingHost('electron', { outcome: 'chosen', path }) })
    const answer = await window.api.desktop.saveTarget({ suggestedName: 'register.md', extension: 'md' })
    if (answer.outcome !== 'chosen') throw new Error('The dialog was answered.')
    await window.api.files.exportRegister({ format: 'md', path: { handle: answer.handle } })
    expect(readFileSync(path, 'utf8')).toContain('## AI Platform Access Register')
  })
})

describe('a folder that is missing', () => {
  it.each(['files.exportRegister', 'files.exportCalendar', 'app.saveDiagnostics', 'reports.export'])(
    'is created by %s, with its parents, for this user alone',
    async (operation) => {
      const service = await newSampleService()
      const folder = newFolder()
      const path = join(folder, 'one', 'two', 'file')
      const period = new Date().toISOString().slice(0, 7)
      await call(service, operation, { path, ...(operation === 'reports.export' ? { period } : {}) })
      expect(readdirSync(join(folder, 'one', 'two'))).toEqual(['file'])
      const modes = [join(folder, 'one'), join(folder, 'one', 'two')].map((made) => statSync(made).mode & 0o777)
      expect(process.platform === 'win32' ? [0o700, 0o700] : modes).toEqual([0o700, 0o700])
    },
  )

  it('is not created in a profile, nor below a file, nor where the work is refused', async () => {
    const service = await newSampleService()
    const { profile } = service.context.session()
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    for (const path of [join(profile, 'one', 'a.md'), join(folder, 'file', 'one', 'a.md')])
      expect(await refused(call(service, 'files.exportRegister', { path }))).toMatchObject({ code: 'INVALID' })
    const path = join(folder, 'one', 'a.md')
    expect(await refused(call(service, 'files.exportRegister', { path, client: 'nobody' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(readdirSync(folder)).toEqual(['file'])
    expect(readdirSync(profile)).not.toContain('one')
  })
})
