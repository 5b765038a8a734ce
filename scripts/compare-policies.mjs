// Compares what the policy engine decides with what the npm package @cloud-copilot/iam-simulate decides.
// Reads the lines that io.gramme.security.policy.PolicyComparison (module security, test classes) prints:
//   java -cp ... io.gramme.security.policy.PolicyComparison 1 2000 | node scripts/compare-policies.mjs
// Install the package in the directory from which this runs; it is no part of this project. The classes of difference
// that are expected are in docs/policies.md.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const require = createRequire(process.cwd() + '/')
const { runSimulation } = await import(pathToFileURL(require.resolve('@cloud-copilot/iam-simulate')).href)
const counts = new Map()
const count = (name) => counts.set(name, (counts.get(name) ?? 0) + 1)
const named = (policies) => policies.map((policy, i) => ({ name: `p${i}`, policy }))

/** One session policy that allows what any of them does: the package takes one. */
const merged = (policies) =>
  policies.length === 0 ? undefined : { ...policies[0], Statement: policies.flatMap((p) => p.Statement) }

for await (const line of createInterface({ input: process.stdin })) {
  const ours = JSON.parse(line)
  if (ours.arn.includes('*')) {
    count('left out: a resource with a star')
    continue
  }
  const contextVariables = {}
  for (const [key, values] of Object.entries(ours.context)) {
    contextVariables[key] = key === 'dynamodb:leadingkeys' ? values : values[0]
  }
  const result = await runSimulation(
    {
      request: {
        principal: ours.principal,
        action: ours.action,
        resource: { resource: ours.arn, accountId: ours.owner },
        contextVariables
      },
      identityPolicies: named(ours.identity),
      permissionBoundaryPolicies: ours.boundary.length ? named(ours.boundary) : undefined,
      sessionPolicy: merged(ours.session),
      resourcePolicy: ours.resource[0],
      serviceControlPolicies: [],
      resourceControlPolicies: []
    },
    {}
  )
  if (result.resultType === 'error') {
    count('left out: ' + result.errors.message)
    if (process.env.SHOW === 'errors') console.log(JSON.stringify(result.errors).slice(0, 400))
    continue
  }
  const theirs = result.overallResult === 'Allowed'
  const allowed = ['ROOT', 'IDENTITY_ALLOWS', 'RESOURCE_ALLOWS'].includes(ours.cause)
  if (theirs === allowed) {
    count('same')
    continue
  }
  const text = JSON.stringify([ours.identity, ours.boundary, ours.session, ours.resource])
  const kinds = []
  const note = (name, pattern) => pattern.test(text) && kinds.push(name)
  note('set-IfExists', /For(All|Any)Value[s]?:\w+IfExists/)
  note('NotResource-variable', /NotResource":\[[^\]]*\$\{/)
  note('leading-keys-bare', /"(String|Numeric)\w+":\{"dynamodb:LeadingKeys/)
  note('NotPrincipal', /NotPrincipal/)
  note('short-arn', /arn:aws:dynamodb:\*"|arn:aws:dynamodb:\*:table\/B\*/)
  note('set-on-single', /For\w+:\w+":\{"(?!dynamodb)/)
  note('no-version', /\{"Statement/)
  const who = ours.principal.split(':').slice(4).join(':')
  const name = `${allowed ? 'ours allows' : 'theirs allows'} ${ours.cause} [${who}] ${kinds.join(' ')}`
  count(name)
  if (process.env.SHOW && name.includes(process.env.SHOW)) console.log(name + '\n' + line + '\n')
}
for (const [name, n] of [...counts].sort((a, b) => b[1] - a[1])) console.log(String(n).padStart(6), name)
