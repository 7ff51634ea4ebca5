import { asArray, asObject, asString, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { lowerFirst } from '../../language/sentences.ts';
import { labelFrom } from '../../language/words.ts';
import type { AdditionalField, Authentication, HostParameter } from '../authentication.ts';
import { ownPlaceholders } from './oauth2-generic.ts';
import { field, fieldOf, setValue } from './parts.ts';

/**
 * Parameters that go with any kind, each with the policy that uses it. Such a policy is known by its title: what begins
 * with "Sign-in: " was made here and goes with the authentication; every other one is the author's.
 */
const mark = 'Sign-in: ';
const hostTitle = `${mark}host`;

/** The first one of the additional fields in the form, after those of every kind. */
const firstTabIndex = 10;

export interface AdditionalParts {
  connectionParameters: JsonObject;
  policies: JsonObject[];
}

export const isPolicyOfAdditionalField = (policy: Json): boolean =>
  asString(getOwn(asObject(policy), 'title'))?.startsWith(mark) === true;

export function additionalParts(authentication: Authentication, service: string): AdditionalParts {
  const { host, additionalFields = [] } = authentication;
  const parts = [
    ...(host === undefined ? [] : [partsOfHost(host, isTokenParameter(authentication, host), service)]),
    ...additionalFields.map((field, index) => partsOfField(field, firstTabIndex + index)),
  ];
  return {
    connectionParameters: Object.assign({}, ...parts.map(({ connectionParameters }) => connectionParameters)),
    policies: parts.flatMap(({ policies }) => policies),
  };
}

/** Whether the sign-in page has the same placeholder: then one field serves both, as in published connectors. */
const isTokenParameter = (authentication: Authentication, { name }: HostParameter): boolean =>
  authentication.kind === 'oauth2-generic' && ownPlaceholders(authentication).includes(name);

function partsOfHost({ name, template }: HostParameter, isToken: boolean, service: string): AdditionalParts {
  const label = labelFrom(name);
  const placeholder = new RegExp(`\\{${name}(?:=([^{}']*))?\\}`, 'g');
  const fallback = placeholder.exec(template)?.[1];
  const shown = template.replaceAll(placeholder, name);
  const whatItIs = template.startsWith('{')
    ? `The address of your ${service} site, such as https://orders.contoso.com.`
    : `The ${lowerFirst(label)} of your ${service} account, as in ${shown}.`;
  const parameter = field('string', 1, {
    displayName: label,
    description: fallback === undefined ? whatItIs : `${whatItIs} Leave it empty for ${fallback}.`,
    tooltip: `Provide your ${lowerFirst(label)}`,
  });
  if (fallback !== undefined) setOptional(parameter);
  const reference = `@connectionParameters('${isToken ? 'token:' : ''}${name}'${fallback === undefined ? '' : `,'${fallback}'`})`;
  return {
    // the field of the sign-in page is made with the templates
    connectionParameters: isToken ? {} : { [name]: parameter },
    policies: [
      {
        templateId: 'dynamichosturl',
        title: hostTitle,
        parameters: { 'x-ms-apimTemplateParameter.urlTemplate': template.replaceAll(placeholder, () => reference) },
      },
    ],
  };
}

/** The form may be left empty. */
function setOptional(parameter: JsonObject): void {
  const constraints = asObject(getOwn(asObject(getOwn(parameter, 'uiDefinition')), 'constraints'));
  constraints.required = 'false';
}

const partsOfField = (field: AdditionalField, tabIndex: number): AdditionalParts => ({
  connectionParameters: {
    [field.name]: fieldOf(field.secret, tabIndex, {
      displayName: field.label,
      description: field.description,
      tooltip: `Provide your ${lowerFirst(field.label)}`,
    }),
  },
  policies: [
    setValue(field.in, `${mark}${field.in} ${field.target}`, field.target, `@connectionParameters('${field.name}','')`),
  ],
});

/**
 * What was made here before, from the policies and the texts of their parameters.
 *
 * @param inner `properties` of apiProperties.json
 */
export function recogniseAdditionalFields(
  inner: JsonObject,
  parameters: JsonObject,
): Pick<Authentication, 'host' | 'additionalFields'> {
  const policies = asArray(getOwn(inner, 'policyTemplateInstances')).filter(isPolicyOfAdditionalField).map(asObject);
  const host = policies.map(hostOf).find((found) => found !== undefined);
  const additionalFields = policies.flatMap((policy) => extraOf(policy, parameters));
  return { ...(host === undefined ? {} : { host }), ...(additionalFields.length === 0 ? {} : { additionalFields }) };
}

const hostReference = /@connectionParameters\('(?:token:)?(\w+)'(?:,'([^']*)')?\)/;

function hostOf(policy: JsonObject): HostParameter | undefined {
  const template = parameterOf(policy, 'urlTemplate');
  const name = hostReference.exec(template)?.[1];
  if (getOwn(policy, 'title') !== hostTitle || name === undefined) return undefined;
  const references = new RegExp(hostReference, 'g');
  return {
    name,
    template: template.replaceAll(references, (_, parameter: string, fallback?: string) =>
      fallback === undefined ? `{${parameter}}` : `{${parameter}=${fallback}}`,
    ),
  };
}

function extraOf(policy: JsonObject, parameters: JsonObject): AdditionalField[] {
  const name = /^@connectionParameters\('(\w+)',''\)$/.exec(parameterOf(policy, 'value'))?.[1];
  const parameter = name === undefined ? undefined : getOwn(parameters, name);
  if (name === undefined || parameter === undefined) return [];
  const ui = asObject(getOwn(asObject(parameter), 'uiDefinition'));
  return [
    {
      name,
      in: getOwn(policy, 'templateId') === 'setqueryparameter' ? 'query' : 'header',
      target: parameterOf(policy, 'name'),
      label: asString(getOwn(ui, 'displayName')) ?? labelFrom(name),
      description: asString(getOwn(ui, 'description')) ?? '',
      secret: getOwn(asObject(parameter), 'type') === 'securestring',
    },
  ];
}

const parameterOf = (policy: JsonObject, key: string): string =>
  asString(getOwn(asObject(getOwn(policy, 'parameters')), `x-ms-apimTemplateParameter.${key}`)) ?? '';
