import { existsActions, policyMethods, policyTemplates } from './template-facts.ts';

/**
 * What people are asked about a policy template: the table of docs/reference/policy-templates.md#templates in words.
 */

export interface PolicyParameter {
  name: string;
  /** The prompt. */
  message: string;
  example: string;
  default?: string;
  choices?: readonly string[];
  /** An integer, or an object of texts; else a text. */
  type?: 'integer' | 'object';
  required: boolean;
}

export interface PolicyDescription {
  templateId: string;
  /** What it is for, one line. */
  purpose: string;
  parameters: readonly PolicyParameter[];
  sections: readonly string[];
  /** Acts on all operations without harm; others are asked for their operations. */
  forAll: boolean;
}

type Texts = Omit<PolicyParameter, 'name' | 'required'>;

/** Parts of a path into the body that several templates share. */
const parent: Texts = { message: 'Path of the object or list that holds the property', example: '@body()' };
const sub: Texts = {
  message: 'Path of the property below it; null: the parent itself',
  example: 'fields',
  default: 'null',
};
const target: Texts = { message: 'Path that takes the result', example: '@body().fieldList' };
const exists: Texts = {
  message: 'When it is there already',
  example: 'override',
  default: 'override',
  choices: existsActions,
};

const texts: Readonly<
  Record<string, { purpose: string; forAll?: boolean; parameters: Readonly<Record<string, Texts>> }>
> = {
  setheader: {
    purpose: 'set a header of the request or the response',
    forAll: true,
    parameters: {
      name: { message: 'Name of the header', example: 'X-Api-Version' },
      value: { message: 'Value', example: '2024-01-01' },
      existsAction: exists,
    },
  },
  setqueryparameter: {
    purpose: 'set a query parameter of the request',
    forAll: true,
    parameters: {
      name: { message: 'Name of the query parameter', example: 'format' },
      value: { message: 'Value', example: 'json' },
      existsAction: exists,
    },
  },
  setproperty: {
    purpose: 'set a property of the body',
    parameters: {
      newPropertyParentPathTemplate: {
        message: 'Path of the object or list that gets the property',
        example: '@body()',
      },
      newPropertySubPathTemplate: { message: 'Name of the property', example: 'source' },
      propertyValuePathTemplate: { message: 'Value, or the path of one', example: '@body().name' },
    },
  },
  setvaluefromurl: {
    purpose: 'take a header or query parameter from another call (preview)',
    parameters: {
      parameterTemplate: { message: 'Header or query parameter that is set', example: "@headers('If-Match')" },
      parameterValueUrl: { message: 'Path of the other call, on the same host', example: '/tasks/{id}' },
      parameterValuePathTemplate: { message: 'Where its answer has the value', example: "@body()['@odata.etag']" },
      httpMethod: {
        message: 'Method of the other call',
        example: 'GET',
        default: 'GET',
        choices: ['GET', 'POST', 'PUT'],
      },
    },
  },
  dynamichosturl: {
    purpose: 'take host and base path from the connection',
    forAll: true,
    parameters: {
      urlTemplate: {
        message: 'URL that replaces scheme, host and base path',
        example: "https://@connectionParameters('tenant').contoso.com",
      },
    },
  },
  routerequesttoendpoint: {
    purpose: 'send the request to another path or with another method',
    parameters: {
      newPath: { message: 'Path that is really called', example: '/hooks' },
      httpMethod: {
        message: 'Method that is really used',
        example: '@Request.OriginalHTTPMethod',
        default: '@Request.OriginalHTTPMethod',
        choices: policyMethods,
      },
    },
  },
  pollingtrigger: {
    purpose: 'keep the state of a polling trigger',
    parameters: {
      triggerConfig: {
        message: 'Query parameter=state, one per line or comma',
        example: 'since=@{triggerBody().items[0].created}',
        type: 'object',
      },
      triggerDataPath: { message: 'Where the answer has the items', example: '@triggerBody().items' },
    },
  },
  updatenextlink: {
    purpose: 'fetch further pages through the connector',
    parameters: {
      nextLinkPropertyName: {
        message: 'Property that holds the link',
        example: '@odata.nextLink',
        default: 'nextLink',
      },
      nextLinkParentPropertyPath: {
        message: 'Path of the object that holds it (empty: the answer)',
        example: '@body().paging',
      },
    },
  },
  stringreplace: {
    purpose: 'replace text in a property',
    parameters: {
      propertyParentPath: parent,
      propertySubPath: sub,
      sourceString: { message: 'Text to look for', example: 'http:' },
      replacementString: { message: 'Text to put there', example: 'https:' },
      newPropertyPath: target,
    },
  },
  stringtoarray: {
    purpose: 'part a text into a list of objects',
    parameters: {
      propertyParentPath: parent,
      propertySubPath: sub,
      delimiterList: { message: 'Characters that part the text', example: ';' },
      childPropertyName: { message: 'Name of the property in each object', example: 'userId' },
      newPropertyPath: target,
    },
  },
  convertarraytoobject: {
    purpose: 'make an object of a list of keys and values',
    parameters: {
      propertyParentPath: parent,
      propertySubPath: sub,
      keyWithinCollectionPath: { message: 'Property of an item that becomes the key', example: 'id' },
      newPropertyPath: target,
      retainKey: {
        message: 'Keep that property in the items',
        example: 'true',
        default: 'true',
        choices: ['true', 'false'],
      },
    },
  },
  convertobjecttoarray: {
    purpose: 'make a list of keys and values of an object',
    parameters: {
      propertyParentPath: parent,
      propertySubPath: sub,
      newPropertyPath: target,
      keyName: { message: 'Name of the property with the key', example: 'key', default: 'key' },
      valueName: { message: 'Name of the property with the value', example: 'value', default: 'value' },
    },
  },
  encodepropertyvalue: {
    purpose: 'encode a property for use in a URL',
    parameters: { propertyParentPath: parent, propertySubPath: sub, newPropertyPath: target },
  },
  setconnectionstatustounauthenticated: {
    purpose: 'mark the connection as broken on a status (preview; needs a test connection)',
    forAll: true,
    parameters: { statusCode: { message: 'Status of the answer', example: '401', default: '401', type: 'integer' } },
  },
};

/** The templates that can be added; the undocumented ones aren't among them. */
export const policyDescriptions: readonly PolicyDescription[] = Object.entries(texts).map(
  ([templateId, { purpose, forAll = false, parameters }]) => {
    const { required = [], sections = [] } = policyTemplates[templateId] ?? {};
    return {
      templateId,
      purpose,
      forAll,
      sections,
      parameters: Object.entries(parameters).map(([name, parameter]) => ({
        name,
        ...parameter,
        required: required.includes(name),
      })),
    };
  },
);

/** Platform ids are compared without case. */
export const policyDescription = (templateId: string): PolicyDescription | undefined =>
  policyDescriptions.find((description) => description.templateId === templateId.toLowerCase());
