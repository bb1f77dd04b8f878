import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Sqlite, { type Database } from 'better-sqlite3'

import type { Writer } from '../../../electron/register/db/handles.ts'
import { createUid } from '../../../electron/register/db/uid.ts'
import { type Register } from '../../../electron/register/register.ts'
import { openRegister } from '../../../electron/register/open.ts'
import type { Fact, GrantFact, KeyFact, PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import { closeAfterTest } from '../../temporary/closing.ts'
import { KEY } from './key.ts'
import type { SourceName, SourceOutcome, SourceState } from '../../../shared/domain/source.ts'

export { KEY }

let migrated: Buffer | undefined

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'castellan-register-'))

function made(now: () => number): Buffer {
  const path = join(newFolder(), 'register.db')
  openRegister({ path, key: KEY, now }).close()
  return readFileSync(path)
}

/** A register in its own folder, closed after the test. */
export function newRegister(options: { readonly now?: () => number } = {}): Register {
  return closeAfterTest(newBriefRegister(options.now))
}

/** One that a test closes itself, since a property has a new one for each of its runs. */
export function newBriefRegister(now: () => number = Date.now): Register {
  const path = join(newFolder(), 'register.db')
  // Created once by the product and then copied, since migrations would take most of a small test's time.
  migrated ??= made(now)
  writeFileSync(path, migrated)
  return openRegister({ path, key: KEY, now })
}

/**
 * A register for work that is rehearsed many times, closed by the test. The temporary tables that `first` creates stay:
 * otherwise each rehearsal creates and removes them, after which SQLite reads the whole schema again and prepares every
 * statement again.
 */
export function openForRehearsals(first: (writer: Writer) => void, now?: () => number): Register {
  const register = newBriefRegister(now)
  const made = register.rehearse((writer) => {
    first(writer)
    return writer.column<string>('SELECT sql FROM temp.sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid')
  })
  register.transact((writer) => {
    for (const sql of made) writer.run(sql.replace(/^CREATE (TABLE|INDEX) /u, 'CREATE $1 temp.'))
  })
  return register
}

/** The file of a register, opened with its key, without the product's guards. */
export function encryptedFile(path: string, key: Uint8Array): Database {
  const file = new Sqlite(path)
  file.pragma("cipher = 'sqlcipher'")
  file.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`)
  return file
}

/** A client with one connection; returns the connection's id. */
export function newConnection(register: Register, slug = 'acme', provider = 'openai'): number {
  return register.transact((writer) => insertConnection(writer, slug, provider))
}

/** The same in a transaction that is open. */
export function insertConnection(writer: Writer, slug = 'acme', provider = 'openai'): number {
  const known = writer.value<number>('SELECT id FROM client WHERE slug = ?', [slug])
  const client =
    known ??
    writer.run(
      "INSERT INTO client (slug, name, kind, colour, created_at, uid) VALUES (?, ?, 'client', '#117733', 0, ?)",
      [slug, slug, createUid(0)],
    ).lastId
  return writer.run(
    "INSERT INTO connection (client_id, provider, label, access, created_at, uid) VALUES (?, ?, ?, 'read-only', 0, ?)",
    [client, provider, `${slug} ${provider}`, createUid(0)],
  ).lastId
}

export function outcome(
  source: SourceName,
  state: SourceState = 'complete',
  project: string | null = null,
): SourceOutcome {
  return {
    source,
    project,
    state,
    expected: null,
    fetched: 0,
    excluded: [],
    reason: state === 'complete' ? null : state,
  }
}

export function project(externalId: string, over: Partial<ProjectFact> = {}): ProjectFact {
  return {
    type: 'project',
    externalId,
    name: externalId,
    status: 'active',
    isDefault: false,
    createdAt: 1_700_000_000_000,
    archivedAt: null,
    residency: null,
    ...over,
  }
}

export function user(externalId: string, over: Partial<PrincipalFact> = {}): PrincipalFact {
  return {
    type: 'principal',
    externalId,
    kind: 'user',
    name: externalId,
    email: `${externalId}@acme.example`,
    roleRaw: 'reader',
    level: 'reader',
    status: 'active',
    addedAt: 1_700_000_000_000,
    expiresAt: null,
    lastUsedAt: null,
    ...over,
  }
}

export function grant(principal: string, projectId: string | null, over: Partial<GrantFact> = {}): GrantFact {
  return {
    type: 'grant',
    principal,
    project: projectId,
    roleRaw: 'member',
    level: 'member',
    impliedRoleRaw: null,
    impliedLevel: null,
    grantedAt: null,
    ...over,
  }
}

export function key(externalId: string, over: Partial<KeyFact> = {}): KeyFact {
  return {
    type: 'key',
    externalId,
    kind: 'project',
    name: externalId,
    hint: 'sk-proj-...abcd',
    status: 'active',
    project: 'proj_a',
    ownerState: 'none',
    owner: null,
    ownerAccess: null,
    createdAt: Date.UTC(2026, 0, 1),
    lastUse: { state: 'never' },
    expiresAt: null,
    ...over,
  }
}

export interface Part {
  readonly source: SourceName
  readonly project?: string
  readonly state?: SourceState
  readonly facts: readonly Fact[]
}

/** A reading made of parts, each a source with its facts and its state (default: complete). */
export function getReading(connectionId: number, parts: readonly Part[], at = Date.UTC(2026, 10, 1)) {
  return {
    connectionId,
    origin: 'api' as const,
    startedAt: at,
    finishedAt: at,
    operator: 'test',
    facts: parts.map((p) => ({ source: p.source, project: p.project ?? null, facts: p.facts })),
    outcomes: parts.map((p) => outcome(p.source, p.state ?? 'complete', p.project ?? null)),
  }
}
