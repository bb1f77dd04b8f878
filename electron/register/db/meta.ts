import type { Reader, Writer } from './handles.ts'

const RECOVERY_SHOWN = 'recovery_shown_at'

/** True if the recovery code of this register has been shown to a person. */
export function isRecoveryShown(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM meta WHERE key = ?', [RECOVERY_SHOWN]) !== undefined
}

export function setRecoveryShown(writer: Writer, at: number): void {
  put(writer, RECOVERY_SHOWN, String(at))
}

const END_NOTED = 'journal_end_noted_at'

/** True if the end of the journal is also noted outside this register, so that an absent note counts as missing. */
export function isEndNoted(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM meta WHERE key = ?', [END_NOTED]) !== undefined
}

export function setEndNoted(writer: Writer, at: number): void {
  put(writer, END_NOTED, String(at))
}

/** A value that this machine keeps for itself; null where there is none. */
export function readMeta(reader: Reader, key: string): string | null {
  return reader.value<string>('SELECT value FROM meta WHERE key = ?', [key]) ?? null
}

export function writeMeta(writer: Writer, key: string, value: string): void {
  put(writer, key, value)
}

/** Increases with every transaction. */
export function readRevision(reader: Reader): number {
  return Number(readMeta(reader, 'revision') ?? 0)
}

function put(writer: Writer, key: string, value: string): void {
  writer.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    key,
    value,
  ])
}
