import { expect, it } from 'vitest'

import { toSandboxWords } from '../../../../renderer/features/settings/about-section.tsx'

it.each([
  [{ state: 'on', why: 'the kernel filters the calls' }, 'On: the kernel filters the calls'],
  [{ state: 'off', why: '--no-sandbox was given' }, 'Off: --no-sandbox was given'],
  [{ state: 'off', why: null }, 'Off: no reason is known'],
  [{ state: 'unknown', why: 'a browser does not report it' }, 'Unknown: a browser does not report it'],
] as const)('the sandbox %j is shown with its reason, and never as on where it is unknown', (sandbox, words) => {
  expect(toSandboxWords(sandbox)).toBe(words)
})
