import type { Reader, Writer } from './handles.ts'

const RECOVERY_SHOWN = 'recovery_shown_at'

/** Whether the recovery code of this register has been shown to a person. */
export function isRecoveryShown(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM meta WHERE key = ?', [RECOVERY_SHOWN]) !== undefined
}

export function setRecoveryShown(writer: Writer, at: number): void {
  writer.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [
    RECOVERY_SHOWN,
    String(at),
  ])
}
