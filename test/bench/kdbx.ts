import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Register } from '../../electron/register/register.ts'
import { timeCommand } from './harness/command.ts'

interface Entry {
  readonly name: string
  readonly externalId: string
  readonly owner: string | null
  readonly project: string | null
  readonly dueOn: string | null
  readonly createdAt: number
}

/** Least that KeePassXC takes for deriving a key; the time is part of what it does by design. */
export const DERIVATION_MS = 100

/**
 * Puts the keys of a register into a KeePassXC database as entries that expire on the day they are due, opened by a key
 * file alone, as ours is. Returns the paths of the database and of its key file.
 */
export async function makeKdbx(
  program: string,
  register: Register,
  folder: string,
): Promise<{ readonly database: string; readonly keyFile: string }> {
  const entries = register.reader.all<Entry>(
    `SELECT k.name, k.external_id AS externalId, k.owner_name AS owner, k.due_on AS dueOn, k.created_at AS createdAt,
       (SELECT v.name FROM project_version v WHERE v.project_id = k.project_id AND v.to_sync IS NULL) AS project
     FROM key_row k ORDER BY k.id`,
  )
  const xml = join(folder, 'keys.xml')
  const database = join(folder, 'keys.kdbx')
  const keyFile = join(folder, 'keys.key')
  writeFileSync(keyFile, 'a key file of the benchmark, which guards nothing')
  writeFileSync(xml, readDocument(entries))
  await timeCommand(program, ['import', '-q', '-t', String(DERIVATION_MS), '--set-key-file', keyFile, xml, database])
  return { database, keyFile }
}

/** KeePass's own XML (version 2): one group for each project. */
function readDocument(entries: readonly Entry[]): string {
  const groups = [...Map.groupBy(entries, (entry) => entry.project ?? '')].map(
    ([project, inside], n) =>
      `<Group><UUID>${uuid(`g${n}`)}</UUID><Name>${project}</Name>${inside.map((entry) => toEntry(entry)).join('')}</Group>`,
  )
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>
<KeePassFile><Meta><Generator>Castellan bench</Generator><DatabaseName>keys</DatabaseName></Meta><Root>
<Group><UUID>${uuid('root')}</UUID><Name>keys</Name>${groups.join('\n')}</Group></Root></KeePassFile>
`
}

function toEntry(entry: Entry): string {
  const field = (key: string, value: string): string => `<String><Key>${key}</Key><Value>${value}</Value></String>`
  const created = new Date(entry.createdAt).toISOString().replace(/\.\d+Z$/u, 'Z')
  const times = `<CreationTime>${created}</CreationTime><LastModificationTime>${created}</LastModificationTime>${
    entry.dueOn === null
      ? '<Expires>False</Expires>'
      : `<ExpiryTime>${entry.dueOn}T00:00:00Z</ExpiryTime><Expires>True</Expires>`
  }`
  return `<Entry><UUID>${uuid(entry.externalId)}</UUID>${field('Title', entry.name)}${field('UserName', entry.owner ?? '')}${field('Password', '')}${field('URL', '')}${field('Notes', entry.externalId)}<Times>${times}</Times></Entry>`
}

/** Sixteen bytes in base64, the same for the same text. */
function uuid(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64')
}
