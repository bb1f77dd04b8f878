import { ANTHROPIC } from '../../shared/domain/providers/anthropic.ts'
import { CURSOR_TEAM } from '../../shared/domain/providers/cursor-team.ts'
import { FILE } from '../../shared/domain/providers/file.ts'
import { GITHUB_COPILOT } from '../../shared/domain/providers/github-copilot.ts'
import { LITELLM } from '../../shared/domain/providers/litellm.ts'
import { OPENAI } from '../../shared/domain/providers/openai.ts'
import { OPENROUTER } from '../../shared/domain/providers/openrouter.ts'
import type { ProviderId } from '../../shared/domain/providers/providers.ts'
import { ANTHROPIC_COVERAGE } from './anthropic/coverage.ts'
import { readAnthropic } from './anthropic/read.ts'
import { testAnthropic } from './anthropic/test.ts'
import { anthropicUsage } from './anthropic/usage.ts'
import { planAnthropic, writeAnthropic } from './anthropic/write.ts'
import { CURSOR_TEAM_COVERAGE } from './cursor-team/coverage.ts'
import { readCursorTeam } from './cursor-team/read.ts'
import { testCursorTeam } from './cursor-team/test.ts'
import { cursorTeamUsage } from './cursor-team/usage.ts'
import { planCursorTeam, writeCursorTeam } from './cursor-team/write.ts'
import { FILE_COVERAGE } from './file/coverage.ts'
import { readFileProvider, testFileProvider } from './file/read.ts'
import { fileUsage } from './file/usage.ts'
import { planFile, writeFileProvider } from './file/write.ts'
import { GITHUB_COPILOT_COVERAGE } from './github-copilot/coverage.ts'
import { readGitHubCopilot } from './github-copilot/read.ts'
import { testGitHubCopilot } from './github-copilot/test.ts'
import { gitHubCopilotUsage } from './github-copilot/usage.ts'
import { planGitHubCopilot, writeGitHubCopilot } from './github-copilot/write.ts'
import { LITELLM_COVERAGE } from './litellm/coverage.ts'
import { readLiteLlm } from './litellm/read.ts'
import { testLiteLlm } from './litellm/test.ts'
import { liteLlmUsage } from './litellm/usage.ts'
import { planLiteLlm, writeLiteLlm } from './litellm/write.ts'
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
  [LITELLM.id]: {
    id: LITELLM.id,
    coverage: () => LITELLM_COVERAGE,
    read: readLiteLlm,
    test: testLiteLlm,
    usage: liteLlmUsage,
    plan: planLiteLlm,
    write: writeLiteLlm,
  },
  [GITHUB_COPILOT.id]: {
    id: GITHUB_COPILOT.id,
    coverage: () => GITHUB_COPILOT_COVERAGE,
    read: readGitHubCopilot,
    test: testGitHubCopilot,
    usage: gitHubCopilotUsage,
    plan: planGitHubCopilot,
    write: writeGitHubCopilot,
  },
  [CURSOR_TEAM.id]: {
    id: CURSOR_TEAM.id,
    coverage: () => CURSOR_TEAM_COVERAGE,
    read: readCursorTeam,
    test: testCursorTeam,
    usage: cursorTeamUsage,
    plan: planCursorTeam,
    write: writeCursorTeam,
  },
  [FILE.id]: {
    id: FILE.id,
    coverage: () => FILE_COVERAGE,
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
