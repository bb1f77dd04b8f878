import type { Kind } from './operations.ts'

/** For people: what rows of the journal record beside operations. No table follows from them. */
export const RECORD_WORDS = {
  'calendar.exported': 'Calendar exported',
  'connection.write-allowed-once': 'Writing to a connection permitted for one run',
  'connection.write-permission-ended': 'Permission for one run ended',
  'credential.removed': 'Credential removed',
  'credential.replaced': 'Credential replaced',
  'credential.set': 'Credential set',
  'credential.tested': 'Credential tested',
  'diagnostics.saved': 'Diagnostics saved',
  'evidence.key-noted': 'Key that signs evidence recorded',
  'evidence.packed': 'Evidence pack written',
  'evidence.summarized': 'Summary of a review written',
  'file.imported': 'File imported',
  'mcp.asked': 'Question of an assistant answered',
  'offboarding.certified': 'Offboarding certificate written',
  'people.imported': 'HR file imported',
  'person.leaving': 'Person marked as leaving',
  'person.leaving-undone': 'Person no longer marked as leaving',
  'picture.exported': 'Picture exported',
  'plan.exported': 'Plan exported',
  'recovery.saved': 'Recovery kit saved',
  'recovery.shown': 'Recovery code shown',
  'register.accepted': 'Register accepted as it is',
  'register.end-missing': 'Record of the end of the audit log missing',
  'register.exported': 'Access register exported',
  'register.restored': 'Backup restored',
  'register.salvaged': 'Register salvaged',
  'remediation.secret-taken': 'New secret taken',
  'report.exported': 'Usage report exported',
  'sample.loaded': 'Sample loaded',
  'sync.applied': 'Sync applied',
  'table.exported': 'Table exported',
  'team.founded': 'Team founded',
  'team.held': 'Clients held on this device',
  'team.invited': 'Member invited',
  'team.joined': 'Team joined',
  'team.left': 'Team left',
  'usage.import-undone': 'Import of internal records undone',
  'usage.imported': 'Internal records imported',
} as const
export type RecordAction = keyof typeof RECORD_WORDS

/** The actions that a row of the journal may record. */
export type JournalAction = Kind | RecordAction

/** These actions, with files that were not written. */
export type WrittenAction = JournalAction | `${RecordAction}.failed`
