import type { FindingRow, FindingState } from '../../shared/contract/findings.ts'
import type { Certainty } from '../../shared/domain/certainty.ts'
import type { Severity } from '../../shared/domain/findings/severity.ts'
import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Word } from '../ui/words.ts'

const SEVERITY: Readonly<Record<Severity, Word>> = {
  critical: { tone: 'bad', word: 'Critical' },
  high: { tone: 'bad', word: 'High' },
  medium: { tone: 'warn', word: 'Medium' },
  low: { tone: 'info', word: 'Low' },
  info: { tone: 'quiet', word: 'Info' },
}

export function severityWord(severity: Severity): Word {
  return SEVERITY[severity]
}

const CERTAINTY: Readonly<Record<Certainty, { readonly word: string; readonly about: string }>> = {
  certain: { word: 'Certain', about: 'A fact that the provider, a file or the policy states' },
  likely: { word: 'Likely', about: 'Inferred from names, use or patterns' },
  opinion: { word: 'Opinion', about: 'A recommendation of practice or taste' },
}

export function certaintyWord(certainty: Certainty): { readonly word: string; readonly about: string } {
  return CERTAINTY[certainty]
}

const STATE: Readonly<Record<FindingState, Word>> = {
  open: { tone: 'warn', word: 'Open' },
  accepted: { tone: 'info', word: 'Accepted' },
  resolved: { tone: 'good', word: 'Resolved' },
}

export function stateWord(state: FindingState): Word {
  return STATE[state]
}

const KIND: Readonly<Record<FindingRow['subject']['kind'], string>> = {
  connection: 'Connection',
  project: 'Project',
  principal: 'Account',
  key: 'Key',
}

export function subjectKindWord(kind: FindingRow['subject']['kind']): string {
  return KIND[kind]
}

/** The name of an evidence field as a label: `lastUsedAt` becomes `Last used`, and `email` becomes `E-mail`. */
export function evidenceLabel(name: string): string {
  const words = name
    .replace(/At$/u, '')
    .replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll(/\bemail/gu, 'e-mail')
  return capitalize(words)
}
