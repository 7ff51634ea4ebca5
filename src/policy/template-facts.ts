/** The policy templates that the platform offers: a table, for the rules and for whatever else needs to know them. */

export const parameterPrefix = 'x-ms-apimTemplateParameter.';
export const operationNameKey = 'x-ms-apimTemplate-operationName';
export const policySectionKey = 'x-ms-apimTemplate-policySection';

export interface PolicyTemplate {
  /** Parameters without their prefix. */
  required: readonly string[];
  optional: readonly string[];
  /** Where it can act; empty for templates that have no section. */
  sections: readonly string[];
}

const bothWays = ['Request', 'Response'];

/** By template id in lower case; the platform compares ids without case. */
export const policyTemplates: Readonly<Record<string, PolicyTemplate>> = {
  setheader: { required: ['name', 'value'], optional: ['existsAction'], sections: [...bothWays, 'Failure'] },
  setqueryparameter: { required: ['name', 'value'], optional: ['existsAction'], sections: [] },
  setproperty: {
    required: ['newPropertyParentPathTemplate', 'newPropertySubPathTemplate', 'propertyValuePathTemplate'],
    optional: [],
    sections: bothWays,
  },
  setvaluefromurl: {
    required: ['parameterTemplate', 'parameterValueUrl', 'parameterValuePathTemplate'],
    optional: ['httpMethod'],
    sections: bothWays,
  },
  dynamichosturl: { required: ['urlTemplate'], optional: [], sections: [] },
  routerequesttoendpoint: { required: ['newPath'], optional: ['httpMethod'], sections: [] },
  pollingtrigger: { required: ['triggerConfig', 'triggerDataPath'], optional: [], sections: [] },
  updatenextlink: { required: ['nextLinkPropertyName'], optional: ['nextLinkParentPropertyPath'], sections: [] },
  stringreplace: {
    required: ['propertyParentPath', 'sourceString', 'replacementString', 'newPropertyPath'],
    optional: ['propertySubPath'],
    sections: bothWays,
  },
  stringtoarray: {
    required: ['propertyParentPath', 'delimiterList', 'childPropertyName', 'newPropertyPath'],
    optional: ['propertySubPath'],
    sections: bothWays,
  },
  convertarraytoobject: {
    required: ['propertyParentPath', 'keyWithinCollectionPath', 'newPropertyPath'],
    optional: ['propertySubPath', 'retainKey'],
    sections: bothWays,
  },
  convertobjecttoarray: {
    required: ['propertyParentPath', 'newPropertyPath'],
    optional: ['propertySubPath', 'keyName', 'valueName'],
    sections: bothWays,
  },
  encodepropertyvalue: {
    required: ['propertyParentPath', 'newPropertyPath'],
    optional: ['propertySubPath'],
    sections: bothWays,
  },
  setconnectionstatustounauthenticated: { required: ['statusCode'], optional: [], sections: [] },
};

export const policyTemplate = (templateId: string): PolicyTemplate | undefined =>
  Object.hasOwn(policyTemplates, templateId) ? policyTemplates[templateId] : undefined;

export const existsActions = ['override', 'skip', 'append'] as const;

export const policyMethods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  '@Request.OriginalHTTPMethod',
] as const;
