import { asArray, asObject, asString, type Json, type JsonObject, own } from '../../connector/json/value.ts';
import { lowerFirst } from '../../language/sentences.ts';
import { labelFrom } from '../../language/words.ts';
import type { Authentication, ExtraParameter, HostParameter } from '../authentication.ts';
import { ownPlaceholders } from './oauth2-generic.ts';
import { field, fieldOf, setValue } from './parts.ts';

/**
 * Parameters that go with any kind, each with the policy that uses it. Such a policy is known by its title: what begins
 * with "Sign-in: " was made here and goes with the authentication; every other one is the author's.
 */
const mark = 'Sign-in: ';
const hostTitle = `${mark}host`;

/** The first one of the extra fields in the form, behind those of every kind. */
const firstExtra = 10;

export interface FurtherShape {
  connectionParameters: JsonObject;
  policies: JsonObject[];
}

export const isFurtherPolicy = (policy: Json): boolean =>
  asString(own(asObject(policy), 'title'))?.startsWith(mark) === true;

export function furtherShape(authentication: Authentication, service: string): FurtherShape {
  const { host, extras = [] } = authentication;
  const parts = [
    ...(host === undefined ? [] : [hostShape(host, isTokenParameter(authentication, host), service)]),
    ...extras.map((extra, index) => extraShape(extra, firstExtra + index)),
  ];
  return {
    connectionParameters: Object.assign({}, ...parts.map(({ connectionParameters }) => connectionParameters)),
    policies: parts.flatMap(({ policies }) => policies),
  };
}

/** Whether the sign-in page has the same placeholder: then one field serves both, as in published connectors. */
const isTokenParameter = (authentication: Authentication, { name }: HostParameter): boolean =>
  authentication.kind === 'oauth2-generic' && ownPlaceholders(authentication).includes(name);

function hostShape({ name, template }: HostParameter, isToken: boolean, service: string): FurtherShape {
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
  const constraints = asObject(own(asObject(own(parameter, 'uiDefinition')), 'constraints'));
  constraints.required = 'false';
}

const extraShape = (extra: ExtraParameter, tabIndex: number): FurtherShape => ({
  connectionParameters: {
    [extra.name]: fieldOf(extra.secret, tabIndex, {
      displayName: extra.label,
      description: extra.description,
      tooltip: `Provide your ${lowerFirst(extra.label)}`,
    }),
  },
  policies: [
    setValue(extra.in, `${mark}${extra.in} ${extra.target}`, extra.target, `@connectionParameters('${extra.name}','')`),
  ],
});

/**
 * What was made here before, from the policies and the texts of their parameters.
 *
 * @param inner `properties` of apiProperties.json
 */
export function recogniseFurther(inner: JsonObject, parameters: JsonObject): Pick<Authentication, 'host' | 'extras'> {
  const policies = asArray(own(inner, 'policyTemplateInstances')).filter(isFurtherPolicy).map(asObject);
  const host = policies.map(hostOf).find((found) => found !== undefined);
  const extras = policies.flatMap((policy) => extraOf(policy, parameters));
  return { ...(host === undefined ? {} : { host }), ...(extras.length === 0 ? {} : { extras }) };
}

const hostReference = /@connectionParameters\('(?:token:)?(\w+)'(?:,'([^']*)')?\)/;

function hostOf(policy: JsonObject): HostParameter | undefined {
  const template = parameterOf(policy, 'urlTemplate');
  const name = hostReference.exec(template)?.[1];
  if (own(policy, 'title') !== hostTitle || name === undefined) return undefined;
  const references = new RegExp(hostReference, 'g');
  return {
    name,
    template: template.replaceAll(references, (_, parameter: string, fallback?: string) =>
      fallback === undefined ? `{${parameter}}` : `{${parameter}=${fallback}}`,
    ),
  };
}

function extraOf(policy: JsonObject, parameters: JsonObject): ExtraParameter[] {
  const name = /^@connectionParameters\('(\w+)',''\)$/.exec(parameterOf(policy, 'value'))?.[1];
  const parameter = name === undefined ? undefined : own(parameters, name);
  if (name === undefined || parameter === undefined) return [];
  const ui = asObject(own(asObject(parameter), 'uiDefinition'));
  return [
    {
      name,
      in: own(policy, 'templateId') === 'setqueryparameter' ? 'query' : 'header',
      target: parameterOf(policy, 'name'),
      label: asString(own(ui, 'displayName')) ?? labelFrom(name),
      description: asString(own(ui, 'description')) ?? '',
      secret: own(asObject(parameter), 'type') === 'securestring',
    },
  ];
}

const parameterOf = (policy: JsonObject, key: string): string =>
  asString(own(asObject(own(policy, 'parameters')), `x-ms-apimTemplateParameter.${key}`)) ?? '';
