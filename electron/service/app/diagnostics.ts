import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { arch, release, totalmem } from 'node:os'
import { join } from 'node:path'

import { visibleText } from '../../../shared/domain/text/visible-text.ts'
import { listAnsweredJobs } from '../../files/thread.ts'
import { checkJournal } from '../../register/db/journal.ts'
import type { Reader } from '../../register/db/handles.ts'
import { getAbout } from '../core/about-program.ts'
import type { Context } from '../core/context.ts'
import { placeExport } from '../files-out/place-export.ts'
import type { FileTarget } from '../files-out/target.ts'
import { stageFile } from '../files-out/write-file.ts'
import { profilePaths } from '../profile/paths.ts'

/** How many of the last lines of the log are included. */
const LOG_LINES = 1000

/**
 * Lists what a field engineer needs to find a fault, as JSON: versions, the files of the profile, counts of rows, how
 * the last syncs ended, and the last lines of the log. It names no client, person, account, project, key or address of
 * the register, and no path of this machine.
 */
export function makeDiagnostics(context: Context): string {
  const session = context.session()
  const { register, profile } = session
  const { version, build, versions, sandbox } = getAbout(context)
  const hidden = register === null ? [] : namesIn(register.reader)
  const bundle = {
    written: new Date(context.now()).toISOString(),
    castellan: { version, build, shell: context.host.shell, sandbox: sandbox?.state ?? null, mode: session.mode },
    system: {
      platform: process.platform,
      release: release(),
      arch: arch(),
      versions: { ...versions, v8: process.versions.v8 },
      memory: totalmem(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      jobs: listAnsweredJobs(),
    },
    profile: {
      sample: session.sample,
      locked: register === null,
      keychain: session.secrets.kind,
      notices: session.notices.map(({ kind }) => kind),
      files: listFiles(profile),
    },
    register: register === null ? null : registerOfBundle(register.reader, register.check()),
    log: lastLines(profilePaths(profile).log),
  }
  return `${JSON.stringify(masked(bundle, '', makeMask(profile, hidden)), null, 2)}\n`
}

/** Writes the diagnostics into a file, and records that in the journal if there is one. */
export function saveDiagnostics(context: Context, target: FileTarget): ReturnType<typeof placeExport> {
  const text = makeDiagnostics(context)
  return placeExport(context, stageFile(target, [text]), {
    action: 'diagnostics.saved',
    client: null,
    subject: 'diagnostics',
    body: { rows: text.split('\n').length },
  })
}

function registerOfBundle(reader: Reader, problems: readonly string[]): object {
  const tables = reader.column<string>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  )
  const chain = checkJournal(reader)
  return {
    problems: [...problems, ...chain.problems.map(({ says }) => says)],
    journalRows: chain.rows,
    schema: reader.value<number>('SELECT max(version) FROM migration') ?? 0,
    rows: Object.fromEntries(
      tables.map((table) => [table, reader.value<number>(`SELECT count(*) FROM "${table}"`) ?? 0]),
    ),
    connections: reader.all(
      `SELECT cn.id, cn.provider, cn.platform, cn.access, cn.base_url IS NOT NULL AS ownBaseUrl, o.credential_set_at IS NOT NULL AS hasCredential,
         cn.removed_at IS NOT NULL AS removed FROM connection cn LEFT JOIN connection_local o ON o.connection_id = cn.id ORDER BY cn.id`,
    ),
    syncs: reader.all(
      `SELECT s.id, s.connection_id AS connection, s.origin, s.state, s.started_at AS startedAt, s.finished_at AS finishedAt, s.reason,
         (SELECT json_group_array(json_array(o.source, o.state, o.fetched, o.reason)) FROM sync_source o WHERE o.sync_id = s.id AND o.state <> 'complete') AS incomplete
       FROM sync s ORDER BY s.id DESC LIMIT 50`,
    ),
  }
}

function listFiles(profile: string): readonly object[] {
  return readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const { size, mode, mtime } = statSync(join(entry.parentPath, entry.name))
      const name = join(entry.parentPath, entry.name).slice(profile.length + 1)
      return { name, bytes: size, mode: (mode & 0o777).toString(8), changed: mtime.toISOString() }
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function lastLines(log: string): readonly unknown[] {
  if (!existsSync(log)) return []
  return readFileSync(log, 'utf8').trim().split('\n').slice(-LOG_LINES).map(parsed)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return line
  }
}

/** Names of people and things that a message may contain. */
function namesIn(reader: Reader): readonly string[] {
  const names = reader.column<string>(
    `SELECT slug FROM client UNION SELECT name FROM client UNION SELECT label FROM connection
     UNION SELECT organization_name FROM connection UNION SELECT organization_id FROM connection
     UNION SELECT organization_name FROM connection_local UNION SELECT organization_id FROM connection_local
     UNION SELECT base_url FROM connection UNION SELECT name FROM project_version UNION SELECT name FROM principal_version
     UNION SELECT name FROM key_version UNION SELECT name FROM person`,
  )
  // Replacing a short one would remove words from every sentence, and no one is known by so short a name.
  return names.filter((name) => typeof name === 'string' && name.length >= SHORTEST_NAME)
}

const SHORTEST_NAME = 4
const ADDRESS = /[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/gu

type Mask = (text: string, mayName: boolean) => string

function makeMask(profile: string, hidden: readonly string[]): Mask {
  const home = process.env['HOME'] ?? ''
  const names = hidden.toSorted((a, b) => b.length - a.length)
  return (text, mayName) => {
    let cleaned = text.replaceAll(profile, 'PROFILE').replaceAll(ADDRESS, 'ADDRESS')
    if (home.length > 1) cleaned = cleaned.replaceAll(home, 'HOME')
    if (mayName) for (const name of names) if (cleaned.includes(name)) cleaned = cleaned.replaceAll(name, 'NAME')
    return visibleText(cleaned)
  }
}

/** Fields with words that a person or a provider may have written; all others are Castellan's. */
const FREE_TEXT: ReadonlySet<string> = new Set(['reason', 'message', 'stack', 'problems', 'incomplete', 'log'])

function masked(value: unknown, field: string, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value, FREE_TEXT.has(field))
  if (Array.isArray(value)) return value.map((one) => masked(one, field, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, masked(one, name, mask)]))
}
