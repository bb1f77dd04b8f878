import type { ContractRouterClient, InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

import type { teamContract } from '../../../shared/contract/team-log.ts'

export type Inputs = InferContractRouterInputs<typeof teamContract>
export type Outputs = InferContractRouterOutputs<typeof teamContract>
export type TeamApi = ContractRouterClient<typeof teamContract>
