import './app/strict.ts'

// Dynamic, so that zod is configured before the first schema of the contract is made, in whatever chunk it is.
void import('./app/start.tsx').then(({ start }) => start())
