import { ANTHROPIC_SAMPLES } from './row-samples-anthropic.ts'
import { OPENAI_SAMPLES } from './row-samples-openai.ts'
import { OTHER_SAMPLES } from './row-samples-other.ts'
import type { Sample } from './row-sample.ts'

/** Every reader of a row by its module and name. */
export const SAMPLES: Readonly<Record<string, Sample>> = { ...OPENAI_SAMPLES, ...ANTHROPIC_SAMPLES, ...OTHER_SAMPLES }
