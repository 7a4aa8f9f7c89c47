export { BlueprintFileForm } from './blueprint.ts'
export { formFaults, type FormFault } from './form-faults.ts'
export { nearestName, unknownName } from './nearest-name.ts'
export { WorldFileForm, type AccountInWorldFile, type WorldFile } from './world.ts'
