export { loadScenarios, type Scenario, type ScenarioQuestion } from './scenarios.ts'
