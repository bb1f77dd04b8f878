import type { NamedTest } from '../named-tests.ts'
import { NOT_DEFENDED } from './not-defended.ts'
import { type Asset, ATTACKERS, IN_USE, type Threat } from './threat.ts'

/** docs/threat-model.md as Markdown: who attacks, each asset with its rows and their tests, and what is not defended. */
export function toThreatPage(assets: readonly Asset[]): string {
  const rows = assets.flatMap(({ threats }) => threats)
  const tests = new Set(rows.flatMap(({ tests }) => tests.map((test) => test.join())))
  return `# Threat model

For a security engineer who decides whether Castellan may be used. It has ${rows.length} attempts on ${assets.length} assets, what Castellan does about
each, and ${tests.size} tests that show it. What attackers of a team with a shared database can do is [a page of its own](team-threats.md).
What Castellan does not defend against is [at the end](#what-is-not-defended); read that first.

The page is written from \`test/threats\`. A row cannot be written without a test, and \`npm run check\` fails when a test that is
named here is removed, renamed or skipped. \`npm test\` runs most of these tests; \`npm run e2e -- --all\` runs all of them, those of both
shells included. Where a row ends with checks “in each package”, [\`npm run dist:check\`](packages.md#checking) reads them in what was packed,
and a control with _never_ or _only_ has such a check unless only its use can show it. Where Electron’s binary is missing, the tests of the desktop application run on a
[stand-in](decisions/0018-stand-in-for-electron.md); the sandbox, the fuses and the archive in a real Electron are checked by the [self-test](self-test.md).

## Who attacks

| attacker | what they can do |
| --- | --- |
${Object.values(ATTACKERS)
  .map(({ name, can }) => `| ${toCell(capitalized(name))} | ${toCell(can)} |`)
  .join('\n')}

${assets.map(toSection).join('\n\n')}

## What is not defended

${NOT_DEFENDED.map(([what, why]) => `- **${what}** ${why}`).join('\n')}
`
}

function toSection({ name, code, threats }: Asset): string {
  const lines = threats.map(
    ({ who, attempt, control }, at) =>
      `| ${code}-${at + 1} | ${[ATTACKERS[who].name, attempt, control].map(toCell).join(' | ')} |`,
  )
  const proofs = threats.map(
    ({ tests, packed }, at) => `- ${code}-${at + 1}: ${tests.map(toProof).join('; ')}${toPackedProof(packed)}`,
  )
  return `## ${name}

| row | attacker | would | Castellan |
| --- | --- | --- | --- |
${lines.join('\n')}

Shown by:

${proofs.join('\n')}`
}

function toProof([file, title]: NamedTest): string {
  return `\`${file}\` “${title.replaceAll(/[\\*_<[$]/gu, String.raw`\$&`)}”`
}

function toPackedProof(packed: Threat['packed']): string {
  if (packed === undefined || packed === IN_USE) return ''
  return `; in each package ${packed.map((check) => `\`${check}\``).join(', ')}`
}

function toCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
