import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { checkFolders } from '../../../../electron/service/usage/folders.ts'
import { watchFolders } from '../../../../electron/service/usage/watch-folders.ts'
import type { FolderFile } from '../../../../shared/contract/usage-folders.ts'
import { gathered } from '../fakes.ts'
import { newService, recordingHost } from '../services.ts'

const PATIENCE = { settleMs: 20, openLineMs: 3_600_000 }

const line = (id: string, cost: number): string =>
  `${JSON.stringify({ timestamp: '2026-11-03T10:00:00Z', request_id: id, feature: 'chat', cost })}\n`

async function agency(): Promise<Service & { readonly folder: string }> {
  const service = await newService()
  await service.api.client.add({ name: 'Acme' })
  const folder = mkdtempSync(join(tmpdir(), 'castellan-folder-'))
  await service.api.usageFolders.add({ client: 'acme', path: folder })
  return { ...service, folder }
}

async function check(service: Service): Promise<{ readonly files: FolderFile[]; readonly moving: boolean }> {
  const files: FolderFile[] = []
  const moving = await checkFolders(
    service.context,
    {},
    { signal: new AbortController().signal, patience: PATIENCE, tell: (file) => void files.push(file) },
  )
  return { files, moving }
}

async function spent({ api }: Service): Promise<number> {
  return (await api.usage.by({ month: '2026-11', by: 'feature', source: 'claimed' })).total.cost / 1e6
}

describe('a watched folder', () => {
  it('imports each file once, and of one that grew only the new part', async () => {
    const service = await agency()
    const path = join(service.folder, 'app.jsonl')
    writeFileSync(path, line('1', 1) + line('2', 2))
    writeFileSync(join(service.folder, 'notes.txt'), 'nothing')
    writeFileSync(join(service.folder, 'empty.csv'), '')
    expect((await check(service)).files).toMatchObject([{ name: 'app.jsonl', state: 'taken', counted: 2, says: null }])
    expect((await check(service)).files).toEqual([])
    appendFileSync(path, line('3', 4))
    expect((await check(service)).files).toMatchObject([{ name: 'app.jsonl', counted: 1, repeated: 2 }])
    expect(await spent(service)).toBe(7)
    const [folder] = await service.api.usageFolders.list({ client: 'acme' })
    expect(folder).toMatchObject({ readable: true, fileCount: 1, files: [{ name: 'app.jsonl', counted: 1 }] })
  })

  it('skips a file whose last line is not complete, until it seems to be finished', async () => {
    const service = await agency()
    const path = join(service.folder, 'app.csv')
    writeFileSync(path, 'timestamp,request_id,feature,cost\n2026-11-03,1,chat,1')
    expect(await check(service)).toEqual({ files: [], moving: true })
    appendFileSync(path, '2.5\n')
    expect((await check(service)).files).toMatchObject([{ counted: 1 }])
    expect(await spent(service)).toBe(12.5)
    const old = join(service.folder, 'old.csv')
    writeFileSync(old, 'timestamp,request_id,feature,cost\n2026-11-03,2,chat,1')
    utimesSync(old, new Date('2026-01-01'), new Date('2026-01-01'))
    expect((await check(service)).files).toMatchObject([{ name: 'old.csv', counted: 1 }])
  })

  it('skips a file that grows while it is looked at', async () => {
    const service = await agency()
    const path = join(service.folder, 'app.jsonl')
    writeFileSync(path, line('1', 1))
    const looked = checkFolders(
      service.context,
      {},
      { signal: new AbortController().signal, patience: { ...PATIENCE, settleMs: 300 }, tell: () => undefined },
    )
    const writing = setInterval(() => appendFileSync(path, line(String(Math.random()), 1)), 20)
    expect(await looked).toBe(true)
    clearInterval(writing)
    expect((await service.api.usageFolders.list({}))[0]?.fileCount).toBe(0)
  })

  it('reports once why a file cannot be read, and which rows were refused', async () => {
    const service = await agency()
    writeFileSync(join(service.folder, 'bad.csv'), 'a,b\n1,2\n')
    writeFileSync(join(service.folder, 'some.jsonl'), `${line('1', 1)}{"timestamp":"soon"}\n`)
    expect((await check(service)).files).toMatchObject([
      { name: 'bad.csv', state: 'refused', says: expect.stringMatching(/No column contains the time/u) as string },
      {
        name: 'some.jsonl',
        state: 'partial',
        counted: 1,
        refused: 1,
        says: 'Line 2: "soon" is not a valid date or time.',
      },
    ])
    expect((await check(service)).files).toEqual([])
    writeFileSync(join(service.folder, 'bad.csv'), 'timestamp,cost\n2026-11-03,2\n')
    expect((await check(service)).files).toMatchObject([{ name: 'bad.csv', state: 'taken' }])
  })

  it('is a folder that exists, watched for one client; what was imported stays when it is removed', async () => {
    const service = await agency()
    const { api, folder } = service
    await api.client.add({ name: 'Other' })
    await expect(api.usageFolders.add({ client: 'other', path: `${folder}/` })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/for Acme/u) as string,
    })
    for (const path of ['logs', join(folder, 'nowhere')]) {
      await expect(api.usageFolders.add({ client: 'other', path })).rejects.toMatchObject({ code: 'INVALID' })
    }
    writeFileSync(join(folder, 'app.jsonl'), line('1', 1))
    await check(service)
    const [known] = await api.usageFolders.list({})
    rmSync(folder, { recursive: true })
    expect((await api.usageFolders.list({}))[0]).toMatchObject({ readable: false })
    expect((await check(service)).files).toEqual([])
    await api.usageFolders.remove({ folderId: known?.folderId ?? 0 })
    expect(await api.usageFolders.list({})).toEqual([])
    expect(await spent(service)).toBe(1)
    await expect(api.usageFolders.remove({ folderId: 7 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('watching', () => {
  it('imports what appears, what grows, and the files of a folder that is added meanwhile', async () => {
    const service = await agency()
    const files: FolderFile[] = []
    const stop = watchFolders(service.context, {
      scope: {},
      patience: PATIENCE,
      tell: (file) => void files.push(file),
    })
    const path = join(service.folder, 'app.jsonl')
    writeFileSync(path, line('1', 1))
    await vi.waitFor(() => expect(files).toMatchObject([{ counted: 1 }]), { timeout: 20_000 })
    appendFileSync(path, line('2', 2))
    await vi.waitFor(() => expect(files).toHaveLength(2), { timeout: 20_000 })
    const second = mkdtempSync(join(tmpdir(), 'castellan-folder-'))
    writeFileSync(join(second, 'more.jsonl'), line('3', 4))
    await service.api.usageFolders.add({ client: 'acme', path: second })
    await vi.waitFor(() => expect(files).toHaveLength(3), { timeout: 20_000 })
    await stop()
    expect(await spent(service)).toBe(7)
  })

  it('works while a window is open, and a desktop notification reports what could not be imported', async () => {
    const host = recordingHost('chromium')
    const service = await newService({ host })
    await service.api.client.add({ name: 'Acme' })
    const folder = mkdtempSync(join(tmpdir(), 'castellan-folder-'))
    writeFileSync(join(folder, 'bad.csv'), 'a,b\n1,2\n')
    await service.api.usageFolders.add({ client: 'acme', path: folder })
    await vi.waitFor(() => expect(host.notifications).toMatchObject([{ title: 'Acme: bad.csv was not imported' }]), {
      timeout: 20_000,
    })
  })

  it('and importing manually at the same time count each request once', async () => {
    const service = await agency()
    const path = join(service.folder, 'app.jsonl')
    writeFileSync(path, Array.from({ length: 2000 }, (_, n) => line(String(n), 1)).join(''))
    const byHand = async (): Promise<unknown> => gathered(await service.api.usage.import({ client: 'acme', path }))
    await Promise.all([byHand(), check(service), byHand()])
    await byHand()
    expect(await spent(service)).toBe(2000)
  })
})
