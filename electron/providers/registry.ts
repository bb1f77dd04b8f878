import { ANTHROPIC } from '../../shared/domain/providers/anthropic.ts'
import { FILE } from '../../shared/domain/providers/file.ts'
import { OPENAI } from '../../shared/domain/providers/openai.ts'
import { OPENROUTER } from '../../shared/domain/providers/openrouter.ts'
import type { ProviderId } from '../../shared/domain/providers/providers.ts'
import { ANTHROPIC_COVERAGE } from './anthropic/coverage.ts'
import { readAnthropic } from './anthropic/read.ts'
import { testAnthropic } from './anthropic/test.ts'
import { anthropicUsage } from './anthropic/usage.ts'
import { planAnthropic, writeAnthropic } from './anthropic/write.ts'
import { fileCoverage } from './file/coverage.ts'
import { readFileProvider, testFileProvider } from './file/read.ts'
import { fileUsage } from './file/usage.ts'
import { planFile, writeFileProvider } from './file/write.ts'
import { OPENAI_COVERAGE } from './openai/coverage.ts'
import { readOpenAi } from './openai/read.ts'
import { testOpenAi } from './openai/test.ts'
import { openAiUsage } from './openai/usage.ts'
import { planOpenAi, writeOpenAi } from './openai/write.ts'
import { OPENROUTER_COVERAGE } from './openrouter/coverage.ts'
import { readOpenRouter } from './openrouter/read.ts'
import { testOpenRouter } from './openrouter/test.ts'
import { openRouterUsage } from './openrouter/usage.ts'
import { planOpenRouter, writeOpenRouter } from './openrouter/write.ts'
import type { Provider } from './kit/provider.ts'

const PROVIDERS: Readonly<Record<ProviderId, Provider>> = {
  [OPENAI.id]: {
    id: OPENAI.id,
    coverage: () => OPENAI_COVERAGE,
    read: readOpenAi,
    test: testOpenAi,
    usage: openAiUsage,
    plan: planOpenAi,
    write: writeOpenAi,
  },
  [ANTHROPIC.id]: {
    id: ANTHROPIC.id,
    coverage: () => ANTHROPIC_COVERAGE,
    read: readAnthropic,
    test: testAnthropic,
    usage: anthropicUsage,
    plan: planAnthropic,
    write: writeAnthropic,
  },
  [OPENROUTER.id]: {
    id: OPENROUTER.id,
    coverage: () => OPENROUTER_COVERAGE,
    read: readOpenRouter,
    test: testOpenRouter,
    usage: openRouterUsage,
    plan: planOpenRouter,
    write: writeOpenRouter,
  },
  [FILE.id]: {
    id: FILE.id,
    coverage: fileCoverage,
    read: readFileProvider,
    test: testFileProvider,
    usage: fileUsage,
    plan: planFile,
    write: writeFileProvider,
  },
}

/** The adapter of a provider. */
export function getProvider(id: ProviderId): Provider {
  return PROVIDERS[id]
}
