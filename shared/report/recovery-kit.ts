import { toLocalDay } from '../domain/day.ts'
import { formatDay } from '../domain/text/dates.ts'
import { visibleText } from '../domain/text/visible-text.ts'

export interface RecoveryKit {
  readonly code: string
  /** The path of the register that it opens. */
  readonly path: string
  /** When it was made, in milliseconds since the epoch. */
  readonly at: number
  readonly operator: string
}

const USES = [
  'Copy the register file to the profile folder of the new machine, or restore a backup there.',
  'Start Castellan. It asks for the recovery code, since it finds no key for this register.',
  'Type the code. Spaces, dashes and line breaks do not matter.',
] as const

const KEEPING =
  'Keep it where you keep other recovery codes, and apart from the register and its backups. Anyone who has both can read everything in the register.'

function listFacts({ path, at, operator }: RecoveryKit): readonly (readonly [string, string])[] {
  return [
    ['Opens', visibleText(path)],
    ['Made on', formatDay(toLocalDay(at))],
    ['Made by', visibleText(operator)],
  ]
}

export function recoveryKitText(kit: RecoveryKit): string {
  return [
    'Castellan recovery kit',
    '',
    `Recovery code: ${kit.code}`,
    '',
    ...listFacts(kit).map(([name, value]) => `${name}: ${value}`),
    '',
    'How to use it',
    ...USES.map((use, index) => `${index + 1}. ${use}`),
    'In a terminal: castellan recovery unlock',
    '',
    KEEPING,
    '',
  ].join('\n')
}

/** The kit as a self-contained page of HTML, one sheet of A4 when printed. */
export function recoveryKitHtml(kit: RecoveryKit): string {
  const facts = listFacts(kit).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Castellan recovery kit</title>
<style>
@page { size: A4; margin: 22mm; }
body { max-width: 46rem; margin: 2rem auto; font: 11pt/1.5 Inter, system-ui, sans-serif; color: #111; }
h1 { font-size: 20pt; margin: 0 0 6mm; }
h2 { font-size: 12pt; margin: 8mm 0 2mm; }
.code { padding: 6mm; border: 1.5pt solid #111; font: 600 15pt/1.7 ui-monospace, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; margin: 6mm 0 0; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Castellan recovery kit</h1>
<p class="code">${escapeHtml(kit.code)}</p>
<dl>${facts.join('')}</dl>
<h2>How to use it</h2>
<ol>${USES.map((use) => `<li>${escapeHtml(use)}</li>`).join('')}</ol>
<p>In a terminal: <code>castellan recovery unlock</code></p>
<h2>Where to keep it</h2>
<p>${escapeHtml(KEEPING)}</p>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (letter) => ENTITIES[letter] ?? letter)
}
