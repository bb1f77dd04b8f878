import type { ChangeKind, Point } from '../contract/changes.ts'
import { reviewTitle } from '../domain/reviews/review.ts'
import { utcInstant } from '../domain/text/utc.ts'

const WORDS: Readonly<Record<ChangeKind, string>> = {
  'access-gained': 'Access gained',
  'access-lost': 'Access lost',
  'access-raised': 'Access raised',
  'access-lowered': 'Access lowered',
  'role-changed': 'Role changed',
  'group-joined': 'Group joined',
  'group-left': 'Group left',
  'person-joined': 'Person joined',
  'person-left': 'Person left',
  'person-renamed': 'Person renamed',
  'address-changed': 'Address changed',
  'provisioning-changed': 'Provisioning changed',
  'key-created': 'Key created',
  'key-rotated': 'Key rotated',
  'key-removed': 'Key removed',
  'key-re-owned': 'Key re-owned',
  'key-changed': 'Key changed',
  'project-created': 'Project created',
  'project-archived': 'Project archived',
  'project-removed': 'Project removed',
  'project-changed': 'Project changed',
  'tags-changed': 'Tags changed',
  'limit-set': 'Limit set',
  'limit-changed': 'Limit changed',
  'limit-removed': 'Limit removed',
  'recipients-changed': 'Recipients changed',
  'enforcement-changed': 'Enforcement changed',
  'federation-added': 'Federation added',
  'federation-changed': 'Federation changed',
  'federation-removed': 'Federation removed',
  'certificate-added': 'Certificate added',
  'certificate-changed': 'Certificate changed',
  'certificate-expired': 'Certificate expired',
  'certificate-removed': 'Certificate removed',
  'first-reading': 'First reading',
}

/** A kind of change for people: `Access gained`. */
export function changeWord(kind: ChangeKind): string {
  return WORDS[kind]
}

/** A point in time for people: `2026-11-01`, `2026-11-01T09:14:03Z`, `sync 12`, `review 3`; none is now. */
export function pointWord(point: Point | undefined): string {
  if (point === undefined) return 'now'
  if ('day' in point) return point.day
  if ('review' in point) return `review ${point.review}`
  if ('lastReview' in point) {
    const { lastReview } = point
    return `the last signed review${lastReview === 'any' ? '' : ` of ${reviewTitle(lastReview).toLowerCase()}`}`
  }
  return 'sync' in point ? `sync ${point.sync}` : (utcInstant(point.at) ?? String(point.at))
}
