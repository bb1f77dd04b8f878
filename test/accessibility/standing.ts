/** A test: its file from the root of the project, and its title, without a part that varies. */
export type Proof = readonly [file: string, title: string]

export type Standing =
  /** The tests fail when the window no longer meets it. */
  | { readonly by: 'test'; readonly proofs: readonly [Proof, ...Proof[]] }
  /** Checked on that day by looking at what the sentence names. */
  | { readonly by: 'hand'; readonly on: string; readonly at: string }
  /** It is built so, and no person has checked it on every screen yet. */
  | { readonly by: 'open' }
  | { readonly by: 'part'; readonly proofs?: readonly Proof[] }
  | { readonly by: 'not' }
  /** The window has nothing that it is about. */
  | { readonly by: 'absent' }

export interface Criterion {
  /** The number in WCAG 2.2. */
  readonly num: string
  readonly name: string
  readonly level: 'A' | 'AA'
  readonly standing: Standing
  /** What the window does, or lacks. */
  readonly notes: string
}

export const SCREENS: Proof = [
  'test/e2e/screens.spec.ts',
  'screens of the sample agency are accessible in both schemes, part',
]
export const PANELS: Proof = [
  'test/e2e/screens.spec.ts',
  'the first run, the panels of the sample agency and an impact page are accessible in both schemes',
]
export const LISTS: Proof = ['test/e2e/lists.spec.ts', 'a list is used by keyboard alone']
export const TREES: Proof = ['test/e2e/lists.spec.ts', 'the structure and the calendar are used by keyboard alone']
export const REVIEW: Proof = [
  'test/e2e/review.spec.ts',
  'the monthly review of administrators: decided by keys alone, signed, acknowledged, packed, and checked without Castellan',
]
export const COLOURS: Proof = [
  'test/renderer/ui/tokens.test.ts',
  'texts and edges of fields have enough contrast in the %s scheme',
]
export const FORCED: Proof = [
  'test/e2e/contrast.spec.ts',
  'forced colours show the focus, selected rows, statuses and charts',
]
export const REFLOW: Proof = [
  'test/e2e/reflow.spec.ts',
  'no page scrolls sideways at 320 px and at 400 %, and its heading is on screen',
]
export const DIALOGS: Proof = [
  'test/renderer/ui/dialogs.test.ts',
  'every dialog has its first field focused and asks before an unsaved form is discarded',
]

export const PAGES: Proof = [
  'test/e2e/accessibility.spec.ts',
  'pages keep to the criteria of structure, names, movement and help',
]
export const INPUT: Proof = ['test/e2e/accessibility.spec.ts', 'focus, input and pointer do nothing that was not meant']
export const HELP: Proof = [
  'test/e2e/help.spec.ts',
  'help is beside the work: at what concerns the page, the column, the value, the rule or the empty list',
]

/** Met by these tests. */
export function tested(...proofs: readonly [Proof, ...Proof[]]): Standing {
  return { by: 'test', proofs }
}

export const ABSENT: Standing = { by: 'absent' }
