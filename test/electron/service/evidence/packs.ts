import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { writePackCsv } from '../../../../electron/service/evidence/pack-csv.ts'
import { getNamedFolder } from '../../../../electron/service/files-out/write-named.ts'
import { acmeParts, type Seeded, seeded } from '../seeded.ts'
import type { newService } from '../services.ts'
import { insertClient } from '../../../fixtures/decided-rows.ts'

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'castellan-evidence-'))

export interface Packed extends Seeded {
  readonly reviewId: number
  readonly folder: string
  readonly zip: string
  readonly fingerprint: string
}

/**
 * A service with one signed review of roles, in which one person is to be removed, and a row of another client in
 * between.
 */
export async function reviewed(options: Parameters<typeof newService>[0] = {}): Promise<Seeded & { reviewId: number }> {
  const all = await seeded(options)
  const { api, clock } = all
  all.read(all.connections.acme, acmeParts())
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'The lists are short here.' })
  const { rows } = await api.reviews.items({ reviewId })
  const [first = 0, ...rest] = rows.map(({ itemId }) => itemId)
  clock.now += 3_600_000
  await api.client.update({ slug: 'borealis', notes: 'A secret of Borealis.' })
  await api.reviews.decide({ reviewId, items: [first], decision: 'remove', why: 'Left, =SUM(A1)\n| second line <b>' })
  await api.reviews.decide({
    reviewId,
    items: rest,
    decision: 'keep',
    why: '=1+1 | needed; *checked* with <b>the lead',
  })
  await api.reviews.sign({ reviewId, as: 'Mara Lindqvist' })
  return { ...all, reviewId }
}

/** The same, packed. */
export async function packed(options: Parameters<typeof newService>[0] = {}): Promise<Packed> {
  const all = await reviewed(options)
  const { path, zipPath, fingerprint } = await all.api.evidence.pack({
    reviewId: all.reviewId,
    directory: newFolder(),
    zip: true,
  })
  return { ...all, folder: path, zip: zipPath ?? '', fingerprint }
}

/** Adds a client without the service, without a row of the journal. */
export function enterClient(service: Seeded['service'], slug: string): void {
  makeRegister(service.context).transact((writer) =>
    insertClient(writer, { slug, name: slug, kind: 'client', colour: '#117733', domains: [], notes: '', at: 0 }),
  )
}

/** The records of a file of JSON Lines. */
export function toRecords<T>(text: string): readonly T[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
}

const made = new Map<string, Promise<string>>()

/** The folder with the CSV files of a pack, which are made once. */
export function makeCsv(pack: string): Promise<string> {
  const folder = made.get(pack) ?? writePackCsv(pack, getNamedFolder(newFolder(), newFolder())).then(({ path }) => path)
  made.set(pack, folder)
  return folder
}

export type Cells = Readonly<Record<string, string>>

/** A table of a pack as people see it: in the CSV file that is made of it. */
export async function toCsv(pack: string, name: string): Promise<Cells[]> {
  return parse<Cells>(readFileSync(join(await makeCsv(pack), `${name}.csv`), 'utf8'), { columns: true })
}
