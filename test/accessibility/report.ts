import { stringify } from 'yaml'

import type { Criterion, Standing } from './standing.ts'

/** The words of OpenACR for how far a criterion is met (https://github.com/GSA/openacr). */
const LEVELS: Readonly<Record<Standing['by'], string>> = {
  test: 'supports',
  hand: 'supports',
  open: 'not-evaluated',
  part: 'partially-supports',
  not: 'does-not-support',
  absent: 'not-applicable',
}

const WORDS: Readonly<Record<Standing['by'], string>> = {
  test: 'met, by test',
  hand: 'met, checked manually',
  open: 'not evaluated yet',
  part: 'partly met',
  not: 'not met',
  absent: 'not applicable',
}

/** How a criterion was examined, in words. */
function proofWords(standing: Standing): string {
  if (standing.by === 'hand') return `Checked on ${standing.on}: ${standing.at}`
  if (standing.by !== 'test' && standing.by !== 'part') return ''
  return (standing.proofs ?? []).map(([file, title]) => `${file}: “${title}”`).join('; ')
}

/** The conformance report in the form of OpenACR, as YAML. */
export function toOpenAcr(criteria: readonly Criterion[], version: string, reportedOn: string): string {
  const chapter = (level: Criterion['level']): object => ({
    criteria: criteria
      .filter((criterion) => criterion.level === level)
      .map(({ num, notes, standing }) => ({
        num,
        components: [
          {
            name: 'software',
            adherence: { level: LEVELS[standing.by], notes: [notes, proofWords(standing)].filter(Boolean).join(' ') },
          },
        ],
      })),
  })
  return stringify(
    {
      title: 'Castellan Accessibility Conformance Report',
      product: { name: 'Castellan', version, description: 'Access governance for AI-provider organizations.' },
      author: { company_name: 'The Castellan authors' },
      report_date: reportedOn,
      evaluation_methods_used:
        'Automated tests in a real window (axe on every screen in both colour schemes, measured contrast and target sizes, keyboard only). What these do not examine is marked as not evaluated.',
      license: 'CC0-1.0',
      catalog: '2.5-edition-wcag-2.2-en',
      chapters: {
        success_criteria_level_a: chapter('A'),
        success_criteria_level_aa: chapter('AA'),
        success_criteria_level_aaa: { disabled: true },
      },
    },
    { lineWidth: 0, singleQuote: true },
  )
}

/** The page for people. */
export function toPage(criteria: readonly Criterion[]): string {
  const count = (...kinds: readonly Standing['by'][]): number =>
    criteria.filter(({ standing }) => kinds.includes(standing.by)).length
  const entries = criteria.map(({ num, name, level, standing, notes }) => {
    const proof = proofWords(standing)
    return `- **${num} ${name}** (${level}): ${WORDS[standing.by]}. ${notes}${proof === '' ? '' : ` ${proof}`}`
  })
  const lacking = criteria.filter(({ standing }) => standing.by === 'part' || standing.by === 'not')
  return `# Accessibility

Castellan aims at WCAG 2.2, levels A and AA. Of the ${criteria.length} criteria ${count('test')} are met by tests, ${count('hand')} ${count('hand') === 1 ? 'was' : 'were'} checked manually,
${count('open')} are not evaluated yet, ${count('part')} are met in part, ${count('not')} are not met, and ${count('absent')} do not apply. The same as a report in the form of
[OpenACR](https://github.com/GSA/openacr): [accessibility.openacr.yaml](accessibility.openacr.yaml).

## What works

- **Keyboard**: everything. \`?\` opens the help, which lists the keys and switches those of a single letter off; lists, trees, the calendar and charts are one stop each, and the arrow keys move inside.
- **Messages**: F8 goes to the newest one, and Ctrl+Z (⌘Z) undoes what it offers to undo. They wait while they are hovered or focused.
- **Dates** are written, as 2 Dec 2026 or 2026-12-02; the arrow down opens a calendar.
- **Screen readers**: pages, regions, lists and fields have names, results are announced, and a chart has a table.
- **Colours**: two schemes, or the system's; forced colours (contrast themes of Windows); a status has an icon and a word.
- **Help**: beside the page, at what concerns it; every rule, column, value and empty list leads to its explanation.
- **Motion**: none beyond a spinner where less motion is preferred.

## What is missing

${lacking.map(({ num, name, notes }) => `- ${name} (${num}): ${notes}`).join('\n')}

## The criteria

${entries.join('\n')}
`
}
