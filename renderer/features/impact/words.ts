import type { BlastSubject } from '../../../shared/contract/impact.ts'

const KINDS: Readonly<Record<BlastSubject['kind'], string>> = {
  person: 'person',
  principal: 'account',
  key: 'key',
  project: 'project',
}

export function subjectWord(kind: BlastSubject['kind']): string {
  return KINDS[kind]
}

/** A path's words as a subject; null where they name none. */
export function subjectOfPath(kind: string, id: string): BlastSubject | null {
  const known = (Object.keys(KINDS) as BlastSubject['kind'][]).find((each) => each === kind)
  return known === undefined || !/^[1-9]\d{0,14}$/u.test(id) ? null : { kind: known, id: Number(id) }
}
