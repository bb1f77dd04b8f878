/** Where a program runs that can show who it is by a token of its platform. */
export const PLATFORMS = ['github', 'gitlab', 'google-cloud', 'aws', 'azure'] as const
export type Platform = (typeof PLATFORMS)[number]

const NAMES: Readonly<Record<Platform, string>> = {
  github: 'GitHub Actions',
  gitlab: 'GitLab CI/CD',
  'google-cloud': 'Google Cloud',
  aws: 'AWS',
  azure: 'Azure',
}

export function platformName(platform: Platform): string {
  return NAMES[platform]
}

/** Words in names by which people show where a program runs. */
const PLATFORM_WORDS: Readonly<Record<Platform, readonly string[]>> = {
  github: ['github', 'gha'],
  gitlab: ['gitlab'],
  'google-cloud': ['gcp', 'gke', 'gcf', 'cloudrun', 'appengine', 'bigquery', 'vertex'],
  aws: ['aws', 'lambda', 'ecs', 'ec2', 'eks', 'fargate', 'sagemaker', 'codebuild'],
  azure: ['azure', 'aks'],
}

/** Words in names by which people show that no person uses a key. */
const MACHINE_WORDS: ReadonlySet<string> = new Set(
  `ci cd cicd pipeline pipelines workflow workflows actions build builds deploy deployer deployment jenkins buildkite circleci
  terraform runner runners nightly cron scheduler batch worker workers etl job jobs`.split(/\s+/u),
)

export interface NamedUse {
  /** The word that shows it, as it is in the name. */
  readonly word: string
  /** Null: a pipeline or a job, wherever it runs. */
  readonly platform: Platform | null
}

/** The first word of a name that shows a pipeline or a cloud; a platform counts before a pipeline. Null: none does. */
export function findNamedUse(name: string): NamedUse | null {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  for (const word of words) {
    const platform = PLATFORMS.find((each) => PLATFORM_WORDS[each].includes(word.toLowerCase()))
    if (platform !== undefined) return { word, platform }
  }
  const word = words.find((each) => MACHINE_WORDS.has(each.toLowerCase()))
  return word === undefined ? null : { word, platform: null }
}
