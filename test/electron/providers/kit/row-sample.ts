import type { Reading } from '../../../../electron/providers/kit/tally.ts'

export interface Sample {
  readonly read: (row: unknown) => Reading
  /** A row as the provider sends it, with every field that is read; its id first. */
  readonly row: Readonly<Record<string, unknown>>
}

export const sample = (read: Sample['read'], row: Sample['row']): Sample => ({ read, row })

/** What is known of an organization when its keys are read: no one. */
export const MEMBERS = { users: new Map(), whole: true, workspaces: new Map() }
