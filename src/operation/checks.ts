import { methods } from '../connector/facts/methods.ts';
import { pathVariables } from '../connector/facts/path-template.ts';
import { getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { findOperationId, findPath } from '../connector/operations.ts';
import type { Profile } from '../connector/profile.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { firstRepeated } from '../first-repeated.ts';
import { lettersOfAnotherLanguage } from '../language/english.ts';
import { maxOperationIdLength } from '../language/operation-ids.ts';
import { summaryFromId } from '../language/operation-texts.ts';
import { maxTitleLength } from '../language/words.ts';
import { endsLikeName, isBlank, productName, restrictedCharacter, sameText } from '../rules/support/texts.ts';
import { isWindowsPath, windowsPathHint } from './api-path.ts';
import { parameterPlaces, visibilities } from './model.ts';

/**
 * Checks of the answers about an operation, for prompts and flags alike: true, or what is wrong and what is allowed.
 * They refuse what the rules of `validate` report as error or warning in the profile (docs/rules/README.md#operations).
 */
export type Check = true | string;

/** `true` when nothing is wrong, else the first message. */
const first = (...problems: (string | false)[]): Check => problems.find((problem) => problem !== false) ?? true;

const shown = (text: string): string => JSON.stringify(text);

/** Form of an operation id: letters, digits and underscores, beginning with a letter, at most 80 characters. */
export function checkOperationId(id: string): Check {
  return first(
    isBlank(id) && 'the operation id is missing; give a name in Pascal case, such as ListOrders',
    id.length > maxOperationIdLength &&
      `the operation id has ${id.length} characters; at most ${maxOperationIdLength} are allowed`,
    !/^[A-Za-z][A-Za-z0-9_]*$/.test(id) &&
      `the operation id ${shown(id)} may only have letters, digits and underscores, and begins with a letter, such as ListOrders`,
  );
}

/**
 * Form of the id, and that the definition doesn't have it yet, ignoring case. For prompts: running flags again is
 * fine.
 */
export function checkNewOperationId(id: string, definition: JsonObject): Check {
  const form = checkOperationId(id);
  if (form !== true) return form;
  const existing = findOperationId(definition, id);
  return (
    existing === undefined || `the operation id ${shown(existing.id)} is taken by ${existing.name}; choose another one`
  );
}

/** A method in any case. */
export function checkMethod(method: string): Check {
  const lower = method.trim().toLowerCase();
  if ((methods as readonly string[]).includes(lower)) return true;
  const near = nearest(lower, methods);
  const hint = near === undefined || lower === '' ? '' : `; did you mean ${near}?`;
  return `the method ${shown(method)} is not known; allowed are ${methods.join(', ')}${hint}`;
}

/**
 * Form of a path: begins with a slash, no query or fragment, and every `{variable}` is complete and inside one
 * segment.
 */
export function checkPath(path: string): Check {
  const at = `the path ${shown(path)}`;
  const variables = pathVariables(path);
  const twice = firstRepeated(variables);
  return first(
    isBlank(path) && 'the path is missing; give what follows the base path, such as /orders/{orderId}',
    isWindowsPath(path) && `${at} ${windowsPathHint}`,
    !path.startsWith('/') &&
      `${at} must begin with a slash, such as ${shown(`/${path.replace(/^[a-z]+:\/\/[^/]*\/?/i, '')}`)}`,
    /[?#]/.test(path) && `${at} must not have a query or fragment; declare its parts as query parameters`,
    path.includes('*') && `${at} must not have an asterisk`,
    /[\s\\]/.test(path) && `${at} must not have blanks or backslashes`,
    !hasValidTemplate(path) && `${at} has an incomplete variable; write each as {name} inside one segment`,
    path.includes('=') && /\{[^{}]*=/.test(path) && `${at} gives a variable a default; set it at the parameter instead`,
    twice !== undefined && `${at} has the variable {${twice}} twice`,
  );
}

/** Form of the path, and that the definition has no such operation yet. For prompts. */
export function checkNewPath(path: string, method: string, definition: JsonObject): Check {
  const form = checkPath(path);
  if (form !== true) return form;
  const existing = findPath(definition, path);
  if (existing === undefined) return true;
  if (existing.path !== path) {
    return `the path ${shown(path)} can't be distinguished from ${shown(existing.path)}, which is already there; write it like that`;
  }
  const operation = getOwn(existing.value, method.toLowerCase());
  if (!isObject(operation)) return true;
  return `${method.toUpperCase()} ${path} is already there, as ${shown(String(getOwn(operation, 'operationId') ?? ''))}`;
}

const hasValidTemplate = (path: string): boolean =>
  path.split('/').every((segment) => /^(?:[^{}]|\{[^{}]+\})*$/.test(segment)) && !/\{\s*\}/.test(path);

/** What is wrong with a text whatever it describes; product names and foreign letters matter for certification only. */
const language = (what: string, text: string, profile: Profile): string | false => {
  if (profile === 'custom') return false;
  const product = productName(text);
  if (product !== undefined) return `the ${what} must not name the product ${shown(product)}`;
  const foreign = lettersOfAnotherLanguage(text);
  return foreign !== undefined && `the ${what} must be in English; it has the letter ${shown(foreign)}`;
};

const summaryForm = (what: string, text: string): string | false => {
  const restricted = restrictedCharacter(text);
  if (isBlank(text)) return `the ${what} is missing; say in a few words what it is`;
  if (text.length > maxTitleLength) {
    return `the ${what} has ${text.length} characters; at most ${maxTitleLength} are allowed`;
  }
  if (restricted !== undefined) return `the ${what} must not have the character ${shown(restricted)}`;
  if (/[\r\n\t]/.test(text)) return `the ${what} must be one line`;
  if (text !== text.trim()) return `the ${what} must not begin or end with a blank`;
  return !endsLikeName(text) && `the ${what} must end with a letter, a digit or a closing parenthesis`;
};

/** `Orders_List` or `listOrders`: one word of letters and digits with underscores or with capitals inside. */
const isLikeId = (text: string): boolean =>
  /^[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*$/.test(text) && /_|[A-Za-z0-9][a-z][A-Z]/.test(text);

/** The summary of an operation: a few words in sentence case, such as `List orders`. */
export function checkSummary(summary: string, profile: Profile = 'verified'): Check {
  return first(
    summaryForm('summary', summary),
    isLikeId(summary) &&
      `the summary ${shown(summary)} is written like an id; write words, such as ${shown(summaryFromId(summary))}`,
    language('summary', summary, profile),
  );
}

/** The description of an operation: a sentence that says more than the summary. A missing period is added later. */
export function checkDescription(description: string, summary: string, profile: Profile = 'verified'): Check {
  return first(
    isBlank(description) && 'the description is missing; say in a sentence what the operation does',
    sameText(description, summary) && 'the description must say more than the summary',
    language('description', description, profile),
  );
}

/** The summary of a parameter, which its field shows as label: `Order ID`. */
export const checkParameterSummary = (summary: string, profile: Profile = 'verified'): Check =>
  first(summaryForm('summary of the parameter', summary), language('summary of the parameter', summary, profile));

/** The description of a parameter. */
export function checkParameterDescription(description: string, summary: string, profile: Profile = 'verified'): Check {
  return first(
    isBlank(description) && 'the description of the parameter is missing; say in a sentence what it is for',
    sameText(description, summary) && 'the description of the parameter must say more than its summary',
    language('description of the parameter', description, profile),
  );
}

/** The name of a parameter and whether it may be where it does. */
export function checkParameterName(name: string, place: string): Check {
  return first(
    isBlank(name) && 'the name of the parameter is missing',
    /[\s\u0000-\u001f]/.test(name) && `the parameter name ${shown(name)} must not have blanks`,
    name.toLowerCase() === 'connectionid' && 'a parameter must not be called connectionId: the platform uses that name',
    place === 'header' &&
      name.toLowerCase() === 'authorization' &&
      'a parameter must not be the header Authorization: it belongs to the authentication of the connector',
    place === 'header' &&
      !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) &&
      `${shown(name)} can't be the name of a header`,
    place === 'formData' &&
      !/^[\x21-\x7e]+$/.test(name) &&
      `the form field ${shown(name)} must have ASCII characters only`,
  );
}

export const checkParameterPlace = (place: string): Check => oneOf('place', place, parameterPlaces);

/** An empty text means: neither, the usual visibility. */
export const checkVisibility = (visibility: string): Check =>
  visibility === '' || oneOf('visibility', visibility, visibilities);

/** The code of a success response. */
export const checkStatus = (status: string): Check =>
  /^2\d\d$/.test(status) || `the status ${shown(status)} must be a code for success, from 200 to 299`;

/** `404|There is no such order.`: an answer other than that of success, or a second one of those. */
export function checkOtherStatus(value: string): Check {
  const [status = ''] = value.split('|');
  return (
    /^([1-5]\d\d|default)$/.test(status.trim()) ||
    `the status ${shown(status)} must have three digits or be default, with a text after a bar, such as "404|There is no such order."`
  );
}

function oneOf(what: string, value: string, allowed: readonly string[]): Check {
  if (allowed.includes(value)) return true;
  const near = value === '' ? undefined : nearest(value, allowed);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return `the ${what} ${shown(value)} is not known; allowed are ${allowed.join(', ')}${hint}`;
}

/** @param flag where the value comes from @throws UserError for what a check refuses */
export function requireCheck(flag: string, check: Check): void {
  if (check !== true) throw new UserError(`${flag}: ${check}`);
}
