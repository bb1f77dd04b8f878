import { tmpdir } from 'node:os'
import { basename, join, win32 } from 'node:path'

import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newTemporary } from '../../electron/files/temporary.ts'
import { freePath } from '../../electron/register/db/backup.ts'
import { getSampleProfile, profilePaths } from '../../electron/service/profile/paths.ts'
import { LONGEST_ON_WINDOWS } from '../../electron/service/profile/place.ts'
import { exportName } from '../../renderer/entities/export-choice.ts'
import { tableName } from '../../renderer/entities/export-table.ts'
import { reportName } from '../../renderer/features/reports/labels.ts'
import { freeSlug, toSlug } from '../../shared/domain/client.ts'
import { packName } from '../../shared/report/evidence-pack.ts'
import { anyString } from '../any-string.ts'
import { foldOnMac, foldOnWindows, isNameOnWindows } from './names.ts'

const RESERVED = ['CON', 'nul', 'Aux.', 'COM1', 'lpt9.txt', 'PRN ', 'a:b', 'x?', '..', 'Ünï', 'ends in a dot.', 'C:\\x']

/** Names that a client may have. */
const clients = fc.oneof(fc.constantFrom(...RESERVED), anyString())

const NOW = Date.UTC(2026, 10, 25, 10)

const namesOf = (client: string): readonly string[] => [
  exportName({ format: 'md', client, sample: false, now: NOW }),
  exportName({ format: 'ics', client, sample: true, now: NOW }),
  tableName({ title: client, format: 'csv', client, sample: false, now: NOW }),
  reportName({ kind: 'weekly', client, period: '2026-W47', format: 'focus', sample: false }),
  packName({ client: { slug: client, name: client, colour: '' }, kind: 'admins' }, '2026-11-25', 1),
]

it('files that are named after a client have names on every system', () => {
  fc.assert(
    fc.property(clients, (name) => {
      expect(namesOf(freeSlug(toSlug(name), new Set())).filter((each) => !isNameOnWindows(each))).toEqual([])
    }),
  )
})

it('clients whose names differ have files whose names differ on every system', () => {
  fc.assert(
    fc.property(fc.uniqueArray(clients, { minLength: 2, maxLength: 8 }), (names) => {
      const slugs = new Set<string>()
      for (const name of names) slugs.add(freeSlug(toSlug(name), slugs))
      for (const fold of [foldOnWindows, foldOnMac]) {
        const files = [...slugs].flatMap(namesOf).map(fold)
        expect(new Set(files).size).toBe(slugs.size * namesOf('a').length)
      }
    }),
  )
})

it('files of a profile have names on every system', () => {
  const { dir: _dir, ...paths } = profilePaths(join(tmpdir(), 'profile'))
  const copy = freePath(paths.backups, 'register', NOW)
  const { path: draft, done } = newTemporary(tmpdir(), basename(copy))
  done()
  const names = [...Object.values(paths), copy, draft, `${draft}-journal`].map((path) => basename(path))
  expect(names.filter((name) => !isNameOnWindows(name))).toEqual([])
})

it('the longest path of a database in a profile is one that SQLite opens on Windows', () => {
  const profile = `C:\\${'x'.repeat(LONGEST_ON_WINDOWS - 3)}`
  const copy = basename(freePath(tmpdir(), 'register', NOW)).replace(/\.db$/u, '-99.db')
  const { path, done } = newTemporary(tmpdir(), copy)
  done()
  // The number of a process has at most ten digits there.
  const draft = basename(path).replace(/(?<=castellan-)\d+/u, '4294967295')
  const folder = win32.join(profile, basename(getSampleProfile('p')), basename(profilePaths('p').backups))
  expect(win32.join(folder, `${draft}-journal`).length).toBeLessThanOrEqual(259)
})
