import type { RecommendationRow } from '../../shared/contract/recommendations.ts'
import { type RecommendationKind, type Sureness, SURENESS } from '../../shared/domain/recommendations/recommendation.ts'
import type { Tone } from '../ui/status.tsx'

/** The confidence as a word and a colour. */
export function sureWord(sure: Sureness): { readonly tone: Tone; readonly word: string } {
  if (sure === 'high') return { tone: 'good', word: 'High' }
  return sure === 'medium' ? { tone: 'info', word: 'Medium' } : { tone: 'quiet', word: 'Low' }
}

export const SURE_CHOICES = SURENESS.map((value) => ({
  value,
  label: sureWord(value).word,
}))

const KINDS: Readonly<Record<RecommendationKind, string>> = {
  'member-unused': 'Member without use',
  'account-unused': 'Service account without use',
  'project-unused': 'Project without use',
  'project-role': 'Stronger role in a project',
  'privileged-role': 'Stronger role in the organization',
  'key-beside-rule': 'Key beside a federation rule',
}

export function recommendationWord(kind: RecommendationKind): string {
  return KINDS[kind]
}

export const KIND_CHOICES = (Object.keys(KINDS) as RecommendationKind[]).map((value) => ({
  value,
  label: KINDS[value],
}))

/** `owner → member`, `reader → none`, `key prod-web-api → federation`. */
export function changeWord({ key, role, enough }: Pick<RecommendationRow, 'key' | 'role' | 'enough'>): string {
  if (key !== null) return `key ${key.name} → federation`
  return `${role ?? 'no role'} → ${enough ?? 'none'}`
}
