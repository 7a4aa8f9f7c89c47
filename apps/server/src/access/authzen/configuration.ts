import { evaluate, evaluateMany, searchAction, searchResource, searchSubject } from '@keyholder/contract'

/** The document by which a host product finds the decision endpoints (AuthZEN, section 9). */
export function configuration(publicUrl: string) {
  return {
    policy_decision_point: publicUrl,
    access_evaluation_endpoint: publicUrl + evaluate.path,
    access_evaluations_endpoint: publicUrl + evaluateMany.path,
    search_subject_endpoint: publicUrl + searchSubject.path,
    search_resource_endpoint: publicUrl + searchResource.path,
    search_action_endpoint: publicUrl + searchAction.path,
  }
}
