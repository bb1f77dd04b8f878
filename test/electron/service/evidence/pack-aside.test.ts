import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { inOneState } from '../../../../electron/register/read/report.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { makeTerms } from '../../../../electron/service/evidence/pack.ts'
import { runAside, WRITE_PACK } from '../../../../electron/service/evidence/pack-aside.ts'
import { newPackFolder, type PackFolder } from '../../../../electron/service/evidence/pack-folder.ts'
import { readContent } from '../../../../electron/service/evidence/read-pack.ts'
import { readKey, writeSignedPack } from '../../../../electron/service/evidence/signed-pack.ts'
import { writePack } from '../../../../electron/service/evidence/write-pack.ts'
import { folderTarget } from '../../../../electron/service/files-out/target.ts'
import type { SigningKey } from '../../../../electron/secrets/signing-key.ts'
import { newFolder, reviewed } from './packs.ts'

const GATED = join(import.meta.dirname, 'gated-pack-thread.ts')

async function waiting() {
  const { service, reviewId, api } = await reviewed()
  const { context } = service
  const write = ({ draft }: PackFolder, { publicPem, fingerprint, sign }: SigningKey, signal?: AbortSignal) => {
    const terms = makeTerms(context, reviewId, { publicPem, fingerprint, sign })
    return runAside(context, WRITE_PACK, { draft, terms, key: { publicPem, fingerprint } }, { signal, file: GATED })
  }
  return { api, context, reviewId, write }
}

function newPack(name: string): PackFolder {
  const path = join(newFolder(), name)
  return newPackFolder({ name, path, zipPath: `${path}.zip` })
}

function readFiles({ draft }: PackFolder): ReadonlyMap<string, string> {
  return new Map(readdirSync(draft.temporary).map((name) => [name, readFileSync(join(draft.temporary, name), 'hex')]))
}

async function hasBegun(folder: string): Promise<void> {
  const isBegun = (): boolean => readdirSync(folder).some((name) => existsSync(join(folder, name, 'begun')))
  while (!isBegun()) await setTimeout(5)
}

it('a pack is written by a thread with the bytes that the service writes, which answers meanwhile', async () => {
  const { api, context, reviewId, write } = await waiting()
  const key = await readKey(context)
  const here = newPack('here')
  const there = newPack('there')
  const writing = write(there, key)
  await hasBegun(join(there.draft.path, '..'))
  expect((await api.reviews.items({ reviewId })).total).toBeGreaterThan(0)
  const reader = getReader(context)
  const done = inOneState(reader, () => writePack(here, readContent(reader, makeTerms(context, reviewId, key)), key))
  writeFileSync(`${there.draft.path}.go`, '')
  expect(await writing).toEqual(done)
  rmSync(join(there.draft.temporary, 'begun'))
  expect(readFiles(there)).toEqual(readFiles(here))
  expect(readFiles(here).size).toBe(done.names.length - 1)
})

it('a pack whose writing is cancelled leaves nothing behind, and no row of the audit log', async () => {
  const { context, write } = await waiting()
  await readKey(context)
  const rows = (): number | undefined => getReader(context).value<number>('SELECT count(*) FROM journal')
  const before = rows()
  const stop = new AbortController()
  const directory = newFolder()
  const packing = writeSignedPack(context, {
    folder: folderTarget(context, directory),
    zip: true,
    signal: stop.signal,
    getName: () => 'pack',
    write: (files, key) => write(files, key, stop.signal),
    entry: { action: 'evidence.packed', client: 'acme', subject: 'Roles', area: 'reviews' },
    body: () => ({}),
  })
  const refusal = packing.catch((error: unknown) => error)
  await hasBegun(directory)
  stop.abort()
  expect(await refusal).toMatchObject({
    code: 'CONFLICT',
    message: 'No evidence was written, since that was cancelled.',
  })
  expect(readdirSync(directory)).toEqual([])
  expect(rows()).toBe(before)
})
