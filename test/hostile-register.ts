import { digestOfSync } from '../electron/register/apply/digest.ts'
import type { Writer } from '../electron/register/db/handles.ts'
import { journal } from '../electron/register/db/journal.ts'
import { makeRegister } from '../electron/service/core/context.ts'
import type { Service } from '../electron/service/process/open.ts'

/** One of each kind of character that acts on a terminal, or changes how text looks without being seen. */
export const HOSTILE = [
  '\u001B[31m',
  '\u001B]0;owned\u0007',
  '\u009B2J',
  '\u009D0;x\u009C',
  '\b\v\f\r',
  '\u007F\u0085',
  '\u202E\u2066\u200F\u061C',
  '\u200B\u2060\uFEFF\u00AD\u034F',
  '\u2028\u2029',
  '\u3164\u115F\u1160\uFFA0',
  '\u{E0041}\u{E0042}\u{E007F}',
  'a\u200Db\uFE0F\uFE0F\u{E0100}\u{E0100}',
].join('')

/**
 * What none of it may pass: C0 but for line feeds and tabs, DEL, C1, marks of direction, separators, and what has no width
 * but where scripts and emoji need it. Written from Unicode's own lists, not from the code that is tested.
 */
export const RAW =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\u17B4|\u17B5|(?<!\u{1F3F4}[\u{E0000}-\u{E00FF}]*)[\u{E0000}-\u{E00FF}]|[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{2}|[a-z]\u200D/u

/** A text in which the names of invisible characters are the characters again: `<U+202E>`. */
export function readBack(text: string): string {
  return text.replaceAll(/<U\+([0-9A-F]{4,6})>/gu, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
}

/** The columns that hold words of people, files and providers. */
const COLUMN =
  /^(?:name|label|title|notes?|team|purpose|contact|department|manager|job_title|tool|(?:key|holder|project|owner|organization)_name|platform|operator|reason|why|change_to|model|period_words|role_raw|via|word|file|says|saved_by|set_by|accepted_by|added_by|merged_by|given_up|decided_by|opened_by|signed_by|acknowledged_by|status|residency|evidence|values|hint|external_id|email|address)$/u

/** Tables of the register itself, some of them kept by triggers. */
const OWN = /^(?:migration|meta|journal|journal_head|policy|sync|sync_source|rotation|reminder|review|review_source)$/u

/** Columns whose words are our own, or a document of ours. */
const OURS =
  /^(?:plan_version\.(?:model)|remediation\.values|person_match\.reason|finding\.evidence|employment\.status|principal_version\.status|key_version\.status|project_version\.status|usage_folder_file\.says|usage_report\.reason|[a-z_]+\.external_id|[a-z_]+\.(?:email|address|hint|role_raw|via))$/u

/**
 * Puts hostile characters, or another text, into the names and notes of everything that a register holds, and into the journal that each sync
 * read it so. Returns what was changed.
 */
export function makeHostile(service: Service, text = HOSTILE): readonly string[] {
  return makeRegister(service.context).transact((writer) => {
    const changed = changeAll(writer, text)
    for (const sync of writer.column<number>(
      "SELECT id FROM sync WHERE state IN ('complete', 'partial') ORDER BY id",
    )) {
      const body = { sync, ...digestOfSync(writer, sync) }
      journal(writer, { at: 0, operator: text, action: 'sync.applied', client: null, subject: text, body })
    }
    return changed
  })
}

function changeAll(writer: Writer, hostile: string): readonly string[] {
  const tables = writer.column<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
  )
  return tables
    .filter((table) => !OWN.test(table))
    .flatMap((table) =>
      writer
        .all<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`)
        .filter(({ name, type }) => type === 'TEXT' && COLUMN.test(name) && !OURS.test(`${table}.${name}`))
        .map(({ name }) => {
          writer.run(
            `UPDATE "${table}" SET "${name}" = substr("${name}", 1, 2) || :hostile || substr("${name}", 3) WHERE "${name}" IS NOT NULL`,
            { hostile },
          )
          return `${table}.${name}`
        }),
    )
}
